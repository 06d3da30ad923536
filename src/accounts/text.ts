import type { Language } from '../lib/time.ts';

/** The same said in both languages of the owner's pages. */
export type BothLanguages = Readonly<Record<Language, string>>;
