import type { TwitterResult } from './answer.ts';
import type { TwitterClientOptions } from './call.ts';
import { createCaller } from './call.ts';
import type { NewDirectMessage, SentDirectMessage } from './directMessages.ts';
import { sendDirectMessage } from './directMessages.ts';
import type { NewMedia, UploadedMedia } from './media.ts';
import { setAltText, uploadMedia } from './media.ts';
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
  for (const [name, value] of Object.entries(credentials)) {
    if (!/^[!-~]+$/.test(value)) {
      throw new TypeError(`Twitter client: credentials.${name} is blank or not plain ASCII`);
    }
  }
  const call = createCaller({ runtime, apiUrl: baseUrl(options.apiUrl), credentials });
  return {
    createPost: (post) => createPost(call, post),
    deletePost: (id) => deletePost(call, id),
    ownPosts: (userId, range) => ownPosts(call, userId, range),
    uploadMedia: (media) => uploadMedia(call, runtime.now, media),
    setAltText: (mediaId, text) => setAltText(call, mediaId, text),
    sendDirectMessage: (message) => sendDirectMessage(call, message),
    me: () => me(call),
  };
}

function baseUrl(apiUrl: string): string {
  if (!/^https?:\/\/[^\s?#@]+$/.test(apiUrl) || !URL.canParse(apiUrl)) {
    throw new TypeError('Twitter client: apiUrl must be an http(s) address without query or user');
  }
  return apiUrl.replace(/\/+$/, '');
}
