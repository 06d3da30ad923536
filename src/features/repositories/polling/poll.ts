import type { Bot } from '../../../bot/context.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { addToRun } from '../../../store/runCounts.ts';
import { branchToPoll, dueBranches } from '../store/branches.ts';
import { beginLook } from '../store/looks.ts';
import { pauseMs } from './budget.ts';
import type { Talk } from './talk.ts';
import { visit } from './visit.ts';

/** The name of the job in `runs`. */
const REPO_POLL = 'repo-poll';
const SLOT_MS = 30 * MINUTE_MS;
/**
 * How many ids of branches make a shard. All heads of one take five calls, which leaves forty for
 * what has changed.
 */
export const SHARD_SIZE = 500;

/** By then another slot's shard has taken over. */
const STALE_MS = HOUR_MS;
const RETRY_MS = MINUTE_MS;
/** GitHub being down is not helped by asking more often. */
const DOWN_MS = 5 * MINUTE_MS;
/** So that not all shards come back in the same second. */
const SPREAD_MS = 5 * SECOND_MS;

/**
 * Looks at the branches of a shard that are due in a slot. Safe to run any number of times: what was
 * told moved its branch on in the same transaction.
 *
 * @param shard from 0
 * @param slot epoch milliseconds at which the poll was due
 * @returns milliseconds after which to call again, or `undefined` when the slot has had its look
 */
export async function runShard(bot: Bot, shard: number, slot: number): Promise<number | undefined> {
  const { db, runtime } = bot;
  const github = githubOf(bot);
  const now = runtime.now();
  if (github === null || now >= slot + STALE_MS) return undefined;
  const again = (waitMs: number) =>
    runtime.now() + waitMs < slot + STALE_MS ? waitMs + (shard % 20) * SPREAD_MS : undefined;
  const restMs = await pauseMs(db, now);
  if (restMs > 0) return again(restMs);

  const range = { after: shard * SHARD_SIZE, upTo: (shard + 1) * SHARD_SIZE };
  const branches = await dueBranches(db, range, Math.floor(slot / SLOT_MS), now);
  const { talk, problem, ...counts } = await visit(bot, github, branches);
  const waitMs = waitAfter(talk);
  const againMs = waitMs === undefined ? undefined : again(waitMs);
  // A shard that comes again has not reported yet.
  const looked = againMs === undefined ? 1 : 0;
  await addToRun(
    db,
    { job: REPO_POLL, slot },
    { branches: branches.length, ...counts, calls: talk.calls, looked },
    problem,
  );
  return againMs;
}

/**
 * Looks at one branch, or at one pattern's, now, because GitHub says that something happened there.
 *
 * @param isSure GitHub says that it is gone: one look is enough to believe it
 * @returns milliseconds after which to call again, or `undefined` when that is done
 */
export async function pollBranch(
  bot: Bot,
  id: number,
  isSure = false,
): Promise<number | undefined> {
  const { db } = bot;
  const github = githubOf(bot);
  if (github === null) return undefined;
  const branch = await branchToPoll(db, id);
  if (branch === null) return undefined;
  await beginLook(db, id);
  const { talk } = await visit(bot, github, [branch], isSure);
  const waitMs = waitAfter(talk);
  // Later the next slot is as quick.
  return waitMs !== undefined && waitMs <= SLOT_MS ? waitMs : undefined;
}

/** When to go on with what was left out; a refused token waits for its owner. */
function waitAfter({ stopped }: Talk): number | undefined {
  if (stopped === null) return undefined;
  if (stopped === 'no-calls-left') return RETRY_MS;
  if (stopped.reason === 'unauthorized') return undefined;
  const leastMs = stopped.reason === 'unavailable' ? DOWN_MS : RETRY_MS;
  return Math.max(leastMs, stopped.retryAfterMs ?? 0);
}
