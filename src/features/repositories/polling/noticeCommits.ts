import type { Commit } from '../../../platforms/github/api/types.ts';

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
export function isBot({
  author,
  login,
  email,
}: Pick<Commit, 'author' | 'login' | 'email'>): boolean {
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
