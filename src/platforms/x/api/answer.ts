import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { jsonOf, retryAfterMs, textOf } from '../../../lib/outbound.ts';
import { DAY_MS } from '../../../lib/time.ts';
import type { SenderProblem, TwitterFailureReason } from './problem.ts';
import { readProblem } from './problem.ts';
import type { RateLimit } from './rateLimit.ts';
import { rateLimitWaitMs, readRateLimit } from './rateLimit.ts';

/** Why a call to X did not succeed. */
export interface TwitterFailure<Reason extends string = TwitterFailureReason> {
  readonly reason: Reason;
  /** HTTP status; null when there was no answer, or no call at all. */
  readonly status: number | null;
  /** How long to wait, where X says so. */
  readonly retryAfterMs?: number;
  /** X may have carried the call out all the same: look before a post or message is repeated. */
  readonly mayHaveActed: boolean;
  /** X's own words for the owner, at most 300 characters. */
  readonly detail: string;
  readonly rateLimit?: RateLimit;
  /** Set when X refuses everything of this account or app. */
  readonly sender?: SenderProblem;
}

/** `Reason`: what the call may be refused for besides the reasons that all calls share. */
export type TwitterResult<Value, Reason extends string = never> =
  | { readonly ok: true; readonly value: Value; readonly rateLimit?: RateLimit }
  | ({ readonly ok: false } & TwitterFailure<TwitterFailureReason | Reason>);

/**
 * Reads from a refusal what it means to one family of calls; `undefined`: nothing of its own. Not
 * asked where the status alone decides: 401, 402, 408, 429 and 5xx.
 */
export type ReasonReader<Reason extends string> = (answer: Answer) => Reason | undefined;

/**
 * A reader that looks for X's reason words anywhere in the body, in any case, then at the status.
 *
 * @param words the first one found decides
 */
export function reasonReader<Reason extends string>(
  words: readonly (readonly [string, Reason])[],
  statuses: Readonly<Record<number, Reason>> = {},
): ReasonReader<Reason> {
  return (answer) => {
    const body = textOf(answer).toLowerCase();
    const found = words.find(([word]) => body.includes(word.toLowerCase()));
    return found?.[1] ?? statuses[answer.status];
  };
}

/** A call that is refused here, before anything is sent. */
export function refused(detail: string): { readonly ok: false } & TwitterFailure {
  return { ok: false, reason: 'invalid', status: null, mayHaveActed: false, detail };
}

/**
 * Reads any answer of X; never throws. A 2xx that the schema accepts is a success even with
 * `errors` beside its `data` (X's partial success); one that cannot be read is `retry` with
 * `mayHaveActed`. Source: X docs: fundamentals/response-codes-and-errors.
 *
 * @param schema for the JSON body of a success; a 204 is `null` to it
 * @param nowMs milliseconds since the epoch, for waiting times
 * @param ownReason knows what else this call may be refused for
 */
export function readAnswer<Schema extends v.GenericSchema, Reason extends string = never>(
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
  ownReason?: ReasonReader<Reason>,
): TwitterResult<v.InferOutput<Schema>, Reason> {
  if ('failed' in answer) {
    const detail = `No answer: ${answer.failed}`;
    return { ok: false, reason: 'retry', status: null, mayHaveActed: true, detail };
  }
  const rateLimit = readRateLimit(answer.headers);
  if (isSuccess(answer.status)) {
    const parsed = v.safeParse(schema, answer.status === 204 ? null : jsonOf(answer));
    if (parsed.success) return { ok: true, value: parsed.output, ...(rateLimit && { rateLimit }) };
  }
  return { ok: false, ...readFailure(answer, nowMs, ownReason), ...(rateLimit && { rateLimit }) };
}

function readFailure<Reason extends string>(
  answer: Answer,
  nowMs: number,
  ownReason: ReasonReader<Reason> | undefined,
): TwitterFailure<TwitterFailureReason | Reason> {
  const { status, headers } = answer;
  const problem = readProblem(jsonOf(answer), textOf(answer));
  const own = isDecidedBy(status) ? undefined : ownReason?.(answer);
  const reason = own ?? reasonOf(status, problem.reason);
  const waitMs = reason === 'retry' ? waitOf(status, headers, nowMs) : undefined;
  return {
    reason,
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    mayHaveActed: isBroken(status) || (isSuccess(status) && reason === 'retry'),
    detail: problem.detail || `HTTP ${status} without a word`,
    ...(isRefusal(status) && problem.sender && { sender: problem.sender }),
  };
}

function reasonOf(status: number, told: TwitterFailureReason | undefined): TwitterFailureReason {
  if (isBroken(status)) return 'retry';
  if (status === 401) return 'unauthorized';
  if (status === 402) return 'credits-depleted';
  if (status === 429) return told === 'credits-depleted' ? told : 'retry';
  if (told) return told;
  if (status === 403) return 'forbidden';
  if (status === 409) return 'duplicate';
  return isSuccess(status) ? 'retry' : 'invalid';
}

/** Milliseconds that X asks to wait after a rate limit or a breakdown; a day at most. */
export function waitOf(status: number, headers: Headers, nowMs: number): number | undefined {
  if (!isSuccess(status) && !isBroken(status)) return rateLimitWaitMs(headers, nowMs);
  const waitMs = retryAfterMs(headers, nowMs);
  return waitMs === undefined ? undefined : Math.min(DAY_MS, waitMs);
}

/** Statuses that mean the same whatever the body says. */
function isDecidedBy(status: number): boolean {
  return isBroken(status) || status === 401 || status === 402 || status === 429;
}

/** Statuses whose body tells whether the account or app is refused. */
function isRefusal(status: number): boolean {
  return status === 400 || status === 401 || status === 403 || status === 429;
}

/** X did what it was asked to, or says so. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** X broke down (or timed out) while it worked on the call. */
export function isBroken(status: number): boolean {
  return status >= 500 || status === 408;
}
