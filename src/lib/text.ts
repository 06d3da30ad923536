import type { Language } from './time.ts';

/** The same said in both languages of the owner's pages. */
export type BothLanguages = Readonly<Record<Language, string>>;
