import * as v from 'valibot';
import {
  type Answer,
  believedWaitMs,
  jsonOf,
  type NoAnswer,
  retryAfterMs,
  textOf,
} from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { instantSchema } from './queries.ts';

/**
 * - `not-found`: deleted, private without access, or never there (GitHub does not say which)
 * - `blocked`: taken down by GitHub
 * - `empty`: a repository without a commit
 * - `too-heavy`: ask for less at once; a single one that is too heavy is left for later
 * - `unavailable`: broken or unreachable, for now
 * - `held-back`: not asked, as whoever wants to know has asked too much
 * - `invalid`: GitHub did not accept the call, or its answer is not understood
 */
export type GitHubFailureReason =
  | 'not-found'
  | 'unauthorized'
  | 'forbidden'
  | 'blocked'
  | 'empty'
  | 'rate-limited'
  | 'too-heavy'
  | 'unavailable'
  | 'held-back'
  | 'invalid';

/** Why a call to GitHub did not succeed. */
export interface GitHubFailure {
  readonly reason: GitHubFailureReason;
  /** HTTP status; null when there was no answer, or no call at all. */
  readonly status: number | null;
  /** GitHub's own words for the owner, at most 300 characters. */
  readonly detail: string;
  /** How long to leave GitHub alone; always there when `rate-limited`. */
  readonly retryAfterMs?: number;
}

export type GitHubResult<Value> = Result<Value, GitHubFailure>;

export type GitHubRefusal = { readonly ok: false } & GitHubFailure;

const MAX_DETAIL = 300;
const problemSchema = v.object({ message: v.string() });

const reasonsByStatus: Readonly<Record<number, GitHubFailureReason>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'empty',
  410: 'not-found',
  451: 'blocked',
};

/** A call that is refused here, before anything is sent. */
export function refused(reason: GitHubFailureReason, detail: string): GitHubRefusal {
  return { ok: false, reason, status: null, detail };
}

/**
 * Reads what an answer that is no success means (docs/platforms/github.md).
 *
 * @param nowMs milliseconds since the epoch, for waiting times
 */
export function readRefusal(answer: Answer, nowMs: number): GitHubRefusal {
  const { status, headers } = answer;
  const problem = v.safeParse(problemSchema, jsonOf(answer));
  const message = problem.success ? problem.output.message : textOf(answer);
  const detail = shorten(message || `HTTP ${status} without a word`);
  if (isRateLimit(answer, message)) {
    return {
      ok: false,
      reason: 'rate-limited',
      status,
      detail,
      retryAfterMs: limitWaitMs(headers, nowMs),
    };
  }
  const waitMs = status >= 500 ? retryAfterMs(headers, nowMs) : undefined;
  return {
    ok: false,
    reason: reasonOf(status, message),
    status,
    detail,
    ...(waitMs !== undefined && { retryAfterMs: clampWait(waitMs) }),
  };
}

/** What it means that no answer came at all. */
export function readSilence({ failed }: { readonly failed: NoAnswer }): GitHubRefusal {
  const reason = failed === 'network' ? 'unavailable' : 'too-heavy';
  return refused(reason, `No answer: ${failed}`);
}

/**
 * Milliseconds to wait after a limit, in GitHub's order: `retry-after`, else the reset when nothing
 * remains, else a minute (docs/platforms/github.md, Limits).
 */
function limitWaitMs(headers: Headers, nowMs: number): number {
  const statedMs = retryAfterMs(headers, nowMs);
  if (statedMs !== undefined) return clampWait(statedMs);
  const reset = headers.get('x-ratelimit-reset') ?? '';
  if (headers.get('x-ratelimit-remaining') !== '0' || !/^\d{1,12}$/.test(reset)) return MINUTE_MS;
  return clampWait(Number(reset) * SECOND_MS - nowMs);
}

/** At most 300 characters of GitHub's words. */
function shorten(text: string): string {
  return text.slice(0, MAX_DETAIL);
}

/** Whether GitHub's words are those of its primary or secondary limit. */
function speaksOfLimit(message: string): boolean {
  return /rate limit|abuse detection/i.test(message);
}

/** Whether GitHub's words are those of a takedown. */
function speaksOfBlock(message: string): boolean {
  return /access blocked/i.test(message);
}

function isRateLimit({ status, headers }: Answer, message: string): boolean {
  if (status === 429) return true;
  if (status !== 403 || speaksOfBlock(message)) return false;
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0';
  return isUsedUp || headers.has('retry-after') || speaksOfLimit(message);
}

function reasonOf(status: number, message: string): GitHubFailureReason {
  if (status >= 500) return 'unavailable';
  if (status === 403 && speaksOfBlock(message)) return 'blocked';
  // A comparison with a commit that is no longer there: the same as its 404.
  if (status === 422 && /no commit found/i.test(message)) return 'not-found';
  return reasonsByStatus[status] ?? 'invalid';
}

/** What is believed of a wait, a second at least. */
function clampWait(waitMs: number): number {
  return Math.max(SECOND_MS, believedWaitMs(waitMs));
}

/** Whether GitHub does not accept who asks. */
export function isRefused(result: GitHubResult<unknown>): boolean {
  return !result.ok && result.reason === 'unauthorized';
}

