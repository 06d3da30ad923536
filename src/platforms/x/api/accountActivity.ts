import * as v from 'valibot';
import { reasonReader, refused, type TwitterCaller, type TwitterResult } from './answer.ts';
import { idSchema, isId } from './options.ts';

/**
 * - `limit`: the app's subscriptions are used up
 * - `not-found`: this account is not subscribed
 * - `webhook-not-found`: there is no webhook with this id
 */
export type AccountActivityFailureReason = 'limit' | 'not-found' | 'webhook-not-found';

export type AccountActivityResult<Value> = TwitterResult<Value, AccountActivityFailureReason>;

export interface Subscribed {
  readonly subscribed: boolean;
}

const subscribedSchema = v.pipe(
  v.object({ data: v.object({ subscribed: v.boolean() }) }),
  v.transform((body) => body.data),
);
const listSchema = v.pipe(
  v.object({
    data: v.object({ subscriptions: v.optional(v.array(v.object({ user_id: idSchema })), []) }),
  }),
  v.transform((body) => body.data.subscriptions.map((subscription) => subscription.user_id)),
);
const readReason = reasonReader<AccountActivityFailureReason | 'duplicate'>(
  [
    ['DuplicateSubscriptionFailed', 'duplicate'],
    ['SubscriptionLimitExceeded', 'limit'],
    ['SubscriptionNotFound', 'not-found'],
    ['WebhookIdInvalid', 'webhook-not-found'],
  ],
  { 409: 'duplicate' },
);

/**
 * Has X deliver all events of the calling account to a webhook; being subscribed already is a
 * success. Needs the account's own credential. Source: X docs: account-activity/introduction.
 */
export async function subscribe(
  call: TwitterCaller,
  webhookId: string,
): Promise<AccountActivityResult<Subscribed>> {
  if (!isId(webhookId)) return refused('The webhook id is not an id of X');
  const path = pathOf(webhookId);
  const create = { method: 'POST', path, body: { json: {} } } as const;
  const done = await call(create, subscribedOr204(true), readReason);
  return !done.ok && done.reason === 'duplicate' ? { ok: true, value: { subscribed: true } } : done;
}

/** Ids of all subscribed accounts. Needs the app-only bearer, as do the calls below. */
export async function listSubscribedUsers(
  call: TwitterCaller,
  webhookId: string,
): Promise<AccountActivityResult<string[]>> {
  if (!isId(webhookId)) return refused('The webhook id is not an id of X');
  return await call({ method: 'GET', path: `${pathOf(webhookId)}/list` }, listSchema, readReason);
}

/** Ends an account's subscription. */
export async function unsubscribe(
  call: TwitterCaller,
  webhookId: string,
  userId: string,
): Promise<AccountActivityResult<Subscribed>> {
  if (!isId(webhookId)) return refused('The webhook id is not an id of X');
  if (!isId(userId)) return refused('The user id is not an id of X');
  const path = `/2/account_activity/webhooks/${webhookId}/subscriptions/${userId}/all`;
  return await call({ method: 'DELETE', path }, subscribedOr204(false), readReason);
}

function pathOf(webhookId: string): string {
  return `/2/account_activity/webhooks/${webhookId}/subscriptions/all`;
}

/** The older API answered 204. */
function subscribedOr204(meant: boolean) {
  return v.union([
    subscribedSchema,
    v.pipe(
      v.null(),
      v.transform(() => ({ subscribed: meant })),
    ),
  ]);
}
