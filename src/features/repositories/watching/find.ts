import type { Bot } from '../../../bot/context.ts';
import { isGroup } from '../../../bot/platform.ts';
import { type Result, unreachable } from '../../../lib/result.ts';
import {
  branchCandidates,
  isBranchName,
  parseRepositoryAddress,
} from '../../../platforms/github/api/addresses.ts';
import {
  type GitHubFailure,
  type GitHubResult,
  refused,
} from '../../../platforms/github/api/answer.ts';
import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import type { LookUpQuestion } from '../../../platforms/github/api/lookUp.ts';
import type {
  Commit,
  ListedBranch,
  RepositoryDetails,
} from '../../../platforms/github/api/types.ts';
import { githubOf, privateGithubOf } from '../../../platforms/github/client.ts';
import type { Person } from '../../../store/people.ts';
import { isTopicOn } from '../../../store/topics.ts';
import type { NewBranch } from '../store/branches.ts';
import { markSeen, type Watch } from '../store/watches.ts';
import type { WatchProblem } from '../talk/texts.ts';
import { fits, fixedPart, isBranchPattern, MOST_COVERED } from './options.ts';

/** Whether repositories can be looked at, as the owner set it. */
export async function isWatching(bot: Bot): Promise<boolean> {
  return (await githubOf(bot)) !== null;
}

/** Who wants to know, where that is a chat. */
export type Viewer = Pick<Person, 'id' | 'channel' | 'address'>;

/** A repository as GitHub knows it now, and the branch that is wanted. */
export interface Found {
  /** What shows it. */
  readonly github: GitHubClient;
  readonly repository: RepositoryDetails;
  /** `owner/name` as it was asked for, when the repository has another name now. */
  readonly renamedFrom: string | null;
  readonly branch: NewBranch;
  /** For a pattern: the branches that fit it now. */
  readonly covers: readonly ListedBranch[];
  /** Nobody named a branch: it is the default one. */
  readonly followsDefault: boolean;
}

export interface NotFound {
  readonly reason: WatchProblem;
  /** The repository, when only the branch is missing, and what shows it. */
  readonly repository?: string;
  readonly github?: GitHubClient;
}

/**
 * Looks a repository up at GitHub, at once, so that a wrong address is told to the person who wrote
 * it. No branch: the default one. One that is private is answered like one that is not there: whether
 * it exists is nobody's business but the owner's, in a chat of theirs alone.
 *
 * @param address any form in which people write one
 * @param branch as the person named it, or a pattern such as `release/*`; `null`: what the address
 *   says, else the default branch
 * @param viewer the chat that asks; absent for programs and pages
 */
export async function findRepository(
  bot: Bot,
  address: string,
  branch: string | null,
  viewer?: Viewer,
): Promise<Result<Found, NotFound>> {
  const everyones = await githubOf(bot);
  if (everyones === null) return { ok: false, reason: 'off' };
  const parsed = parseRepositoryAddress(address);
  if (!parsed.ok) return { ok: false, reason: parsed.reason };
  const { owner, name } = parsed.value;
  const inAddress = parsed.value.branch;
  const isPattern = branch !== null && isBranchPattern(branch);
  const wanted = isPattern ? null : (branch ?? inAddress);
  if (branch !== null && !isPattern && !isBranchName(branch)) {
    return { ok: false, reason: 'no-branch', repository: `${owner}/${name}` };
  }
  const looked = await lookUp(bot, everyones, viewer, {
    owner,
    name,
    // In an address a path may follow the branch.
    branch: isPattern || wanted === null ? null : (branch ?? branchCandidates(inAddress ?? '')),
  });
  if (!looked.ok) return { ok: false, reason: problemOf(looked) };
  const { github, repository } = looked.value;
  if (repository.isDisabled) return { ok: false, reason: 'blocked' };
  const isRenamed =
    `${repository.owner}/${repository.name}`.toLowerCase() !== `${owner}/${name}`.toLowerCase();
  const renamedFrom = isRenamed ? `${owner}/${name}` : null;
  if (isPattern) return findFitting(github, repository, renamedFrom, branch);
  const found = { github, repository, renamedFrom, covers: [], followsDefault: wanted === null };
  if (repository.branch) {
    return { ok: true, value: { ...found, branch: { ...repository.branch, isPattern: false } } };
  }
  if (repository.isEmpty) {
    const first = wanted ?? repository.defaultBranch ?? 'main';
    const none = { nodeId: null, head: null, depth: null, isPattern: false };
    return { ok: true, value: { ...found, branch: { name: first, ...none } } };
  }
  return { ok: false, reason: 'no-branch', repository: `${owner}/${name}`, github };
}

async function lookUp(
  bot: Bot,
  everyones: GitHubClient,
  viewer: Viewer | undefined,
  question: LookUpQuestion,
): Promise<GitHubResult<Pick<Found, 'github' | 'repository'>>> {
  const looked = await everyones.lookUp(question);
  if (looked.ok && !looked.value.isPrivate) {
    return { ok: true, value: { github: everyones, repository: looked.value } };
  }
  const notFound = looked.ok ? refused('not-found', 'private') : looked;
  if (problemOf(notFound) !== 'not-found' || !viewer) return notFound;
  // Others wait no shorter for it, and no longer.
  const isOwners = (await isTopicOn(bot.db, 'owner', viewer.id)) && !isGroup(bot, viewer);
  const github = isOwners ? await privateGithubOf(bot, question.owner) : null;
  if (github === null) return notFound;
  const own = github === everyones ? looked : await github.lookUp(question);
  return own.ok ? { ok: true, value: { github, repository: own.value } } : own;
}

