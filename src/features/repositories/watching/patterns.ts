import { isBranchName } from '../../../platforms/github/api/branchName.ts';

/** D1 compares with no longer one, in UTF-8. */
const MOST_BYTES = 50;
/** How many branches a pattern may stand for. */
export const MOST_COVERED = 300;

/** Whether a text is a pattern of branch names: `*` for any part of one, `?` for any character. */
export function isBranchPattern(text: string): boolean {
  if (!/[*?]/.test(text) || new TextEncoder().encode(text).length > MOST_BYTES) return false;
  // Without its signs it is as a branch's name is; one that ends with them may end with a slash.
  const plain = text.replace(/[*?]+/g, 'x');
  return isBranchName(plain);
}

/**
 * Whether a branch's name fits a pattern; `*` goes over slashes too.
 *
 * @example fits('release/*', 'release/2.0/hotfix') // true
 */
export function fits(pattern: string, name: string): boolean {
  let [at, place] = [0, 0];
  // Where the last `*` stands, and up to where of the name it goes for now: never back any further.
  let star: { readonly at: number; place: number } | null = null;
  while (place < name.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = { at, place };
      at += 1;
    } else if (sign === '?' || sign === name[place]) {
      at += 1;
      place += 1;
    } else if (star !== null) {
      star.place += 1;
      place = star.place;
      at = star.at + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** The longest part of a pattern that stands in every name that fits; GitHub searches for it. */
export function fixedPart(pattern: string): string {
  return pattern
    .split(/[*?]+/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
