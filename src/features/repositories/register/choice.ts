import * as v from 'valibot';
import { MINUTE_MS } from '../../../lib/time.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';
import { areKeepable, DEFAULT_OPTIONS, type WatchOptions } from '../store/options.ts';
import { readNickname, shortNickname } from '../watching/register.ts';

const KEY = 'repository-cards';
const FRESH_MS = 10 * MINUTE_MS;
const MOST_CARDS = 20;

const cardSchema = v.object({
  /** GitHub's number. */
  id: v.number(),
  owner: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  avatarUrl: v.string(),
  stars: v.number(),
  forks: v.number(),
  /** ISO 8601. */
  createdAt: v.string(),
  updatedAt: v.string(),
  isArchived: v.boolean(),
  isEmpty: v.boolean(),
  /** The branch the address names, else the default one. */
  branch: v.string(),
  /** True when the address names a branch that is not there. */
  isBranchMissing: v.boolean(),
  /** To choose from, the default one first. */
  branches: v.array(v.string()),
});

/** What a page tells of a repository before it is watched. */
export type Card = Readonly<v.InferOutput<typeof cardSchema>>;

const cardsSchema = v.array(v.object({ address: v.string(), at: v.number(), card: cardSchema }));

/** What GitHub said of an address a short while ago, so that the next step need not ask again. */
export async function recallCard(
  db: D1Database,
  address: string,
  now: number,
): Promise<Card | null> {
  const cards = await readSetting(db, KEY, cardsSchema);
  const known = cards?.find((one) => one.address === address);
  return known && now - known.at < FRESH_MS ? known.card : null;
}

/** Keeps a card beside the newest others; what has become old goes. */
export async function keepCard(
  db: D1Database,
  address: string,
  card: Card,
  now: number,
): Promise<void> {
  const cards = (await readSetting(db, KEY, cardsSchema)) ?? [];
  const others = cards.filter((one) => one.address !== address && now - one.at < FRESH_MS);
  await writeSetting(db, KEY, [{ address, at: now, card }, ...others].slice(0, MOST_CARDS), now);
}

const text = (most: number) =>
  v.fallback(v.pipe(v.optional(v.string(), ''), v.maxLength(most), v.trim()), '');
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  v.fallback(v.picklist(choices), choices[0]);

const flag = v.fallback(v.optional(v.boolean(), false), false);

const schema = v.object({
  /** Where somebody wants to be told. */
  channel: text(20),
  token: text(300),
  address: text(300),
  branch: text(255),
  nickname: text(100),
  kinds: oneOf(['both', 'commits', 'releases']),
  prereleases: flag,
  noBots: flag,
  noMerges: flag,
  without: text(200),
  whole: flag,
  /** Back from the end, to choose once more. */
  again: flag,
  each: flag,
  tag: text(100),
  step: oneOf(['any', 'minor', 'major']),
  digest: oneOf(['instant', 'hourly', 'daily']),
  hour: v.fallback(
    v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.maxValue(23)),
    9,
  ),
});

/** Boxes to tick: there when they are ticked. */
const FLAGS = ['prereleases', 'noBots', 'noMerges', 'whole', 'each', 'again'] as const;

/**
 * What somebody has chosen so far, as the query of the pages carries it from step to step; what is
 * missing or makes no sense is as if it had not been chosen.
 */
export type Choice = Readonly<v.InferOutput<typeof schema>>;

export function readChoice(query: URLSearchParams): Choice {
  return v.parse(schema, {
    ...Object.fromEntries(query),
    ...Object.fromEntries(FLAGS.map((name) => [name, query.has(name)])),
  });
}

/** The query that carries a choice, with some of it as said here; what is blank is left out. */
export function queryOf(choice: Choice, but: Partial<Choice>): string {
  const pairs = Object.entries({ ...choice, ...but }).flatMap(([name, value]) =>
    value === '' || value === false ? [] : [[name, value === true ? 'on' : `${value}`]],
  );
  return new URLSearchParams(pairs).toString();
}

/** What to tell of the branch; `null` when the tag pattern is none, or too many are left out. */
export function optionsOf(choice: Choice): WatchOptions | null {
  const { kinds, prereleases, tag, step, digest, hour } = choice;
  const releases = kinds !== 'commits';
  const commits = kinds !== 'releases';
  const authors = choice.without.split(',').map((name) => name.trim().toLowerCase());
  const options: WatchOptions = {
    ...DEFAULT_OPTIONS,
    commits,
    releases,
    prereleases: releases && prereleases,
    tagPattern: releases && tag !== '' ? tag : null,
    smallestStep: releases ? step : 'any',
    bots: !commits || !choice.noBots,
    merges: !commits || !choice.noMerges,
    withoutAuthors: commits ? [...new Set(authors.filter((name) => name !== ''))] : [],
    wholeMessages: commits && choice.whole,
    together: !choice.each,
    digest,
    digestHour: hour,
  };
  // Also one that is not asked about, so that nothing is dropped in silence.
  const isTag = /^\S*$/u.test(tag) && areKeepable({ ...options, tagPattern: tag });
  return isTag && areKeepable(options) ? options : null;
}

/**
 * What the branch is to be called: as given, else by the repository; `null` when what is given is no
 * nickname.
 */
export function nicknameOf(choice: Choice, repository: string): string | null {
  if (choice.nickname !== '') return readNickname(choice.nickname);
  return readNickname(repository) ?? shortNickname(repository);
}
