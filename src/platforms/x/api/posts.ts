import * as v from 'valibot';
import { refused, type TwitterCaller, type TwitterResult } from './answer.ts';
import { idSchema, isId } from './common.ts';

/** v1.1 configuration (`dm_text_character_limit`); the v2 docs name no limit. */
const MAX_TEXT = 10_000;

export interface NewDirectMessage {
  /** User id of the receiver. */
  readonly to: string;
  /** At most 10,000 UTF-16 units. */
  readonly text: string;
}

export interface SentDirectMessage {
  readonly eventId: string;
}

const sentSchema = v.pipe(
  v.object({
    data: v.object({ dm_event_id: idSchema }),
  }),
  v.transform(({ data }) => ({
    eventId: data.dm_event_id,
  })),
);

/**
 * Sends a direct message to one person. Not idempotent.
 * Source: X docs: direct-messages/manage.
 */
export async function sendDirectMessage(
  call: TwitterCaller,
  { to, text }: NewDirectMessage,
): Promise<TwitterResult<SentDirectMessage>> {
  if (!isId(to)) return refused('The receiver is not an id of X');
  if (text.trim() === '') return refused('A message needs text');
  if (text.length > MAX_TEXT) return refused(`A message holds at most ${MAX_TEXT} characters`);
  const path = `/2/dm_conversations/with/${to}/messages`;
  return await call({ method: 'POST', path, body: { json: { text } } }, sentSchema);
}

const MAX_MEDIA = 4;
const OWN_POSTS_MIN = 5;
const OWN_POSTS_MAX = 100;

export interface NewPost {
  /** May be empty when there is media. Its weighted length is not checked here. */
  readonly text: string;
  /** At most four. */
  readonly mediaIds?: readonly string[];
  /** Id of the post that this one answers. */
  readonly inReplyTo?: string;
}

export interface Post {
  readonly id: string;
  readonly text: string;
}

const postSchema = v.object({ id: idSchema, text: v.string() });
const createdSchema = v.pipe(
  v.object({ data: postSchema }),
  v.transform((body) => body.data),
);
// Only an explicit zero means "no posts": an answer without `data` may as well hold errors only.
const timelineSchema = v.union([
  v.pipe(
    v.object({ data: v.array(postSchema) }),
    v.transform((body) => body.data),
  ),
  v.pipe(
    v.object({ meta: v.object({ result_count: v.literal(0) }) }),
    v.transform((): Post[] => []),
  ),
]);

/** Publishes a post. Not idempotent. Source: X docs: posts/create-post. */
export async function createPost(
  call: TwitterCaller,
  { text, mediaIds = [], inReplyTo }: NewPost,
): Promise<TwitterResult<Post>> {
  if (text.trim() === '' && mediaIds.length === 0) return refused('A post needs text or media');
  if (mediaIds.length > MAX_MEDIA) return refused(`A post holds at most ${MAX_MEDIA} media`);
  if (!mediaIds.every(isId)) return refused('A media id is not an id of X');
  if (inReplyTo !== undefined && !isId(inReplyTo)) return refused('inReplyTo is not an id of X');
  const json = {
    text,
    ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
    ...(inReplyTo !== undefined && { reply: { in_reply_to_tweet_id: inReplyTo } }),
  };
  return await call({ method: 'POST', path: '/2/tweets', body: { json } }, createdSchema);
}

/**
 * The newest posts of an account, newest first: shows whether a post whose answer was lost is out.
 * Source: X OpenAPI 2.167 `getUsersPosts`.
 *
 * @param options.max 5 to 100
 */
export async function ownPosts(
  call: TwitterCaller,
  userId: string,
  { max }: { readonly max: number },
): Promise<TwitterResult<Post[]>> {
  if (!isId(userId)) return refused('The user id is not an id of X');
  if (!Number.isInteger(max) || max < OWN_POSTS_MIN || max > OWN_POSTS_MAX) {
    return refused(`max must be from ${OWN_POSTS_MIN} to ${OWN_POSTS_MAX}`);
  }
  const path = `/2/users/${userId}/tweets?max_results=${max}`;
  return await call({ method: 'GET', path }, timelineSchema);
}

/**
 * True when a post read back from X is the one that was written as `text`. X escapes `& < >`,
 * wraps links in t.co, appends one for media, and may normalise white space.
 */
export function samePost(published: string, text: string): boolean {
  return essence(published) === essence(text);
}

// `&amp;` first: a text that holds `&lt;` itself comes back as `&amp;lt;`.
function essence(text: string): string {
  return text
    .replace(/&(?:amp;)+/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/https?:\/\/\S+/g, '')
    .normalize('NFC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
