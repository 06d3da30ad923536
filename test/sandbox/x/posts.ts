import { Hono } from 'hono';
import * as v from 'valibot';
import { idSchema, readJson } from './body.ts';
import { type Guard, userOf, type XEnv } from './guard.ts';
import type { MediaStore } from './media-store.ts';
import { forbidden, invalidRequest, notFound } from './problems.ts';
import type { Post, XContext } from './types.ts';
import { cashtagsIn, mentionsIn, postTextProblem, wireText } from './wire-text.ts';

type StoredPost = Omit<Post, 'deleted'> & { deleted: boolean };

const duplicateWithinMs = 48 * 3_600_000;

/** CreatePostsRequest of X's OpenAPI description 2.167; no other key is taken. */
const createPost = v.strictObject({
  text: v.optional(v.string(), ''),
  media: v.optional(
    v.strictObject({
      media_ids: v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(4)),
      tagged_user_ids: v.optional(v.pipe(v.array(idSchema), v.maxLength(10))),
      description: v.optional(v.string()),
      embeddable: v.optional(v.boolean()),
      title: v.optional(v.string()),
    }),
  ),
  reply: v.optional(
    v.strictObject({
      in_reply_to_tweet_id: idSchema,
      exclude_reply_user_ids: v.optional(v.array(v.string())),
      auto_populate_reply_metadata: v.optional(v.boolean()),
    }),
  ),
  reply_settings: v.optional(
    v.picklist(['following', 'mentionedUsers', 'subscribers', 'verified']),
  ),
  made_with_ai: v.optional(v.boolean()),
  paid_partnership: v.optional(v.boolean()),
  nullcast: v.optional(v.boolean()),
  quote_tweet_id: v.optional(idSchema),
});

const posting = { user: ['tweet.read', 'tweet.write', 'users.read'] } as const;

/** Posts of the accounts: create, delete, and their timelines (docs/platforms/x.md, Posts). */
export function createPosts(context: XContext, media: MediaStore, guard: Guard) {
  const posts: StoredPost[] = [];
  const routes = new Hono<XEnv>();

  const visible = (id: string) => posts.find((post) => post.id === id && !post.deleted);

  routes.post('/2/tweets', guard('posts', posting), async (c) => {
    const read = await readJson(c.req.raw, createPost);
    if (!read.ok) return read.problem;
    const { text, media: attached, reply, quote_tweet_id: quoted } = read.value;
    const author = userOf(c);
    const replyTo = reply?.in_reply_to_tweet_id;
    if (text.trim() === '' && !attached) {
      return invalidRequest('The text is blank and there is no media.', { text: [text] });
    }
    const textProblem = text.trim() === '' ? null : postTextProblem(text);
    if (textProblem !== null) return invalidRequest(textProblem, { text: [text] });
    const pictures = media.use(author, attached?.media_ids ?? [], 'tweet');
    if (!pictures.ok) {
      return invalidRequest(pictures.message, { 'media.media_ids': attached?.media_ids ?? [] });
    }
    const refusal = selfServeRefusal(text, quoted);
    if (refusal !== null) return forbidden(refusal);
    if (replyTo !== undefined && !visible(replyTo)) {
      return forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
    }
    if (isDuplicate(author, text)) {
      return forbidden('You are not allowed to create a Tweet with duplicate content.');
    }
    const id = context.nextId();
    posts.push({
      id,
      author,
      text,
      createdAt: context.now(),
      media: pictures.value,
      ...(replyTo === undefined ? {} : { replyTo }),
      deleted: false,
    });
    const data = { id, text: wireText(id, text, Boolean(attached)), edit_history_tweet_ids: [id] };
    return c.json({ data }, 201);
  });

  routes.delete('/2/tweets/:id', guard('deletes', posting), (c) => {
    const post = visible(c.req.param('id'));
    if (!post) return notFound('tweet', c.req.param('id'));
    if (post.author !== userOf(c)) return forbidden('You are not allowed to delete this Tweet.');
    post.deleted = true;
    return c.json({ data: { deleted: true } });
  });

  function isDuplicate(author: string, text: string): boolean {
    if (text.trim() === '') return false;
    const oldest = context.now() - duplicateWithinMs;
    return posts.some(
      (post) =>
        post.author === author &&
        !post.deleted &&
        post.createdAt > oldest &&
        sameText(post.text, text),
    );
  }

  return {
    routes,
    /** Newest first, deleted ones included. */
    timeline: (userId = context.bot.id): Post[] =>
      posts.filter(({ author }) => author === userId).toReversed(),
  };
}

function sameText(one: string, other: string): boolean {
  return one.normalize('NFC').trim() === other.normalize('NFC').trim();
}

/**
 * What self-serve apps may not do since 2026 (docs/platforms/x.md, Posts); the words are the
 * sandbox's.
 */
function selfServeRefusal(text: string, quoted: string | undefined): string | null {
  if (quoted !== undefined) return 'Quoting posts is not available on your access level.';
  if (cashtagsIn(text).length > 1) return 'A post may have one cashtag at most.';
  const [mention] = mentionsIn(text);
  return mention === undefined ? null : `You may not mention @${mention} uninvited.`;
}
