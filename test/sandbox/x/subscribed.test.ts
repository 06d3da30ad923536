import { describe, expect, test } from 'vitest';
import { createWorld, sandboxAppBearer, type World } from '../world.ts';
import { call, signedRequest } from './client.ts';
import { keepingWebhook, registered, webhookUrl } from './webhook-side.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const bot = '1700000000000000001';
const second = '1700000000000000009';
const hana = '1700000000000000101';

/** A world where only subscriptions count. */
async function world(): Promise<{ world: World; webhook: string; got: unknown[] }> {
  const created = createWorld({ startAt });
  created.x.app.requireSubscriptions = true;
  const { id, got } = await registered(created);
  return { world: created, webhook: id, got };
}

async function subscribe(at: World, webhook_id: string, event_type: string, user_id: string) {
  const body = { event_type, filter: { user_id }, webhook_id };
  const as = at.x.issueOAuth1(user_id);
  const told = await call(at, 'POST', '/2/activity/subscriptions', { as, body });
  expect(told.status).toBe(200);
}

async function subscribeAccount(at: World, webhook: string, user_id: string) {
  const path = `/2/account_activity/webhooks/${webhook}/subscriptions/all`;
  const told = await call(at, 'POST', path, { as: at.x.issueOAuth1(user_id), body: {} });
  expect(told.status).toBe(200);
}

/** What kind of event for whom, of everything that was got. */
function heard(got: readonly unknown[]): string[] {
  return got.map((event) => {
    const text = JSON.stringify(event);
    const type = /"event_type":"([^"]+)"/.exec(text)?.[1] ?? 'account activity';
    const user = /"(?:filter":\{"user_id|for_user_id)":"(\d+)"/.exec(text)?.[1] ?? 'nobody';
    return `${type} for ${user}`;
  });
}

describe('only subscribed accounts are heard of', () => {
  test('a message to an account nobody subscribed is kept, not delivered', async () => {
    const { world: at, webhook, got } = await world();
    expect(await at.x.say(hana, '안녕')).toEqual([]);
    await subscribe(at, webhook, 'dm.received', bot);
    expect((await at.x.say(hana, '안녕')).map(({ status }) => status)).toEqual([200]);
    await at.x.say(hana, '두번째에게', { to: second });
    expect(heard(got)).toEqual([`dm.received for ${bot}`]);
    expect(at.x.conversation(hana, second)).toMatchObject([{ text: '두번째에게' }]);
    expect(at.x.conversation(hana)).toHaveLength(2);
  });

  test('a second account gets its own, with the tag of its subscription', async () => {
    const { world: at, webhook, got } = await world();
    await subscribe(at, webhook, 'dm.received', second);
    await at.x.say(hana, '안녕', { to: second });
    expect(heard(got)).toEqual([`dm.received for ${second}`]);
    expect(got[0]).toMatchObject({
      data: {
        payload: {
          direct_message_events: [
            { message_create: { sender_id: hana, target: { recipient_id: second } } },
          ],
          users: { [second]: { data: { username: 'second_bot' } } },
        },
      },
    });
  });

  test('two subscribed accounts writing each other get one copy each', async () => {
    const { world: at, webhook, got } = await world();
    for (const user of [bot, second]) {
      await subscribe(at, webhook, 'dm.received', user);
      await subscribe(at, webhook, 'dm.sent', user);
    }
    await at.x.say(second, '안녕', { to: bot });
    await call(at, 'POST', `/2/dm_conversations/with/${second}/messages`, { body: { text: '네' } });
    await at.x.settled();
    expect(heard(got)).toEqual([
      `dm.sent for ${second}`,
      `dm.received for ${bot}`,
      `dm.sent for ${bot}`,
      `dm.received for ${second}`,
    ]);
  });

  test('both kinds of subscription bring a copy each, of the same message', async () => {
    const { world: at, webhook, got } = await world();
    await subscribe(at, webhook, 'dm.received', bot);
    await subscribeAccount(at, webhook, bot);
    await at.x.say(hana, '안녕');
    expect(heard(got)).toEqual([`dm.received for ${bot}`, `account activity for ${bot}`]);
    const [message] = at.x.conversation(hana);
    for (const event of got) expect(JSON.stringify(event)).toContain(`"id":"${message?.id}"`);
  });

  test('an encrypted message is told to who subscribed to chat.received', async () => {
    const { world: at, webhook, got } = await world();
    await subscribe(at, webhook, 'dm.received', bot);
    await at.x.sayEncrypted(hana);
    expect(got).toEqual([]);
    await subscribe(at, webhook, 'chat.received', bot);
    await at.x.sayEncrypted(hana);
    expect(heard(got)).toEqual([`chat.received for ${bot}`]);
    expect(at.x.conversation(hana)).toEqual([]);
  });

  test('any event can be told, in the direction that the filter wants', async () => {
    const { world: at, webhook, got } = await world();
    const filter = { user_id: bot, direction: 'inbound' };
    const body = { event_type: 'like.create', filter, webhook_id: webhook };
    await call(at, 'POST', '/2/activity/subscriptions', { body });
    await at.x.emit('like.create', bot, { id: '1' }, { direction: 'outbound' });
    expect(got).toEqual([]);
    await at.x.emit('like.create', bot, { id: '2' }, { direction: 'inbound' });
    expect(got).toMatchObject([{ data: { filter, payload: { id: '2' } } }]);
  });

  test('an invalid webhook gets nothing', async () => {
    const { world: at, webhook, got } = await world();
    await subscribe(at, webhook, 'dm.received', bot);
    at.x.app.crcSecret = 'consumer';
    await at.x.checkWebhooks();
    expect(await at.x.say(hana, '안녕')).toEqual([]);
    expect(got).toEqual([]);
    at.x.app.crcSecret = 'client';
    await at.x.checkWebhooks();
    expect(await at.x.say(hana, '안녕')).toHaveLength(1);
  });

  test('copies and a left-out signature work as without subscriptions', async () => {
    const { world: at, webhook, got } = await world();
    await subscribe(at, webhook, 'dm.received', bot);
    await at.x.say(hana, '안녕', { copies: 3, omit: 'legacy' });
    expect(got).toHaveLength(3);
  });
});

