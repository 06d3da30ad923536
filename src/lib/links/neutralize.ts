import { tldEnd } from './domains.ts';
import { findLinks } from './links.ts';
import { findTags } from './tags.ts';

// Weight 1 and invisible; neither a letter of names and hashtags nor part of a top-level domain.
const ZERO_WIDTH_SPACE = '\u200B';

const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
const REFUSED_BY_X = /[\uFFFE\uFFFF\uFEFF]/g;
const SPACES = /[\p{Cc}\s]+/gu;

/**
 * A text from elsewhere as one line: NFC, control characters, line breaks and runs of white space
 * as one space, without characters that turn the reading direction or that X refuses.
 */
export function plainLine(text: string): string {
  return text
    .replace(DIRECTION_OVERRIDES, '')
    .replace(REFUSED_BY_X, '')
    .normalize('NFC')
    .replace(SPACES, ' ')
    .trim();
}

/**
 * Keeps X from making a mention, hashtag, cashtag or link of anything in a text that was not
 * written for X, such as a title: puts U+200B after `@`, `#` and `$` and inside domains.
 * Looks the same; what holds nothing of the kind comes back as it is. Expects NFC.
 *
 * @example neutralize('Only on Netflix.com') // 'Only on Netflix.\u200Bcom'
 */
export function neutralize(text: string): string {
  let safe = text;
  // A second round finds what only the first one uncovered, say a domain in the query of a URL.
  for (;;) {
    const places = [...findTags(safe).map((tag) => tag.start + 1), ...linkBreaks(safe)];
    if (places.length === 0) return safe;
    safe = insertAt(safe, places, ZERO_WIDTH_SPACE);
  }
}

/** Where links are to be broken: before every top-level domain in them. */
function linkBreaks(text: string): number[] {
  const places: number[] = [];
  let from = 0;
  for (const link of findLinks(text)) {
    for (let index = Math.max(from, link.start); index < link.searchedTo; index++) {
      if (text[index] === '.' && tldEnd(text, index + 1) !== undefined) places.push(index + 1);
    }
    from = link.searchedTo;
  }
  return places;
}

function insertAt(text: string, places: readonly number[], inserted: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const place of places.toSorted((a, b) => a - b)) {
    parts.push(text.slice(from, place));
    from = place;
  }
  return [...parts, text.slice(from)].join(inserted);
}
