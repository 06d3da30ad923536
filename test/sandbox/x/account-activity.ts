import { Hono } from 'hono';
import { type Guard, userOf, type XEnv } from './guard.ts';
import { reasoned, unknownWebhook } from './problems.ts';
import type { XContext } from './types.ts';
import type { Webhooks } from './webhooks.ts';

/** A subscription of the Account Activity API: all events of one user. */
export interface AccountSubscription {
  readonly webhookId: string;
  readonly userId: string;
}

/** The app's id in events about it. */
export const appId = '26800001';

/**
 * `/2/account_activity`: the older way to hear of a user's events (docs/platforms/x.md, Account
 * Activity).
 */
export function createAccountActivity(context: XContext, webhooks: Webhooks, guard: Guard) {
  let kept: readonly AccountSubscription[] = [];
  const base = '/2/account_activity/webhooks/:webhook/subscriptions';
  const appOnly = guard('accountActivity', { app: true });
  const asUser = guard('accountActivity', {
    user: ['dm.read', 'dm.write', 'tweet.read', 'users.read'],
  });
  const routes = new Hono<XEnv>();

  const isKept = (webhookId: string, userId: string) =>
    kept.some((one) => one.webhookId === webhookId && one.userId === userId);

  routes.use(`${base}/*`, async (c, next) => {
    const id = c.req.param('webhook') ?? '';
    if (!webhooks.find(id)) return unknownWebhook(id);
    return await next();
  });

  routes.post(`${base}/all`, asUser, (c) => {
    const webhookId = c.req.param('webhook');
    const userId = userOf(c);
    if (isKept(webhookId, userId)) {
      const detail = 'the subscription exists already.';
      return reasoned('DuplicateSubscriptionFailed', detail, context.app.duplicateStatus);
    }
    const { accountSubscriptionLimit: limit } = context.app;
    if (kept.length >= limit) {
      return reasoned('SubscriptionLimitExceeded', `the limit is ${limit}.`);
    }
    kept = [...kept, { webhookId, userId }];
    return c.json({ data: { subscribed: true } });
  });

  routes.get(`${base}/all`, asUser, (c) =>
    c.json({ data: { subscribed: isKept(c.req.param('webhook'), userOf(c)) } }),
  );

  routes.get(`${base}/all/list`, appOnly, (c) => {
    const id = c.req.param('webhook');
    const subscriptions = kept
      .filter(({ webhookId }) => webhookId === id)
      .map(({ userId }) => ({ user_id: userId }));
    const webhook_url = webhooks.find(id)?.url;
    return c.json({ data: { application_id: appId, webhook_id: id, webhook_url, subscriptions } });
  });

  routes.delete(`${base}/:user/all`, appOnly, (c) => {
    const { webhook: webhookId, user: userId } = c.req.param();
    if (!isKept(webhookId, userId)) {
      return reasoned('SubscriptionNotFound', `user ${userId} is not subscribed.`);
    }
    kept = kept.filter((one) => !(one.webhookId === webhookId && one.userId === userId));
    return c.json({ data: { subscribed: false } });
  });

  routes.get('/2/account_activity/subscriptions/count', appOnly, (c) => {
    const data = {
      account_name: context.bot.username,
      provisioned_count: String(context.app.accountSubscriptionLimit),
      subscriptions_count_all: String(kept.length),
      subscriptions_count_direct_messages: '0',
    };
    return c.json({ data });
  });

  return {
    routes,
    list: (): readonly AccountSubscription[] => kept,
    of: (userId: string): readonly AccountSubscription[] =>
      kept.filter((one) => one.userId === userId),
    /** How many went. */
    remove(isGone: (one: AccountSubscription) => boolean): number {
      const before = kept.length;
      kept = kept.filter((one) => !isGone(one));
      return before - kept.length;
    },
  };
}
