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

/** A name that is no person's own words, cut so that it is a nickname with this end. */
export function shortNickname(name: string, end = ''): string {
  const text = /\p{L}/u.test(name) ? name : `repo ${name}`;
  const parts = graphemes(text);
  const room = LONGEST_NICKNAME - graphemes(end).length;
  return parts.length <= room ? text + end : `${parts.slice(0, room - 1).join('')}…${end}`;
}
