import * as v from 'valibot';
import { hex } from '../../../lib/encoding.ts';
import {
  type Answer,
  believedWaitMs,
  jsonOf,
  type NoAnswer,
  retryAfterMs,
  send,
  textOf,
} from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { authorizationHeader, type OAuth1Credentials, type OAuth1Stamp } from './oauth1.ts';
import { readProblem, type SenderProblem, type TwitterFailureReason } from './problem.ts';

export const USER_AGENT = 'soshik';
export const MEDIA_TIMEOUT_MS = 30 * SECOND_MS;
const TIMEOUT_MS = 10 * SECOND_MS;
const MAX_ANSWER_BYTES = 1_000_000;

/** Who calls: an account's OAuth 1.0a keys and token, or an OAuth 2.0 token (user or app-only). */
export type TwitterCredentials = Required<OAuth1Credentials> | { readonly accessToken: string };

/** One call to the API, before it is signed. */
export interface TwitterCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query, such as `/2/tweets`. */
  readonly path: string;
  readonly body?: { readonly json: unknown } | { readonly multipart: FormData };
  /** Default 10 seconds. */
  readonly timeoutMs?: number;
}

export interface TwitterClientOptions {
  readonly runtime: Runtime;
  /** Such as `https://api.x.com`. */
  readonly apiUrl: string;
  readonly credentials: TwitterCredentials;
}

/** Sends a call and reads the answer with the schema of its success and its own reasons. */
export type TwitterCaller = <Schema extends v.GenericSchema, Reason extends string = never>(
  call: TwitterCall,
  schema: Schema,
  ownReason?: ReasonReader<Reason>,
) => Promise<TwitterResult<v.InferOutput<Schema>, Reason>>;

/** Signs, sends and reads calls of one account or app; `apiUrl` has no slash at its end. */
export function createCaller({
  runtime,
  apiUrl,
  credentials,
}: TwitterClientOptions): TwitterCaller {
  return async (call, schema, ownReason) => {
    const url = apiUrl + call.path;
    const authorization =
      'accessToken' in credentials
        ? `Bearer ${credentials.accessToken}`
        : await authorizationHeader(credentials, { method: call.method, url }, stampOf(runtime));
    const answer = await ask(runtime, requestOf(call, url, authorization), call.timeoutMs);
    return readAnswer(schema, answer, runtime.now(), ownReason);
  };
}

/** Time and nonce for one OAuth 1.0a signature. */
export function stampOf(runtime: Runtime): OAuth1Stamp {
  return {
    timestampSeconds: Math.floor(runtime.now() / SECOND_MS),
    nonce: hex(runtime.randomBytes(16)),
  };
}

/** Sends a request of any kind to X, within the limits that all calls share. */
export async function ask(
  runtime: Runtime,
  request: Request,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Answer | { readonly failed: NoAnswer }> {
  return await send(runtime, request, { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
}

function requestOf({ method, body }: TwitterCall, url: string, authorization: string): Request {
  const headers = new Headers({ authorization, 'user-agent': USER_AGENT });
  if (!body) return new Request(url, { method, headers });
  // FormData sets its own content type: only it knows the boundary.
  if ('multipart' in body) return new Request(url, { method, headers, body: body.multipart });
  headers.set('content-type', 'application/json');
  return new Request(url, { method, headers, body: JSON.stringify(body.json) });
}

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
  const body = jsonOf(answer);
  const problem = readProblem(body, textOf(answer));
  const own = isDecidedBy(status) ? undefined : ownReason?.(answer);
  const isOfX = typeof body === 'object' && body !== null;
  const reason = own ?? reasonOf(status, problem.reason, isOfX);
  // What stands in between knows nothing of X's windows.
  const tellsWait = isOfX || isDecidedBy(status) || isSuccess(status);
  const waitMs = reason === 'retry' && tellsWait ? waitOf(status, headers, nowMs) : undefined;
  return {
    reason,
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    mayHaveActed: isBroken(status) || (isSuccess(status) && reason === 'retry'),
    detail: problem.detail || `HTTP ${status} without a word`,
    ...(isRefusal(status) && problem.sender && { sender: problem.sender }),
  };
}

/** Of what is too large, whoever says so. */
const TOO_LARGE = [413, 414, 431];

/** @param isOfX a redirect or a page is not X's own word on the call: something stands in between */
function reasonOf(
  status: number,
  told: TwitterFailureReason | undefined,
  isOfX: boolean,
): TwitterFailureReason {
  if (isBroken(status)) return 'retry';
  if (status === 401) return 'unauthorized';
  if (status === 402) return 'credits-depleted';
  if (status === 429) return told === 'credits-depleted' ? told : 'retry';
  if (told) return told;
  if (status === 403) return 'forbidden';
  if (status === 409) return 'duplicate';
  return isSuccess(status) || !(isOfX || TOO_LARGE.includes(status)) ? 'retry' : 'invalid';
}

/** Milliseconds that X asks to wait after a rate limit or a breakdown; a day at most. */
export function waitOf(status: number, headers: Headers, nowMs: number): number | undefined {
  if (!isSuccess(status) && !isBroken(status)) return rateLimitWaitMs(headers, nowMs);
  const waitMs = retryAfterMs(headers, nowMs);
  return waitMs === undefined ? undefined : believedWaitMs(waitMs);
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

/** One window of calls that X counts. */
export interface RateWindow {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
}

/** The endpoint's own window (mostly 15 minutes) and the daily ones where X tells them. */
export interface RateLimit extends RateWindow {
  readonly userDay?: RateWindow;
  readonly appDay?: RateWindow;
}

/** The rate limit that an answer's headers tell. Source: X docs: fundamentals/rate-limits. */
function readRateLimit(headers: Headers): RateLimit | undefined {
  const endpoint = readWindow(headers, 'x-rate-limit');
  if (!endpoint) return undefined;
  const userDay = readWindow(headers, 'x-user-limit-24hour');
  const appDay = readWindow(headers, 'x-app-limit-24hour');
  return { ...endpoint, ...(userDay && { userDay }), ...(appDay && { appDay }) };
}

/**
 * Milliseconds to wait after a 429: until the used-up windows open again, not less than
 * `Retry-After` or a minute (X's own sample waits at least that), not more than a day.
 */
function rateLimitWaitMs(headers: Headers, nowMs: number): number {
  const endpoint = readWindow(headers, 'x-rate-limit');
  const days = ['x-user-limit-24hour', 'x-app-limit-24hour']
    .map((prefix) => readWindow(headers, prefix))
    .filter((window) => window?.remaining === 0);
  const waits = [endpoint, ...days].map((window) => (window?.resetAt ?? nowMs) - nowMs);
  return believedWaitMs(Math.max(MINUTE_MS, retryAfterMs(headers, nowMs) ?? 0, ...waits));
}

function readWindow(headers: Headers, prefix: string): RateWindow | undefined {
  const limit = readCount(headers, `${prefix}-limit`);
  const remaining = readCount(headers, `${prefix}-remaining`);
  const resetSeconds = readCount(headers, `${prefix}-reset`);
  if (limit === undefined || remaining === undefined || resetSeconds === undefined) {
    return undefined;
  }
  return { limit, remaining, resetAt: resetSeconds * SECOND_MS };
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name) ?? '';
  return /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
