import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { jsonOf, retryAfterMs } from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import { DAY_MS } from '../../../lib/time.ts';
import type { KakaoFailureReason, KakaoQuota, Problem } from './problem.ts';
import { readProblem } from './problem.ts';

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
    ...(waitMs !== undefined && { retryAfterMs: Math.min(DAY_MS, waitMs) }),
  };
}

/** What a problem means; `status` has its say where the body holds no known code. */
export function failureOf(problem: Problem, status: number): KakaoFailure {
  const { code, meaning, detail, requiredScopes } = problem;
  const reason = meaning?.reason ?? reasonOfStatus(status);
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
