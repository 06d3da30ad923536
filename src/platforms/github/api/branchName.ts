/** GitHub keeps the ref's whole name, `refs/heads/` included, in 255 bytes. */
const MAX_BYTES = 244;

const encoder = new TextEncoder();

/**
 * Whether a branch can have this name: the rules of `git check-ref-format --branch`.
 *
 * @example isBranchName('feat/로그인') // true
 */
export function isBranchName(text: string): boolean {
  if (/[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\//u.test(text)) return false;
  if (/^[-/]|[/.]$/.test(text) || text === '@' || text === 'HEAD' || text === '') return false;
  const parts = text.split('/');
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) return false;
  return text.isWellFormed() && encoder.encode(text).length <= MAX_BYTES;
}

/**
 * What of an address's rest after `/tree/` may be the branch: all of it, then without its last
 * parts (a path in the repository), longest first.
 *
 * @example branchCandidates('feat/x/src') // ['feat/x/src', 'feat/x', 'feat']
 */
export function branchCandidates(rest: string): string[] {
  const parts = rest.split('/');
  return parts
    .map((_, dropped) => parts.slice(0, parts.length - dropped).join('/'))
    .filter(isBranchName);
}
