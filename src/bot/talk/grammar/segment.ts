import type { Found } from './find.ts';
import { isLatin, NOTHING } from './normalize.ts';
import { FILLER, type Lexicon, type Meaning, type Token, type WordList } from './utterance.ts';

/**
 * What a way through a text stands on: the end of a known word, of one syllable that means nothing, of
 * an unknown word, or of none.
 */
type Footing = 'known' | 'weak' | 'unknown' | 'start';

interface Step {
  readonly cost: number;
  readonly from: number;
  readonly footing: Footing;
  /** Footing of the step before. */
  readonly before: Footing;
  /** `null`: an unknown stretch; `[]`: an ending or a space that means nothing. */
  readonly means: readonly Meaning[] | null;
}

/** Prices of a way through a text: the cheapest one explains most of it, in the fewest words. */
const COST = {
  found: 0.4,
  word: 1,
  /** A word of one syllable may be a part of any other. */
  syllable: 2.6,
  ending: 0.6,
  /** 와이파이 is no 와 with endings. */
  weakEnding: 3,
  weakWord: 1.5,
  /** A space within a word. */
  gap: 0.3,
  unknownStart: 3,
  unknown: 2,
} as const;

/**
 * Divides a text into words of a lexicon, with or without spaces between them, and what is none; in
 * time linear in its length. Endings and words without meaning are left out.
 *
 * @param plain the text as `comparable` has it
 * @param found what was found in it; a word of the lexicon at the very same place means both
 */
export function segment(plain: string, lexicon: Lexicon, found: readonly Found[]): Token[] {
  const ways: Record<Footing, Step | undefined>[] = Array.from(
    { length: plain.length + 1 },
    () => ({
      known: undefined,
      weak: undefined,
      unknown: undefined,
      start: undefined,
    }),
  );
  const take = (to: number, step: Step) => {
    const there = ways[to];
    const known = there?.[step.footing];
    if (there && (known === undefined || step.cost < known.cost)) there[step.footing] = step;
  };
  const foundAt = Map.groupBy(found, ({ start }) => start);
  const letters = lettersOf(plain);
  let letter = 0;
  take(0, { cost: 0, from: -1, footing: 'start', before: 'start', means: [] });
  for (let at = 0; at < plain.length; at++) {
    while ((letters.places[letter] ?? at) < at) letter++;
    const here = ways[at];
    const best = here && cheapest(here);
    if (!here || !best) continue;
    const char = plain[at] ?? '';
    if (char === ' ' || char === NOTHING) {
      const footing = char === ' ' ? 'start' : best.footing;
      take(at + 1, { cost: best.cost, from: at, footing, before: best.footing, means: [] });
      if (char === ' ') continue;
    }
    const move = (to: number, cost: number, means: readonly Meaning[] | null, footing: Footing) =>
      take(to, { cost: best.cost + cost, from: at, footing, before: best.footing, means });

    for (const { end, means } of foundAt.get(at) ?? []) move(end, COST.found, means, 'known');
    const footed = leastOf(here.known, here.weak, here.start);
    for (const { end, cost, means, isShort } of wordsAt(plain, letters, letter, lexicon.words)) {
      // A word of one syllable within one that is not known is a part of it.
      if (!isShort) move(end, cost, means, 'known');
      else if (footed)
        take(end, {
          // 와이파이: what nobody knows is no row of words that mean nothing.
          cost: footed.cost + cost + (footed.footing === 'weak' ? COST.weakWord : 0),
          from: at,
          footing: means.every(({ concept }) => concept === FILLER) ? 'weak' : 'known',
          before: footed.footing,
          means,
        });
    }
    for (const footing of ['known', 'weak'] as const) {
      const stood = here[footing];
      if (stood === undefined) continue;
      const ending = footing === 'weak' ? COST.weakEnding : COST.ending;
      for (const { end, means, letters: count } of endingsAt(plain, at, lexicon.endings)) {
        const cost = stood.cost + ending + (count > 1 ? 0 : 0.1);
        take(end, { cost, from: at, footing, before: footing, means });
      }
    }
    if (isLatin(char)) {
      let end = at + 1;
      while (end < plain.length && isLatin(plain[end] ?? '')) end++;
      move(end, COST.unknownStart + COST.unknown, null, 'known');
    } else if (char !== NOTHING) {
      const start = best.footing === 'unknown' ? 0 : COST.unknownStart;
      move(at + 1, start + COST.unknown, null, 'unknown');
      const { unknown } = here;
      if (unknown) {
        const cost = unknown.cost + COST.unknown;
        take(at + 1, { cost, from: at, footing: 'unknown', before: 'unknown', means: null });
      }
    }
  }
  return tokensOf(ways, plain);
}

