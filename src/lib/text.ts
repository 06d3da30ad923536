import type { Language } from './time.ts';

/** A text in every language there is; `{name}` stands for a value. */
export type Text = Readonly<Record<Language, string>>;

/** A text in a language, its placeholders filled in. */
export function say(
  text: Text,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
