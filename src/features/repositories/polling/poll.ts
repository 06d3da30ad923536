import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import type { JobEnd, JobRun } from '../../../bot/jobs/job.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { isRefused, TOKEN_REFUSED } from '../../../platforms/github/api/answer.ts';
import type { Release } from '../../../platforms/github/api/types.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { addToRun } from '../../../store/runCounts.ts';
import { REPO_POLL } from '../../../store/runs.ts';
import { recordVisit } from '../../../store/sources.ts';
import { branchToPoll, dueBranches, lastBranch } from '../store/branches.ts';
import { knownReleases, wantedRepository } from '../store/repositories.ts';
import { tell } from '../store/tell.ts';
import { askForLook, beginLook } from '../store/wanted.ts';
import { fullNameOf, nextChange } from './decide.ts';
import { localHour } from './localHour.ts';
import { readMemory, writeMemory } from './news.ts';
import { releaseNews } from './releases.ts';
import { isSince } from './repositoryNews.ts';
import type { Talk } from './talk.ts';
import { pauseMs, visit } from './visit.ts';

/** What GitHub says happened in a repository. */
export const hint = v.object({
  repositoryId: v.number(),
  /** `null`: in the repository as a whole. */
  branch: v.nullable(v.string()),
  /** It is gone for good, and needs no second look. */
  isSure: v.boolean(),
  /** A release that was published, with all that is to be told of it. */
  release: v.nullable(
    v.object({
      id: v.string(),
      tag: v.string(),
      title: v.string(),
      isPrerelease: v.boolean(),
      at: v.number(),
      url: v.string(),
      target: v.string(),
      notes: v.string(),
    }),
  ),
});

/**
 * Follows a hint of GitHub's: a release is told as it was handed over, for everything else somebody
 * looks. However often GitHub hints at a branch, one look waits.
 */
export async function follow(bot: Bot, told: v.InferOutput<typeof hint>): Promise<void> {
  const { db, runtime } = bot;
  const isTold = told.release !== null && (await tellRelease(bot, told.repositoryId, told.release));
  if (isTold) return;
  const { repositoryId, branch, isSure } = told;
  const at = runtime.now();
  const ids = await askForLook(db, repositoryId, branch, at);
  if (ids.length === 0) return;
  await bot.polls.sendBatch(
    ids.map((id) => ({ body: { branch: id, at, ...(isSure && { sure: 1 }) } })),
  );
}

/**
 * Tells a release that GitHub handed over.
 *
 * @returns false when it takes a look to know whether it is news
 */
async function tellRelease(bot: Bot, id: number, release: Release): Promise<boolean> {
  const { db, runtime } = bot;
  const stored = await wantedRepository(db, id);
  // Nobody wants releases, or nobody knows yet which ones are old.
  if (stored === null) return true;
  if (stored.isPrivate || isSince(stored.releasesSeen)) return false;
  const now = runtime.now();
  const { memory, beyond } = readMemory((await knownReleases(db, [id])).get(id));
  const home = { id, fullName: fullNameOf(stored), was: { changedAt: stored.changedAt } };
  const { changes } = releaseNews(home, memory, { releases: [release], tags: [] }, now);
  const move = {
    ...stored,
    id,
    was: { ...home.was, isPrivate: stored.isPrivate },
    changedAt: nextChange(stored, now),
    releasesKnown: writeMemory({ memory, beyond }),
  };
  const findings = { changes, branches: [], repositories: [move], followings: [], coverings: [] };
  const { hour } = localHour(now, bot.config.timeZone);
  const told = await tell(db, findings, [...bot.channels.keys()], now, hour);
  if (told.length > 0) await wakeOutbox(bot);
  // What is made anew under one tag is told by what it is made of, which only a look shows.
  return !release.isPrerelease;
}

const SLOT_MS = 30 * MINUTE_MS;
/**
 * How many ids of branches make a shard. All heads of one take five calls, which leaves forty for
 * what has changed.
 */
