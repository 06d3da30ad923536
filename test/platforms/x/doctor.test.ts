import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/time.ts';
import type { Finding } from '../../../src/platforms/x/doctor/budgets.ts';
import { examine } from '../../../src/platforms/x/platform.ts';
import { removeSubscription } from '../../../src/platforms/x/subscriptions.ts';
import { readAccounts } from '../../../src/store/accounts.ts';
import { readOwnerNews } from '../../../src/store/incidents.ts';
import { type Harness, reader } from '../../worker/harness.ts';
import { contextOf, converse, createConnected, createFresh, logIn } from './steps.ts';

async function findings(harness: Harness): Promise<Map<string, Finding>> {
  const found = await examine(contextOf(harness));
  return new Map(found.map((finding) => [finding.id, finding]));
}

async function states(harness: Harness): Promise<Record<string, string>> {
  const found = await examine(contextOf(harness));
  return Object.fromEntries(found.map(({ id, state }) => [id, state]));
}

describe('the doctor', () => {
  test.each([1, 2] as const)('finds nothing wrong after a login of version %d', async (version) => {
    const harness = await createConnected({}, version);
    const bot = harness.world.x.bot.id;
    expect(await states(harness)).toEqual({
      'consumer-keys': 'ok',
      'oauth2-client': 'ok',
      'token-key': 'ok',
      clock: 'ok',
      'public-url': 'ok',
      crc: 'ok',
      webhook: 'ok',
      [`login:${bot}`]: 'ok',
      ...(version === 2 ? { [`scopes:${bot}`]: 'ok' } : {}),
      [`subscriptions:${bot}`]: 'ok',
      budget: 'ok',
    });
  });

  test.each([
    ['TWITTER_API_KEY', 'consumer-keys', 'bad'],
    ['TWITTER_API_SECRET', 'consumer-keys', 'bad'],
    ['TWITTER_CLIENT_ID', 'oauth2-client', 'off'],
    ['TOKEN_KEY', 'token-key', 'bad'],
  ] as const)('says what to do when %s is missing', async (name, id, state) => {
    const harness = await createFresh({ [name]: undefined });
    const finding = (await findings(harness)).get(id);
    expect(finding).toMatchObject({ state });
    if (state === 'bad') expect(finding?.todo?.en).toContain(name);
  });

  test('says so when both webhook secrets are missing', async () => {
    const harness = await createFresh({
      TWITTER_CLIENT_SECRET: undefined,
      TWITTER_API_SECRET: undefined,
    });
    expect((await findings(harness)).get('crc')).toMatchObject({ state: 'bad' });
  });

  test.each([
    ['TWITTER_API_KEY', 'wrong-fake-key', 'consumer-keys'],
    ['TWITTER_API_SECRET', 'wrong-fake-secret', 'consumer-keys'],
    ['TWITTER_CLIENT_ID', 'wrong-fake-id', 'oauth2-client'],
    ['TWITTER_CLIENT_SECRET', 'wrong-fake-secret', 'oauth2-client'],
    ['TOKEN_KEY', 'c2hvcnQ=', 'token-key'],
  ])('says what to do when %s is wrong', async (name, value, id) => {
    const harness = await createFresh({ [name]: value });
    const finding = (await findings(harness)).get(id);
    expect(finding).toMatchObject({ state: 'bad' });
    expect(finding?.todo?.en).toContain(name);
  });

  test.each([
    ['TWITTER_ACCESS_TOKEN', '1700000000000000001-wrongFakeToken'],
    ['TWITTER_ACCESS_TOKEN_SECRET', 'wrong-fake-secret'],
  ])('says what to do when %s is wrong', async (name, value) => {
    const harness = await createFresh({
      TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken',
      TWITTER_ACCESS_TOKEN_SECRET: 'sandbox-access-token-secret',
      [name]: value,
    });
    const finding = (await findings(harness)).get('static-keys');
    expect(finding).toMatchObject({ state: 'bad' });
    expect(finding?.todo?.en).toContain(name);
  });

  test.each([
    [10, 'ahead of'],
    [-10, 'behind'],
  ] as const)(
    'sees a clock that is %d minutes off, and no login is blamed for it',
    async (minutes, way) => {
      const harness = await createConnected();
      const { runtime, world } = harness;
      const skewed = {
        ...contextOf(harness),
        runtime: { ...runtime, now: () => world.clock.now() + minutes * MINUTE_MS },
      };
      const found = await examine(skewed);
      const clock = found.find(({ id }) => id === 'clock');
      const login = found.find(({ id }) => id.startsWith('login:'));
      expect(login).toMatchObject({ state: 'bad', todo: clock?.todo });
      expect(clock).toMatchObject({
        state: 'bad',
        en: expect.stringContaining(`10 minutes ${way}`),
      });
      expect(await readAccounts(harness.env.DB, 'twitter')).toMatchObject([{ state: 'connected' }]);
    },
  );

  test('sees a webhook that X switched off', async () => {
    const harness = await createConnected();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    await harness.world.x.checkWebhooks();
    expect(await states(harness)).toMatchObject({ webhook: 'bad', 'oauth2-client': 'bad' });
  });

  test('sees that nothing is registered or connected yet', async () => {
    expect(await states(await createFresh())).toMatchObject({
      webhook: 'bad',
      'static-keys': 'bad',
    });
  });

  test('sees a subscription that is missing, and names it', async () => {
    const harness = await createConnected();
    const [one] = harness.world.x.subscriptions();
    await removeSubscription(contextOf(harness), one?.id ?? '');
    const finding = (await findings(harness)).get(`subscriptions:${harness.world.x.bot.id}`);
    expect(finding).toMatchObject({ state: 'bad', en: expect.stringContaining('dm.received') });
  });

  test('sees scopes that were not granted, and names them', async () => {
    const harness = await createConnected();
    const { x } = harness.world;
    const [, second] = x.accounts;
    const id = second?.id ?? '';
    await logIn(harness, id, 2);
    const { accessToken } = x.issueOAuth2(id, ['tweet.read', 'users.read']);
    const expiresAt = harness.world.clock.now() + 60 * MINUTE_MS;
    await contextOf(harness)
      .keeperOf(`twitter:${id}`)
      .store(
        { kind: 'oauth2', accessToken, expiresAt, scopes: ['tweet.read', 'users.read'] },
        { username: 'second_bot' },
      );
    const finding = (await findings(harness)).get(`scopes:${id}`);
    expect(finding).toMatchObject({ state: 'bad', en: expect.stringContaining('dm.write') });
  });

  test('sees a login that X refuses', async () => {
    const harness = await createConnected();
    const { x } = harness.world;
    await x.revoke(x.bot.id, { copies: 0 });
    const finding = (await findings(harness)).get(`login:${x.bot.id}`);
    expect(finding).toMatchObject({ state: 'bad' });
    expect(finding?.todo?.en).toContain('log in again');
  });

  test('sees an address that X cannot call', async () => {
    const harness = await createFresh({ PUBLIC_URL: 'http://localhost:8787' });
    expect(await states(harness)).toMatchObject({ 'public-url': 'bad' });
  });

  test('shows no secret', async () => {
    const harness = await createConnected();
    const shown = JSON.stringify(await examine(contextOf(harness)));
    for (const [name, value] of Object.entries(harness.env)) {
      if (/(SECRET|KEY|TOKEN)$/.test(name) && typeof value === 'string') {
        expect(shown).not.toContain(value);
      }
    }
  });

  test('is not led astray when X does not answer', async () => {
    const harness = await createConnected();
    harness.world.faults.add({ kind: 'network', host: 'api.x.com', times: 50 });
    const found = Object.values(await states(harness));
    expect(found).not.toContain('bad');
  });
});

describe('a clock that is ten minutes off', () => {
  test('is told as such, once, when a message cannot be sent, and no login is asked for', async () => {
    const harness = await createConnected();
    const person = reader(harness, 'ko');
    // X's clock, seen from the bot: the Worker's own is what is wrong.
    harness.world.faults.add({
      kind: 'status',
      path: /\/messages$/,
      status: 401,
      body: { errors: [{ code: 32, message: 'Could not authenticate you.' }] },
    });
    harness.world.faults.add({
      kind: 'status',
      path: '/2/users/me',
      status: 401,
      headers: { date: new Date(harness.world.clock.now() + 10 * MINUTE_MS).toUTCString() },
    });
    await converse(harness, person.id, '고양이');
    const news = await readOwnerNews(harness.env.DB, { limit: 10 });
    expect(news).toMatchObject([{ kind: 'clock-wrong', detail: { minutes: '10' } }]);
    expect(await readAccounts(harness.env.DB, 'twitter')).toMatchObject([{ state: 'connected' }]);
  });
});
