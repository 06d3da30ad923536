import type {
  AccountActivityResult,
  Subscribed,
  SubscriptionCount,
} from '../../../../src/platforms/x/api/accountActivity.ts';
import {
  countSubscriptions,
  listSubscribedUsers,
  unsubscribe,
} from '../../../../src/platforms/x/api/accountActivity.ts';
import {
  type ActivitySubscription,
  type CreatedSubscription,
  createSubscription,
  type DeletedSubscriptions,
  deleteSubscription,
  deleteSubscriptions,
  listSubscriptions,
  type NewSubscription,
  type SubscriptionResult,
} from '../../../../src/platforms/x/api/activity.ts';
import {
  createCaller,
  type TwitterClientOptions,
  type TwitterResult,
} from '../../../../src/platforms/x/api/answer.ts';
import { baseUrl, requirePlain } from '../../../../src/platforms/x/api/options.ts';
import type {
  ReplayRange,
  Webhook,
  WebhookResult,
} from '../../../../src/platforms/x/api/webhooks.ts';
import {
  listWebhooks,
  registerWebhook,
  removeWebhook,
  replayWebhook,
  revalidateWebhook,
} from '../../../../src/platforms/x/api/webhooks.ts';

type Deleted = { readonly deleted: boolean };

/** X's API v2 on behalf of the app itself. No call throws; what went wrong is in the result. */
export interface TwitterAppClient {
  readonly registerWebhook: (url: string) => Promise<WebhookResult<Webhook>>;
  readonly listWebhooks: () => Promise<WebhookResult<Webhook[]>>;
  readonly revalidateWebhook: (
    id: string,
  ) => Promise<WebhookResult<{ readonly valid: boolean | null }>>;
  readonly removeWebhook: (id: string) => Promise<WebhookResult<Deleted>>;
  readonly replayWebhook: (
    id: string,
    range: ReplayRange,
  ) => Promise<WebhookResult<{ readonly jobId: string }>>;
  /** X Activity API; an account's private events need that account's client. */
  readonly createSubscription: (
    subscription: NewSubscription,
  ) => Promise<SubscriptionResult<CreatedSubscription>>;
  /** X Activity API: the subscriptions of all accounts. */
  readonly listSubscriptions: () => Promise<TwitterResult<readonly ActivitySubscription[]>>;
  readonly deleteSubscription: (id: string) => Promise<SubscriptionResult<Deleted>>;
  readonly deleteSubscriptions: (
    ids: readonly string[],
  ) => Promise<SubscriptionResult<DeletedSubscriptions>>;
  /** Account Activity API, as are the two below. */
  readonly listSubscribedUsers: (webhookId: string) => Promise<AccountActivityResult<string[]>>;
  readonly unsubscribe: (
    webhookId: string,
    userId: string,
  ) => Promise<AccountActivityResult<Subscribed>>;
  readonly countSubscriptions: () => Promise<AccountActivityResult<SubscriptionCount>>;
}

/**
 * A client for the app itself.
 *
 * @param options.bearer the app-only token, see `fetchBearer`
 * @throws TypeError when the bearer is blank or malformed, or `apiUrl` is no http(s) address
 */
export function createTwitterAppClient({
  runtime,
  apiUrl,
  bearer,
}: Omit<TwitterClientOptions, 'credentials'> & { readonly bearer: string }): TwitterAppClient {
  const credentials = { accessToken: bearer };
  requirePlain('bearer', credentials);
  const call = createCaller({ runtime, apiUrl: baseUrl('apiUrl', apiUrl), credentials });
  return {
    registerWebhook: (url) => registerWebhook(call, url),
    listWebhooks: () => listWebhooks(call),
    revalidateWebhook: (id) => revalidateWebhook(call, id),
    removeWebhook: (id) => removeWebhook(call, id),
    replayWebhook: (id, range) => replayWebhook(call, id, range),
    createSubscription: (subscription) => createSubscription(call, subscription),
    listSubscriptions: () => listSubscriptions(call),
    deleteSubscription: (id) => deleteSubscription(call, id),
    deleteSubscriptions: (ids) => deleteSubscriptions(call, ids),
    listSubscribedUsers: (webhookId) => listSubscribedUsers(call, webhookId),
    unsubscribe: (webhookId, userId) => unsubscribe(call, webhookId, userId),
    countSubscriptions: () => countSubscriptions(call),
  };
}
