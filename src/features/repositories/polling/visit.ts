import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { log } from '../../../lib/log.ts';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import { TOKEN_REFUSED } from '../../../platforms/github/api/answer.ts';
import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import { privateGithubOf } from '../../../platforms/github/client.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';
import {
  type BranchMove,
  coveredBranches,
  type PolledBranch,
  watchedNames,
} from '../store/branches.ts';
import { knownReleases } from '../store/repositories.ts';
import { type Change, type Covering, type Findings, tell } from '../store/tell.ts';
import { askForLook, type Following } from '../store/wanted.ts';
import { coverChange, createdNews } from './coverings.ts';
import {
  asFound,
  type Decision,
  decide,
  defaultChanged,
  nextChange,
  type Occasion,
} from './decide.ts';
import { localHour } from './localHour.ts';
import { look, type Seen } from './look.ts';
import { commitNews, type Moved, readNews } from './news.ts';
import { privateIn, repositoryNews, stirredIds, stirredIn } from './repositoryNews.ts';
import { startTalk, type Talk } from './talk.ts';

const KEY = 'github-budget';
/** So many points are kept for people who register or ask. */
const RESERVE = 200;

const pause = v.object({ until: v.number() });

/** Milliseconds for which GitHub is to be left alone; 0: it may be asked. */
export async function pauseMs(db: D1Database, now: number): Promise<number> {
  const kept = await readSetting(db, KEY, pause);
  // No limit of GitHub's lasts longer than an hour; a wrong clock must not stop us for longer.
  return kept === null ? 0 : Math.min(HOUR_MS, Math.max(0, kept.until - now));
}

/** Leaves GitHub alone after a talk that met a limit, or came near it. */
async function keepPause(db: D1Database, talk: Talk, now: number): Promise<void> {
  const { stopped, budget } = talk;
  const limitedMs =
    stopped !== null && stopped !== 'no-calls-left' && stopped.reason === 'rate-limited'
      ? (stopped.retryAfterMs ?? MINUTE_MS)
      : 0;
  const lowUntil = budget !== null && budget.remaining < RESERVE ? budget.resetAt : 0;
  // Full minutes, so that shards that meet the same limit write the same.
  const until = Math.ceil(Math.max(now + limitedMs, lowUntil) / MINUTE_MS) * MINUTE_MS;
  if (until - now > MINUTE_MS || limitedMs > 0) await writeSetting(db, KEY, { until }, now);
}

interface Visit {
  readonly talk: Talk;
  /** Pieces of news, and deliveries of them. */
  readonly changed: number;
  readonly told: number;
  /** Why the owner has to act. */
  readonly problem: string | null;
}

/**
 * Looks at branches and their repositories, and hands what is new to the outbox; at those that the
 * owner watches in private as the app that is installed there.
 *
 * @param isSure GitHub itself said that something is gone
 */
export async function visit(
  bot: Bot,
  github: GitHubClient,
  branches: readonly PolledBranch[],
  isSure = false,
): Promise<Visit> {
  const byClient = new Map<GitHubClient, PolledBranch[]>([[github, []]]);
  for (const branch of branches) {
    const own = branch.seesPrivate ? await privateGithubOf(bot, branch.repository.owner) : null;
    const theirs = byClient.get(own ?? github);
    if (theirs) theirs.push(branch);
    else byClient.set(own ?? github, [branch]);
  }
  let whole = await visitAs(bot, github, byClient.get(github) ?? [], isSure, 0);
  byClient.delete(github);
  for (const [client, theirs] of byClient) {
    // A call more, by which the app logs in.
    whole = added(whole, await visitAs(bot, client, theirs, isSure, whole.talk.calls + 1));
  }
  return whole;
}

/** How an app is that may see less than the token, its own look tells. */
function added(whole: Visit, one: Visit): Visit {
  const stopped = whole.talk.stopped ?? one.talk.stopped;
  return {
    talk: { ...whole.talk, calls: one.talk.calls, stopped },
    changed: whole.changed + one.changed,
    told: whole.told + one.told,
    problem: whole.problem,
  };
}

/**
 * GitHub is asked first for what tells whether something changed; the rest is read where it did.
 *
 * @param calls made before in the same invocation
 */
async function visitAs(
  bot: Bot,
  github: GitHubClient,
  branches: readonly PolledBranch[],
  isSure: boolean,
  calls: number,
): Promise<Visit> {
  const { db, runtime } = bot;
  const occasion: Occasion = { now: runtime.now(), isSure };
  const { now } = occasion;
  const talk = startTalk(calls);
  const seen = await look(talk, github, branches);
  const found = await branchNews(db, branches, seen, occasion);

  const known = await knownReleases(db, stirredIds(branches, seen));
  const stirred = stirredIn(branches, seen, known);
  const { histories, pages } = await readNews(talk, github, found.moved, stirred);
  const commits = await commitNews(talk, github, found.moved, histories, now);
  const created: Change[] = [];
  for (const { pattern, branches: fresh } of found.created) {
    created.push(...(await createdNews(talk, github, pattern, fresh, seen)));
  }
  const news = await repositoryNews(talk, github, branches, seen, { stirred, pages }, now);
  await keepPause(db, talk, now);

  const decisions = [...found.decisions, ...commits];
  const secret = privateIn(branches, seen);
  const findings: Findings = {
    changes: [
      ...decisions.flatMap(({ change }) => change ?? []),
      ...found.changes,
      ...created,
      ...news.changes,
    ].map((change) => ({ ...change, isPrivate: secret.has(change.repository) })),
    branches: [...decisions.map(({ move }) => move), ...patternMoves(found, commits, now)],
    repositories: news.repositories,
    followings: found.followings,
    coverings: found.coverings,
  };
  const { hour } = localHour(now, bot.config.timeZone);
  const told = await tell(db, findings, [...bot.channels.keys()], now, hour);
  if (told.length > 0) await wakeOutbox(bot);
  await lookAgain(bot, findings.followings, now);
  log('repo-poll', {
    branches: branches.length,
    changes: findings.changes.length,
    told: told.length,
    calls: talk.calls,
  });
  return {
    talk,
    changed: findings.changes.length,
    told: told.length,
    problem: problemOf(talk, seen),
  };
}

