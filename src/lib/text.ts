import type { Language } from './time.ts';

let segmenter: Intl.Segmenter | undefined;

/** A text as the characters a reader sees (extended grapheme clusters, UAX #29). */
export function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter('ko', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (entry) => entry.segment);
}

/**
 * Cuts a text so that `measure` of it is at most `limit`, at a grapheme, with an ellipsis where
 * something was left out. A text that fits comes back as it is.
 *
 * @param measure weight of a text; must grow with its length
 */
export function cutToFit(text: string, limit: number, measure: (text: string) => number): string {
  if (measure(text) <= limit) return text;
  const parts = graphemes(text);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(parts, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return cut(parts, low);
}

function cut(parts: readonly string[], count: number): string {
  return `${parts.slice(0, count).join('').trimEnd()}…`;
}

/** A text in every language there is; `{name}` stands for a value. */
export type Text = Readonly<Record<Language, string>>;

/** True for a key, come from outside, of a table whose keys are a closed set. */
export function isKeyOf<Key extends string>(
  table: Readonly<Record<Key, unknown>>,
  key: string,
): key is Key {
  return Object.hasOwn(table, key);
}

/** Something in every language. */
export function inBoth<Of>(of: (language: Language) => Of): Readonly<Record<Language, Of>> {
  return { ko: of('ko'), en: of('en') };
}

/** A text in a language, its placeholders filled in. */
export function say(
  text: Text,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A title as it is compared between sources: letters and digits only, NFKC, lower case. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A whole number with a comma at every thousand; Intl takes a millisecond of CPU to begin with that. */
export function withCommas(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
