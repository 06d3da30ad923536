import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { jsonOf } from '../../../lib/outbound.ts';
import type { GitHubFailureReason, GitHubResult } from './failure.ts';
import {
  clampWait,
  limitWaitMs,
  readRefusal,
  readSilence,
  shorten,
  speaksOfBlock,
  speaksOfLimit,
} from './failure.ts';
import { instantSchema } from './queries.ts';

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
  const told = errors.map((error) => ({ ...error, reason: reasonOf(error) }));
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

function reasonOf({ type, message, path }: GraphQLError): GitHubFailureReason {
  if (type.startsWith('RATE_LIMIT') || speaksOfLimit(message)) return 'rate-limited';
  if (type === 'NOT_FOUND') return 'not-found';
  if (speaksOfBlock(message)) return 'blocked';
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return 'forbidden';
  if (type === 'RESOURCE_LIMITS_EXCEEDED' || CUT_SHORT.test(message)) return 'too-heavy';
  // Whatever is wrong with one item must not hide that the others are there.
  if (path) return 'unavailable';
  return GAVE_UP.test(message) ? 'too-heavy' : 'invalid';
}
