import { MINUTE_MS } from '../../src/lib/time.ts';
import type { NetflixRow } from '../sandbox/world.ts';
import { type Harness, health, SATURDAY } from './harness.ts';

/** A cron at an instant, and all that comes of it. */
export async function cron(harness: Harness, atMs: number): Promise<void> {
  await harness.cron(atMs);
  await harness.settle();
}

/** Saturday's first crons, and some of those that follow them for twelve hours. */
export async function halfDay(harness: Harness): Promise<void> {
  for (const count of [0, 1, 2, 3, 4, 8, 12, 18, 24]) {
    await cron(harness, SATURDAY + count * 30 * MINUTE_MS);
  }
}

/** Leaves these titles in Netflix's calendar. */
export function calendar({ world }: Harness, ...titles: readonly string[]): NetflixRow[] {
  const { rows } = world.netflix;
  const kept = rows.filter((row) => titles.includes(row.title1));
  rows.splice(0, rows.length, ...kept);
  return kept;
}

export function changeRow(
  { world }: Harness,
  title: string,
  change: Partial<Omit<NetflixRow, 'title1'>>,
): void {
  const { rows } = world.netflix;
  const changed = rows.map((row) => (row.title1 === title ? { ...row, ...change } : row));
  rows.splice(0, rows.length, ...changed);
}

export function removeRow({ world }: Harness, title: string): void {
  const { rows } = world.netflix;
  const kept = rows.filter((row) => row.title1 !== title);
  rows.splice(0, rows.length, ...kept);
}

/** What `/healthz` tells of the newest run of the job. */
export async function weeklyRun(harness: Harness): Promise<object | undefined> {
  const { runs = [] } = await health(harness);
  return runs.find((run) => 'job' in run && run.job === 'netflix-weekly');
}
