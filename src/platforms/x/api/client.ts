import * as v from 'valibot';
import type { Runtime } from '../../../lib/runtime.ts';
import { cutToFit } from '../../../lib/text.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import {
  type AccountActivityResult,
  isSubscribed,
  type Subscribed,
  subscribe,
} from './accountActivity.ts';
import {
  type ActivitySubscription,
  type CreatedSubscription,
  createSubscription,
  listSubscriptions,
  type NewSubscription,
  type SubscriptionResult,
} from './activity.ts';
import {
  createCaller,
  MEDIA_TIMEOUT_MS,
  refused,
  type TwitterCall,
  type TwitterCaller,
  type TwitterClientOptions,
  type TwitterResult,
} from './answer.ts';
import { baseUrl, idSchema, isId, me, requirePlain, type TwitterUser } from './options.ts';
import {
  createPost,
  deletePost,
  type NewDirectMessage,
  type NewPost,
  ownPosts,
  type Post,
  type SentDirectMessage,
  sendDirectMessage,
} from './posts.ts';

const MIB = 1024 * 1024;
const ONE_SHOT_BYTES = 4 * MIB;
const SEGMENT_BYTES = MIB;
const MAX_POLLS = 5;
const MAX_POLLING_MS = 10 * SECOND_MS;
const MAX_ALT_TEXT = 1000;
/** X keeps media that no post uses for a day. */
const DEFAULT_LIFE_SECONDS = 86_400;

type MediaType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
type MediaCategory = 'tweet_image' | 'dm_image' | 'tweet_gif';

const maxBytes = {
  tweet_image: 5 * MIB,
  dm_image: 5 * MIB,
  tweet_gif: 15 * MIB,
} as const satisfies Record<MediaCategory, number>;

export interface NewMedia {
  /** At most 5 MiB, 15 MiB for `tweet_gif`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: MediaType;
  readonly category: MediaCategory;
}

interface UploadedMedia {
  readonly id: string;
  /** Epoch milliseconds; a post must use the media before. */
  readonly expiresAt: number;
}

const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const uploadSchema = v.pipe(
  v.object({
    data: v.object({
      id: idSchema,
      expires_after_secs: v.optional(count, DEFAULT_LIFE_SECONDS),
      processing_info: v.nullish(
        v.object({ state: v.string(), check_after_secs: v.optional(count, 1) }),
      ),
    }),
  }),
  v.transform((body) => body.data),
);
type Upload = v.InferOutput<typeof uploadSchema>;

/** Any 2xx will do: what is missing, `finalize` tells. */
const appendedSchema = v.unknown();

const altTextSchema = v.pipe(
  v.object({ data: v.object({ id: idSchema }) }),
  v.transform((body) => body.data),
);

/**
 * Uploads an image and waits (at most 10 seconds) until X has processed it. To repeat it is
 * harmless: nobody sees media before a post or message uses it. Source: X docs: media.
 *
 * @param now the clock, milliseconds since the epoch
 */
async function uploadMedia(
  call: TwitterCaller,
  now: () => number,
  media: NewMedia,
): Promise<TwitterResult<UploadedMedia>> {
  const { bytes, type, category } = media;
  if (bytes.length === 0) return refused('The media is empty');
  if (bytes.length > maxBytes[category]) {
    return refused(`${category} holds at most ${maxBytes[category]} bytes, not ${bytes.length}`);
  }
  if (category === 'tweet_gif' && type !== 'image/gif') return refused(`tweet_gif is not ${type}`);
  const startedAt = now();
  const sent =
    bytes.length <= ONE_SHOT_BYTES
      ? await call(oneShotCall(media), uploadSchema)
      : await uploadInSegments(call, media);
  const upload = await awaitProcessing(call, sent);
  if (!upload.ok) return upload;
  const { id, expires_after_secs } = upload.value;
  return { ...upload, value: { id, expiresAt: startedAt + expires_after_secs * SECOND_MS } };
}

/**
 * Describes an image to people who cannot see it; cut to 1,000 characters.
 * Source: X OpenAPI 2.167 `createMediaMetadata`.
 */
async function setAltText(
  call: TwitterCaller,
  mediaId: string,
  text: string,
): Promise<TwitterResult<{ readonly id: string }>> {
  if (!isId(mediaId)) return refused('The media id is not an id of X');
  if (text.trim() === '') return refused('The alternative text is blank');
  const altText = cutToFit(text, MAX_ALT_TEXT, (it) => it.length);
  const json = { id: mediaId, metadata: { alt_text: { text: altText } } };
  return await call({ method: 'POST', path: '/2/media/metadata', body: { json } }, altTextSchema);
}

async function uploadInSegments(
  call: TwitterCaller,
  { bytes, type, category }: NewMedia,
): Promise<TwitterResult<Upload>> {
  const json = { media_type: type, total_bytes: bytes.length, media_category: category };
  const started = await call(mediaCall('/initialize', { json }), uploadSchema);
  if (!started.ok) return started;
  const { id } = started.value;
  for (let index = 0; index * SEGMENT_BYTES < bytes.length; index += 1) {
    const segment = bytes.subarray(index * SEGMENT_BYTES, (index + 1) * SEGMENT_BYTES);
    const multipart = formOf(segment, type);
    multipart.set('segment_index', String(index));
    const appended = await call(mediaCall(`/${id}/append`, { multipart }), appendedSchema);
    if (!appended.ok) return appended;
  }
  return await call(mediaCall(`/${id}/finalize`), uploadSchema);
}

async function awaitProcessing(
  call: TwitterCaller,
  sent: TwitterResult<Upload>,
): Promise<TwitterResult<Upload>> {
  let latest = sent;
  let waitedMs = 0;
  for (let polls = 0; latest.ok; polls += 1) {
    const { id, processing_info: processing } = latest.value;
    if (!processing || processing.state === 'succeeded') return latest;
    if (processing.state === 'failed') return refused('X could not process the media');
    const waitMs = processing.check_after_secs * SECOND_MS;
    waitedMs += waitMs;
    if (polls === MAX_POLLS || waitedMs > MAX_POLLING_MS) return notReady(waitMs);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    latest = await call(statusCall(id), uploadSchema);
  }
  return latest;
}

function notReady(retryAfterMs: number): TwitterResult<never> {
  const detail = 'X has not processed the media yet';
  return { ok: false, reason: 'retry', status: null, retryAfterMs, mayHaveActed: false, detail };
}

function oneShotCall({ bytes, type, category }: NewMedia): TwitterCall {
  const multipart = formOf(bytes, type);
  multipart.set('media_category', category);
  return mediaCall('', { multipart });
}

function mediaCall(step: string, body?: TwitterCall['body']): TwitterCall {
  const path = `/2/media/upload${step}`;
  return { method: 'POST', path, timeoutMs: MEDIA_TIMEOUT_MS, ...(body && { body }) };
}

function statusCall(id: string): TwitterCall {
  return { method: 'GET', path: `/2/media/upload?command=STATUS&media_id=${id}` };
}

function formOf(bytes: Uint8Array<ArrayBuffer>, type: MediaType): FormData {
  const form = new FormData();
  form.set('media', new Blob([bytes], { type }), 'media');
  return form;
}

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
