import { LATIN_ACCENTS, type Span, tldEnd } from './domains.ts';
import { findLinks } from './links.ts';

const ZERO_WIDTH = '\u200B';

/**
 * Where Telegram would make a mention, hashtag, cashtag, command or link out of a text: behind the
 * sign, or before what may be a top-level domain (`README.md` is a host in Moldova) or part of an
 * IPv4 address.
 */
const LINKING =
  /[@#$](?=[\p{L}\p{N}_])|(?<![\p{L}\p{N}_/])\/(?=[\p{L}\p{N}_])|:(?=\/\/)|(?<=\S)[.。．｡](?=\p{L})|(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)/gu;

/**
 * Keeps every channel from making a mention, tag, command or link of anything in a text from
 * elsewhere. Looks the same: U+200B goes in where a channel would see one begin. Expects NFC.
 *
 * @example unlinked('Thank @hana') // 'Thank @\u200Bhana'
 */
export function unlinked(text: string): string {
  return neutralize(text.replace(LINKING, `$&${ZERO_WIDTH}`));
}

const MENTION =
  /(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])[rR][tT]:?)([@＠][a-zA-Z0-9_]{1,20}(?:\/[a-zA-Z][a-zA-Z0-9_-]{0,24})?)/g;
const NEVER_AFTER_MENTION = new RegExp(`[@＠${LATIN_ACCENTS}]|://`, 'y');

const HASHTAG_CHARACTER = String.raw`[\p{L}\p{M}\p{Nd}_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB\u3003\u0F0B\u0F0C\xB7]`;
const HASHTAG = new RegExp(
  String.raw`(?:^|[\uFE0E\uFE0F]|(?!${HASHTAG_CHARACTER})[^&\p{Cs}])([#＃](?![\uFE0F\u20E3])${HASHTAG_CHARACTER}*[\p{L}\p{M}]${HASHTAG_CHARACTER}*)`,
  'gu',
);
const NEVER_AFTER_HASHTAG = /[#＃]|:\/\//y;

const SPACE = String.raw`[\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]`;
const CASHTAG = new RegExp(
  String.raw`(?:^|${SPACE})(\$[a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$])`,
  'gi',
);

/**
 * The parts of a text that X takes for a mention or list, a hashtag or a cashtag, each from its
 * sign on; also those inside a URL. The grammar is twitter-text's, the letters are today's Unicode.
 */
export function findTags(text: string): Span[] {
  return [
    ...matches(text, MENTION).filter((tag) => !startsAt(NEVER_AFTER_MENTION, text, tag.end)),
    ...matches(text, HASHTAG).filter((tag) => !startsAt(NEVER_AFTER_HASHTAG, text, tag.end)),
    ...matches(text, CASHTAG),
  ];
}

function matches(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, 1: tag = '', index }) => {
    const end = index + match.length;
    return { start: end - tag.length, end };
  });
}

function startsAt(sticky: RegExp, text: string, index: number): boolean {
  sticky.lastIndex = index;
  return sticky.test(text);
}

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
