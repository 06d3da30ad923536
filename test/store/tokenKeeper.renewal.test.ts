import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { refreshOutcome } from '../../src/store/tokenRenewal.ts';
import { createLoggedIn, PAIR, PROFILE, START, TWO_HOURS_MS, tokenIn } from './keeperWorld.ts';

describe('a refresh', () => {
  test.each([
    ['is refused for now', [{ kind: 'unavailable' }]],
    ['is made with wrong client keys', [{ kind: 'misconfigured', reason: 'client' }]],
    ['is lost on the way, twice', ['request-lost', 'request-lost']],
  ] as const)('that %s leaves the present token in use to its end', async (_name, faults) => {
    const { keeper, clock, platform } = await createLoggedIn();
    platform.faults = [...faults];
    clock.now += TWO_HOURS_MS - 4 * MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    clock.now += MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('that fails for a week never makes anybody log in again', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    for (let hour = 0; hour < 7 * 24; hour++) {
      platform.faults = [{ kind: 'unavailable' }];
      expect((await keeper.usable()).kind).toBe('unavailable');
      clock.now += TWO_HOURS_MS / 2;
    }
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('with wrong client keys says what to mend and works once that is done', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = [{ kind: 'misconfigured', reason: 'TWITTER_CLIENT_SECRET' }];
    expect(await keeper.usable()).toEqual({
      kind: 'unavailable',
      reason: 'misconfigured',
      detail: 'TWITTER_CLIENT_SECRET',
      retryAfterMs: MINUTE_MS,
    });
    clock.now += MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('never waits longer than a quarter of an hour', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = [{ kind: 'unavailable', retryAfterMs: DAY_MS }];
    expect(await keeper.usable()).toMatchObject({ retryAfterMs: 15 * MINUTE_MS });
  });

  test('that throws is a failure of its caller only', async () => {
    const { newKeeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    const broken = await newKeeper({
      refreshers: {
        ...platform.refreshers,
        oauth2: () =>
          platform.refreshes++ === 0
            ? Promise.reject(new Error('bug'))
            : platform.refreshers.oauth2('fake-refresh-1'),
      },
    });
    const [first, second] = await Promise.allSettled([broken.usable(), broken.usable()]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toMatchObject({ status: 'fulfilled', value: { kind: 'ready' } });
  });
});

describe('a refresh whose', () => {
  const login = { reason: 'answer-lost', kind: 'log-in-again', isNews: true };

  test('request was lost is repeated with the same refresh token', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = ['request-lost'];
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(platform).toMatchObject({ refreshes: 2, exchanges: 0 });
  });

  test('answer was lost gets new tokens for the OAuth 1.0a token', async () => {
    const { keeper, clock, platform } = await createLoggedIn({ oauth1: PAIR });
    clock.now += TWO_HOURS_MS;
    platform.faults = ['answer-lost'];
    expect(tokenIn(await keeper.usable())).toBe('fake-access-3');
    expect(platform).toMatchObject({ refreshes: 2, exchanges: 1 });
    clock.now += TWO_HOURS_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-4');
  });

  test('answer was lost, with nothing else to go by, makes the person log in again', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = ['answer-lost'];
    expect(await keeper.usable()).toEqual({ ...login, since: clock.now });
    expect(platform.refreshes).toBe(2);
  });

  test('answer was lost twice waits, and remembers what was lost', async () => {
    const { keeper, newKeeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = ['answer-lost', 'request-lost'];
    expect((await keeper.usable()).kind).toBe('unavailable');
    clock.now += MINUTE_MS;
    expect(await (await newKeeper()).usable()).toMatchObject(login);
  });

  test('answer was a breakdown with a waiting time is repeated after it, not before', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = [{ kind: 'lost', retryAfterMs: 30_000 }];
    expect(await keeper.usable()).toMatchObject({ kind: 'unavailable', retryAfterMs: 30_000 });
    expect(platform.refreshes).toBe(1);
    clock.now += 30_000;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(await keeper.status()).toMatchObject({ pause: null, unansweredAt: null });
  });

  test.each([
    { kind: 'unavailable' },
    { kind: 'lost' },
    { kind: 'misconfigured', reason: 'client' },
  ] as const)('exchange fails for now (%j) has it repeated', async (fault) => {
    const { keeper, clock, platform } = await createLoggedIn({ oauth1: PAIR });
    clock.now += TWO_HOURS_MS;
    platform.faults = ['answer-lost', { kind: 'invalid-grant' }, fault];
    expect((await keeper.usable()).kind).toBe('unavailable');
    clock.now += MINUTE_MS;
    expect(platform.isGood(tokenIn(await keeper.usable()))).toBe(true);
    expect(platform.exchanges).toBe(2);
  });
});

describe('a refused refresh token', () => {
  test.each([
    ['past its end', 61 * DAY_MS, 'expired'],
    ['at its very end', 60 * DAY_MS, 'expired'],
    ['just before its end', 60 * DAY_MS - 1, 'refused'],
  ] as const)('%s is said to be so', async (_when, afterMs, reason) => {
    const { keeper, clock, platform } = await createLoggedIn({
      refreshExpiresAt: START + 60 * DAY_MS,
    });
    clock.now += afterMs;
    platform.faults = [{ kind: 'invalid-grant' }];
    expect(await keeper.usable()).toMatchObject({ kind: 'log-in-again', reason });
  });

  test('is mended by a new login, which is told of anew when it ends', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    const revoked = { kind: 'log-in-again', reason: 'refused', isNews: true };
    platform.faults = [{ kind: 'invalid-grant' }];
    expect(await keeper.reportRefused('fake-access-1')).toMatchObject(revoked);
    await keeper.store(platform.login(), PROFILE);
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    clock.now += TWO_HOURS_MS;
    platform.faults = [{ kind: 'invalid-grant' }];
    expect(await keeper.usable()).toMatchObject(revoked);
  });

  test('is nothing when another writer left newer tokens in the own storage', async () => {
    const { keeper, newKeeper, copies, clock, platform } = await createLoggedIn();
    copies.isDown = true;
    clock.now += TWO_HOURS_MS;
    const other = await newKeeper();
    const late = await newKeeper({
      refreshers: {
        ...platform.refreshers,
        async oauth2(token) {
          await other.usable();
          return platform.refreshers.oauth2(token);
        },
      },
    });
    expect(tokenIn(await late.usable())).toBe('fake-access-2');
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(platform.refreshes).toBe(2);
  });

  test('is nothing when another writer left newer tokens in KV', async () => {
    const { keeper, newKeeper, storage, clock } = await createLoggedIn();
    const before = new Map(storage.content);
    clock.now += TWO_HOURS_MS;
    await (await newKeeper({ storage })).usable();
    // The own storage goes back to a point in time; KV does not.
    for (const [key, value] of before) storage.content.set(key, value);
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('is nothing when the newer tokens in KV are of the same millisecond', async () => {
    const { keeper, storage } = await createLoggedIn();
    const before = new Map(storage.content);
    await keeper.reportRefused('fake-access-1');
    for (const [key, value] of before) storage.content.set(key, value);
    expect(tokenIn(await keeper.reportRefused('fake-access-1'))).toBe('fake-access-2');
  });

  test('is nothing when the newer tokens have to be renewed themselves', async () => {
    const { keeper, storage, clock, platform } = await createLoggedIn();
    const before = new Map(storage.content);
    clock.now += TWO_HOURS_MS;
    await keeper.usable();
    for (const [key, value] of before) storage.content.set(key, value);
    clock.now += TWO_HOURS_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-3');
    expect(platform.refreshes).toBe(3);
  });
});

describe('an answer to a refresh', () => {
  test('without a refresh token leaves the old one and its end', async () => {
    const refreshExpiresAt = START + 60 * DAY_MS;
    const { keeper, clock, platform } = await createLoggedIn({ refreshExpiresAt });
    clock.now += TWO_HOURS_MS;
    const tokens = { accessToken: 'fake-access-x', expiresAt: clock.now + TWO_HOURS_MS };
    platform.faults = [{ kind: 'refreshed', ...tokens }];
    expect(tokenIn(await keeper.usable())).toBe('fake-access-x');
    expect(await keeper.status()).toMatchObject({
      login: { hasRefreshToken: true, refreshExpiresAt, scopes: ['dm.read', 'offline.access'] },
    });
    clock.now += TWO_HOURS_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('with a refresh token replaces the old one and its end', async () => {
    const { keeper, clock } = await createLoggedIn({
      refreshExpiresAt: START + 60 * DAY_MS,
      scopes: ['users.read'],
    });
    clock.now += TWO_HOURS_MS;
    await keeper.usable();
    expect(await keeper.status()).toMatchObject({
      login: { refreshExpiresAt: null, scopes: ['dm.read', 'offline.access'] },
    });
  });
});

describe('what a platform answers to a refresh', () => {
  const failed = { ok: false, detail: 'KOE006', mayHaveActed: false } as const;
  const secrets = 'TWITTER_CLIENT_SECRET';

  test.each([
    ['invalid-grant', { kind: 'invalid-grant' }],
    ['invalid-client', { kind: 'misconfigured', reason: `${secrets}: KOE006` }],
    ['configuration', { kind: 'misconfigured', reason: 'KOE006' }],
    ['invalid', { kind: 'misconfigured', reason: 'KOE006' }],
    ['rate-limited', { kind: 'unavailable' }],
    ['unavailable', { kind: 'unavailable' }],
  ] as const)('by %s says whose fault it is', (reason, outcome) => {
    expect(refreshOutcome({ ...failed, reason }, secrets)).toEqual(outcome);
  });

  test('keeps the wait it asks for, and whether it may have renewed the token all the same', () => {
    const asked = { ...failed, retryAfterMs: 30_000, mayHaveActed: true };
    expect(refreshOutcome({ ...asked, reason: 'unavailable' }, secrets)).toEqual({
      kind: 'lost',
      retryAfterMs: 30_000,
    });
    expect(refreshOutcome({ ...asked, reason: 'rate-limited' }, secrets)).toEqual({
      kind: 'unavailable',
      retryAfterMs: 30_000,
    });
  });

  test('leaves the scopes as they were where it names none', () => {
    const tokens = { accessToken: 'fake', expiresAt: START };
    const named = { ok: true, value: { ...tokens, scopes: ['dm.read'] } } as const;
    const silent = { ok: true, value: { ...tokens, scopes: [] } } as const;
    expect(refreshOutcome(named, secrets)).toEqual({
      kind: 'refreshed',
      ...tokens,
      scopes: ['dm.read'],
    });
    expect(refreshOutcome(silent, secrets)).toEqual({ kind: 'refreshed', ...tokens });
  });
});
