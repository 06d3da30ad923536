import {
  isLight,
  LIGHT,
  means,
  REPLIES,
  SMALL_TALK,
  type Token,
  type Utterance,
} from './utterance.ts';

/**
 * How an intent is recognised, in concepts of the lexicon.
 *
 * @example { says: ['menu', 'meal'], with: 'day show what', not: 'alert' }
 */
export interface Phrasing {
  /**
   * Each is a way to say it: the concepts that must all be there, `|` between those of which one
   * will do.
   */
  readonly says: readonly string[];
  /** Concepts that may be there too, as arguments or as ornament. */
  readonly with?: string;
  /** Concepts that must not be there. */
  readonly not?: string;
  /** Whatever else is said is an argument: a name, a branch. */
  readonly takesAnything?: true;
  /** What it does not explain speaks against it twice as much. */
  readonly isAlone?: true;
  /** Only right after the intent answered: `더 보여줘`. */
  readonly isFollowUp?: true;
}

/** One of the things people can ask for, as far as it is about being recognised. */
export interface Recognizable {
  readonly id: string;
  readonly phrasings: readonly Phrasing[];
}

export interface Choice<Of extends Recognizable> {
  readonly intent: Of;
  /** How much of the text it explains, less what it leaves unexplained. */
  readonly score: number;
}

/** What a word is worth to the intent that knows what to do with it, where it is not 2. */
const WEIGHTS: Readonly<Record<string, number>> = {
  address: 6,
  // All that is said is about it, an address beside it too.
  pasted: 12,
  keep: 8,
  name: 3,
  cat: 3,
  netflix: 3,
  menu: 3,
  lang: 3,
  ...Object.fromEntries([...SMALL_TALK].map((concept) => [concept, 3])),
  ...Object.fromEntries([...REPLIES].map((concept) => [concept, 1.5])),
  ...Object.fromEntries([...LIGHT].map((concept) => [concept, 0.5])),
  more: 1.5,
  again: 1.5,
};
/** What a word costs an intent that does not know what to do with it. */
const UNKNOWN = 2;
/** A word that is only nearly written like one counts for less. */
const CORRECTED = 0.75;
/** Less than that is not understood. */
const LEAST = 1;
/** So many words can be an argument that may be anything; a log or a letter has more. */
const MOST_FREE = 6;
/** What goes on from the last answer is nearer than anything else. */
const GOES_ON = 2;

/** A hearing, taken apart once. */
interface Compiled {
  /** Of each way to say it, what must be there. */
  readonly says: readonly (readonly (readonly string[])[])[];
  readonly with: ReadonlySet<string>;
  readonly not: readonly string[];
  readonly takesAnything: boolean;
  readonly isAlone: boolean;
}

const compiled = new WeakMap<Phrasing, Compiled>();

function compile(hearing: Phrasing): Compiled {
  const known = compiled.get(hearing);
  if (known !== undefined) return known;
  const made = {
    says: hearing.says.map((say) => say.split(' ').map((one) => one.split('|'))),
    with: new Set((hearing.with ?? '').split(' ')),
    not: (hearing.not ?? '').split(' ').filter((one) => one !== ''),
    takesAnything: hearing.takesAnything === true,
    isAlone: hearing.isAlone === true,
  };
  compiled.set(hearing, made);
  return made;
}

/**
 * The intent that explains most of what was said; of two that explain the same, the first.
 *
 * @param after id of the intent that answered last, when that is not long ago
 * @returns `null` when none explains enough
 */
export function choose<Of extends Recognizable>(
  utterance: Utterance,
  intents: readonly Of[],
  after: string | null = null,
): Choice<Of> | null {
  const best = bestOf(utterance, intents, after, 1);
  return best !== null && best.score >= LEAST ? best : null;
}

