import * as v from 'valibot';

/**
 * The operations of X that the bot uses, as X's OpenAPI description 2.167 has them
 * (https://github.com/xdevplatform/docs, `openapi.json`, looked up on 2026-11-22); those under
 * `/oauth` and `/1.1` as its pages on authentication have them. Limits: docs/platforms/x.md.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for an id. */
  readonly path: string;
  readonly query?: v.GenericSchema;
  readonly json?: v.GenericSchema;
  /** Fields of a multipart body; a file counts as text. */
  readonly multipart?: v.GenericSchema;
  /** Fields of an urlencoded body, which may also stand in the query (OAuth 1.0a). */
  readonly form?: v.GenericSchema;
  /** Calls that X allows, where it says so; `app`: all users of the app together. */
  readonly limits?: {
    readonly per15Min: number;
    readonly of?: 'app';
    readonly perUserDay?: number;
    readonly perAppDay?: number;
  };
}

const id = v.pipe(v.string(), v.regex(/^[0-9]{1,19}$/));
const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const number = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(least), v.maxValue(most));
const listOf = (item: v.GenericSchema<string, string>, most: number) =>
  v.pipe(
    v.string(),
    v.transform((list) => list.split(',')),
    v.array(item),
    v.maxLength(most),
  );
const optional = v.exactOptional;

const uploaded = v.strictObject({
  media: v.string(),
  media_category: v.picklist([
    'tweet_image',
    'tweet_video',
    'tweet_gif',
    'dm_image',
    'dm_video',
    'dm_gif',
    'subtitles',
  ]),
  additional_owners: optional(v.string()),
});
const segment = v.strictObject({ media: v.string(), segment_index: number(0, 999) });

const eventTypes = [
  'profile.update.bio profile.update.profile_picture profile.update.banner_picture',
  'profile.update.screenname profile.update.geo profile.update.url profile.update.verified_badge',
  'profile.update.affiliate_badge profile.update.handle news.new follow.follow follow.unfollow',
  'spaces.start spaces.end broadcast.start broadcast.end broadcast.chat chat.received chat.sent',
  'chat.conversation.join chat.conversation.member_added chat.conversation.member_removed',
  'chat.conversation.admin_added chat.conversation.admin_removed chat.update.group_name',
  'chat.update.restrictions dm.sent dm.received dm.indicate_typing dm.read post.create post.delete',
  'post.mention.create post.reply.create post.quote.create post.repost.create like.create',
  'mute.mute mute.unmute block.block block.unblock',
].flatMap((line) => line.split(' '));

const webhookLimits = { per15Min: 450, of: 'app' } as const;
const chunkLimits = { per15Min: 1875 } as const;
const messageLimits = { per15Min: 15, perUserDay: 1440, perAppDay: 1440 } as const;

