import { Hono } from 'hono';
import * as v from 'valibot';
import { type Guard, userOf, type XEnv } from './guard.ts';
import { invalidRequest, notFound } from './problems.ts';
import type { Post, XContext } from './types.ts';
import { wireText } from './wire-text.ts';

const whole = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number));
const instant = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => Date.parse(text)),
);
const id = v.pipe(
  v.string(),
  v.regex(/^[0-9]{1,19}$/),
  v.transform((text) => BigInt(text)),
);
const list = v.pipe(
  v.string(),
  v.transform((text) => text.split(',')),
);

/** Query of `GET /2/users/{id}/tweets`; the live service says `tweet.fields`, the spec `post.fields`. */
const query = v.strictObject({
  max_results: v.optional(v.pipe(whole, v.minValue(5), v.maxValue(100)), '10'),
  pagination_token: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{1,19}$/, 'is not a token'))),
  since_id: v.optional(id),
  until_id: v.optional(id),
  start_time: v.optional(instant),
  end_time: v.optional(instant),
  exclude: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',')),
      v.array(v.picklist(['replies', 'retweets'])),
    ),
  ),
  'tweet.fields': v.optional(list, ''),
  'post.fields': v.optional(list, ''),
  expansions: v.optional(list),
  'user.fields': v.optional(list),
  'media.fields': v.optional(list),
});

/** Reading: the user's timeline, newest first, and the user itself (docs/platforms/x.md). */
export function createReading(
  context: XContext,
  timeline: (userId: string) => readonly Post[],
  guard: Guard,
) {
  const reading = ['tweet.read', 'users.read'] as const;
  const routes = new Hono<XEnv>();

  routes.get('/2/users/me', guard('me', { user: reading }), (c) => {
    const user = context.user(userOf(c));
    return user
      ? c.json({ data: { id: user.id, name: user.name, username: user.username } })
      : notFound('user', userOf(c));
  });

  routes.get('/2/users/:id/tweets', guard('timeline', { user: reading, app: true }), (c) => {
    const parsed = v.safeParse(query, c.req.query());
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return invalidRequest(
        `The \`${v.getDotPath(issue) ?? ''}\` query parameter: ${issue.message}`,
      );
    }
    const asked = parsed.output;
    const userId = c.req.param('id');
    if (!context.user(userId)) return notFound('user', userId);
    const older = BigInt(asked.pagination_token ?? asked.until_id ?? 2n ** 63n);
    const found = timeline(userId).filter(
      (post) =>
        !post.deleted &&
        BigInt(post.id) < older &&
        BigInt(post.id) < (asked.until_id ?? older) &&
        BigInt(post.id) > (asked.since_id ?? 0n) &&
        post.createdAt >= (asked.start_time ?? 0) &&
        post.createdAt < (asked.end_time ?? Number.POSITIVE_INFINITY) &&
        !(asked.exclude?.includes('replies') && post.replyTo !== undefined),
    );
    const page = found.slice(0, asked.max_results);
    const fields = new Set([...asked['tweet.fields'], ...asked['post.fields']]);
    const [newest] = page;
    const oldest = page.at(-1);
    const meta = {
      result_count: page.length,
      ...(newest && oldest ? { newest_id: newest.id, oldest_id: oldest.id } : {}),
      ...(oldest && found.length > page.length ? { next_token: oldest.id } : {}),
    };
    // An empty timeline has no `data` at all.
    if (page.length === 0) return c.json({ meta });
    return c.json({ data: page.map((post) => onWire(post, fields)), meta });
  });

  return { routes };
}

function onWire(post: Post, fields: ReadonlySet<string>): object {
  const optional: Record<string, unknown> = {
    author_id: post.author,
    conversation_id: post.replyTo ?? post.id,
    created_at: new Date(post.createdAt).toISOString(),
    ...(post.media.length > 0
      ? { attachments: { media_keys: post.media.map((media) => `3_${media.id}`) } }
      : {}),
    ...(post.replyTo === undefined
      ? {}
      : { referenced_tweets: [{ type: 'replied_to', id: post.replyTo }] }),
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([name]) => fields.has(name))),
    id: post.id,
    text: wireText(post.id, post.text, post.media.length > 0),
    edit_history_tweet_ids: [post.id],
  };
}