describe('access that is taken away', () => {
  test('subscriptions vanish and each kind hears of it in its own shape', async () => {
    const { world: at, webhook, got } = await world();
    for (const user of [bot, second]) await subscribe(at, webhook, 'dm.received', user);
    await subscribeAccount(at, webhook, second);
    await at.x.revoke(second);
    expect(got).toMatchObject([
      { data: { event_type: 'oauth.revoke', filter: {}, payload: { user_id: second } } },
      { user_event: { revoke: { source: { user_id: second } } } },
    ]);
    expect(at.x.subscriptions()).toMatchObject([{ filter: { user_id: bot } }]);
    expect(at.x.accountSubscriptions()).toEqual([]);
    expect(await at.x.say(hana, '안녕', { to: second })).toEqual([]);
  });

  test('an account that subscribed to nothing goes without a word', async () => {
    const { world: at, got } = await world();
    at.x.issueOAuth1(second);
    expect(await at.x.revoke(second)).toEqual([]);
    expect(got).toEqual([]);
  });
});

test('without required subscriptions the connected webhook hears everything', async () => {
  const at = createWorld({ startAt });
  const { deliver, got } = keepingWebhook();
  await at.x.connect(deliver, webhookUrl);
  await at.x.say(hana, '안녕');
  await at.x.say(hana, '안녕', { to: second });
  await at.x.sayEncrypted(hana);
  expect(heard(got)).toEqual([
    `dm.received for ${bot}`,
    `dm.received for ${second}`,
    `chat.received for ${bot}`,
  ]);
  expect(at.x.webhooks()).toEqual([]);
});

/** What is left of the day, for the user and for the app. */
const remaining = (told: { headers: Headers }) => [
  told.headers.get('x-user-limit-24hour-remaining'),
  told.headers.get('x-app-limit-24hour-remaining'),
];

describe('limits and money', () => {
  test('posts tell both limits of the day, and each account has its own quarter', async () => {
    const at = createWorld({ startAt });
    const as = at.x.issueOAuth1(second);
    at.x.limits.posts.per15Min = 1;
    const first = await call(at, 'POST', '/2/tweets', { body: { text: '하나' } });
    const over = await call(at, 'POST', '/2/tweets', { body: { text: '둘' } });
    const other = await call(at, 'POST', '/2/tweets', { as, body: { text: '하나' } });
    expect([first.status, over.status, other.status]).toEqual([201, 429, 201]);
    expect(remaining(first)).toEqual(['2399', '9999']);
    expect(remaining(other)).toEqual(['2399', '9998']);
  });

  test('an app without credits is refused before anything is counted or done', async () => {
    const at = createWorld({ startAt });
    at.x.app.credits = 0;
    const post = await call(at, 'POST', '/2/tweets', { body: { text: '하나' } });
    expect([post.status, post.json]).toEqual([
      402,
      {
        title: 'Payment Required',
        detail: 'credits depleted',
        status: 402,
        type: 'https://api.x.com/2/problems/credits-depleted',
      },
    ]);
    expect(post.headers.get('x-rate-limit-limit')).toBeNull();
    const path = '/2/webhooks';
    expect((await call(at, 'GET', path, { bearer: sandboxAppBearer })).status).toBe(402);
    at.x.app.credits = 1;
    expect((await call(at, 'POST', '/2/tweets', { body: { text: '하나' } })).status).toBe(201);
  });

  test('every answer tells the time of the world', async () => {
    const at = createWorld({ startAt });
    at.clock.advance(3_600_000);
    const response = await at.fetch(await signedRequest(at, 'GET', '/2/users/me'));
    expect(response.headers.get('date')).toBe('Sun, 22 Nov 2026 10:00:00 GMT');
  });
});

test('an account deletes its own posts only, and blocking is between two', async () => {
  const at = createWorld({ startAt });
  const as = at.x.issueOAuth1(second);
  await call(at, 'POST', '/2/tweets', { body: { text: '하나' } });
  const path = `/2/tweets/${at.x.timeline()[0]?.id}`;
  expect((await call(at, 'DELETE', path, { as })).status).toBe(403);
  at.x.block(hana, second);
  const dm = `/2/dm_conversations/with/${hana}/messages`;
  expect((await call(at, 'POST', dm, { as, body: { text: '야옹' } })).status).toBe(403);
  expect((await call(at, 'POST', dm, { body: { text: '야옹' } })).status).toBe(201);
});
