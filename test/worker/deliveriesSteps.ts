import { type Harness, reader, SATURDAY } from './harness.ts';

export const POST = { method: 'POST', host: 'api.x.com', path: '/2/tweets' } as const;

/** What the first title of the calendar looks like on the timeline. */
export const TEXT = '[느린 우체국의 여름]\n공개 예정일: 2026-11-28';

/** Saturday with so many titles, its queues not worked off yet. */
export async function startSaturday(harness: Harness, titles = 1): Promise<void> {
  harness.world.netflix.rows.splice(titles);
  await harness.cron(SATURDAY);
}

export async function postSaturday(harness: Harness, titles = 1): Promise<void> {
  await startSaturday(harness, titles);
  await harness.settle();
}

/** A reader of Korean writes to the bot; their id. */
export async function say(harness: Harness, text: string): Promise<string> {
  const { id } = reader(harness, 'ko');
  await harness.world.x.say(id, text);
  await harness.settle();
  return id;
}

interface Row {
  readonly id: number;
  readonly state: string;
  readonly note: string | null;
  readonly attempts: number;
  readonly notice: string | null;
}

/** All deliveries as stored, oldest first. */
export async function rows(harness: Harness): Promise<Row[]> {
  const { results } = await harness.env.DB.prepare(
    'SELECT id, state, note, attempts, notice FROM deliveries ORDER BY id',
  ).all<Row>();
  return results;
}

/** When X was asked to post (or to send a direct message). */
export function triedAt(harness: Harness, path = /^\/2\/tweets$/): number[] {
  return harness.world.requests
    .filter(({ method, url }) => method === 'POST' && path.test(new URL(url).pathname))
    .map(({ at }) => at);
}
