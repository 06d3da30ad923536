import { describe, expect, test } from 'vitest';
import { createWorld, sandboxAppBearer, type World } from '../world.ts';
import { type CallOptions, call, idIn } from './client.ts';
import { eventTypes } from './event-types.ts';
import { registered } from './webhook-side.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const path = '/2/activity/subscriptions';
const app = { bearer: sandboxAppBearer };
const second = '1700000000000000009';
const bot = '1700000000000000001';

async function subscribe(
  world: World,
  event_type: string,
  user_id: string,
  options: CallOptions & { more?: object } = {},
) {
  const { more = {}, ...rest } = options;
  const body = { event_type, filter: { user_id }, ...more };
  return await call(world, 'POST', path, { ...rest, body });
}

async function worldWithWebhook() {
  const world = createWorld({ startAt });
  const { id, got } = await registered(world);
  return { world, got, more: { webhook_id: id } };
}

describe('subscribing', () => {
  test('the bot subscribes to its messages and finds the subscription', async () => {
    const { world, more } = await worldWithWebhook();
    const told = await subscribe(world, 'dm.received', bot, { more: { ...more, tag: 'dm' } });
    const now = new Date(startAt).toISOString();
    const subscription = {
      subscription_id: idIn(told.json, 'subscription_id'),
      event_type: 'dm.received',
      filter: { user_id: bot },
      tag: 'dm',
      ...more,
      created_at: now,
      updated_at: now,
    };
    expect(told).toMatchObject({
      status: 200,
      json: { data: { subscription }, meta: { total_subscriptions: 1 } },
    });
    expect((await call(world, 'GET', path, app)).json).toEqual({
      data: [subscription],
      meta: { result_count: 1, total_subscriptions: 1 },
    });
    expect(told.headers.get('x-rate-limit-limit')).toBe('500');
  });

  test.each([
    ['flat', { data: { event_type: 'dm.received' }, meta: { total_subscriptions: 1 } }],
    ['array', { data: [{ event_type: 'dm.received' }], meta: { total_subscriptions: 1 } }],
  ] as const)('the answer can be %s', async (shape, expected) => {
    const { world, more } = await worldWithWebhook();
    world.x.app.subscriptionAnswer = shape;
    expect((await subscribe(world, 'dm.received', bot, { more })).json).toMatchObject(expected);
  });

  test('the answer can be 204 and empty', async () => {
    const { world, more } = await worldWithWebhook();
    world.x.app.subscriptionAnswer = '204';
    const told = await subscribe(world, 'dm.received', bot, { more });
    expect([told.status, told.text]).toEqual([204, '']);
    expect(world.x.subscriptions()).toHaveLength(1);
  });

  test.each([400, 409] as const)('the same again is told with %i', async (status) => {
    const { world, more } = await worldWithWebhook();
    world.x.app.duplicateStatus = status;
    await subscribe(world, 'dm.received', bot, { more });
    const again = await subscribe(world, 'dm.received', bot, { more: { ...more, tag: 'other' } });
    expect([again.status, again.text]).toEqual([status, expect.stringContaining('Duplicate')]);
    expect((await subscribe(world, 'dm.sent', bot, { more })).status).toBe(200);
  });

  test('one more than the limit is refused', async () => {
    const { world, more } = await worldWithWebhook();
    expect(world.x.app.subscriptionLimit).toBe(1500);
    world.x.app.subscriptionLimit = 1;
    await subscribe(world, 'dm.received', bot, { more });
    const over = await subscribe(world, 'dm.sent', bot, { more });
    expect([over.status, over.text]).toEqual([
      400,
      expect.stringContaining('SubscriptionLimitExceeded'),
    ]);
  });

  test.each([
    ['no filter', { event_type: 'post.create' }],
    ['an empty filter', { event_type: 'post.create', filter: {} }],
    ['an unknown type', { event_type: 'dm.deleted', filter: { user_id: bot } }],
    ['a type of the years before', { event_type: 'ProfileBioUpdate', filter: { user_id: bot } }],
    ['what only is announced', { event_type: 'oauth.revoke', filter: { user_id: bot } }],
    ['a user that is none', { event_type: 'post.create', filter: { user_id: '42' } }],
    [
      'another direction',
      { event_type: 'post.create', filter: { user_id: bot, direction: 'sent' } },
    ],
    ['another key', { event_type: 'post.create', filter: { user_id: bot }, name: 'x' }],
    ['an empty tag', { event_type: 'post.create', filter: { user_id: bot }, tag: '' }],
    [
      'no webhook of ours',
      { event_type: 'post.create', filter: { user_id: bot }, webhook_id: '1' },
    ],
  ])('%s is refused', async (_, body) => {
    const { world } = await worldWithWebhook();
    expect((await call(world, 'POST', path, { ...app, body })).status).toBe(400);
    expect(world.x.subscriptions()).toEqual([]);
  });

  test('the types are those of the description, 41 for a self-serve app', () => {
    expect(eventTypes).toHaveLength(41);
    expect(eventTypes).toEqual(expect.arrayContaining(['chat.received', 'like.create']));
  });
});