/** Why a run of the poll failed, as `runs` keeps it, when the token or the app's key is not accepted. */
export const TOKEN_REFUSED = 'GitHub refuses the token';

export interface GraphQLCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Several things are asked for at once, so what is `too-heavy` may do in halves. */
  readonly isBatch: boolean;
}

export interface GraphQLAnswer<Data> {
  readonly data: Data;
  /** Why something in `data` is null. */
  readonly hidden: readonly HiddenItem[];
}

/** What GitHub would not or could not show; `unavailable` when it may be there all the same. */
export interface HiddenItem {
  /** Name of the field, and index within it where that is a list. */
  readonly path: readonly (string | number)[];
  readonly reason: GitHubFailureReason;
  readonly detail: string;
}

const errorSchema = v.object({
  type: v.optional(v.string(), ''),
  message: v.optional(v.string(), ''),
  path: v.nullish(v.array(v.union([v.string(), v.number()]))),
});
const envelopeSchema = v.object({
  data: v.optional(v.unknown()),
  errors: v.optional(v.array(errorSchema), []),
});

type GraphQLError = v.InferOutput<typeof errorSchema>;

/** Words of an answer that was cut short, and of one that GitHub gave up on as a whole. */
const CUT_SHORT = /resource limits/i;
const GAVE_UP = /timeout|timed out|something went wrong while executing/i;

const resetSchema = v.object({ rateLimit: v.object({ resetAt: instantSchema }) });

/**
 * Reads any answer of the GraphQL API; never throws. Items GitHub would not show are null beside
 * the others' data; any error without a path fails the whole (docs/platforms/github.md, GraphQL).
 */
export function readGraphQL<Schema extends v.GenericSchema>(
  { isBatch }: Pick<GraphQLCall, 'isBatch'>,
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
): GitHubResult<GraphQLAnswer<v.InferOutput<Schema>>> {
  const read = readEnvelope(schema, answer, nowMs);
  // What stands alone cannot be halved.
  return !read.ok && read.reason === 'too-heavy' && !isBatch
    ? { ...read, reason: 'unavailable' }
    : read;
}

function readEnvelope<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
): GitHubResult<GraphQLAnswer<v.InferOutput<Schema>>> {
  if ('failed' in answer) return readSilence(answer);
  const { status, headers } = answer;
  if (status !== 200) {
    const refusal = readRefusal(answer, nowMs);
    return status === 502 || status === 504 ? { ...refusal, reason: 'too-heavy' } : refusal;
  }
  const envelope = v.safeParse(envelopeSchema, jsonOf(answer));
  if (!envelope.success) {
    return { ok: false, reason: 'unavailable', status, detail: 'unreadable answer' };
  }
  const { data, errors } = envelope.output;
  const told = errors.map((error) => ({ ...error, reason: reasonOfError(error) }));
  const fatal =
    told.find(({ reason }) => reason === 'rate-limited') ??
    told.find(({ reason }) => reason === 'too-heavy') ??
    told.find(({ path }) => !path);
  if (fatal) {
    const { reason } = fatal;
    const waitMs = reason === 'rate-limited' ? waitOf(data, headers, nowMs) : undefined;
    const detail = shorten(fatal.message);
    return { ok: false, reason, status, detail, ...(waitMs && { retryAfterMs: waitMs }) };
  }
  const parsed = v.safeParse(schema, data);
  if (!parsed.success) {
    const detail = shorten(`unreadable answer: ${v.summarize(parsed.issues)}`);
    return { ok: false, reason: 'invalid', status, detail };
  }
  const hidden = told.map(({ path, reason, message }) => ({
    path: path ?? [],
    reason,
    detail: shorten(message),
  }));
  return { ok: true, value: { data: parsed.output, hidden } };
}

/**
 * Of which items GitHub failed to tell something: what is null or missing in them means nothing.
 *
 * @param depth how long a path to an item is: 1 for a field, 2 for an entry of a list
 * @returns their paths, joined by dots
 */
export function failedItems(hidden: readonly HiddenItem[], depth: 1 | 2 = 1): ReadonlySet<string> {
  const failed = hidden.filter(({ reason }) => reason === 'unavailable');
  return new Set(failed.map(({ path }) => path.slice(0, depth).join('.')));
}

/** Headers say it best; `rateLimit` in the data, where it came along, when they are silent. */
function waitOf(data: unknown, headers: Headers, nowMs: number): number {
  const limit = v.safeParse(resetSchema, data);
  const isSilent = !headers.has('retry-after') && !headers.has('x-ratelimit-reset');
  return isSilent && limit.success
    ? clampWait(limit.output.rateLimit.resetAt - nowMs)
    : limitWaitMs(headers, nowMs);
}

function reasonOfError({ type, message, path }: GraphQLError): GitHubFailureReason {
  if (type.startsWith('RATE_LIMIT') || speaksOfLimit(message)) return 'rate-limited';
  if (type === 'NOT_FOUND') return 'not-found';
  if (speaksOfBlock(message)) return 'blocked';
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return 'forbidden';
  if (type === 'RESOURCE_LIMITS_EXCEEDED' || CUT_SHORT.test(message)) return 'too-heavy';
  // Whatever is wrong with one item must not hide that the others are there.
  if (path) return 'unavailable';
  return GAVE_UP.test(message) ? 'too-heavy' : 'invalid';
}
