import type { Meaning } from './lexicon.ts';

/** A stretch of a text: a word that is known, something found in it, or neither. */
export interface Token {
  /** Place in {@link Heard.text}. */
  readonly start: number;
  readonly end: number;
  /** What it may mean; nothing: not understood. */
  readonly means: readonly Meaning[];
  /** The word is not written like that: it may be another one altogether. */
  readonly isCorrected?: true;
}

/** A text as the grammar understands it. */
export interface Heard {
  /** As it was written, cut at 1,000 characters. */
  readonly text: string;
  /** In their order; words and endings that mean nothing are left out. */
  readonly tokens: readonly Token[];
}

/** Whether a token can mean a concept. */
export function means(token: Token, concept: string): boolean {
  return token.means.some((meaning) => meaning.concept === concept);
}

/** Whether any part of a text can mean one of some concepts. */
export function has(heard: Heard, ...concepts: readonly string[]): boolean {
  return heard.tokens.some((token) => concepts.some((concept) => means(token, concept)));
}

/** The values a concept has in a text, in their order. */
export function valuesOf(heard: Heard, concept: string): string[] {
  return heard.tokens.flatMap(({ means: all }) =>
    all.filter((meaning) => meaning.concept === concept).map(({ value }) => value),
  );
}

/** The first value a concept has in a text; `null` when it is not there. */
export function firstValue(heard: Heard, concept: string): string | null {
  return valuesOf(heard, concept)[0] ?? null;
}

/** The tokens that can mean a concept. */
export function tokensOf(heard: Heard, concept: string): Token[] {
  return heard.tokens.filter((token) => means(token, concept));
}

/** A token as it was written. */
export function written(heard: Heard, { start, end }: Pick<Token, 'start' | 'end'>): string {
  return heard.text.slice(start, end);
}

/** Words of little weight: they help, and their being there speaks against nothing. */
export const LIGHT: ReadonlySet<string> = new Set(
  'show want what please new mine is how more on say again bots whenever'.split(' '),
);
/** What is said around a request, or instead of one. */
export const SMALL_TALK: ReadonlySet<string> = new Set(
  'greeting thanks bye sorry compliment insult'.split(' '),
);
/** What answers a question, or stands before another request: `아니 메뉴 알려줘`. */
export const REPLIES: ReadonlySet<string> = new Set('yes no cancel skip'.split(' '));

/** Whether a token says nothing against any intent. */
export function isLight({ means: all }: Token): boolean {
  return all.some(
    ({ concept }) => LIGHT.has(concept) || SMALL_TALK.has(concept) || REPLIES.has(concept),
  );
}

/** Whether all that was said, but for small talk, is of some concepts, and something of them is. */
export function isOnly(heard: Heard, concepts: readonly string[]): boolean {
  const isOne = (token: Token) => concepts.some((concept) => means(token, concept));
  return heard.tokens.some(isOne) && heard.tokens.every((token) => isOne(token) || isLight(token));
}
