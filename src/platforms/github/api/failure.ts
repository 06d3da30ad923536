import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { believedWaitMs, jsonOf, retryAfterMs, textOf } from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';

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
export function limitWaitMs(headers: Headers, nowMs: number): number {
  const statedMs = retryAfterMs(headers, nowMs);
  if (statedMs !== undefined) return clampWait(statedMs);
  const reset = headers.get('x-ratelimit-reset') ?? '';
  if (headers.get('x-ratelimit-remaining') !== '0' || !/^\d{1,12}$/.test(reset)) return MINUTE_MS;
  return clampWait(Number(reset) * SECOND_MS - nowMs);
}

/** At most 300 characters of GitHub's words. */
export function shorten(text: string): string {
  return text.slice(0, MAX_DETAIL);
}

/** Whether GitHub's words are those of its primary or secondary limit. */
export function speaksOfLimit(message: string): boolean {
  return /rate limit|abuse detection/i.test(message);
}

/** Whether GitHub's words are those of a takedown. */
export function speaksOfBlock(message: string): boolean {
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
export function clampWait(waitMs: number): number {
  return Math.max(SECOND_MS, believedWaitMs(waitMs));
}

/** Whether GitHub does not accept who asks. */
export function isRefused(result: GitHubResult<unknown>): boolean {
  return !result.ok && result.reason === 'unauthorized';
}

/** Why a run of the poll failed, as `runs` keeps it, when the token or the app's key is not accepted. */
export const TOKEN_REFUSED = 'GitHub refuses the token';
