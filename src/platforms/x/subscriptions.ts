import type { Bot } from '../../bot/context.ts';
import { log } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import type { Text } from '../../lib/text.ts';
import { type Account, chooseEventTypes, readAccount } from '../../store/accounts.ts';
import {
  type ActivityEventType,
  type ActivitySubscription,
  createSubscription,
  deleteSubscription,
  listSubscribedUsers,
  listSubscriptions,
  subscribe,
  unsubscribe,
} from './api/activity.ts';

import type { TwitterCaller, TwitterFailure } from './api/answer.ts';
import type { TwitterFailureReason } from './api/problem.ts';
import { appCaller } from './bearer.ts';
import { accountCaller } from './caller.ts';
import { type Failed, failed, failedCall, type WebhookFailure } from './failure.ts';
import { knownWebhook } from './webhook.ts';

/** An event type the owner can have delivered. */
export interface EventChoice extends Text {
  readonly type: ActivityEventType;
  /** Always subscribed: without it the bot would not hear what people say. */
  readonly always: boolean;
}

/** Source: docs/platforms/x.md, Activity. Each costs one subscription, and each event its price. */
export const EVENT_CHOICES: readonly EventChoice[] = [
  { type: 'dm.received', always: true, ko: '받은 메시지', en: 'Messages received' },
  {
    type: 'chat.received',
    always: true,
    ko: '받은 암호화 메시지 (읽을 수 없고 세기만 해요)',
    en: 'Encrypted messages received (they cannot be read, only counted)',
  },
  { type: 'post.mention.create', always: false, ko: '언급', en: 'Mentions' },
  { type: 'post.reply.create', always: false, ko: '답글', en: 'Replies' },
  { type: 'follow.follow', always: false, ko: '팔로우', en: 'Follows' },
  { type: 'like.create', always: false, ko: '마음에 들어요', en: 'Likes' },
];

/** What to subscribe to for an account: what is always wanted, and what the owner chose. */
export function eventTypesOf(chosen: readonly string[]): ActivityEventType[] {
  return EVENT_CHOICES.filter(({ type, always }) => always || chosen.includes(type)).map(
    ({ type }) => type,
  );
}

export interface EnsuredSubscriptions {
  readonly created: number;
  readonly existing: number;
  readonly removed: number;
  readonly failed: readonly { readonly type: string; readonly reason: string }[];
}

/** A subscription of the app as X lists it. */
export interface ListedSubscription {
  readonly id: string;
  /** Id of the account whose events it is about. */
  readonly account: string | null;
  readonly type: string;
  readonly webhookId: string | null;
}

/** Sent along with each event of our subscriptions. */
const TAG = 'soshik';

/**
 * Sees to it that every event chosen for an account comes to our webhook, and no other of our
 * subscriptions is left. One that fails stops no other. Safe to call at any time.
 */
export async function ensureSubscriptions(
  ctx: Bot,
  accountId: string,
): Promise<Result<EnsuredSubscriptions, WebhookFailure>> {
  const account = await readAccount(ctx.db, 'twitter', accountId);
  if (!account) return failed('log-in-again', 'account-not-connected');
  const webhook = await knownWebhook(ctx);
  if (!webhook) return failed('not-found', 'webhook');
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const listed = await listSubscriptions(app.value);
  if (!listed.ok) return failedCall(listed);
  const own = listed.value.filter(({ userId }) => userId === accountId);
  const wanted = eventTypesOf(account.eventTypes);
  const isRight = (one: ActivitySubscription) =>
    one.webhookId === webhook.id && wanted.some((type) => type === one.eventType);
  const present = new Set(own.filter(isRight).map(({ eventType }) => eventType));

  const removed = await removeAll(
    app.value,
    own.filter((one) => !isRight(one) && one.tag === TAG),
  );
  const missing = wanted.filter((type) => !present.has(type));
  const made = await createAll(accountCaller(ctx, accountId), account, webhook.id, missing);
  const aaa = await ensureAaa(ctx, app.value, account, webhook.id);
  return {
    ok: true,
    value: {
      created: made.created,
      existing: present.size + made.existing,
      removed,
      failed: [...made.failed, ...(aaa.ok ? [] : [{ type: 'account-activity', ...aaa }])],
    },
  };
}

