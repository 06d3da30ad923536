import type { Bot } from '../../bot/context.ts';
import type { Result } from '../../lib/result.ts';
import type { Account } from '../../store/accounts.ts';
import { listSubscribedUsers, subscribe, unsubscribe } from './api/accountActivity.ts';
import type { TwitterFailure } from './api/answer.ts';
import type { TwitterCaller } from './api/call.ts';
import type { TwitterFailureReason } from './api/problem.ts';
import { accountCaller } from './caller.ts';
import { type Failed, failedCall, type WebhookFailure } from './failure.ts';

/**
 * Subscribes an account by the older Account Activity API as well, or not any more, as the owner
 * chose. What both APIs deliver is recognised as the same event.
 *
 * @param app calls as the app
 */
export async function ensureAaa(
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