/** The intent that a text which is not understood may have meant, whatever else it says. */
export function closest<Of extends Recognizable>(
  utterance: Utterance,
  intents: readonly Of[],
): Of | null {
  return bestOf(utterance, intents, null, 0)?.intent ?? null;
}

/**
 * Whether something is said that must not be. A word that somebody gave as a name is still that word
 * (`목록`, `메뉴 알림`), unless another one asks for something that has a name: `상태 메뉴`.
 */
function isForbidden(
  tokens: readonly Token[],
  said: ReadonlySet<string>,
  needs: readonly (readonly string[])[],
  not: readonly string[],
): boolean {
  const isNaming =
    needs.length > 1 && !said.has('alert') && needs.some((one) => one.includes('name'));
  return not.some(
    (concept) =>
      said.has(concept) &&
      tokens.some((token) => {
        if (!means(token, concept)) return false;
        if (concept !== 'name') return !(isNaming && means(token, 'name'));
        const isPlain = needs.length === 1 || said.has('alert');
        return !(isPlain && needs.some((one) => one.some((need) => means(token, need))));
      }),
  );
}

/** @param strictness how much of the cost of what it leaves unexplained an intent bears */
function bestOf<Of extends Recognizable>(
  utterance: Utterance,
  intents: readonly Of[],
  after: string | null,
  strictness: number,
): Choice<Of> | null {
  let best: Choice<Of> | null = null;
  const said = new Set(
    utterance.tokens.flatMap(({ means: all }) => all.map(({ concept }) => concept)),
  );
  for (const intent of intents) {
    for (const hearing of intent.phrasings) {
      if (hearing.isFollowUp && after !== intent.id) continue;
      const rules = compile(hearing);
      for (const needs of rules.says) {
        // Nearly every phrase lacks something: that is seen at once.
        if (!needs.every((alternatives) => alternatives.some((one) => said.has(one)))) continue;
        if (isForbidden(utterance.tokens, said, needs, rules.not)) continue;
        const score = scoreOf(utterance, needs, rules, strictness);
        if (score === null) continue;
        const total = hearing.isFollowUp ? score + GOES_ON : score;
        if (best === null || total > best.score) best = { intent, score: total };
      }
    }
  }
  return best;
}

/** `null` when a concept is missing that must be there. */
function scoreOf(
  { tokens }: Utterance,
  needs: readonly (readonly string[])[],
  rules: Compiled,
  strictness: number,
): number | null {
  const used = new Set<Token>();
  let score = 0;
  let free = rules.takesAnything ? MOST_FREE : 0;
  for (const alternatives of needs) {
    const token = tokens.find(
      (one) => !used.has(one) && alternatives.some((concept) => means(one, concept)),
    );
    if (token === undefined) return null;
    used.add(token);
    score += weightOf(token, alternatives);
  }
  for (const token of tokens) {
    if (used.has(token)) continue;
    const taken = token.means.filter(
      ({ concept }) => rules.with.has(concept) || needs.some((one) => one.includes(concept)),
    );
    if (taken.length > 0) {
      score +=
        weightOf(
          token,
          taken.map(({ concept }) => concept),
        ) / 2;
    } else if (!isLight(token)) {
      free--;
      if (free >= 0) continue;
      const cost = token.means.length === 0 ? UNKNOWN : weightOf(token, NONE);
      score -= cost * strictness * (rules.isAlone ? 2 : 1);
    }
  }
  return score;
}

const NONE: readonly string[] = [];

function weightOf(token: Token, concepts: readonly string[]): number {
  // The address of something that has a name weighs as an address under either.
  if (token.means.some(({ concept }) => concept === 'address')) return WEIGHTS['address'] ?? 2;
  const mine = token.means.filter(({ concept }) => concepts.includes(concept));
  const weights = (mine.length > 0 ? mine : token.means).map(
    ({ concept }) => WEIGHTS[concept] ?? 2,
  );
  return Math.max(0, ...weights) * (token.isCorrected ? CORRECTED : 1);
}
