import * as v from 'valibot';
import { reasonReader, refused, type TwitterCaller, type TwitterResult } from './answer.ts';
import { deletedSchema, idSchema, isId } from './common.ts';

const MAX_URL = 200;
const FIELDS = 'webhook_config.fields=id,url,valid';

/**
 * - `crc-failed`: the address did not answer the challenge rightly
 * - `url-invalid`: X takes https addresses without a port, at most 200 characters
 * - `limit`: the account's webhooks are used up
 * - `not-found`: there is no webhook with this id
 * - `replay-running`: one replay at a time
 *
 * `duplicate` (one of the general reasons) says that the address is registered already.
 */
export type WebhookFailureReason =
  | 'crc-failed'
  | 'url-invalid'
  | 'limit'
  | 'not-found'
  | 'replay-running';

export type WebhookResult<Value> = TwitterResult<Value, WebhookFailureReason>;

export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** X delivers nothing to an invalid one. */
  readonly valid: boolean;
}

/** Epoch milliseconds, cut to minutes; X reaches back 24 hours. */
export interface ReplayRange {
  readonly fromAt: number;
  readonly toAt: number;
}

const webhookSchema = v.object({
  id: idSchema,
  url: v.string(),
  valid: v.optional(v.boolean(), false),
});
const createdSchema = v.pipe(
  v.object({ data: webhookSchema }),
  v.transform((body) => body.data),
);
// Only an explicit zero means "no webhooks": an answer without `data` may as well hold errors only.
const listSchema = v.union([
  v.pipe(
    v.object({ data: v.array(webhookSchema) }),
    v.transform((body) => body.data),
  ),
  v.pipe(
    v.object({ meta: v.object({ result_count: v.literal(0) }) }),
    v.transform((): v.InferOutput<typeof webhookSchema>[] => []),
  ),
]);
const revalidatedSchema = v.union([
  v.pipe(
    v.object({ data: v.object({ valid: v.boolean() }) }),
    v.transform((body): { readonly valid: boolean | null } => body.data),
  ),
  v.pipe(
    v.union([v.object({ data: v.object({ attempted: v.boolean() }) }), v.null()]),
    v.transform((): { readonly valid: boolean | null } => ({ valid: null })),
  ),
]);
const replaySchema = v.pipe(
  v.object({ data: v.object({ job_id: v.pipe(v.string(), v.minLength(1)) }) }),
  v.transform((body) => ({ jobId: body.data.job_id })),
);

const words = [
  ['CrcValidationFailed', 'crc-failed'],
  ['UrlValidationFailed', 'url-invalid'],
  ['DuplicateUrlFailed', 'duplicate'],
  ['WebhookLimitExceeded', 'limit'],
  ['WebhookIdInvalid', 'not-found'],
  ['ReplayConflictError', 'replay-running'],
] as const;
const readReason = reasonReader<(typeof words)[number][1]>(words, { 409: 'duplicate' });
const readReasonOfOne = reasonReader<(typeof words)[number][1]>(words, { 404: 'not-found' });

/**
 * Registers an address; X asks it for a CRC answer before it answers itself.
 * Source: X docs: x-api/webhooks. All calls of this file need the app-only bearer.
 */
export async function registerWebhook(
  call: TwitterCaller,
  url: string,
): Promise<WebhookResult<Webhook>> {
  if (url.length > MAX_URL || !URL.canParse(url)) {
    const detail = `A webhook's address holds at most ${MAX_URL} characters`;
    return { ...refused(detail), reason: 'url-invalid' };
  }
  const body = { json: { url } };
  return await call({ method: 'POST', path: '/2/webhooks', body }, createdSchema, readReason);
}

/** All webhooks of the app. */
export async function listWebhooks(call: TwitterCaller): Promise<WebhookResult<Webhook[]>> {
  return await call({ method: 'GET', path: `/2/webhooks?${FIELDS}` }, listSchema, readReason);
}

/**
 * Has X ask for a CRC answer now, which makes an invalid webhook valid again.
 *
 * @returns `valid: null` when X only says that it has tried: look with {@link listWebhooks}
 */
export async function revalidateWebhook(
  call: TwitterCaller,
  id: string,
): Promise<WebhookResult<{ readonly valid: boolean | null }>> {
  if (!isId(id)) return refused('The webhook id is not an id of X');
  const put = { method: 'PUT', path: `/2/webhooks/${id}` } as const;
  return await call(put, revalidatedSchema, readReasonOfOne);
}

/** Removes a webhook; its subscriptions deliver nothing any more. */
export async function removeWebhook(
  call: TwitterCaller,
  id: string,
): Promise<WebhookResult<{ readonly deleted: boolean }>> {
  if (!isId(id)) return refused('The webhook id is not an id of X');
  const remove = { method: 'DELETE', path: `/2/webhooks/${id}` } as const;
  return await call(remove, deletedSchema, readReasonOfOne);
}

/** Has X deliver again what it delivered in a range of the last 24 hours. */
export async function replayWebhook(
  call: TwitterCaller,
  id: string,
  { fromAt, toAt }: ReplayRange,
): Promise<WebhookResult<{ readonly jobId: string }>> {
  if (!isId(id)) return refused('The webhook id is not an id of X');
  const [from, to] = [minuteOf(fromAt), minuteOf(toAt)];
  if (from === null || to === null || from >= to) return refused('The range to replay is empty');
  const body = { json: { webhook_id: id, from_date: from, to_date: to } };
  const replay = { method: 'POST', path: '/2/webhooks/replay', body } as const;
  return await call(replay, replaySchema, readReasonOfOne);
}

/** `yyyymmddhhmm` in UTC, or null when it is no time of our era. */
function minuteOf(atMs: number): string | null {
  const at = new Date(atMs);
  if (Number.isNaN(at.getTime())) return null;
  const minute = at.toISOString().replace(/[-T:]/g, '').slice(0, 12);
  return /^\d{12}$/.test(minute) ? minute : null;
}
