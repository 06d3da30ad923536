import type { Bot } from '../../../bot/context.ts';
import type { JobEnd, JobRun } from '../../../bot/jobs/types.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { isRefused, TOKEN_REFUSED } from '../../../platforms/github/api/failure.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { lastBranch } from '../store/branches.ts';
import { SHARD_SIZE } from './poll.ts';

/** So many shards start at once; the others are spread over the slot, for GitHub's sake. */
const AT_ONCE = 10;
const SPREAD_MS = 25 * MINUTE_MS;
/** `sendBatch` takes no more. */
const MESSAGES = 100;

/** What a poll counts; its shards add to it when they have looked (`addToRun`). */
type Polled = 'shards' | 'calls' | 'branches' | 'changed' | 'told' | 'looked';

/** Every half hour: hands every shard of branches to the queue. The looking is done there. */
export async function repoPoll(bot: Bot, { slot }: JobRun): Promise<JobEnd<Polled>> {
  const github = await githubOf(bot);
  if (github === null) return { kind: 'done', counts: {}, reason: 'repositories is off' };
  const shards = Math.ceil((await lastBranch(bot.db)) / SHARD_SIZE);
  if (shards === 0) {
    // A dead token would else be noticed by the first person who wants something.
    const counts = { shards, calls: 1 };
    const isGood = !isRefused(await github.check());
    return isGood
      ? { kind: 'done', counts, reason: null }
      : { kind: 'failed', counts, reason: TOKEN_REFUSED };
  }
  const lateMs = bot.runtime.now() - slot;
  const messages = Array.from({ length: shards }, (_, shard) => ({
    body: { shard, slot },
    delaySeconds: Math.max(0, Math.round((startMs(shard, shards) - lateMs) / SECOND_MS)),
  }));
  for (let start = 0; start < messages.length; start += MESSAGES) {
    await bot.polls.sendBatch(messages.slice(start, start + MESSAGES));
  }
  return { kind: 'done', counts: { shards }, reason: null };
}

/** When a shard's look is due, counted from the slot. */
function startMs(shard: number, shards: number): number {
  return shard < AT_ONCE ? 0 : (SPREAD_MS * (shard - AT_ONCE + 1)) / (shards - AT_ONCE);
}
