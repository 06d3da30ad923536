/**
 * Words by what they mean, as a feature writes them down: a concept, with `=` and a value where one
 * concept has several (`day=1`), and its words between commas. A word may be several concepts.
 *
 * @example { cat: '고양이, 냥이, cat, cats', 'day=1': '내일, tomorrow' }
 */
export type Words = Readonly<Record<string, string>>;

/** One thing a word can mean. */
export interface Meaning {
  readonly concept: string;
  readonly value: string;
}

/** Words, written without spaces, with what each can mean. */
export interface WordList {
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** How long words are that begin with a letter, ascending. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

export interface Lexicon {
  readonly words: WordList;
  /** Endings and particles: they count only behind a word. */
  readonly endings: WordList;
}

/** Concept of the words that carry no meaning of their own. */
export const FILLER = 'filler';

/** @param endings as `words`; those of {@link FILLER} mean nothing */
export function createLexicon(words: readonly Words[], endings: Words): Lexicon {
  return { words: listOf(words), endings: listOf([endings]) };
}

/** What a whole word means; `null` when it is none. */
export function lookUp(list: WordList, word: string): readonly Meaning[] | null {
  return list.meanings.get(word) ?? null;
}

function listOf(all: readonly Words[]): WordList {
  const meanings = new Map<string, Meaning[]>();
  const lengths = new Map<string, number[]>();
  for (const words of all) {
    for (const [key, list] of Object.entries(words)) {
      const [concept = key, value = ''] = key.split('=');
      const meaning: Meaning = { concept, value };
      for (const word of list.replaceAll(' ', '').split(',')) {
        const known = meanings.get(word);
        if (known === undefined) {
          meanings.set(word, [meaning]);
          addLength(lengths, word);
        } else if (!known.includes(meaning)) {
          known.push(meaning);
        }
      }
    }
  }
  return { meanings, lengths };
}

function addLength(lengths: Map<string, number[]>, word: string): void {
  const first = word[0] ?? '';
  const known = lengths.get(first);
  if (known === undefined) lengths.set(first, [word.length]);
  else if (!known.includes(word.length)) known.push(word.length);
}

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
  'show want what please new last mine is how more on say again bots whenever'.split(' '),
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
