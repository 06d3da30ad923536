/** More of a text is not read; nobody asks for something in more words. */
export const LONGEST_TEXT = 1000;

/** Stands in {@link comparable} for what is not there to whoever listens. */
export const NOTHING = '\u0001';

/**
 * A text as it is kept and quoted: NFC, full-width letters plain, at most 1,000 characters, the slash
 * and the underscores of a command (`/menu_on`) taken off. Compatibility jamo stay as they are
 * written: `ㅇㅇ` is a word.
 */
export function readable(text: string): string {
  return text
    .slice(0, LONGEST_TEXT * 2)
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/^\s*\/(?=\p{L})(\S*)/u, (_whole, word: string) =>
      // A repository may be written like one: `/my_org/app`.
      word.includes('/') ? word : word.replaceAll('_', ' '),
    )
    .slice(0, LONGEST_TEXT)
    .toWellFormed();
}

/**
 * The same text, character for character, as words are compared with it: lower case, a thumb up or
 * down, a waving hand or a cat as the word of it, a lone `어` as a yes, marks and other pictures as spaces, laughing, sobbing and drawn-out letters as {@link NOTHING}.
 */
export function comparable(text: string): string {
  const meant = text
    .replace(ITS, '거')
    .replace(AYE, '응')
    .replace(/[👍👌🙆]/gu, 'ㅇㅋ')
    .replace(/[👎🙅]/gu, 'ㄴㄴ')
    .replace(/[🐱🐈😺😸😹😻😽]/gu, '냥이')
    .replace(/👋/gu, '안녕')
    .replace(/🙏/gu, 'ㄱㅅ');
  let result = '';
  for (let at = 0; at < meant.length; at++) result += letterAt(meant, at);
  return result;
}

/** `2번꺼 취소` means what `2번 거` does; in `2번 꺼`, `2번꺼줘` something is switched off. */
const ITS = /(?<=[번째])꺼(?=[는은를로만도의랑]|\s+[^\s줘주라])|(?<=째)꺼(?![줘주라])/gu;

/** `어` alone is a yes; before anything else, `어?` or `어…` it is none. */
const AYE = /(?<=^\s*)어(?=[!~ㅋㅎ\s]*\.?\s*$)/u;

const INNER = new Set('-_./*+#@:');
const SIGHS = new Set('ㅋㅎㅠㅜㅡ');

function letterAt(text: string, at: number): string {
  const char = text[at] ?? '';
  if (isInvisible(char)) return NOTHING;
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  if (SIGHS.has(char)) {
    // Part of a word such as ㅎㅇ, else a laugh.
    const isAlone = char === before || char === after || !/[ㄱ-ㅎ]/.test(before + after);
    return isAlone ? ' ' : char;
  }
  if (/[\p{L}\p{N}]/u.test(char)) {
    // Of three or more in a row the first one counts: `heyyy`.
    const isDrawn = char === before && (char === after || char === text[at - 2]);
    if (isDrawn && /[a-z]/i.test(char)) return NOTHING;
    const lower = char.toLowerCase();
    return lower.length === 1 ? lower : char;
  }
  if (INNER.has(char)) {
    const isInside = /[a-z0-9_]/i.test(before) && /[a-z0-9_*]/i.test(after);
    if (isInside || (char === '*' && before === '/')) return char;
  }
  return ' ';
}

const INVISIBLE = new Set(['\u2060', '\ufe0f', '\ufeff', '\u00ad']);

function isInvisible(char: string): boolean {
  return (char >= '\u200b' && char <= '\u200f') || INVISIBLE.has(char);
}

/** Whether a character belongs to a word in Latin letters and digits, as {@link comparable} left it. */
export function isLatin(char: string): boolean {
  return /[a-z0-9_\-./*+#@:\u00c0-\u024f]/.test(char);
}

/** Whether a character is Hangul, a single letter of it included. */
export function isHangul(char: string): boolean {
  return /[가-힣ㄱ-ㅣ]/.test(char);
}

/** Whether there is any Hangul in a text. */
export function hasHangul(text: string): boolean {
  return /[가-힣ㄱ-ㅣ]/.test(text);
}
