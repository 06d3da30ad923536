/** How many branches a person may watch. */
export const MOST_WATCHES = 100;

/** D1 takes no longer pattern, in UTF-8. */
export const TAG_PATTERN_BYTES = 50;

/** How many authors a watch may leave out. */
export const MOST_AUTHORS = 10;

/** A nickname as it is compared: case, width and spacing forgiven. */
export function nicknameKey(nickname: string): string {
  return nickname.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
