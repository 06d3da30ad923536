import type { Language } from '../../lib/time.ts';
import { type Heard, means, written } from './hear/heard.ts';
import { hasHangul } from './hear/normalize.ts';

/** So many words make a sentence. */
const SENTENCE = 3;

/**
 * The language a whole sentence is written in; `null` for what does not tell: commands, names,
 * addresses, a word or two.
 */
export function sentenceLanguage(heard: Heard): Language | null {
  const names = heard.tokens.filter((token) => means(token, 'address') || means(token, 'name'));
  let text = heard.text;
  for (const { start, end } of names.toReversed()) {
    text = `${text.slice(0, start)} ${text.slice(end)}`;
  }
  const words = text.split(/[^\p{L}\p{M}'’]+/u).filter((word) => word !== '');
  const korean = words.filter((word) => hasHangul(word));
  const latin = words.filter((word) => /^[a-z'’]+$/i.test(word));
  if (korean.length === 0) return latin.length >= SENTENCE ? 'en' : null;
  // A Korean verb makes a sentence of two words: `목록 보여줘`.
  return korean.length >= 2 && korean.length >= latin.length ? 'ko' : null;
}

/**
 * The language of a command, for somebody of whom nobody has said what they read: that of the words
 * the grammar knows; addresses, names and other words tell nothing.
 */
export function commandLanguage(heard: Heard): Language | null {
  const words = heard.tokens.filter((token) => !means(token, 'address') && !means(token, 'name'));
  const isKorean = words.some((token) => hasHangul(written(heard, token)));
  if (isKorean) return 'ko';
  const isCommand = words.some(
    (token) => token.means.length > 0 && /^[a-z]/i.test(written(heard, token)),
  );
  return isCommand ? 'en' : null;
}
