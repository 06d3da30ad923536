import * as v from 'valibot';
import { reasonReader, refused, type TwitterCaller, type TwitterResult } from './answer.ts';
import { deletedSchema, idSchema, isId } from './common.ts';

/**
 * - `limit`: the app's subscriptions are used up
 * - `not-found`: this account is not subscribed
 * - `webhook-not-found`: there is no webhook with this id
 */
type AccountActivityFailureReason = 'limit' | 'not-found' | 'webhook-not-found';

type AccountActivityResult<Value> = TwitterResult<Value, AccountActivityFailureReason>;

interface Subscribed {
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

export interface CreatedSubscription {
  /** Null when X told none: find it in the list. */
  readonly id: string | null;
}

export interface ActivitySubscription {
  readonly id: string;
  readonly eventType: string;
  readonly userId: string | null;
  readonly webhookId: string | null;
  readonly tag: string | null;
}

/**
 * - `limit`: the app's subscriptions are used up
 * - `not-found`: there is no subscription with this id
 *
 * `duplicate` (one of the general reasons) says that the account has this subscription already.
 */
type SubscriptionFailureReason = 'limit' | 'not-found';

export type SubscriptionResult<Value> = TwitterResult<Value, SubscriptionFailureReason>;

const withId = v.object({ subscription_id: idSchema });
/** X has answered in all of these shapes. */
const createdSchema = v.union([
  v.pipe(
    v.object({ data: v.object({ subscription: withId }) }),
    v.transform((body): CreatedSubscription => ({ id: body.data.subscription.subscription_id })),
  ),
  v.pipe(
    v.object({ data: withId }),
    v.transform((body): CreatedSubscription => ({ id: body.data.subscription_id })),
  ),
  v.pipe(
    v.object({ data: v.looseTuple([withId]) }),
    v.transform((body): CreatedSubscription => ({ id: body.data[0].subscription_id })),
  ),
  v.pipe(
    v.union([v.object({ data: v.object({}) }), v.null()]),
    v.transform((): CreatedSubscription => ({ id: null })),
  ),
]);

const text = v.nullish(v.string(), null);
const subscriptionSchema = v.pipe(
  v.object({
    subscription_id: idSchema,
    event_type: v.string(),
    filter: v.nullish(v.object({ user_id: text }), { user_id: null }),
    webhook_id: text,
    tag: text,
  }),
  v.transform((body) => ({
    id: body.subscription_id,
    eventType: body.event_type,
    userId: body.filter.user_id,
    webhookId: body.webhook_id,
    tag: body.tag,
  })),
);
// Only an explicit zero means "none": an answer without `data` may as well hold errors only.
const pageSchema = v.union([
  v.object({
    data: v.array(subscriptionSchema),
    meta: v.nullish(v.object({ next_token: text }), { next_token: null }),
  }),
  v.pipe(
    v.object({
      meta: v.union([
        v.object({ result_count: v.literal(0) }),
        v.object({ total_subscriptions: v.literal(0) }),
      ]),
    }),
    v.transform(() => ({ data: [], meta: { next_token: null } })),
  ),
]);
const createReason = reasonReader<'duplicate' | 'limit'>(
  [
    ['Duplicate', 'duplicate'],
    ['LimitExceeded', 'limit'],
  ],
  { 409: 'duplicate' },
);
const deleteReason = reasonReader<'not-found'>([['SubscriptionNotFound', 'not-found']], {
  404: 'not-found',
});

/** The events of one account that the bot has a use for (X OpenAPI 2.167). */
export type ActivityEventType =
  | 'dm.received'
  | 'chat.received'
  | 'post.mention.create'
  | 'post.reply.create'
  | 'follow.follow'
  | 'like.create';

const PATH = '/2/activity/subscriptions';
const PAGE_SIZE = 1000;
/** Partners may have 150,000 subscriptions, the most of all. */
const MAX_PAGES = 150;
const MAX_TAG = 200;

/** One type of event of one account. */
export interface NewSubscription {
  readonly eventType: ActivityEventType;
  readonly userId: string;
  /** Where the events go. */
  readonly webhookId: string;
  /** 1 to 200 characters, sent along with each event. */
  readonly tag: string;
}

/**
 * Has X deliver one type of event of one account. Private events (`dm.*`, `chat.*`, ...) need that
 * account's own credential, public ones the app-only bearer. Source: X docs: activity/introduction.
 */
export async function createSubscription(
  call: TwitterCaller,
  { eventType, userId, webhookId, tag }: NewSubscription,
): Promise<SubscriptionResult<CreatedSubscription>> {
  if (!isId(userId)) return refused('The user id is not an id of X');
  if (!isId(webhookId)) return refused('The webhook id is not an id of X');
  if (tag === '' || tag.length > MAX_TAG) return refused(`A tag holds 1 to ${MAX_TAG} characters`);
  const filter = { user_id: userId };
  const json = { event_type: eventType, filter, tag, webhook_id: webhookId };
  const create = { method: 'POST', path: PATH, body: { json } } as const;
  return await call(create, createdSchema, createReason);
}

/** Every subscription: of the whole app with its bearer, of one account with that account's. */
export async function listSubscriptions(
  call: TwitterCaller,
): Promise<TwitterResult<readonly ActivitySubscription[]>> {
  const found: ActivitySubscription[] = [];
  let path = `${PATH}?max_results=${PAGE_SIZE}`;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await call({ method: 'GET', path }, pageSchema);
    if (!page.ok) return page;
    found.push(...page.value.data);
    const next = page.value.meta.next_token;
    if (!next) return { ...page, value: found };
    const query = { max_results: String(PAGE_SIZE), pagination_token: next };
    path = `${PATH}?${new URLSearchParams(query).toString()}`;
  }
  return refused(`X lists more than ${MAX_PAGES} pages of subscriptions`);
}

/** Ends a subscription; needs the app-only bearer. */
export async function deleteSubscription(
  call: TwitterCaller,
  id: string,
): Promise<SubscriptionResult<{ readonly deleted: boolean }>> {
  if (!isId(id)) return refused('The subscription id is not an id of X');
  return await call({ method: 'DELETE', path: `${PATH}/${id}` }, deletedSchema, deleteReason);
}
