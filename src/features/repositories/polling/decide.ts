import { DAY_MS, dayOf } from '../../../lib/time.ts';
import type { HeadRepository, NamedHead } from '../../../platforms/github/api/types.ts';
import type { BranchMove, PolledBranch } from '../store/branches.ts';
import type { Change } from '../store/tell.ts';
import { noticeCommits, pageOf, type RefUpdate } from './refUpdate.ts';

/** Given up after so many looks in vain, spread over so long. */
const MISSES = 3;
const MISSING_MS = DAY_MS;

/** What is to be told of a branch, and what is known of it from now on. */
export interface Decision {
  readonly move: BranchMove;
  readonly change: Change | null;
}

/** What a look is about, besides what it sees. */
export interface Occasion {
  readonly now: number;
  /** GitHub itself said that something is gone: one look is enough to believe it. */
  readonly isSure: boolean;
}

/**
 * What a look at a branch means, as far as it does not take its commits to tell.
 *
 * @param renamedTo the name that the same ref has now
 * @returns `moved` when its commits are to be told, `null` when all is as it was
 */
export function decide(
  branch: PolledBranch,
  seen: NamedHead,
  renamedTo: string | null,
  { now, isSure }: Occasion,
): Decision | 'moved' | null {
  if (seen.kind === 'no-repository') {
    return miss(branch, 'gone', pageOf(branch.repository), now, isSure);
  }
  const { repository } = seen;
  // A branch without a commit is none to GitHub.
  if (seen.kind === 'no-branch' && branch.head !== null) {
    return renamedTo === null
      ? miss(branch, 'branch-deleted', pageOf(repository), now, isSure)
      : renameBranch(branch, renamedTo, repository, now);
  }
  const [head, nodeId] = seen.kind === 'found' ? [seen.head, seen.nodeId] : [null, null];
  if (branch.state === 'gone') return back(branch, { head, nodeId }, repository, now);
  if (head !== branch.head) return 'moved';
  if (branch.state === 'ok' && nodeId === branch.nodeId && branch.stuckSince === null) return null;
  return { move: { ...asFound(branch), nodeId }, change: null };
}

/**
 * What is told of a branch that has a new head.
 *
 * @param head SHA of the newest commit
 * @param depth how many commits it can reach; `null` when it is not known
 * @param update `null`: nothing to tell
 */
export function decideCommits(
  branch: PolledBranch,
  { nodeId, repository }: Extract<NamedHead, { kind: 'found' }>,
  { head, depth, update }: { head: string; depth: number | null; update: RefUpdate | null },
  now: number,
): Decision {
  const move = { ...asFound(branch), head, depth, nodeId, changedAt: nextChange(branch, now) };
  if (update === null) return { move, change: null };
  const key = `commits:${branch.id}:${branch.changedAt}`;
  return {
    move,
    change: {
      key,
      subject: key,
      kind: 'commits',
      repository: branch.repository.id,
      branch: branch.id,
      was: move.was,
      step: null,
      notice: commitsNotice(update, fullNameOf(repository), branch),
    },
  };
}

/** JSON of the news that these commits came, or that a branch is new. */
export function commitsNotice(
  { change, commits, total, url }: RefUpdate,
  repository: string,
  branch: Pick<PolledBranch, 'name' | 'leavesOut'>,
): string {
  return JSON.stringify({
    kind: 'commits',
    repository,
    branch: branch.name,
    change,
    commits: noticeCommits(commits, branch.leavesOut),
    total,
    compareUrl: url,
  });
}

/** A branch whose commits cannot be compared for now: it stays as it was, and this is remembered. */
export function decideStuck(branch: PolledBranch, now: number): Decision | null {
  if (branch.stuckSince !== null) return null;
  const { head, depth, nodeId, changedAt, state, misses } = branch;
  const was = { head, changedAt, state, misses };
  const { id, missingSince } = branch;
  const as = { head, depth, nodeId, changedAt, state, misses, missingSince };
  return { move: { id, was, ...as, stuckSince: now }, change: null };
}

/**
 * The news that the default branch is another one, for those who follow it. They were told up to
 * where the old one was, and go on from there when it was renamed.
 */
export function defaultChanged(
  branch: PolledBranch,
  repository: HeadRepository,
  to: string,
): Change {
  const { head, changedAt, state, misses } = branch;
  const key = `default:${branch.id}:${branch.changedAt}:${to}`;
  return {
    key,
    subject: `default:${branch.repository.id}:${to}:${branch.changedAt}`,
    kind: 'repository',
    repository: branch.repository.id,
    branch: branch.id,
    was: { head, changedAt, state, misses },
    step: null,
    notice: repositoryNotice('default-changed', fullNameOf(repository), {
      was: branch.name,
      to,
      url: pageOf(repository),
    }),
  };
}

