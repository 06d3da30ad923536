import { DAY_MS, dayOf } from '../../../lib/time.ts';
import type { Commit, HeadRepository, NamedHead } from '../../../platforms/github/source.ts';
import type { BranchMove, PolledBranch } from '../store/branches.ts';
import type { Change } from '../store/tell.ts';
import { pageOf, type Story } from './story.ts';

/** Given up after so many looks in vain, spread over so long. */
const MISSES = 3;
const MISSING_MS = DAY_MS;
/** A text longer than this is cut: no channel says more of it. */
const LONGEST_MESSAGE = 300;
const LONGEST_AUTHOR = 100;

/** What is to be told of a branch, and what is known of it from now on. */
export interface Decision {
  readonly move: BranchMove;
  readonly change: Change | null;
}

/**
 * What a look at a branch means, as far as it does not take its commits to tell.
 *
 * @returns `moved` when its commits are to be told, `null` when all is as it was
 */
export function decide(
  branch: PolledBranch,
  seen: NamedHead,
  now: number,
): Decision | 'moved' | null {
  if (seen.kind === 'no-repository') return miss(branch, 'gone', pageOf(branch.repository), now);
  const { repository } = seen;
  // A branch without a commit is none to GitHub.
  if (seen.kind === 'no-branch' && branch.head !== null) {
    return miss(branch, 'branch-deleted', pageOf(repository), now);
  }
  const [head, nodeId] = seen.kind === 'found' ? [seen.head, seen.nodeId] : [null, null];
  if (branch.state === 'gone') return back(branch, { head, nodeId }, repository, now);
  if (head !== branch.head) return 'moved';
  if (branch.state === 'ok' && nodeId === branch.nodeId) return null;
  return { move: { ...asFound(branch), nodeId }, change: null };
}

/**
 * What is told of a branch that has a new head.
 *
 * @param head SHA of the newest commit
 * @param depth how many commits it can reach; `null` when it is not known
 * @param story `null`: nothing to tell
 */
export function decideCommits(
  branch: PolledBranch,
  { nodeId, repository }: Extract<NamedHead, { kind: 'found' }>,
  { head, depth, story }: { head: string; depth: number | null; story: Story | null },
  now: number,
): Decision {
  const move = { ...asFound(branch), head, depth, nodeId, changedAt: nextChange(branch, now) };
  if (story === null) return { move, change: null };
  const { change, commits, total, url } = story;
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
      head,
      step: null,
      notice: JSON.stringify({
        kind: 'commits',
        repository: fullNameOf(repository),
        branch: branch.name,
        change,
        commits: commits.map(noticeCommit),
        total,
        compareUrl: url,
      }),
    },
  };
}

/**
 * The news that a repository has another name now. Another case of the letters is none.
 *
 * @param stored as it was known
 */
export function renaming(
  stored: PolledBranch['repository'],
  found: { readonly owner: string; readonly name: string },
  now: number,
): Change | null {
  const [was, is] = [fullNameOf(stored), fullNameOf(found)];
  if (was.toLowerCase() === is.toLowerCase()) return null;
  const { id, owner, name, releasesKnown } = stored;
  const key = `renamed:${id}:${now}`;
  return {
    key,
    subject: key,
    kind: 'repository',
    repository: id,
    branch: null,
    was: { owner, name, releasesKnown },
    step: null,
    notice: repositoryNotice('renamed', is, was, pageOf(found)),
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
): Decision | null {
  if (branch.state === 'gone') return null;
  const missingSince = branch.missingSince ?? now;
  const misses = branch.misses + 1;
  const isGone = misses >= MISSES && now - missingSince >= MISSING_MS;
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
      head: null,
      step: null,
      notice: repositoryNotice(what, fullNameOf(repository), null, page),
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
      head: null,
      step: null,
      notice: repositoryNotice('back', fullNameOf(repository), null, pageOf(repository)),
    },
  };
}

/** One for all branches of a repository that began to be missing on a day. */
function occasion(what: string, { repository }: PolledBranch, missingSince: number): string {
  return `${what}:${repository.id}:${dayOf(missingSince, 'Asia/Seoul')}`;
}

/** The branch is there; all else is as it was. */
function asFound(branch: PolledBranch): BranchMove {
  const { id, head, depth, nodeId, changedAt } = branch;
  const { state, misses } = branch;
  const was = { head, changedAt, state, misses };
  return { id, was, head, depth, nodeId, changedAt, state: 'ok', misses: 0, missingSince: null };
}

function nextChange({ changedAt }: PolledBranch, now: number): number {
  return Math.max(now, changedAt + 1);
}

function noticeCommit({ sha, at, author, message, url }: Commit) {
  const names = { author: cut(author, LONGEST_AUTHOR), message: cut(message, LONGEST_MESSAGE) };
  return { sha, at, ...names, url };
}

function cut(text: string, length: number): string {
  // Not through the middle of a pair.
  return text
    .toWellFormed()
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '');
}

function repositoryNotice(
  what: 'branch-deleted' | 'renamed' | 'gone' | 'back',
  repository: string,
  was: string | null,
  url: string,
): string {
  return JSON.stringify({ kind: 'repository', repository, what, was, url });
}
