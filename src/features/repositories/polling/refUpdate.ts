import { unreachable } from '../../../lib/result.ts';
import type { Commit, Comparison, History } from '../../../platforms/github/api/types.ts';
import type { PolledBranch } from '../store/branches.ts';

/** The most commits told by name. */
const MOST_TOLD = 5;
/** Where some are left out by some people, so many are kept to choose from. */
const MOST_KEPT = 50;
/** A first line longer than this is cut: no channel says more of it. */
const LONGEST_LINE = 300;
const LONGEST_BODY = 1000;
const LONGEST_AUTHOR = 100;

/** Accounts of programs that do not end in `[bot]` or `-bot`. */
const BOTS = new Set([
  'dependabot',
  'dependabot-preview',
  'renovate',
  'greenkeeper',
  'github-actions',
]);

/** Whether a program made the commit, as far as its author's name tells. */
function isBot({ author, login, email }: Pick<Commit, 'author' | 'login' | 'email'>): boolean {
  const names = [author, login].map((name) => name.trim().toLowerCase());
  return (
    /\[bot\]@/i.test(email) ||
    names.some((name) => /\[bot\]$|(?:^|[\s_-])bot$/.test(name) || BOTS.has(name))
  );
}

/**
 * The newest commits as their news keeps them, newest first; what a person leaves out is taken away
 * when it is told to them.
 */
export function noticeCommits(commits: readonly Commit[], leavesOut: boolean) {
  return commits.slice(0, leavesOut ? MOST_KEPT : MOST_TOLD).map((commit) => {
    const { sha, at, author, login, message, body, isMerge, url } = commit;
    return {
      sha,
      at,
      author: cut(author, LONGEST_AUTHOR),
      message: cut(message, LONGEST_LINE),
      url,
      ...(login !== '' && leavesOut && { login: cut(login, LONGEST_AUTHOR) }),
      ...(body !== '' && { body: cut(body, LONGEST_BODY) }),
      ...(isBot(commit) && { isBot: true }),
      ...((isMerge ?? /^Merge (?:pull request|branch|remote-tracking)/.test(message)) && {
        isMerge: true,
      }),
    };
  });
}

function cut(text: string, length: number): string {
  // Not through the middle of a pair.
  return text
    .toWellFormed()
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '');
}

/** What became of a branch since its old head. */
export interface RefUpdate {
  readonly change: 'pushed' | 'rewritten' | 'rolled-back' | 'created';
  /** Newest first, as many as are known. */
  readonly commits: readonly Commit[];
  /** How many there are in all. */
  readonly total: number;
  /** Page that shows them. */
  readonly url: string;
}

/** Where GitHub shows a repository to people. */
export function pageOf({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return `https://github.com/${owner}/${name}`;
}

/**
 * The update as the newest commits of a branch tell it.
 *
 * A history is in the order of dates: commits that a merge brings in may be older than the old head
 * and stand after it. So its place is believed only when the number of all commits agrees with it
 * or, where the old number is not known, when it is known that there is no merge.
 *
 * @param page of the repository
 * @returns `null` when they do not tell enough: the heads have to be compared
 */
export function updateFromHistory(
  branch: Pick<PolledBranch, 'name' | 'head' | 'depth'>,
  { commits, total }: History,
  page: string,
): RefUpdate | null {
  if (branch.head === null) {
    return { change: 'pushed', ...newest(commits, total), url: commitsPage(page, branch.name) };
  }
  const count = commits.findIndex(({ sha }) => sha === branch.head);
  if (count < 1) return null;
  const fresh = commits.slice(0, count);
  const isWhole =
    branch.depth === null
      ? fresh.every(({ isMerge }) => isMerge === false)
      : total - branch.depth === count;
  if (!isWhole) return null;
  const url = `${page}/compare/${branch.head}...${commits[0]?.sha ?? branch.name}`;
  return { change: 'pushed', ...newest(fresh, count), url };
}

/** The update as a comparison of the old head with the new one tells it. `null`: nothing happened. */
export function updateFromComparison(comparison: Comparison): RefUpdate | null {
  const { status, total, url } = comparison;
  switch (status) {
    case 'identical':
      return null;
    case 'behind':
      return { change: 'rolled-back', commits: [], total: 0, url };
    case 'ahead':
    case 'diverged':
      return {
        change: status === 'ahead' ? 'pushed' : 'rewritten',
        ...newest(comparison.commits.toReversed(), total),
        url,
      };
    default:
      return unreachable(status);
  }
}

/** The update when GitHub does not know the old head any more: the history was rewritten. */
export function updateOfLostHead(
  branch: Pick<PolledBranch, 'name'>,
  history: History | null,
  page: string,
): RefUpdate {
  // How many of them are new nobody can say; the newest one is.
  const commits = (history?.commits ?? []).slice(0, 1);
  return { change: 'rewritten', ...newest(commits, 1), url: commitsPage(page, branch.name) };
}

/**
 * The update when GitHub has not been able to compare for hours: as many as the branch has grown by,
 * and never one from before the old head. Where it is not known by how many, only the newest.
 */
export function updateFromGrowth(
  branch: Pick<PolledBranch, 'name' | 'head' | 'depth'>,
  history: History | null,
  page: string,
): RefUpdate {
  const commits = history?.commits ?? [];
  const told = commits.findIndex(({ sha }) => sha === branch.head);
  const grown = history && branch.depth !== null ? history.total - branch.depth : 1;
  const total = Math.max(1, grown);
  const fresh = commits.slice(0, Math.min(total, told === -1 ? total : told));
  return { change: 'pushed', commits: fresh, total, url: commitsPage(page, branch.name) };
}

function newest(commits: readonly Commit[], total: number): Pick<RefUpdate, 'commits' | 'total'> {
  return { commits, total: Math.max(total, commits.length) };
}

export function commitsPage(page: string, branch: string): string {
  return `${page}/commits/${branch.split('/').map(encodeURIComponent).join('/')}`;
}
