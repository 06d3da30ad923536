const MAX_LENGTH = 300;

/** Zero-width and direction marks: unseen in a title, and able to turn a whole post around. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPACES = /[\p{Cc}\p{Z}]+/gu;

const MARKUP = /<\/?[a-z][^>]*>|<script|<!--/i;
/** What a program prints in place of a title it does not have. */
const ERROR_TEXT = /^(?:undefined|null|NaN|\[object \w+\]|Internal Server Error|\w*Error(?::.*)?)$/;

/**
 * A title as people may read it: NFC, one line, single spaces, no unseen marks.
 *
 * @returns the title, or `null` for what cannot be one: blank, over 300 characters, HTML, a
 *   program's error text, or text that was decoded wrongly
 */
export function cleanTitle(text: string): string | null {
  const title = text
    .toWellFormed()
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .trim();
  if (title === '' || title.length > MAX_LENGTH || title.includes('\ufffd')) return null;
  return MARKUP.test(title) || ERROR_TEXT.test(title) ? null : title;
}