function cheapest(here: Record<Footing, Step | undefined>): Step | undefined {
  return leastOf(here.known, here.weak, here.start, here.unknown);
}

function leastOf(...steps: readonly (Step | undefined)[]): Step | undefined {
  let best: Step | undefined;
  for (const step of steps) {
    if (step && (best === undefined || step.cost < best.cost)) best = step;
  }
  return best;
}

interface Match {
  readonly end: number;
  readonly cost: number;
  readonly means: readonly Meaning[];
  readonly isShort: boolean;
}

/** A text without what words may be written with in between, and where each letter of it stands. */
interface Letters {
  readonly text: string;
  readonly places: readonly number[];
}

function lettersOf(plain: string): Letters {
  let text = '';
  const places: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at] ?? '';
    if (char === ' ' || char === NOTHING) continue;
    text += char;
    places.push(at);
  }
  return { text, places };
}

/** The words that begin at a letter; a single space may stand anywhere in one. */
function* wordsAt(
  plain: string,
  letters: Letters,
  first: number,
  list: WordList,
): Generator<Match> {
  const { text, places } = letters;
  const start = places[first] ?? 0;
  const isLatinWord = isLatin(text[first] ?? '');
  if (isLatinWord && isLatin(plain[start - 1] ?? ' ')) return;
  for (const length of list.lengths.get(text[first] ?? '') ?? []) {
    const means = list.meanings.get(text.slice(first, first + length));
    if (means === undefined) continue;
    const end = (places[first + length - 1] ?? start) + 1;
    if (isLatinWord && isLatin(plain[end - 1] ?? ' ') && isLatin(plain[end] ?? ' ')) continue;
    const stretch = plain.slice(start, end);
    if (stretch.includes('  ')) continue;
    const gaps = stretch.split(' ').length - 1;
    const isShort = length === 1 && !isLatinWord;
    const base = isShort ? COST.syllable : COST.word - length * 0.02;
    yield { end, cost: base + gaps * COST.gap, means, isShort };
  }
}

function* endingsAt(plain: string, start: number, list: WordList) {
  for (const length of list.lengths.get(plain[start] ?? '') ?? []) {
    const means = list.meanings.get(plain.slice(start, start + length));
    if (means) yield { end: start + length, means, letters: length };
  }
}

function tokensOf(ways: readonly Record<Footing, Step | undefined>[], plain: string): Token[] {
  const last = ways[plain.length];
  let step = last && cheapest(last);
  let end = plain.length;
  const tokens: Token[] = [];
  while (step && step.from >= 0) {
    const { from, means, before } = step;
    const next = tokens[0];
    if (
      means === null &&
      next?.means.length === 0 &&
      next.start === end &&
      !isLatin(plain[from] ?? '')
    ) {
      tokens[0] = { ...next, start: from };
    } else if (means === null) {
      tokens.unshift({ start: from, end, means: [] });
    } else if (means.some(({ concept }) => concept !== FILLER)) {
      tokens.unshift({
        start: from,
        end,
        means: means.filter(({ concept }) => concept !== FILLER),
      });
    }
    end = from;
    step = ways[from]?.[before];
  }
  return tokens;
}
