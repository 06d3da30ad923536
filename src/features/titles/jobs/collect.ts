import type { Bot } from '../../../bot/context.ts';
import { type JobEnd, type JobRun, mayRetry } from '../../../bot/jobs/types.ts';
import { tellMoved } from '../tell.ts';
import { type CollectedCount, collectNetflix } from './collectNetflix.ts';

/** Daily: takes what is to come into the store, so that no busy week outruns the page's 20 rows. */
export async function collect(bot: Bot, run: JobRun): Promise<JobEnd<CollectedCount>> {
  const collected = await collectNetflix(bot, run.slot);
  const { counts, reason, retryAfterMs } = collected;
  if (collected.ok) {
    await tellMoved(bot, run.slot, collected.moved);
    return { kind: 'done', counts, reason };
  }
  if (mayRetry(retryAfterMs, run)) {
    return { kind: 'retry', afterMs: retryAfterMs, reason: reason ?? 'unavailable' };
  }
  return { kind: 'failed', counts, reason: reason ?? 'no source told' };
}