/** `owner/name` */
export function fullNameOf({ owner, name }: { owner: string; name: string }): string {
  return `${owner}/${name}`;
}

function miss(
  branch: PolledBranch,
  what: 'gone' | 'branch-deleted',
  page: string,
  now: number,
  isSure: boolean,
): Decision | null {
  if (branch.state === 'gone') return null;
  const missingSince = branch.missingSince ?? now;
  const misses = branch.misses + 1;
  const isGone = isSure || (misses >= MISSES && now - missingSince >= MISSING_MS);
  // Once there are enough only the time is missing: nothing to write.
  if (!isGone && misses > MISSES) return null;
  const move: BranchMove = {
    ...asFound(branch),
    state: isGone ? 'gone' : 'missing',
    misses,
    missingSince,
  };
  if (!isGone) return { move, change: null };
  const { repository } = branch;
  const key = `${what}:${branch.id}:${missingSince}`;
  return {
    move,
    change: {
      key,
      // A person who watches several branches of what is gone hears of it once.
      subject: what === 'gone' ? occasion(what, branch, missingSince) : key,
      kind: 'repository',
      repository: repository.id,
      branch: branch.id,
      was: move.was,
      step: null,
      notice: repositoryNotice(what, fullNameOf(repository), { url: page }),
    },
  };
}

/** Whoever named it on purpose is told where it went, and asked whether to go with it. */
function renameBranch(
  branch: PolledBranch,
  to: string,
  repository: HeadRepository,
  now: number,
): Decision | null {
  if (branch.state === 'gone') return null;
  const missingSince = branch.missingSince ?? now;
  const move: BranchMove = { ...asFound(branch), state: 'gone', misses: MISSES, missingSince };
  const key = `branch-renamed:${branch.id}:${branch.changedAt}`;
  return {
    move,
    change: {
      key,
      subject: key,
      kind: 'repository',
      repository: branch.repository.id,
      branch: branch.id,
      was: move.was,
      step: null,
      notice: repositoryNotice('branch-renamed', fullNameOf(repository), {
        was: branch.name,
        to,
        url: pageOf(repository),
      }),
    },
  };
}

/** What came meanwhile is not told: nobody can say what it follows. */
function back(
  branch: PolledBranch,
  found: Pick<BranchMove, 'head' | 'nodeId'>,
  repository: HeadRepository,
  now: number,
): Decision {
  const missingSince = branch.missingSince ?? branch.changedAt;
  const changedAt = nextChange(branch, now);
  const move = { ...asFound(branch), ...found, depth: null, changedAt };
  return {
    move,
    change: {
      key: `back:${branch.id}:${missingSince}`,
      subject: occasion('back', branch, missingSince),
      kind: 'repository',
      repository: branch.repository.id,
      branch: branch.id,
      was: move.was,
      step: null,
      notice: repositoryNotice('back', fullNameOf(repository), { url: pageOf(repository) }),
    },
  };
}

/** One for all branches of a repository that began to be missing on a day. */
function occasion(what: string, { repository }: PolledBranch, missingSince: number): string {
  return `${what}:${repository.id}:${dayOf(missingSince, 'Asia/Seoul')}`;
}

/** The branch is there; all else is as it was. */
export function asFound(branch: PolledBranch): BranchMove {
  const { id, head, depth, nodeId, changedAt } = branch;
  const { state, misses } = branch;
  const was = { head, changedAt, state, misses };
  const found = { state: 'ok', misses: 0, missingSince: null, stuckSince: null } as const;
  return { id, was, head, depth, nodeId, changedAt, ...found };
}

export function nextChange({ changedAt }: { readonly changedAt: number }, now: number): number {
  return Math.max(now, changedAt + 1);
}

/** What happens to a repository, or to a branch as a whole. */
export type RepositoryEvent =
  | 'branch-deleted'
  | 'branch-renamed'
  | 'default-changed'
  | 'renamed'
  | 'transferred'
  | 'archived'
  | 'unarchived'
  | 'gone'
  | 'back';

export function repositoryNotice(
  what: RepositoryEvent,
  repository: string,
  more: { readonly was?: string; readonly to?: string; readonly url: string },
): string {
  const { was = null, to = null, url } = more;
  return JSON.stringify({ kind: 'repository', repository, what, was, to, url });
}
