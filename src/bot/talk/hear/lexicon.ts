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
