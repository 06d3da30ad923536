import { unreachable } from '../../../lib/result.ts';
import type { Commit, Comparison, History } from '../../../platforms/github/source.ts';
import type { PolledBranch } from '../store/branches.ts';

/** The most commits told by name; the rest is a number. */
const MOST_COMMITS = 5;

/** What became of a branch since its old head. */
export interface Story {
  readonly change: 'pushed' | 'rewritten' | 'rolled-back';
  /** Newest first, at most five. */
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
 * The story as the newest commits of a branch tell it.
 *
 * A history is in the order of dates: commits that a merge brings in may be older than the old head
 * and stand after it. So its place is believed only when the number of all commits agrees with it
 * or, where the old number is not known, when there is no merge.
 *
 * @param page of the repository
 * @returns `null` when they do not tell enough: the heads have to be compared
 */
export function storyOfHistory(
  branch: Pick<PolledBranch, 'name' | 'head' | 'depth'>,
  { commits, total }: History,
  page: string,
): Story | null {
  if (branch.head === null) {
    return { change: 'pushed', ...newest(commits, total), url: commitsPage(page, branch.name) };
  }
  const count = commits.findIndex(({ sha }) => sha === branch.head);
  if (count < 1) return null;
  const fresh = commits.slice(0, count);
  const isWhole =
    branch.depth === null
      ? fresh.every(({ message }) => !message.startsWith('Merge '))
      : total - branch.depth === count;
  if (!isWhole) return null;
  const url = `${page}/compare/${branch.head}...${commits[0]?.sha ?? branch.name}`;
  return { change: 'pushed', ...newest(fresh, count), url };
}

/** The story as a comparison of the old head with the new one tells it. `null`: nothing happened. */
export function storyOfComparison(comparison: Comparison): Story | null {
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

/**
 * The story when the heads cannot be compared.
 *
 * @param isOldHeadGone GitHub does not know the old head any more: the history was rewritten
 */
export function storyWithoutComparison(
  branch: Pick<PolledBranch, 'name'>,
  history: History | null,
  isOldHeadGone: boolean,
  page: string,
): Story {
  const commits = history?.commits ?? [];
  const url = commitsPage(page, branch.name);
  // How many of them are new nobody can say; the newest one is.
  return isOldHeadGone
    ? { change: 'rewritten', ...newest(commits.slice(0, 1), 1), url }
    : { change: 'pushed', ...newest(commits, commits.length), url };
}

function newest(commits: readonly Commit[], total: number): Pick<Story, 'commits' | 'total'> {
  return { commits: commits.slice(0, MOST_COMMITS), total: Math.max(total, commits.length) };
}

function commitsPage(page: string, branch: string): string {
  return `${page}/commits/${branch.split('/').map(encodeURIComponent).join('/')}`;
}