export const operations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/2/tweets',
    json: v.strictObject({
      text: optional(v.string()),
      media: optional(
        v.strictObject({
          media_ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(4)),
          tagged_user_ids: optional(v.pipe(v.array(id), v.maxLength(10))),
        }),
      ),
      reply: optional(
        v.strictObject({
          in_reply_to_tweet_id: id,
          exclude_reply_user_ids: optional(v.array(v.string())),
        }),
      ),
      reply_settings: optional(
        v.picklist(['following', 'mentionedUsers', 'subscribers', 'verified']),
      ),
    }),
    limits: { per15Min: 100, perAppDay: 10_000 },
  },
  { method: 'DELETE', path: '/2/tweets/{id}', limits: { per15Min: 50 } },
  {
    method: 'GET',
    path: '/2/users/{id}/tweets',
    query: v.strictObject({
      max_results: optional(number(5, 100)),
      pagination_token: optional(text(1000)),
      since_id: optional(id),
      until_id: optional(id),
      exclude: optional(listOf(v.picklist(['replies', 'retweets']), 2)),
    }),
  },
  { method: 'GET', path: '/2/users/me', query: v.strictObject({}), limits: { per15Min: 75 } },
  {
    method: 'POST',
    path: '/2/media/upload',
    multipart: uploaded,
    json: uploaded,
    limits: { per15Min: 500, perAppDay: 50_000 },
  },
  {
    method: 'POST',
    path: '/2/media/upload/initialize',
    json: v.strictObject({
      media_type: optional(
        v.picklist(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'video/mp4']),
      ),
      media_category: optional(uploaded.entries.media_category),
      total_bytes: optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      additional_owners: optional(v.array(id)),
      shared: optional(v.boolean()),
    }),
    limits: chunkLimits,
  },
  { method: 'POST', path: '/2/media/upload/{id}/append', multipart: segment, limits: chunkLimits },
  { method: 'POST', path: '/2/media/upload/{id}/finalize', limits: chunkLimits },
  {
    method: 'GET',
    path: '/2/media/upload',
    query: v.strictObject({ media_id: id, command: optional(v.literal('STATUS')) }),
    limits: { per15Min: 1000 },
  },
  {
    method: 'POST',
    path: '/2/media/metadata',
    json: v.strictObject({
      id,
      metadata: optional(
        v.strictObject({ alt_text: optional(v.strictObject({ text: text(1000) })) }),
      ),
    }),
    limits: { per15Min: 500 },
  },
  {
    method: 'POST',
    path: '/2/dm_conversations/with/{participant_id}/messages',
    json: v.pipe(
      v.strictObject({
        text: optional(text(10_000)),
        attachments: optional(v.pipe(v.array(v.strictObject({ media_id: id })), v.length(1))),
      }),
      v.check((body) => body.text !== undefined || body.attachments !== undefined),
    ),
    limits: messageLimits,
  },
  {
    method: 'POST',
    path: '/2/activity/subscriptions',
    json: v.strictObject({
      event_type: v.picklist(eventTypes),
      filter: v.strictObject({
        user_id: optional(v.string()),
        keyword: optional(v.string()),
        direction: optional(v.picklist(['inbound', 'outbound'])),
      }),
      tag: optional(text(200)),
      webhook_id: optional(id),
    }),
    limits: { per15Min: 500, of: 'app' },
  },
  {
    method: 'GET',
    path: '/2/activity/subscriptions',
    query: v.strictObject({
      max_results: optional(number(1, 1000)),
      pagination_token: optional(v.pipe(v.string(), v.minLength(16))),
    }),
  },
  {
    method: 'DELETE',
    path: '/2/activity/subscriptions',
    query: v.strictObject({ ids: listOf(id, 100) }),
  },
  { method: 'DELETE', path: '/2/activity/subscriptions/{subscription_id}' },
  {
    method: 'POST',
    path: '/2/webhooks',
    json: v.strictObject({ url: text(200) }),
    limits: webhookLimits,
  },
  {
    method: 'GET',
    path: '/2/webhooks',
    query: v.strictObject({
      'webhook_config.fields': optional(
        listOf(v.picklist(['created_at', 'id', 'url', 'valid']), 4),
      ),
    }),
    limits: webhookLimits,
  },
  { method: 'PUT', path: '/2/webhooks/{webhook_id}', limits: webhookLimits },
  { method: 'DELETE', path: '/2/webhooks/{webhook_id}', limits: webhookLimits },
  {
    method: 'POST',
    path: '/2/webhooks/replay',
    json: v.strictObject({
      webhook_id: id,
      from_date: v.pipe(v.string(), v.regex(/^[0-9]{12}$/)),
      to_date: v.pipe(v.string(), v.regex(/^[0-9]{12}$/)),
    }),
    limits: { per15Min: 100, of: 'app' },
  },
  {
    method: 'POST',
    path: '/2/account_activity/webhooks/{webhook_id}/subscriptions/all',
    json: v.strictObject({}),
  },
  { method: 'GET', path: '/2/account_activity/webhooks/{webhook_id}/subscriptions/all' },
  { method: 'GET', path: '/2/account_activity/webhooks/{webhook_id}/subscriptions/all/list' },
  {
    method: 'DELETE',
    path: '/2/account_activity/webhooks/{webhook_id}/subscriptions/{user_id}/all',
  },
  { method: 'GET', path: '/2/account_activity/subscriptions/count' },
  {
    method: 'POST',
    path: '/2/oauth2/token',
    form: v.variant('grant_type', [
      v.strictObject({
        grant_type: v.literal('authorization_code'),
        code: text(1000),
        redirect_uri: v.pipe(v.string(), v.url()),
        code_verifier: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~-]{43,128}$/)),
        client_id: optional(v.string()),
      }),
      v.strictObject({
        grant_type: v.literal('refresh_token'),
        refresh_token: text(1000),
        client_id: optional(v.string()),
      }),
      v.strictObject({
        grant_type: v.literal('urn:ietf:params:oauth:grant-type:token-exchange'),
        subject_token: text(1000),
        subject_token_type: v.literal('urn:x:params:oauth:token-type:oauth1_token'),
        oauth_token_secret: text(1000),
        scope: optional(v.string()),
        client_id: optional(v.string()),
      }),
    ]),
  },
  {
    method: 'POST',
    path: '/2/oauth2/revoke',
    form: v.strictObject({
      token: text(1000),
      token_type_hint: optional(v.picklist(['access_token', 'refresh_token'])),
      client_id: optional(v.string()),
    }),
  },
  {
    method: 'POST',
    path: '/oauth2/token',
    form: v.strictObject({ grant_type: v.literal('client_credentials') }),
  },
  {
    method: 'POST',
    path: '/oauth2/invalidate_token',
    form: v.strictObject({ access_token: text(1000) }),
  },
  {
    method: 'POST',
    path: '/oauth/request_token',
    form: v.strictObject({ x_auth_access_type: optional(v.picklist(['read', 'write'])) }),
  },
  {
    method: 'POST',
    path: '/oauth/access_token',
    form: v.strictObject({ oauth_verifier: text(1000) }),
  },
  { method: 'POST', path: '/1.1/oauth/invalidate_token.json', form: v.strictObject({}) },
];
