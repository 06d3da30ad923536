import type { Language } from '../../../lib/time.ts';
import { hasHangul } from './normalize.ts';

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
  /** Place in {@link Utterance.text}. */
  readonly start: number;
  readonly end: number;
  /** What it may mean; nothing: not understood. */
  readonly means: readonly Meaning[];
  /** The word is not written like that: it may be another one altogether. */
  readonly isCorrected?: true;
}

/** A text as the grammar understands it. */
export interface Utterance {
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
export function has(utterance: Utterance, ...concepts: readonly string[]): boolean {
  return utterance.tokens.some((token) => concepts.some((concept) => means(token, concept)));
}

/** The values a concept has in a text, in their order. */
export function valuesOf(utterance: Utterance, concept: string): string[] {
  return utterance.tokens.flatMap(({ means: all }) =>
    all.filter((meaning) => meaning.concept === concept).map(({ value }) => value),
  );
}

/** The first value a concept has in a text; `null` when it is not there. */
export function firstValue(utterance: Utterance, concept: string): string | null {
  return valuesOf(utterance, concept)[0] ?? null;
}

/** The tokens that can mean a concept. */
export function tokensOf(utterance: Utterance, concept: string): Token[] {
  return utterance.tokens.filter((token) => means(token, concept));
}

/** A token as it was written. */
export function written(
  utterance: Utterance,
  { start, end }: Pick<Token, 'start' | 'end'>,
): string {
  return utterance.text.slice(start, end);
}

/** Words of little weight: they help, and their being there speaks against nothing. */
export const LIGHT: ReadonlySet<string> = new Set(
  'show want what please new last mine is how more on say again bots whenever out just'.split(' '),
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
export function isOnly(utterance: Utterance, concepts: readonly string[]): boolean {
  const isOne = (token: Token) => concepts.some((concept) => means(token, concept));
  return (
    utterance.tokens.some(isOne) &&
    utterance.tokens.every((token) => isOne(token) || isLight(token))
  );
}

/** So many words make a sentence, one of them being of those that no name is made of. */
const SENTENCE = 3;
const SMALL_WORD =
  /^(?:a|an|the|i|i'm|me|my|you|your|we|us|is|are|am|was|be|it|its|it's|do|does|did|don't|can|could|would|will|should|have|has|what|what's|who|when|where|why|how|which|to|of|in|on|at|for|from|with|about|and|or|not|no|any|some|please|this|that|there|if|off|up|out|all|more|tell|show|give)$/i;

/** Names and what was pasted are in no language. */
function isQuoted(token: Token): boolean {
  return means(token, 'address') || means(token, 'name') || means(token, 'pasted');
}

/**
 * The language a whole sentence is written in; `null` for what does not tell: commands, names,
 * addresses, a word or two.
 */
export function sentenceLanguage(utterance: Utterance): Language | null {
  const names = utterance.tokens.filter(isQuoted);
  let text = utterance.text;
  for (const { start, end } of names.toReversed()) {
    text = `${text.slice(0, start)} ${text.slice(end)}`;
  }
  // What holds digits is a code or a version: no word of a language.
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== '');
  const korean = words.filter((word) => hasHangul(word));
  const latin = words.filter((word) => /^[a-z'’]+$/i.test(word));
  if (korean.length === 0) {
    const isSaid = latin.some((word) => SMALL_WORD.test(word.replace('’', "'")));
    return latin.length >= SENTENCE && isSaid ? 'en' : null;
  }
  // A Korean verb makes a sentence of two words: `목록 보여줘`.
  return korean.length >= 2 && korean.length >= latin.length ? 'ko' : null;
}

/**
 * The language of a command, for somebody of whom nobody has said what they read: that of the words
 * the grammar knows; addresses, names and other words tell nothing.
 */
export function commandLanguage(utterance: Utterance): Language | null {
  const words = utterance.tokens.filter((token) => !isQuoted(token));
  const isKorean = words.some((token) => hasHangul(written(utterance, token)));
  if (isKorean) return 'ko';
  const isCommand = words.some(
    (token) => token.means.length > 0 && /^[a-z]/i.test(written(utterance, token)),
  );
  return isCommand ? 'en' : null;
}
