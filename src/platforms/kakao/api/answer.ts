import * as v from 'valibot';
import {
  type Answer,
  believedWaitMs,
  jsonOf,
  type NoAnswer,
  retryAfterMs,
  send,
} from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { cutToFit } from '../../../lib/text.ts';
import { SECOND_MS } from '../../../lib/time.ts';

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
type KakaoQuota = 'app' | 'sender' | 'receiver' | 'pair';

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
interface Problem {
  readonly code: number | null;
  /** Undefined when the body holds no known code. */
  readonly meaning: Meaning | undefined;
  /** Kakao's own words, at most 300 characters; empty when it said nothing. */
  readonly detail: string;
  /** False for a page, or nothing: not Kakao's own word on the call. */
  readonly isOfKakao: boolean;
  readonly requiredScopes: readonly string[];
}

/** Reads an error body, or what `failure_info` says of some receivers; takes anything. */
export function readProblem(json: unknown): Problem {
  const parsed = v.safeParse(bodySchema, json);
  if (!parsed.success) {
    return { code: null, meaning: undefined, detail: '', isOfKakao: false, requiredScopes: [] };
  }
  const { code, msg, message, required_scopes } = parsed.output;
  return {
    code: code ?? null,
    meaning:
      code === -401 && IP_REFUSED.test(msg)
        ? { reason: 'configuration' }
        : meaningOfCode.get(code ?? 0),
    detail: shortDetail(msg || message),
    isOfKakao: true,
    requiredScopes: required_scopes.filter((name) => v.is(scopeName, name)).slice(0, MAX_SCOPES),
  };
}

/** Words of Kakao, cut to what a log or a page of the owner's takes. */
export function shortDetail(words: string): string {
  return cutToFit(words.slice(0, 4 * MAX_DETAIL).trim(), MAX_DETAIL, (text) => text.length);
}

const USER_AGENT = 'soshik';
const LIMITS = { timeoutMs: 10 * SECOND_MS, maxBytes: 1_000_000 };

/** One call to the API. Kakao's own API takes forms only, the chatbot's JSON only. */
export interface KakaoCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Who calls: `Bearer` with a person's access token, `KakaoAK` with a key of the app. */
interface KakaoAuthorization {
  readonly scheme: 'Bearer' | 'KakaoAK';
  readonly key: string;
}

/** Sends a call and reads the answer with the schema of its success. */
export type KakaoCaller = <Schema extends v.GenericSchema>(
  call: KakaoCall,
  schema: Schema,
) => Promise<KakaoResult<v.InferOutput<Schema>>>;

/** Signs, sends and reads calls; `null` for a call that its address alone allows. */
export function createCaller(
  runtime: Pick<Runtime, 'fetch' | 'now'>,
  authorization: KakaoAuthorization | null,
): KakaoCaller {
  return async (call, schema) => {
    // A header with anything else in it would throw.
    if (authorization && !isPlain(authorization.key)) {
      const isToken = authorization.scheme === 'Bearer';
      return isToken
        ? refused('The access token is blank or not plain ASCII', 'unauthorized')
        : refused('The REST API key is blank or not plain ASCII', 'configuration');
    }
    const headers: Record<string, string> = authorization
      ? { authorization: `${authorization.scheme} ${authorization.key}` }
      : {};
    return readAnswer(schema, await ask(runtime, call, headers), runtime.now());
  };
}

/** Sends a call to any of Kakao's hosts, within the limits that all calls share. */
export async function ask(
  runtime: Pick<Runtime, 'fetch'>,
  { method, url, form, json }: KakaoCall,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | { readonly failed: NoAnswer }> {
  const all = new Headers({ ...headers, accept: 'application/json', 'user-agent': USER_AGENT });
  if (form) all.set('content-type', 'application/x-www-form-urlencoded;charset=utf-8');
  if (json !== undefined) all.set('content-type', 'application/json');
  const body = form ? new URLSearchParams(form).toString() : JSON.stringify(json);
  const init = { method, headers: all, ...(body !== undefined && { body }) };
  return await send(runtime, new Request(url, init), LIMITS);
}

/** True for printable ASCII without white space: the form of all keys and tokens of Kakao. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

/** Why a call to Kakao's API did not succeed. */
export interface KakaoFailure {
  readonly reason: KakaoFailureReason;
  /** Kakao's code, such as -401; null when it told none. */
  readonly code: number | null;
  /** HTTP status; null when there was no answer, or no call at all. */
  readonly status: number | null;
  /** Kakao's own words for the owner, at most 300 characters. */
  readonly detail: string;
  /** Kakao may have carried the call out all the same. */
  readonly mayHaveActed: boolean;
  /** How long to wait, where Kakao says so; a day at most. */
  readonly retryAfterMs?: number;
  /** With `consent`: what the person has to agree to. Empty when Kakao did not name it. */
  readonly requiredScopes?: readonly string[];
  /** With `quota`: whose limit. */
  readonly quota?: KakaoQuota;
}

export type KakaoResult<Value> = Result<Value, KakaoFailure>;

/** A call that is refused here, before anything is sent. */
export function refused(
  detail: string,
  reason: KakaoFailureReason = 'invalid',
): { readonly ok: false } & KakaoFailure {
  return { ok: false, reason, code: null, status: null, detail, mayHaveActed: false };
}

/**
 * Reads any answer of Kakao's APIs; never throws. The code in the body decides, the status only
 * where there is no known code. A success that cannot be read is `retry` with `mayHaveActed`.
 * Source: docs/platforms/kakao.md, Errors.
 *
 * @param schema for the JSON body of a success
 * @param nowMs milliseconds since the epoch, for waiting times
 */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
): KakaoResult<v.InferOutput<Schema>> {
  if ('failed' in answer) {
    const detail = `No answer: ${answer.failed}`;
    return { ok: false, reason: 'retry', code: null, status: null, detail, mayHaveActed: true };
  }
  const body = jsonOf(answer);
  if (isSuccess(answer.status)) {
    const parsed = v.safeParse(schema, body);
    if (parsed.success) return { ok: true, value: parsed.output };
  }
  const waitMs = retryAfterMs(answer.headers, nowMs);
  return {
    ok: false,
    ...failureOf(readProblem(body), answer.status),
    ...(waitMs !== undefined && { retryAfterMs: believedWaitMs(waitMs) }),
  };
}

/** What a problem means; `status` has its say where the body holds no known code. */
export function failureOf(problem: Problem, status: number): KakaoFailure {
  const { code, meaning, detail, isOfKakao, requiredScopes } = problem;
  const reason = meaning?.reason ?? (isOfKakao ? reasonOfStatus(status) : 'retry');
  return {
    reason,
    code,
    status,
    detail: detail || `HTTP ${status} without a word`,
    mayHaveActed: meaning ? meaning.mayHaveActed === true : isSuccess(status) || isBroken(status),
    ...(reason === 'consent' && { requiredScopes }),
    ...(meaning?.quota && { quota: meaning.quota }),
  };
}

function reasonOfStatus(status: number): KakaoFailureReason {
  if (isSuccess(status) || isBroken(status) || status === 429) return 'retry';
  if (status === 401) return 'unauthorized';
  return status === 403 ? 'configuration' : 'invalid';
}

/** Kakao did what it was asked to, or says so. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Kakao broke down (or timed out) while it worked on the call. */
export function isBroken(status: number): boolean {
  return status >= 500 || status === 408;
}
