import { graphemes } from '../../../lib/graphemes.ts';

/** In characters. */
export const LONGEST_NICKNAME = 30;

/** A nickname as it is kept: one line, no control characters; `null` when it is no nickname. */
export function readNickname(text: string): string | null {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // Digits alone would be taken for a number in the list.
  return /\p{L}/u.test(name) && graphemes(name).length <= LONGEST_NICKNAME ? name : null;
}
