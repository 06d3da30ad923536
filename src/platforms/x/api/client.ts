import * as v from 'valibot';
import { cutToFit } from '../../../lib/text.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import {
  MEDIA_TIMEOUT_MS,
  refused,
  type TwitterCall,
  type TwitterCaller,
  type TwitterResult,
} from './answer.ts';
import { idSchema, isId } from './common.ts';
import {
  createPost,
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
const MAX_BYTES = 5 * MIB;
const CATEGORY = 'tweet_image';

type MediaType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

export interface NewMedia {
  /** At most 5 MiB. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: MediaType;
}

interface WithId {
  readonly id: string;
}

const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const uploadSchema = v.pipe(
  v.object({
    data: v.object({
      id: idSchema,
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
 * harmless: nobody sees media before a post uses it. Source: X docs: media.
 */
async function uploadMedia(call: TwitterCaller, media: NewMedia): Promise<TwitterResult<WithId>> {
  const { bytes } = media;
  if (bytes.length === 0) return refused('The media is empty');
  if (bytes.length > MAX_BYTES) {
    return refused(`An image holds at most ${MAX_BYTES} bytes, not ${bytes.length}`);
  }
  const sent =
    bytes.length <= ONE_SHOT_BYTES
      ? await call(oneShotCall(media), uploadSchema)
      : await uploadInSegments(call, media);
  const upload = await awaitProcessing(call, sent);
  return upload.ok ? { ...upload, value: { id: upload.value.id } } : upload;
}

/**
 * Describes an image to people who cannot see it; cut to 1,000 characters.
 * Source: X OpenAPI 2.167 `createMediaMetadata`.
 */
async function setAltText(
  call: TwitterCaller,
  mediaId: string,
  text: string,
): Promise<TwitterResult<WithId>> {
  if (!isId(mediaId)) return refused('The media id is not an id of X');
  if (text.trim() === '') return refused('The alternative text is blank');
  const altText = cutToFit(text, MAX_ALT_TEXT, (it) => it.length);
  const json = { id: mediaId, metadata: { alt_text: { text: altText } } };
  return await call({ method: 'POST', path: '/2/media/metadata', body: { json } }, altTextSchema);
}

async function uploadInSegments(
  call: TwitterCaller,
  { bytes, type }: NewMedia,
): Promise<TwitterResult<Upload>> {
  const json = { media_type: type, total_bytes: bytes.length, media_category: CATEGORY };
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

function oneShotCall({ bytes, type }: NewMedia): TwitterCall {
  const multipart = formOf(bytes, type);
  multipart.set('media_category', CATEGORY);
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

/** What speaking takes of X's API. No call throws; what went wrong is in the result. */
export interface TwitterClient {
  readonly createPost: (post: NewPost) => Promise<TwitterResult<Post>>;
  readonly ownPosts: (
    userId: string,
    options: { readonly max: number },
  ) => Promise<TwitterResult<Post[]>>;
  readonly uploadMedia: (media: NewMedia) => Promise<TwitterResult<WithId>>;
  readonly setAltText: (mediaId: string, text: string) => Promise<TwitterResult<WithId>>;
  readonly sendDirectMessage: (
    message: NewDirectMessage,
  ) => Promise<TwitterResult<SentDirectMessage>>;
}

/** The client of one account, on a caller that signs for it. */
export function twitterClientOn(call: TwitterCaller): TwitterClient {
  return {
    createPost: (post) => createPost(call, post),
    ownPosts: (userId, range) => ownPosts(call, userId, range),
    uploadMedia: (media) => uploadMedia(call, media),
    setAltText: (mediaId, text) => setAltText(call, mediaId, text),
    sendDirectMessage: (message) => sendDirectMessage(call, message),
  };
}