describe('whose credential', () => {
  test('a public event takes the app, a private one names the token it wants', async () => {
    const { world, more } = await worldWithWebhook();
    const open = await subscribe(world, 'post.create', second, { ...app, more });
    expect(open.status).toBe(200);
    const refused = await subscribe(world, 'dm.received', second, { ...app, more });
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('OAuth access token'),
    ]);
  });

  test('nobody subscribes to what is private to another', async () => {
    const { world, more } = await worldWithWebhook();
    expect((await subscribe(world, 'dm.received', second, { more })).status).toBe(403);
    const as = world.x.issueOAuth1(second);
    expect((await subscribe(world, 'dm.received', second, { as, more })).status).toBe(200);
  });

  test('an OAuth 2.0 token needs the scope of the family', async () => {
    const { world, more } = await worldWithWebhook();
    const bearer = (...scopes: string[]) => world.x.issueOAuth2(second, scopes).accessToken;
    const without = { bearer: bearer('tweet.read', 'like.read'), more };
    expect((await subscribe(world, 'dm.received', second, without)).status).toBe(403);
    expect((await subscribe(world, 'like.create', second, without)).status).toBe(200);
    const right = { bearer: bearer('tweet.read', 'dm.read'), more };
    expect((await subscribe(world, 'chat.received', second, right)).status).toBe(200);
  });

  test.each([
    ['oauth1', 200, 403],
    ['oauth2', 403, 200],
  ] as const)('an app of which X wants %s', async (kind, byOAuth1, byOAuth2) => {
    const { world, more } = await worldWithWebhook();
    world.x.app.subscribeWith = kind;
    const as = world.x.issueOAuth1(second);
    expect((await subscribe(world, 'dm.received', second, { as, more })).status).toBe(byOAuth1);
    const bearer = world.x.issueOAuth2(second).accessToken;
    expect((await subscribe(world, 'dm.sent', second, { bearer, more })).status).toBe(byOAuth2);
  });
});

async function withThree() {
  const { world, more } = await worldWithWebhook();
  const ids: string[] = [];
  for (const type of ['dm.received', 'dm.sent', 'chat.received']) {
    ids.push(idIn((await subscribe(world, type, bot, { more })).json, 'subscription_id'));
  }
  const as = world.x.issueOAuth1(second);
  await subscribe(world, 'dm.received', second, { as, more });
  return { world, ids, as };
}

