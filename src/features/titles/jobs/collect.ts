import type { Bot } from '../../../bot/context.ts';
import type { JobEnd, JobRun } from '../../../bot/jobs/types.ts';
import { HOUR_MS } from '../../../lib/time.ts';
import { collectNetflix } from './collectNetflix.ts';

const MOST_TRIES = 4;
const LONGEST_WAIT_MS = HOUR_MS;

/** Daily: takes what is to come into the store, so that no busy week outruns the page's 20 rows. */
export async function collect(bot: Bot, run: JobRun): Promise<JobEnd> {
  const collected = await collectNetflix(bot, run.slot);
  const { counts, reason, retryAfterMs } = collected;
  if (collected.ok) return { kind: 'done', counts, reason };
  if (mayRetry(retryAfterMs, run)) {
    return { kind: 'retry', afterMs: retryAfterMs, reason: reason ?? 'unavailable' };
  }
  return { kind: 'failed', counts, reason: reason ?? 'no source told' };
}

/** True when waiting is worth while: a passing failure, a short wait, and tries left. */
export function mayRetry(retryAfterMs: number | null, run: JobRun): retryAfterMs is number {
  return retryAfterMs !== null && retryAfterMs <= LONGEST_WAIT_MS && run.attempt < MOST_TRIES;
}
