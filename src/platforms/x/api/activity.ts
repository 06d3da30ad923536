import type {
  ActivitySubscription,
  CreatedSubscription,
  DeletedSubscriptions,
  SubscriptionResult,
} from './activityAnswer.ts';
import {
  createdSchema,
  createReason,
  deletedManySchema,
  deleteReason,
  pageSchema,
} from './activityAnswer.ts';
import type { ActivityEventType } from './activityEvents.ts';
import type { TwitterResult } from './answer.ts';
import { refused } from './answer.ts';
import type { TwitterCaller } from './call.ts';
import { deletedSchema } from './deleted.ts';
import { isId } from './ids.ts';

const PATH = '/2/activity/subscriptions';
const PAGE_SIZE = 1000;
/** Partners may have 150,000 subscriptions, the most of all. */
const MAX_PAGES = 150;
const MAX_IDS = 100;
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

/** Ends 1 to 100 subscriptions; one that fails stops no other. Needs the app-only bearer. */
export async function deleteSubscriptions(
  call: TwitterCaller,
  ids: readonly string[],
): Promise<SubscriptionResult<DeletedSubscriptions>> {
  if (ids.length === 0 || ids.length > MAX_IDS) return refused(`1 to ${MAX_IDS} ids at a time`);
  if (!ids.every(isId)) return refused('A subscription id is not an id of X');
  const path = `${PATH}?ids=${ids.join(',')}`;
  return await call({ method: 'DELETE', path }, deletedManySchema, deleteReason);
}
