import { cutToFit, graphemes } from '../../../lib/text.ts';

/**
 * Longest text of a message. Source: docs/platforms/kakao.md, Templates; in which unit, they do not
 * say.
 */
export const KAKAO_TEXT_LIMIT = 200;
const MAX_ADDRESS = 1000;

/**
 * A text cut at a grapheme to at most `limit` characters, with an ellipsis where something was left
 * out. UTF-16 units are counted: a text never has more code points or graphemes than those.
 */
export function fitKakaoText(text: string, limit: number = KAKAO_TEXT_LIMIT): string {
  return cutToFit(headOf(cleanText(text), limit), limit, (part) => part.length);
}

/**
 * A text in at most `most` pieces of at most `limit` characters each, parted at the end of a line
 * or word where there is one, else at a grapheme; what is left over then is cut off. A blank text
 * has no pieces.
 */
export function splitKakaoText(text: string, limit: number, most: number): string[] {
  const pieces: string[] = [];
  let rest = cleanText(text);
  while (rest.length > limit && pieces.length < most - 1) {
    const end = endOfPiece(rest, limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, fitKakaoText(rest, limit)].filter((piece) => piece !== '');
}

/**
 * A text without what no message can show: control characters but line breaks and tabs, halves of
 * surrogate pairs, white space around it.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim();
}

/** An http(s) address as a button or picture can have it, or null for anything else. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { href } = new URL(text);
  return href.length <= MAX_ADDRESS ? href : null;
}

function endOfPiece(text: string, limit: number): number {
  let end = 0;
  let line = 0;
  let word = 0;
  for (const part of graphemes(headOf(text, limit))) {
    if (end + part.length > limit) break;
    end += part.length;
    if (part === '\n') line = end;
    if (/^\s$/.test(part)) word = end;
  }
  // A piece less than half full would cost more at the end of the text than a parted word.
  const soft = [line, word].find((at) => at > limit / 2);
  return soft ?? (end || limitAt(text, limit));
}

/** Where a grapheme that is longer than a whole piece is cut: between two code points. */
function limitAt(text: string, limit: number): number {
  return text.slice(0, limit).isWellFormed() ? limit : limit - 1;
}

/** As much of a text as tells where it can be cut: up to the whole code point after the limit. */
function headOf(text: string, limit: number): string {
  return text.slice(0, limit + 2);
}
