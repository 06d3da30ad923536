import * as v from 'valibot';
import { TAG_PATTERN_BYTES, type WatchOptions } from '../store/watches.ts';
import { readNickname } from '../watching/nickname.ts';

const text = (most: number) =>
  v.fallback(v.pipe(v.optional(v.string(), ''), v.maxLength(most), v.trim()), '');
const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  v.fallback(v.picklist(choices), choices[0]);

const schema = v.object({
  /** Where somebody wants to be told. */
  channel: text(20),
  token: text(300),
  address: text(300),
  branch: text(255),
  nickname: text(100),
  kinds: oneOf(['commits', 'releases', 'both']),
  prereleases: v.fallback(v.optional(v.boolean(), false), false),
  tag: text(100),
  step: oneOf(['any', 'minor', 'major']),
  digest: oneOf(['instant', 'hourly', 'daily']),
  hour: v.fallback(
    v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.maxValue(23)),
    9,
  ),
});

/**
 * What somebody has chosen so far, as the query of the pages carries it from step to step; what is
 * missing or makes no sense is as if it had not been chosen.
 */
export type Choice = Readonly<v.InferOutput<typeof schema>>;

export function readChoice(query: URLSearchParams): Choice {
  return v.parse(schema, {
    ...Object.fromEntries(query),
    prereleases: query.has('prereleases'),
  });
}

/** What to tell of the branch; `null` when the tag pattern is none. */
export function optionsOf(choice: Choice): WatchOptions | null {
  const { kinds, prereleases, tag, step, digest, hour } = choice;
  if (!/^\S*$/u.test(tag) || new TextEncoder().encode(tag).length > TAG_PATTERN_BYTES) return null;
  const releases = kinds !== 'commits';
  return {
    commits: kinds !== 'releases',
    releases,
    prereleases: releases && prereleases,
    tagPattern: releases && tag !== '' ? tag : null,
    smallestStep: releases ? step : 'any',
    digest,
    digestHour: hour,
  };
}

/**
 * What the branch is to be called: as given, else by the repository; `null` when what is given is no
 * nickname.
 */
export function nicknameOf(choice: Choice, repository: string): string | null {
  if (choice.nickname !== '') return readNickname(choice.nickname);
  return readNickname(repository) ?? readNickname(`repo ${repository}`);
}
