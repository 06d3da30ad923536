import { publisherOf, publishingPart } from '../../../bot/announce/publisher.ts';
import type { Bot } from '../../../bot/context.ts';
import { type JobEnd, type JobRun, mayRetry } from '../../../bot/jobs/types.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { handOver, planPosts, titlesToCome } from '../planPosts.ts';
import { tellComing, tellMoved } from '../tell.ts';
import { type CollectedCount, collectNetflix } from './collectNetflix.ts';

/**
 * Saturday: collects, then hands every title of the coming two weeks that was never announced to
 * the outbox. Handing over and marking as announced are one transaction, so a title is posted once,
 * ever. When every source fails, what was collected on better days is still posted and the run is
 * marked failed.
 */
export async function netflixWeekly(
  bot: Bot,
  run: JobRun,
): Promise<JobEnd<CollectedCount | 'titles'>> {
  const collected = await collectNetflix(bot, run.slot);
  if (!collected.ok && mayRetry(collected.retryAfterMs, run)) {
    return {
      kind: 'retry',
      afterMs: collected.retryAfterMs,
      reason: collected.reason ?? 'unavailable',
    };
  }
  const publisher = await publisherOf(bot);
  if (publisher === null) {
    return { kind: 'failed', counts: collected.counts, reason: `${publishingPart(bot)} is off` };
  }

  const { free } = await titlesToCome(bot, run.slot);
  const runKey = `netflix-weekly@${run.slot}`;
  if (free.length > 0) {
    const isDone = await handOver(bot, publisher, planPosts(free, bot), runKey);
    // The owner posted or skipped one of them in this very moment.
    if (!isDone) return { kind: 'retry', afterMs: SECOND_MS, reason: 'titles changed' };
  }
  await wakeOutbox(bot);
  await tellMoved(bot, run.slot, collected.moved);
  await tellComing(bot, run.slot, free);
  const counts = { ...collected.counts, titles: free.length };
  return collected.ok
    ? { kind: 'done', counts, reason: collected.reason }
    : { kind: 'failed', counts, reason: collected.reason ?? 'no source told' };
}
