import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { jsonOf, textOf } from '../../../lib/outbound.ts';
import type { ReasonReader, TwitterFailure } from './answer.ts';
import { isBroken, isSuccess, waitOf } from './answer.ts';
import { readProblem } from './problem.ts';

/**
 * What can happen at every login endpoint:
 * - `unavailable`: no answer, a breakdown, or a success that cannot be read
 * - `rate-limited`: again after `retryAfterMs`
 * - `invalid`: X does not take the call as it is
 */
export type LoginFailureReason = 'unavailable' | 'rate-limited' | 'invalid';

/** `Reason`: what the endpoint may refuse besides. */
export type LoginResult<Value, Reason extends string = never> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & TwitterFailure<LoginFailureReason | Reason>);

/** A login step that is refused here, before anything is sent. */
export function loginRefused(
  detail: string,
): { readonly ok: false } & TwitterFailure<LoginFailureReason> {
  return { ok: false, reason: 'invalid', status: null, mayHaveActed: false, detail };
}

/**
 * Reads any answer of a login endpoint; never throws. Of a success that cannot be read nothing is
 * told on: it may hold a secret.
 *
 * @param nowMs milliseconds since the epoch, for waiting times
 * @param readValue the value in a 2xx, `undefined` when it is not there
 * @param readReason what else a 4xx may mean
 */
export function readLoginAnswer<Value, Reason extends string>(
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
  readValue: (answer: Answer) => Value | undefined,
  readReason: ReasonReader<Reason | LoginFailureReason>,
): LoginResult<Value, Reason> {
  if ('failed' in answer) {
    const detail = `No answer: ${answer.failed}`;
    return { ok: false, reason: 'unavailable', status: null, mayHaveActed: true, detail };
  }
  const { status, headers } = answer;
  if (isSuccess(status)) {
    const value = readValue(answer);
    if (value !== undefined) return { ok: true, value };
    const detail = `HTTP ${status} without what it must hold`;
    return { ok: false, reason: 'unavailable', status, mayHaveActed: true, detail };
  }
  const problem = readProblem(jsonOf(answer), textOf(answer));
  const reason = commonReason(status) ?? readReason(answer) ?? 'invalid';
  const mayWait = reason === 'unavailable' || reason === 'rate-limited';
  const waitMs = mayWait ? waitOf(status, headers, nowMs) : undefined;
  return {
    ok: false,
    reason,
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    mayHaveActed: isBroken(status),
    detail: problem.detail || `HTTP ${status} without a word`,
  };
}

/** X's error codes in a body, whether it is JSON or XML (`<error code="415">`). */
export function errorCodes(answer: Answer): number[] {
  const found = textOf(answer).matchAll(/\bcode"?\s*[:=]\s*"?(\d{1,5})\b/g);
  return Array.from(found, ([, code]) => Number(code));
}

function commonReason(status: number): LoginFailureReason | undefined {
  if (isBroken(status)) return 'unavailable';
  return status === 429 ? 'rate-limited' : undefined;
}
