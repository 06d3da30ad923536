import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/time.ts';
import { newsText } from '../../../src/platforms/x/news.ts';
import { chooseEvents, removeSubscription } from '../../../src/platforms/x/subscriptions.ts';
import { keepAlive } from '../../../src/platforms/x/upkeep.ts';
import { readAccounts } from '../../../src/store/accounts.ts';
import { readOwnerNews } from '../../../src/store/incidents.ts';
import { type Harness, reader, START } from '../../worker/harness.ts';
import { contextOf, converse, createConnected, createFresh, logIn } from './steps.ts';

let harness: Harness;

async function news(): Promise<string[]> {
  const told = await readOwnerNews(harness.env.DB, { limit: 100 });
  return told.map(({ kind }) => kind);
}

const keep = () => keepAlive(contextOf(harness));

describe('the daily upkeep', () => {
  beforeEach(async () => {
    harness = await createConnected();
    await keep();
  });

  test('finds everything well, and tells nothing', async () => {
    expect(await keep()).toEqual({
      counts: { accounts: 1, webhooks: 1, subscribed: 2 },
      failures: [],
    });
    expect(await news()).toEqual([]);
  });

  test('runs by itself, at the address that the last login was made under', async () => {
    await harness.world.x.checkWebhooks();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    await harness.world.x.checkWebhooks();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'sandbox-client-secret' });
    await harness.cron(START + DAY_MS);
    await harness.settle();
    expect(harness.world.x.webhooks()).toMatchObject([{ valid: true }]);
    expect(await news()).toEqual(['webhook-healed']);
  });

  test('heals a webhook that X switched off and tells it once', async () => {
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    await harness.world.x.checkWebhooks();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'sandbox-client-secret' });
    await keep();
    await keep();
    expect(harness.world.x.webhooks()).toMatchObject([{ valid: true }]);
    expect(await news()).toEqual(['webhook-healed']);
  });

  test('tells a webhook that it cannot heal once, and again when it fails anew', async () => {
    harness.world.x.app.crcSecret = 'consumer';
    const broken = { TWITTER_WEBHOOK_SECRET_KIND: 'client' };
    harness.redeploy(broken);
    await harness.world.x.checkWebhooks();
    expect((await keep()).failures).toEqual(['webhook: crc-failed']);
    await keep();
    expect(await news()).toEqual(['webhook-failing']);
    harness.redeploy({ TWITTER_WEBHOOK_SECRET_KIND: 'auto' });
    await keep();
    expect(await news()).toEqual(['webhook-healed', 'webhook-failing']);
  });

  test('does not tell what passes by itself', async () => {
    harness.world.faults.add({ kind: 'status', status: 503, path: /webhooks/ });
    expect((await keep()).failures).toEqual(['webhook: unavailable']);
    expect(await news()).toEqual([]);
  });

  test('makes a subscription that vanished again, and tells it', async () => {
    const [one] = harness.world.x.subscriptions();
    await removeSubscription(contextOf(harness), one?.id ?? '');
    await keep();
    expect(harness.world.x.subscriptions()).toHaveLength(2);
    expect(await news()).toEqual(['subscriptions-recreated']);
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
  });

  test('tells an account whose token X refuses once, and takes it back after a login', async () => {
    const { x } = harness.world;
    await x.revoke(x.bot.id, { copies: 0 });
    expect((await keep()).failures).toEqual([`login ${x.bot.id}: unauthorized`]);
    await keep();
    expect(await news()).toEqual(['log-in-again']);
    expect(await readAccounts(harness.env.DB, 'twitter')).toMatchObject([
      { state: 'log-in-again', reason: 'token-refused' },
    ]);
    await logIn(harness, x.bot.id);
    expect((await keep()).failures).toEqual([]);
    expect(await readAccounts(harness.env.DB, 'twitter')).toMatchObject([{ state: 'connected' }]);
  });

  test('tells of encrypted messages once a month', async () => {
    const person = reader(harness, 'ko');
    await harness.world.x.sayEncrypted(person.id);
    await keep();
    await keep();
    expect(await news()).toEqual(['encrypted-chats']);
    harness.world.clock.advance(31 * DAY_MS);
    await harness.world.x.sayEncrypted(person.id);
    await keep();
    expect(await news()).toEqual(['encrypted-chats', 'encrypted-chats']);
  });

  test('has words for all its news', async () => {
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    await harness.world.x.checkWebhooks();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'sandbox-client-secret' });
    await keep();
    const [told] = await readOwnerNews(harness.env.DB, { limit: 1 });
    expect(told && newsText(told)?.ko).toContain('https://soshik.example/webhook/twitter');
  });
});

describe('an account that logged in by OAuth 2.0', () => {
  test('without leave to stay logged in is told before it ends, once', async () => {
    harness = await createConnected({}, 2);
    const { x, clock } = harness.world;
    const { accessToken, scopes } = x.issueOAuth2(x.bot.id, ['tweet.read', 'users.read']);
    const expiresAt = clock.now() + 2 * HOUR_MS;
    await contextOf(harness)
      .keeperOf(`twitter:${x.bot.id}`)
      .store(
        { kind: 'oauth2', accessToken, expiresAt, scopes: [...scopes] },
        { username: x.bot.username },
      );
    await keep();
    await keep();
    expect((await news()).filter((kind) => kind === 'login-ends-soon')).toHaveLength(1);
  });

  test('stays logged in through half a year of silence', async () => {
    harness = await createConnected({}, 2);
    for (let month = 0; month < 7; month++) {
      harness.world.clock.advance(30 * DAY_MS);
      expect((await keep()).failures).toEqual([]);
    }
  });

  test('is answered for though its token expired in the meantime', async () => {
    harness = await createConnected({}, 2);
    harness.world.clock.advance(3 * HOUR_MS);
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
  });
});

describe('an account whose person withdraws the consent', () => {
  test.each([
    [1, false],
    [2, false],
    [1, true],
  ] as const)('is cleaned up and told once (version %d, AAA: %s)', async (version, usesAaa) => {
    harness = await createConnected({}, version);
    const { x } = harness.world;
    await chooseEvents(contextOf(harness), x.bot.id, { types: [], usesAaa });
    await x.revoke(x.bot.id, { copies: 2 });
    await harness.settle();
    await keep();
    expect(await news()).toEqual(['consent-revoked']);
    expect(await readAccounts(harness.env.DB, 'twitter')).toEqual([]);
    expect((await harness.env.TOKENS.list()).keys).toEqual([]);
  });

  test('and logs in again before the word of it comes stays connected', async () => {
    harness = await createConnected();
    const { x } = harness.world;
    await x.emit('oauth.revoke', x.bot.id, {
      date_time: new Date(START).toISOString(),
      user_id: x.bot.id,
      app_id: '26800001',
    });
    await harness.settle();
    expect(await readAccounts(harness.env.DB, 'twitter')).toHaveLength(1);
  });
});

describe('a deployment that was never set up', () => {
  test('is left alone: no call to X', async () => {
    harness = await createFresh();
    expect(await keep()).toEqual({
      counts: { accounts: 0, webhooks: 0, subscribed: 0 },
      failures: [],
    });
    expect(harness.world.requests).toEqual([]);
  });
});