/** What a look means for branches, before any of their commits are read. */
interface BranchNews {
  readonly decisions: readonly Decision[];
  readonly changes: readonly Change[];
  readonly moved: readonly Moved[];
  readonly followings: readonly Following[];
  readonly coverings: readonly Covering[];
  readonly created: readonly {
    readonly pattern: PolledBranch;
    readonly branches: ReturnType<typeof coverChange>['created'];
  }[];
  /** The patterns, by the ids of the branches they stand for. */
  readonly patterns: ReadonlyMap<number, PolledBranch>;
}

async function branchNews(
  db: D1Database,
  branches: readonly PolledBranch[],
  seen: Seen,
  occasion: Occasion,
): Promise<BranchNews> {
  const decisions: Decision[] = [];
  const changes: Change[] = [];
  const moved: Moved[] = [];
  const followings: Following[] = [];
  const coverings: Covering[] = [];
  const created: BranchNews['created'][number][] = [];
  const patterns = new Map<number, PolledBranch>();
  for (const branch of branches) {
    const head = seen.heads.get(branch.id);
    if (!head) continue;
    const to = seen.defaults.get(branch.id);
    if (to !== undefined && head.kind !== 'no-repository') {
      followings.push(followingTo(branch, to, seen.renamed.get(branch.id)?.name === to.name));
      changes.push(defaultChanged(branch, head.repository, to.name));
    }
    const renamedTo = seen.renamed.get(branch.id)?.name ?? null;
    const decision = decide(branch, head, renamedTo, occasion);
    if (decision !== 'moved') decisions.push(...(decision === null ? [] : [decision]));
    else if (head.kind === 'found') moved.push({ branch, found: head });
  }
  const direct = new Set(branches.map(({ id }) => id));
  const covered = await coveredBranches(db, [...seen.fitting.keys()]);
  for (const pattern of branches) {
    const fitting = seen.fitting.get(pattern.id);
    const head = seen.heads.get(pattern.id);
    if (!fitting || !head || head.kind === 'no-repository') continue;
    const { repository } = head;
    const before = covered.get(pattern.id) ?? [];
    const names = new Set(before.map(({ name }) => name));
    const fresh = fitting.map(({ name }) => name).filter((name) => !names.has(name));
    const watched =
      fresh.length === 0 ? names : await watchedNames(db, pattern.repository.id, fresh);
    const change = coverChange(pattern, before, fitting, (name) => watched.has(name));
    if (change.covering) coverings.push(change.covering);
    if (change.created.length > 0) created.push({ pattern, branches: change.created });
    for (const { branch, listed } of change.present) {
      if (direct.has(branch.id)) continue;
      patterns.set(branch.id, pattern);
      const { nodeId, name, head: at } = listed;
      const found = { kind: 'found', nodeId, branch: name, head: at, repository } as const;
      const decision = decide(branch, found, null, occasion);
      if (decision !== 'moved') decisions.push(...(decision === null ? [] : [decision]));
      else moved.push({ branch, found });
    }
  }
  return { decisions, changes, moved, followings, coverings, created, patterns };
}

function followingTo(
  { id, repository, head, depth, changedAt, state, misses }: PolledBranch,
  to: { readonly name: string; readonly nodeId: string; readonly head: string },
  isSame: boolean,
): Following {
  return {
    from: id,
    was: { head, changedAt, state, misses },
    repository: repository.id,
    name: to.name,
    nodeId: to.nodeId,
    // Of a branch that only got another name, what came meanwhile is news.
    ...(isSame ? { head, depth } : { head: to.head, depth: null }),
  };
}

/** Patterns among whose branches something happened are looked at again as soon as any branch. */
function patternMoves(
  { coverings, patterns }: BranchNews,
  commits: readonly Decision[],
  now: number,
): BranchMove[] {
  const covering = new Set(coverings.map(({ id }) => id));
  const stirred = new Map<number, PolledBranch>();
  for (const { move } of commits) {
    const pattern = patterns.get(move.id);
    if (pattern && move.head !== move.was.head) stirred.set(pattern.id, pattern);
  }
  for (const pattern of patterns.values()) {
    if (covering.has(pattern.id)) stirred.set(pattern.id, pattern);
  }
  return [...stirred.values()].map((pattern) => ({
    ...asFound(pattern),
    changedAt: nextChange(pattern, now),
  }));
}

/** Whoever goes with the default branch hears at once of what came there meanwhile. */
async function lookAgain(bot: Bot, followings: readonly Following[], now: number): Promise<void> {
  for (const { repository, name } of followings) {
    const ids = await askForLook(bot.db, repository, name, now);
    if (ids.length > 0)
      await bot.polls.sendBatch(ids.map((branch) => ({ body: { branch, at: now } })));
  }
}

function problemOf({ stopped }: Talk, { isBlind }: Seen): string | null {
  if (isBlind) return 'GitHub shows none of the repositories to this token';
  const isRefused =
    stopped !== null && stopped !== 'no-calls-left' && stopped.reason === 'unauthorized';
  return isRefused ? TOKEN_REFUSED : null;
}