describe('listing, changing, removing', () => {
  test('the app sees all in pages, a user only their own', async () => {
    const { world, ids, as } = await withThree();
    const pages = await call(world, 'GET', `${path}?max_results=3`, app);
    expect(pages.json).toMatchObject({ meta: { result_count: 3, next_token: ids[2] } });
    const next = await call(world, 'GET', `${path}?pagination_token=${ids[2]}`, app);
    expect(next.json).toMatchObject({
      data: [{ filter: { user_id: second } }],
      meta: { result_count: 1, total_subscriptions: 4 },
    });
    const own = await call(world, 'GET', path, { as });
    expect(own.json).toMatchObject({ data: [{ filter: { user_id: second } }] });
    expect((await call(world, 'GET', `${path}?max_results=1001`, app)).status).toBe(400);
  });

  test('only tag and webhook change', async () => {
    const { world, ids } = await withThree();
    const one = `${path}/${ids[0]}`;
    const changed = await call(world, 'PUT', one, { ...app, body: { tag: '새 이름' } });
    expect(changed.json).toMatchObject({
      data: { subscription: { tag: '새 이름', event_type: 'dm.received' } },
    });
    const more = await call(world, 'PUT', one, { ...app, body: { event_type: 'dm.read' } });
    expect(more.status).toBe(400);
    expect((await call(world, 'PUT', one, { ...app, body: { webhook_id: '1' } })).status).toBe(400);
    expect((await call(world, 'PUT', `${path}/1`, { ...app, body: {} })).status).toBe(404);
  });

  test('one or many are removed, by the app alone', async () => {
    const { world, ids } = await withThree();
    expect((await call(world, 'DELETE', `${path}/${ids[0]}`)).status).toBe(403);
    const one = await call(world, 'DELETE', `${path}/${ids[0]}`, app);
    expect(one.json).toEqual({ data: { deleted: true }, meta: { total_subscriptions: 3 } });
    expect((await call(world, 'DELETE', `${path}/${ids[0]}`, app)).status).toBe(404);
    const many = await call(world, 'DELETE', `${path}?ids=${ids[1]},${ids[2]}`, app);
    expect(many.json).toEqual({ data: { deleted: true }, meta: { total_subscriptions: 1 } });
    const hundredOne = Array.from({ length: 101 }, (_, id) => id + 1).join(',');
    expect((await call(world, 'DELETE', `${path}?ids=${hundredOne}`, app)).status).toBe(400);
    expect((await call(world, 'DELETE', path, app)).status).toBe(400);
  });

  test('they go with their webhook', async () => {
    const { world } = await withThree();
    const [webhook] = world.x.webhooks();
    await call(world, 'DELETE', `/2/webhooks/${webhook?.id}`, app);
    expect(world.x.subscriptions()).toEqual([]);
  });
});

const base = (id: string) => `/2/account_activity/webhooks/${id}/subscriptions`;

describe('account activity', () => {
  test('an account subscribes, is listed, counted and removed', async () => {
    const world = createWorld({ startAt });
    const { id } = await registered(world);
    const all = `${base(id)}/all`;
    expect((await call(world, 'GET', all)).json).toEqual({ data: { subscribed: false } });
    expect((await call(world, 'POST', all, { body: {} })).json).toEqual({
      data: { subscribed: true },
    });
    expect((await call(world, 'GET', all)).json).toEqual({ data: { subscribed: true } });
    expect((await call(world, 'GET', `${all}/list`, app)).json).toMatchObject({
      data: { webhook_id: id, subscriptions: [{ user_id: bot }] },
    });
    const count = await call(world, 'GET', '/2/account_activity/subscriptions/count', app);
    expect(count.json).toEqual({
      data: {
        account_name: 'soshik_bot',
        provisioned_count: '3',
        subscriptions_count_all: '1',
        subscriptions_count_direct_messages: '0',
      },
    });
    const one = `${base(id)}/${bot}/all`;
    expect((await call(world, 'DELETE', one, app)).json).toEqual({ data: { subscribed: false } });
    const gone = await call(world, 'DELETE', one, app);
    expect([gone.status, gone.text]).toEqual([
      400,
      expect.stringContaining('SubscriptionNotFound'),
    ]);
  });

  test('duplicates, a fourth account, another webhook and lacking scopes are named', async () => {
    const world = createWorld({ startAt });
    const { id } = await registered(world);
    const all = `${base(id)}/all`;
    await call(world, 'POST', all, { body: {} });
    const again = await call(world, 'POST', all, { body: {} });
    expect([again.status, again.text]).toEqual([
      400,
      expect.stringContaining('DuplicateSubscriptionFailed'),
    ]);
    const [, , hana, sam] = [...world.x.accounts, ...world.x.people].map((one) => one.id);
    const told = [];
    for (const user of [second, hana, sam]) {
      const as = world.x.issueOAuth1(user ?? '');
      told.push(await call(world, 'POST', all, { as, body: {} }));
    }
    expect(told.map(({ status }) => status)).toEqual([200, 200, 400]);
    expect(told[2]?.text).toContain('SubscriptionLimitExceeded');
    const elsewhere = await call(world, 'POST', `${base('42')}/all`, { body: {} });
    expect(elsewhere.text).toContain('WebhookIdInvalid');
    const bearer = world.x.issueOAuth2(second, ['dm.read', 'tweet.read', 'users.read']).accessToken;
    expect((await call(world, 'GET', all, { bearer })).status).toBe(403);
    expect((await call(world, 'POST', all, { ...app, body: {} })).status).toBe(403);
  });
});
