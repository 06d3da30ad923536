import * as v from 'valibot';
import { cutToFit } from '../../../lib/graphemes.ts';

/**
 * What a failure means for the caller:
 * - `retry`: later, the same call may work
 * - `unauthorized`: the access token is dead: refresh it once, then log in again
 * - `consent`: the person has not agreed to `requiredScopes`: ask again by the authorize address
 * - `not-linked`: the person is not (or no longer) linked to the app: log in again
 * - `unreachable`: this person cannot get messages
 * - `quota`: a limit is used up until the next day; `quota` tells whose
 * - `not-a-friend`: read the list of friends again
 * - `configuration`: the owner has to change something in the console or the settings
 * - `stopped`: Kakao does not serve this app any more
 * - `invalid`: the call itself is wrong
 */
export type KakaoFailureReason =
  | 'retry'
  | 'unauthorized'
  | 'consent'
  | 'not-linked'
  | 'unreachable'
  | 'quota'
  | 'not-a-friend'
  | 'configuration'
  | 'stopped'
  | 'invalid';

/** Whose limit is used up. */
export type KakaoQuota = 'app' | 'sender' | 'receiver' | 'pair';

/** What a code of Kakao means; `mayHaveActed`: it broke while it worked on the call. */
interface Meaning {
  readonly reason: KakaoFailureReason;
  readonly quota?: KakaoQuota;
  readonly mayHaveActed?: true;
}

/** Source: docs/platforms/kakao.md, Errors. */
const meaningOfCode = new Map<number, Meaning>([
  [-1, { reason: 'retry', mayHaveActed: true }],
  [-2, { reason: 'invalid' }],
  [-3, { reason: 'configuration' }],
  [-4, { reason: 'stopped' }],
  [-5, { reason: 'configuration' }],
  [-7, { reason: 'retry' }],
  [-8, { reason: 'invalid' }],
  [-9, { reason: 'stopped' }],
  [-10, { reason: 'quota', quota: 'app' }],
  [-11, { reason: 'quota', quota: 'app' }],
  [-12, { reason: 'stopped' }],
  [-101, { reason: 'not-linked' }],
  [-102, { reason: 'not-linked' }],
  [-103, { reason: 'not-linked' }],
  [-401, { reason: 'unauthorized' }],
  [-402, { reason: 'consent' }],
  [-406, { reason: 'unreachable' }],
  [-501, { reason: 'unreachable' }],
  [-502, { reason: 'not-a-friend' }],
  [-504, { reason: 'invalid' }],
  [-530, { reason: 'unreachable' }],
  // The pair's limit in the lists of 2022, a monthly one in the SDK of 2026.
  [-531, { reason: 'quota', quota: 'pair' }],
  [-532, { reason: 'quota', quota: 'sender' }],
  [-533, { reason: 'quota', quota: 'receiver' }],
  [-536, { reason: 'quota', quota: 'pair' }],
  [-602, { reason: 'invalid' }],
  [-603, { reason: 'retry', mayHaveActed: true }],
  [-606, { reason: 'invalid' }],
  [-903, { reason: 'configuration' }],
  [-911, { reason: 'invalid' }],
  [-9798, { reason: 'retry' }],
]);
/** Kakao takes calls from listed addresses only, if the owner made such a list: no token helps. */
const IP_REFUSED = /\bip mismatched/i;

const MAX_DETAIL = 300;
const MAX_SCOPES = 20;

const bodySchema = v.object({
  code: v.fallback(v.nullish(v.pipe(v.number(), v.safeInteger())), null),
  msg: v.fallback(v.optional(v.string(), ''), ''),
  // The Event API says it so.
  message: v.fallback(v.optional(v.string(), ''), ''),
  required_scopes: v.fallback(v.optional(v.array(v.unknown()), []), []),
});
const scopeName = v.pipe(v.string(), v.regex(/^[a-z_]{1,50}$/));

/** The parts of an error body that decide what it means. */
export interface Problem {
  readonly code: number | null;
  /** Undefined when the body holds no known code. */
  readonly meaning: Meaning | undefined;
  /** Kakao's own words, at most 300 characters; empty when it said nothing. */
  readonly detail: string;
  readonly requiredScopes: readonly string[];
}

/** Reads an error body, or what `failure_info` says of some receivers; takes anything. */
export function readProblem(json: unknown): Problem {
  const parsed = v.safeParse(bodySchema, json);
  if (!parsed.success) return { code: null, meaning: undefined, detail: '', requiredScopes: [] };
  const { code, msg, message, required_scopes } = parsed.output;
  return {
    code: code ?? null,
    meaning:
      code === -401 && IP_REFUSED.test(msg)
        ? { reason: 'configuration' }
        : meaningOfCode.get(code ?? 0),
    detail: shortDetail(msg || message),
    requiredScopes: required_scopes.filter((name) => v.is(scopeName, name)).slice(0, MAX_SCOPES),
  };
}

/** Words of Kakao, cut to what a log or a page of the owner's takes. */
export function shortDetail(words: string): string {
  return cutToFit(words.slice(0, 4 * MAX_DETAIL).trim(), MAX_DETAIL, (text) => text.length);
}
