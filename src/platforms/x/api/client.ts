import type { Runtime } from '../../../lib/runtime.ts';
import type { AccountActivityResult, Subscribed } from './accountActivity.ts';
import { isSubscribed, subscribe } from './accountActivity.ts';
import type { NewSubscription } from './activity.ts';
import { createSubscription, listSubscriptions } from './activity.ts';
import type {
  ActivitySubscription,
  CreatedSubscription,
  SubscriptionResult,
} from './activityAnswer.ts';
import type { TwitterResult } from './answer.ts';
import type { TwitterCaller, TwitterClientOptions } from './call.ts';
import { createCaller } from './call.ts';
import type { NewDirectMessage, SentDirectMessage } from './directMessages.ts';
import { sendDirectMessage } from './directMessages.ts';
import type { NewMedia, UploadedMedia } from './media.ts';
import { setAltText, uploadMedia } from './media.ts';
import { baseUrl, requirePlain } from './options.ts';
import type { NewPost, Post } from './posts.ts';
import { createPost, deletePost, ownPosts } from './posts.ts';
import type { TwitterUser } from './users.ts';
import { me } from './users.ts';

/** X's API v2 on behalf of one account. No call throws; what went wrong is in the result. */
export interface TwitterClient {
  readonly createPost: (post: NewPost) => Promise<TwitterResult<Post>>;
  readonly deletePost: (id: string) => Promise<TwitterResult<{ readonly deleted: boolean }>>;
  readonly ownPosts: (
    userId: string,
    options: { readonly max: number },
  ) => Promise<TwitterResult<Post[]>>;
  readonly uploadMedia: (media: NewMedia) => Promise<TwitterResult<UploadedMedia>>;
  readonly setAltText: (
    mediaId: string,
    text: string,
  ) => Promise<TwitterResult<{ readonly id: string }>>;
  readonly sendDirectMessage: (
    message: NewDirectMessage,
  ) => Promise<TwitterResult<SentDirectMessage>>;
  readonly me: () => Promise<TwitterResult<TwitterUser>>;
  /** X Activity API, for events that only the account itself may subscribe to. */
  readonly createSubscription: (
    subscription: NewSubscription,
  ) => Promise<SubscriptionResult<CreatedSubscription>>;
  /** X Activity API: the subscriptions of this account only. */
  readonly listSubscriptions: () => Promise<TwitterResult<readonly ActivitySubscription[]>>;
  /** Account Activity API: all events of this account go to the webhook. */
  readonly subscribe: (webhookId: string) => Promise<AccountActivityResult<Subscribed>>;
  readonly isSubscribed: (webhookId: string) => Promise<AccountActivityResult<Subscribed>>;
}

/**
 * A client for one account.
 *
 * @throws TypeError when a credential is blank or malformed, or `apiUrl` is no http(s) address
 * @example
 * const twitter = createTwitterClient({ runtime: systemRuntime, apiUrl, credentials });
 * const posted = await twitter.createPost({ text: '[달의 도시]\n공개 예정일: 2026-11-27' });
 */
export function createTwitterClient(options: TwitterClientOptions): TwitterClient {
  const { runtime, credentials } = options;
  requirePlain('credentials', { ...credentials });
  const apiUrl = baseUrl('apiUrl', options.apiUrl);
  return twitterClientOn(createCaller({ runtime, apiUrl, credentials }), runtime.now);
}

/** The client on a caller that is there already, such as one that renews its own login. */
export function twitterClientOn(call: TwitterCaller, now: Runtime['now']): TwitterClient {
  return {
    createPost: (post) => createPost(call, post),
    deletePost: (id) => deletePost(call, id),
    ownPosts: (userId, range) => ownPosts(call, userId, range),
    uploadMedia: (media) => uploadMedia(call, now, media),
    setAltText: (mediaId, text) => setAltText(call, mediaId, text),
    sendDirectMessage: (message) => sendDirectMessage(call, message),
    me: () => me(call),
    createSubscription: (subscription) => createSubscription(call, subscription),
    listSubscriptions: () => listSubscriptions(call),
    subscribe: (webhookId) => subscribe(call, webhookId),
    isSubscribed: (webhookId) => isSubscribed(call, webhookId),
  };
}
