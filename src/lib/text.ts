import type { Language } from './time.ts';

/** A text in every language there is. */
export type Text = Readonly<Record<Language, string>>;