/** Also a pattern that no branch fits yet is good: the first one that does is news. */
async function findFitting(
  github: GitHubClient,
  repository: RepositoryDetails,
  renamedFrom: string | null,
  pattern: string,
): Promise<Result<Found, NotFound>> {
  const question = { repositoryId: repository.nodeId, part: fixedPart(pattern) };
  const covers: ListedBranch[] = [];
  let after: string | null = null;
  do {
    const page = await github.fittingBranches(question, after);
    if (!page.ok) return { ok: false, reason: problemOf(page) };
    if (page.value === null) return { ok: false, reason: 'unavailable' };
    covers.push(...page.value.branches.filter(({ name }) => fits(pattern, name)));
    after = page.value.next;
    if (covers.length > MOST_COVERED || (after !== null && covers.length >= MOST_COVERED)) {
      return { ok: false, reason: 'too-many-branches' };
    }
  } while (after !== null);
  const branch = { name: pattern, nodeId: null, head: null, depth: null, isPattern: true };
  const found = { github, repository, renamedFrom, branch, covers };
  return { ok: true, value: { ...found, followsDefault: false } };
}

/** What a failure of GitHub means to somebody who asked for a repository. */
export function problemOf({ reason }: GitHubFailure): WatchProblem {
  switch (reason) {
    case 'not-found':
    case 'forbidden':
      return 'not-found';
    case 'blocked':
    case 'held-back':
      return reason;
    case 'empty':
    case 'unauthorized':
    case 'rate-limited':
    case 'too-heavy':
    case 'unavailable':
    case 'invalid':
      return 'unavailable';
    default:
      return unreachable(reason);
  }
}

/** `owner/name` of the repository with GitHub's number, as a deep link brings it. */
export async function addressOfId(
  bot: Bot,
  id: number,
): Promise<Result<string, { readonly reason: WatchProblem }>> {
  const github = await githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const named = await github.fullNameOf(id);
  return named.ok ? named : { ok: false, reason: problemOf(named) };
}

export interface Since {
  /** Newest first. */
  readonly commits: readonly Commit[];
  readonly total: number;
  /** Page that shows them. */
  readonly url: string;
  /** The same as GitHub's own objects, where it gave them. */
  readonly raw: readonly unknown[];
  /** From when they are written on, these count as asked for. */
  readonly writes: readonly D1PreparedStatement[];
}

/**
 * The commits of a watched branch since its watcher last asked; as in the seed, reading consumes, as
 * soon as the answer is written. After a rewritten history these are the commits after the
 * point where the two parted. The repository is found by its number: under its name there may be
 * another one, and one that became private is not there.
 */
export async function commitsSince(
  bot: Bot,
  watch: Watch,
): Promise<Result<Since, { readonly reason: WatchProblem }>> {
  const github =
    (watch.seesPrivate ? await privateGithubOf(bot, watch.repository.owner) : null) ??
    (await githubOf(bot));
  if (github === null) return { ok: false, reason: 'off' };
  if (watch.branch.isPattern) return { ok: false, reason: 'several-branches' };
  const repositoryId = watch.repository.nodeId;
  const branch = watch.branch.name;
  const question = { key: 'it', repositoryId, branch };
  const asked = await github.news({ histories: [question], hasParents: false, releases: [] });
  if (!asked.ok) return { ok: false, reason: problemOf(asked) };
  const history = asked.value.histories.get('it');
  if (history === undefined) return { ok: false, reason: 'unavailable' };
  if (history === null || (history.isPrivate && !watch.seesPrivate)) {
    return { ok: false, reason: watch.branch.head === null ? 'empty' : 'not-seen' };
  }
  const [newest] = history.commits;
  const page = `https://github.com/${watch.repository.owner}/${watch.repository.name}`;
  const seen = history.commits.findIndex(({ sha }) => sha === watch.seenHead);
  if (seen === 0)
    return { ok: true, value: { commits: [], total: 0, url: page, raw: [], writes: [] } };
  const since =
    watch.seenHead === null
      ? null
      : await github.compare({
          repository: watch.repository.id,
          base: watch.seenHead,
          head: newest?.sha ?? branch,
        });
  if (since && !since.ok && since.reason !== 'not-found') {
    return { ok: false, reason: problemOf(since) };
  }
  const writes = newest ? [markSeen(bot.db, watch.id, newest.sha)] : [];
  if (since?.ok) {
    const { commits, total, url, raw } = since.value;
    return { ok: true, value: { commits: commits.toReversed(), total, url, raw, writes } };
  }
  // Never asked before, or that commit is gone: all there is.
  const url = `${page}/commits/${branch.split('/').map(encodeURIComponent).join('/')}`;
  const { commits, total } = history;
  return { ok: true, value: { commits, total, url, raw: [], writes } };
}
