import type { Runtime } from '../../../../src/lib/runtime.ts';
import {
  createSubscription,
  deleteSubscription,
  listSubscribedUsers,
  listSubscriptions,
  type NewSubscription,
  subscribe,
  unsubscribe,
} from '../../../../src/platforms/x/api/activity.ts';

import { createCaller, type TwitterCredentials } from '../../../../src/platforms/x/api/answer.ts';
import { twitterClientOn } from '../../../../src/platforms/x/api/client.ts';
import { me } from '../../../../src/platforms/x/api/common.ts';
import {
  accessToken,
  authorizeUrl,
  type ConsumerKeys,
  invalidateToken,
  type OAuth1Token,
  requestToken,
} from '../../../../src/platforms/x/api/login1a.ts';
import {
  exchangeCode,
  exchangeOAuth1Token,
  fetchBearer,
  type OAuth2Client,
  type OAuth2Login,
  oauth2AuthorizeUrl,
  refreshToken,
  revokeToken,
} from '../../../../src/platforms/x/api/oauth2.ts';
import {
  listWebhooks,
  type ReplayRange,
  registerWebhook,
  removeWebhook,
  replayWebhook,
  revalidateWebhook,
} from '../../../../src/platforms/x/api/webhooks.ts';

export type BoundClient = ReturnType<typeof clientOf>;
export type BoundLogins = ReturnType<typeof loginsOf>;

/** Everything the bot asks X, with one credential: what a bearer and an account may do is X's. */
export function clientOf(options: {
  readonly runtime: Runtime;
  readonly apiUrl: string;
  readonly credentials: TwitterCredentials;
}) {
  const call = createCaller(options);
  return {
    ...twitterClientOn(call),
    me: () => me(call),
    createSubscription: (wish: NewSubscription) => createSubscription(call, wish),
    listSubscriptions: () => listSubscriptions(call),
    deleteSubscription: (id: string) => deleteSubscription(call, id),
    subscribe: (webhookId: string) => subscribe(call, webhookId),
    unsubscribe: (webhookId: string, userId: string) => unsubscribe(call, webhookId, userId),
    listSubscribedUsers: (webhookId: string) => listSubscribedUsers(call, webhookId),
    registerWebhook: (url: string) => registerWebhook(call, url),
    listWebhooks: () => listWebhooks(call),
    revalidateWebhook: (id: string) => revalidateWebhook(call, id),
    removeWebhook: (id: string) => removeWebhook(call, id),
    replayWebhook: (id: string, range: ReplayRange) => replayWebhook(call, id, range),
  };
}

/** Every step of a login, for one app. */
export function loginsOf({
  runtime,
  apiUrl,
  webUrl = 'https://x.example',
  consumer = { key: 'fake-key', secret: 'fake-secret' },
  oauth2: client = { clientId: 'fake-client' },
}: {
  readonly runtime: Runtime;
  readonly apiUrl: string;
  readonly webUrl?: string;
  readonly consumer?: ConsumerKeys;
  readonly oauth2?: OAuth2Client;
}) {
  const one = { runtime, apiUrl, consumer };
  const two = { runtime, apiUrl, client };
  const { clientId } = client;
  return {
    oauth1: {
      requestToken: (wish: Parameters<typeof requestToken>[1]) => requestToken(one, wish),
      authorizeUrl: (token: string, wish: Parameters<typeof authorizeUrl>[2]) =>
        authorizeUrl(apiUrl, token, wish),
      accessToken: (granted: Parameters<typeof accessToken>[1]) => accessToken(one, granted),
      invalidateToken: (token: OAuth1Token) => invalidateToken(one, token),
      fetchBearer: () => fetchBearer(one),
    },
    oauth2: {
      authorizeUrl: (login: Omit<OAuth2Login, 'clientId'>) =>
        oauth2AuthorizeUrl(webUrl, { ...login, clientId }),
      exchangeCode: (login: Parameters<typeof exchangeCode>[1]) => exchangeCode(two, login),
      refreshToken: (token: string) => refreshToken(two, token),
      exchangeOAuth1Token: (token: OAuth1Token, scopes?: readonly string[]) =>
        exchangeOAuth1Token(two, token, scopes),
      revokeToken: (token: string, kind: Parameters<typeof revokeToken>[2]) =>
        revokeToken(two, token, kind),
    },
  };
}
