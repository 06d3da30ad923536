import * as v from 'valibot';
import { areKeepable, DEFAULT_OPTIONS, type WatchOptions } from '../store/options.ts';
import { readNickname, shortNickname } from '../watching/nickname.ts';

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
  kinds: oneOf(['commits', 'releases', 'both']),
  prereleases: flag,
  noBots: flag,
  noMerges: flag,
  without: text(200),
  whole: flag,
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
const FLAGS = ['prereleases', 'noBots', 'noMerges', 'whole', 'each'] as const;

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
