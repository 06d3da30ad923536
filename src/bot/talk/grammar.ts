import type { Language } from '../../lib/time.ts';

/**
 * A text as the grammar compares it: NFKC (full-width letters become plain ones), lower case, runs
 * of white space one space, and no punctuation or emoji at its ends. The slash of a command
 * (`/help`) is left out.
 */
export function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/**
 * The language a text is written in: Korean when it holds any Hangul, English when it holds Latin
 * letters only, `null` when it does not tell (numbers, emoji, commands, addresses).
 */
export function languageOf(text: string): Language | null {
  if (text.trimStart().startsWith('/')) return null;
  const words = text.replace(/\S*[/.:@]\S+/g, '');
  if (/\p{Script=Hangul}/u.test(words)) return 'ko';
  return /\p{Script=Latin}/u.test(words) ? 'en' : null;
}

const NUMERALS: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  하나: 1,
  한: 1,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  넷: 4,
  네: 4,
  다섯: 5,
};

/** A count a person wrote in digits or words; 1 when there is none. */
export function countOf(word: string | undefined): number {
  if (word === undefined) return 1;
  return NUMERALS[word] ?? Number.parseInt(word, 10);
}