async function createAll(
  call: TwitterCaller,
  { id: userId }: Account,
  webhookId: string,
  types: readonly ActivityEventType[],
) {
  let created = 0;
  let existing = 0;
  const failures: { type: string; reason: string }[] = [];
  for (const eventType of types) {
    const made = await createSubscription(call, { eventType, userId, webhookId, tag: TAG });
    if (made.ok) created += 1;
    else if (made.reason === 'duplicate') existing += 1;
    else {
      log('subscription-failed', { type: eventType, account: userId, reason: made.reason });
      failures.push({ type: eventType, reason: failedCall(made, 'account').reason });
    }
  }
  return { created, existing, failed: failures };
}

async function removeAll(
  call: TwitterCaller,
  gone: readonly ActivitySubscription[],
): Promise<number> {
  let removed = 0;
  for (const { id } of gone) {
    const deleted = await deleteSubscription(call, id);
    if (deleted.ok || deleted.reason === 'not-found') removed += 1;
  }
  return removed;
}

/** All subscriptions of the app. */
export async function subscriptions(
  ctx: Bot,
): Promise<Result<readonly ListedSubscription[], WebhookFailure>> {
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const listed = await listSubscriptions(app.value);
  if (!listed.ok) return failedCall(listed);
  return {
    ok: true,
    value: listed.value.map(({ id, userId: account, eventType: type, webhookId }) => ({
      id,
      account,
      type,
      webhookId,
    })),
  };
}

/** Deletes a subscription at X; one that is gone already counts as deleted. */
export async function removeSubscription(
  ctx: Bot,
  id: string,
): Promise<Result<null, WebhookFailure>> {
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const deleted = await deleteSubscription(app.value, id);
  if (!deleted.ok && deleted.reason !== 'not-found') return failedCall(deleted);
  return { ok: true, value: null };
}

/** Deletes every subscription of an account that is ours; how many there were. */
export async function removeSubscriptionsOf(
  ctx: Bot,
  accountId: string,
): Promise<Result<number, WebhookFailure>> {
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const listed = await listSubscriptions(app.value);
  if (!listed.ok) return failedCall(listed);
  const own = listed.value.filter(({ userId, tag }) => userId === accountId && tag === TAG);
  return { ok: true, value: await removeAll(app.value, own) };
}

/**
 * Remembers which events the owner wants of an account and brings X in line with it.
 *
 * @param choice.types of {@link EVENT_CHOICES}; others are ignored
 * @param choice.usesAaa also subscribe by the Account Activity API
 */
export async function chooseEvents(
  ctx: Bot,
  accountId: string,
  choice: { readonly types: readonly string[]; readonly usesAaa: boolean },
): Promise<Result<EnsuredSubscriptions, WebhookFailure>> {
  const eventTypes = EVENT_CHOICES.filter(
    ({ type, always }) => !always && choice.types.includes(type),
  ).map(({ type }) => type);
  const { usesAaa } = choice;
  await chooseEventTypes(ctx.db, { platform: 'twitter', id: accountId }, { eventTypes, usesAaa });
  return ensureSubscriptions(ctx, accountId);
}

/**
 * Subscribes an account by the older Account Activity API as well, or not any more, as the owner
 * chose. What both APIs deliver is recognised as the same event.
 *
 * @param app calls as the app
 */
async function ensureAaa(
  ctx: Bot,
  app: TwitterCaller,
  { id, usesAaa }: Account,
  webhookId: string,
): Promise<Result<null, WebhookFailure>> {
  if (usesAaa) {
    const subscribed = await subscribe(accountCaller(ctx, id), webhookId);
    return subscribed.ok ? { ok: true, value: null } : failedAaa(subscribed, 'account');
  }
  const listed = await listSubscribedUsers(app, webhookId);
  // An app without access to this API has no such subscriptions either.
  if (!listed.ok || !listed.value.includes(id)) return { ok: true, value: null };
  const ended = await unsubscribe(app, webhookId, id);
  return ended.ok || ended.reason === 'not-found'
    ? { ok: true, value: null }
    : failedAaa(ended, 'app');
}

function failedAaa(
  failure: TwitterFailure<TwitterFailureReason | 'limit' | 'not-found' | 'webhook-not-found'>,
  who: 'app' | 'account',
): Failed {
  const { reason } = failure;
  return failedCall(
    { ...failure, reason: reason === 'webhook-not-found' ? 'not-found' : reason },
    who,
  );
}
