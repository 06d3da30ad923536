import * as v from 'valibot';
import type { World } from '../world.ts';
import { cronAt, jobsAt } from './crons.ts';
import { readHealth } from './health.ts';

const PATIENCE_MS = 8000;
/** The look costs the Worker a third of what it does meanwhile: better one too late than three too soon. */
const LOOK_MS = 120;
/** Deliveries that still wait after so long wait for a platform, and would hold up the time. */
const STUCK_MS = 800;

const runSchema = v.object({ outcome: v.literal('ok') });

/** Fires the cron that is due at an instant, as Cloudflare does; true when it was taken. */
export async function fireCron(workerUrl: string, at: number): Promise<boolean> {
  const query = new URLSearchParams({ cron: cronAt(at), time: String(at), format: 'json' });
  const response = await fetch(`${workerUrl}/cdn-cgi/local/scheduled?${query}`);
  return v.is(runSchema, await response.json());
}

/** Waits until what was due at an instant is done and nothing is under way, or patience ends. */
export async function untilDone(workerUrl: string, world: World, at: number): Promise<void> {
  const startedAt = Date.now();
  let calls = world.requests.length;
  let movedAt = startedAt;
  while (Date.now() - startedAt < PATIENCE_MS) {
    await new Promise((next) => setTimeout(next, LOOK_MS));
    const health = await readHealth(workerUrl);
    const isOver = jobsAt(at).every((job) =>
      health?.runs.some((run) => run.job === job && run.slot >= at && !isUnderWay(run)),
    );
    if (isOver && health?.waiting === 0) return;
    if (world.requests.length > calls) movedAt = Date.now();
    calls = world.requests.length;
    if (isOver && Date.now() - movedAt > STUCK_MS) return;
  }
}

/** A run that is to be tried again later has a reason already. */
function isUnderWay({ state, reason }: { state: string; reason: string | null }): boolean {
  return state === 'running' && reason === null;
}