export const SHARD_SIZE = 500;

/** What a shard reports that a limit kept from looking. */
const NOT_ASKED = { branches: 0, changed: 0, told: 0, calls: 0, looked: 1 };

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
  const github = await githubOf(bot);
  const now = runtime.now();
  if (github === null || now >= slot + STALE_MS) return undefined;
  const again = (waitMs: number) =>
    runtime.now() + waitMs < slot + STALE_MS ? waitMs + (shard % 20) * SPREAD_MS : undefined;
  const restMs = await pauseMs(db, now);
  const run = { job: REPO_POLL, slot };
  if (restMs > 0) {
    const againMs = again(restMs);
    if (againMs === undefined) await addToRun(db, run, NOT_ASKED, null);
    return againMs;
  }

  const range = { after: shard * SHARD_SIZE, upTo: (shard + 1) * SHARD_SIZE };
  const branches = await dueBranches(db, range, Math.floor(slot / SLOT_MS), now);
  const { talk, problem, ...counts } = await visit(bot, github, branches);
  // Where nothing of the first shard is due, the token is looked at all the same.
  const isIdle = shard === 0 && branches.length === 0;
  const isDead = isIdle && isRefused(await github.check());
  const waitMs = waitAfter(talk);
  const againMs = waitMs === undefined ? undefined : again(waitMs);
  // A shard that comes again has not reported yet.
  const looked = againMs === undefined ? 1 : 0;
  await addToRun(
    db,
    run,
    { branches: branches.length, ...counts, calls: talk.calls + (isIdle ? 1 : 0), looked },
    isDead ? TOKEN_REFUSED : problem,
  );
  if (shard === 0 && talk.calls > 0) await recordVisit(db, visitOf(talk), now).run();
  return againMs;
}

/**
 * Looks at one branch, or at one pattern's, now, because GitHub says that something happened there.
 *
 * @param isSure GitHub says that it is gone: one look is enough to believe it
 * @param at when GitHub said so
 * @returns milliseconds after which to call again, or `undefined` when that is done
 */
export async function pollBranch(
  bot: Bot,
  id: number,
  { isSure, at }: { readonly isSure: boolean; readonly at: number },
): Promise<number | undefined> {
  const { db, runtime } = bot;
  const github = await githubOf(bot);
  if (github === null) return undefined;
  const branch = await branchToPoll(db, id);
  if (branch === null) return undefined;
  await beginLook(db, id);
  const { talk } = await visit(bot, github, [branch], isSure);
  const waitMs = waitAfter(talk);
  // Later the slots are as quick.
  return waitMs !== undefined && runtime.now() + waitMs < at + STALE_MS ? waitMs : undefined;
}

/** What a visit to GitHub tells of it as a source of news. */
function visitOf({ stopped }: Talk): Parameters<typeof recordVisit>[1] {
  const isAway =
    stopped !== null && stopped !== 'no-calls-left' && stopped.reason === 'unavailable';
  return { id: 'repositories', state: isAway ? 'unavailable' : 'items', detail: null, memory: {} };
}

/** When to go on with what was left out; a refused token waits for its owner. */
function waitAfter({ stopped }: Talk): number | undefined {
  if (stopped === null) return undefined;
  if (stopped === 'no-calls-left') return RETRY_MS;
  if (stopped.reason === 'unauthorized') return undefined;
  const leastMs = stopped.reason === 'unavailable' ? DOWN_MS : RETRY_MS;
  return Math.max(leastMs, stopped.retryAfterMs ?? 0);
}

/** So many shards start at once; the others are spread over the slot, for GitHub's sake. */
const AT_ONCE = 10;
/** Within a slot of half an hour, all shards begin. */
const HANDED_OUT_MS = 25 * MINUTE_MS;
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
  return shard < AT_ONCE ? 0 : (HANDED_OUT_MS * (shard - AT_ONCE + 1)) / (shards - AT_ONCE);
}
