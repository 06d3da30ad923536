import type { Permission } from './scopes.ts';

/** The app as its owner set it up on X, and where X's answers are known to differ: change at will. */
export interface AppSettings {
  /** Callback addresses, compared exactly (OAuth 1.0a and 2.0); default: none. `oob` always works. */
  callbacks: string[];
  /** How a callback that is not listed is refused (code 415); default `json`. */
  callbackRefusal: 'json' | 'xml';
  /** What an account grants from now on (OAuth 1.0a); default `messages`, the most. */
  permission: Permission;
  /** A confidential client proves itself by its secret, a public one has none; default the first. */
  clientType: 'confidential' | 'public';
  /** What a bad code or refresh token is called; default `invalid_grant`, the field saw the other. */
  grantError: 'invalid_grant' | 'invalid_request';
  /** Whose HMAC answers the CRC; default `client`, as X's newest documents say. */
  crcSecret: 'client' | 'consumer';
  /** Lets `POST /2/webhooks` take http and a port on this machine; default false. */
  allowLocalWebhooks: boolean;
  /** Default 1. */
  webhookLimit: number;
  /** What `PUT /2/webhooks/:id` tells: the newer `valid` (default) or the older `attempted`. */
  revalidation: 'valid' | 'attempted';
  /** Which dates a replay takes: the newer description (default), or the older, stricter one. */
  replayDates: 'spec' | 'legacy';
  /** True: events of subscribed accounts go to registered webhooks, and nothing else is delivered. */
  requireSubscriptions: boolean;
  /** Shape of the answer to `POST /2/activity/subscriptions`; default `spec`. */
  subscriptionAnswer: 'spec' | 'flat' | 'array' | '204';
  /** Status of a subscription that is there already; default 400. */
  duplicateStatus: 400 | 409;
  /** User tokens that may subscribe to private events; default `any`. */
  subscribeWith: 'any' | 'oauth1' | 'oauth2';
  /** X Activity subscriptions of the app; default 1500. */
  subscriptionLimit: number;
  /** Account Activity subscriptions of the app; default 3. */
  accountSubscriptionLimit: number;
  /** At zero every metered call is refused with 402; default without end. Nothing is deducted. */
  credits: number;
}

/** A self-serve app of 2026 (docs/platforms/x.md). */
export function freshApp(): AppSettings {
  return {
    callbacks: [],
    callbackRefusal: 'json',
    permission: 'messages',
    clientType: 'confidential',
    grantError: 'invalid_grant',
    crcSecret: 'client',
    allowLocalWebhooks: false,
    webhookLimit: 1,
    revalidation: 'valid',
    replayDates: 'spec',
    requireSubscriptions: false,
    subscriptionAnswer: 'spec',
    duplicateStatus: 400,
    subscribeWith: 'any',
    subscriptionLimit: 1500,
    accountSubscriptionLimit: 3,
    credits: Number.POSITIVE_INFINITY,
  };
}
