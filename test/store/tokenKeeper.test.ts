import { describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/time.ts';
import type { Usable } from '../../src/store/tokenKeeper.ts';
import {
  ACCOUNT,
  createLoggedIn,
  createWorld,
  PAIR,
  PROFILE,
  START,
  TWO_HOURS_MS,
  tokenIn,
} from './keeperWorld.ts';

const FIFTY = Array.from({ length: 50 });

describe('a token', () => {
  test('is unknown before anybody logged in', async () => {
    const keeper = await createWorld().newKeeper();
    expect(await keeper.usable()).toEqual({ kind: 'unknown' });
    expect(await keeper.reportRefused('fake-access-1')).toEqual({ kind: 'unknown' });
  });

  test('of OAuth 1.0a is good for ever', async () => {
    const { newKeeper, clock } = createWorld();
    const keeper = await newKeeper();
    await keeper.store({ kind: 'oauth1', ...PAIR }, PROFILE);
    clock.now += 3650 * DAY_MS;
    const ready = { kind: 'ready', credential: { kind: 'oauth1', ...PAIR } };
    expect(await keeper.usable()).toEqual(ready);
    expect(await keeper.reportRefused(PAIR.token)).toEqual(ready);
  });

  test('is handed out without what renews it', async () => {
    const { keeper } = await createLoggedIn({ oauth1: PAIR });
    expect(await keeper.usable()).toEqual({
      kind: 'ready',
      credential: {
        kind: 'oauth2',
        accessToken: 'fake-access-1',
        expiresAt: START + TWO_HOURS_MS,
        scopes: ['dm.read', 'offline.access'],
      },
    });
  });

  test.each([
    ['five minutes and a millisecond before its end is used', 5 * MINUTE_MS + 1, 0],
    ['five minutes before its end is renewed', 5 * MINUTE_MS, 1],
    ['after its end is renewed', -DAY_MS, 1],
  ])('%s', async (_name, leftMs, refreshes) => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS - leftMs;
    expect(platform.isGood(tokenIn(await keeper.usable()))).toBe(true);
    expect(platform.refreshes).toBe(refreshes);
  });

  test('is renewed again and again, each time with the refresh token of the time before', async () => {
    const { keeper, clock } = await createLoggedIn();
    for (let refresh = 2; refresh <= 20; refresh++) {
      clock.now += TWO_HOURS_MS;
      expect(tokenIn(await keeper.usable())).toBe(`fake-access-${refresh}`);
    }
  });

  test('that nothing can renew is used to its end, then the person logs in again', async () => {
    const { newKeeper, clock, platform } = createWorld();
    const keeper = await newKeeper();
    const { refreshToken: _refreshToken, ...login } = platform.login();
    await keeper.store(login, PROFILE);
    clock.now += TWO_HOURS_MS - 1;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    clock.now += 1;
    expect(await keeper.usable()).toMatchObject({ kind: 'log-in-again', reason: 'expired' });
    expect(platform.refreshes).toBe(0);
  });
});

describe('fifty callers at once', () => {
  test('cause one refresh and get the same token', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    const answers = await Promise.all(FIFTY.map(() => keeper.usable()));
    expect(new Set(answers.map(tokenIn))).toEqual(new Set(['fake-access-2']));
    expect(platform.refreshes).toBe(1);
  });

  test('ask a platform that is down once, and again only after its own waiting time', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    platform.faults = [{ kind: 'unavailable', retryAfterMs: 90_000 }];
    const answers = await Promise.all(FIFTY.map(() => keeper.usable()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({
      kind: 'unavailable',
      reason: 'platform',
      detail: null,
      retryAfterMs: 90_000,
    });
    clock.now += 89_999;
    expect(await keeper.usable()).toMatchObject({ kind: 'unavailable', retryAfterMs: 1 });
    expect(platform.refreshes).toBe(1);
    clock.now += 1;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('with a refused token cause one refresh', async () => {
    const { keeper, platform } = await createLoggedIn();
    const refusals = FIFTY.map(() => keeper.reportRefused('fake-access-1'));
    expect(new Set((await Promise.all(refusals)).map(tokenIn))).toEqual(new Set(['fake-access-2']));
    expect(platform.refreshes).toBe(1);
  });

  test('bring the news of a taken back permission once', async () => {
    const { keeper, newKeeper, clock, platform } = await createLoggedIn({ oauth1: PAIR });
    platform.revoke();
    clock.now += TWO_HOURS_MS;
    const since = clock.now;
    const told = { kind: 'log-in-again', reason: 'refused', since } as const;
    const [first, ...others] = await Promise.all(FIFTY.map(() => keeper.usable()));
    expect(first).toEqual({ ...told, isNews: true });
    expect(others).toEqual(others.map(() => ({ ...told, isNews: false })));
    clock.now += DAY_MS;
    expect(await (await newKeeper()).usable()).toEqual({ ...told, isNews: false });
    expect(platform).toMatchObject({ refreshes: 1, exchanges: 1 });
  });
});

describe('a 401', () => {
  test('on a token of before changes nothing', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    await keeper.usable();
    expect(tokenIn(await keeper.reportRefused('fake-access-1'))).toBe('fake-access-2');
    expect(platform.refreshes).toBe(1);
  });

  test('on the current token keeps it from being used, however long it was to last', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    platform.faults = [{ kind: 'unavailable' }];
    expect((await keeper.reportRefused('fake-access-1')).kind).toBe('unavailable');
    expect((await keeper.usable()).kind).toBe('unavailable');
    clock.now += MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('while a failed refresh is paused for is not forgotten', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS - 4 * MINUTE_MS;
    platform.faults = [{ kind: 'unavailable' }];
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    expect((await keeper.reportRefused('fake-access-1')).kind).toBe('unavailable');
    expect((await keeper.usable()).kind).toBe('unavailable');
    expect(platform.refreshes).toBe(1);
  });

  test('of a person who took the permission back ends in logging in again', async () => {
    const { keeper, platform } = await createLoggedIn();
    platform.revoke();
    expect(await keeper.reportRefused('fake-access-1')).toMatchObject({
      kind: 'log-in-again',
      reason: 'refused',
      isNews: true,
    });
  });
});

describe('a clock', () => {
  test('that was set back ten minutes ends in one refresh when the platform says no', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS - 10 * MINUTE_MS;
    const old = tokenIn(await keeper.usable());
    expect(old).toBe('fake-access-1');
    expect(tokenIn(await keeper.reportRefused(old))).toBe('fake-access-2');
    expect(platform.refreshes).toBe(1);
  });

  test('that is ten minutes ahead renews early, and nothing else', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS - 5 * MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    clock.now -= 10 * MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(platform.refreshes).toBe(1);
  });

  test('that says the refresh token is over does not decide: the platform is asked', async () => {
    const { keeper, clock } = await createLoggedIn({ refreshExpiresAt: START + TWO_HOURS_MS });
    clock.now += TWO_HOURS_MS + 10 * MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });

  test('that is set back ten minutes ends a pause instead of making it longer', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS + 10 * MINUTE_MS;
    platform.faults = [{ kind: 'unavailable' }];
    expect((await keeper.usable()).kind).toBe('unavailable');
    clock.now -= 10 * MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
  });
});

describe('a login', () => {
  test('by OAuth 2.0 keeps the OAuth 1.0a token of the login before', async () => {
    const { newKeeper, platform } = createWorld();
    const keeper = await newKeeper();
    await keeper.store({ kind: 'oauth1', ...PAIR }, PROFILE);
    await keeper.store(platform.login(), PROFILE);
    await keeper.store(platform.login(), PROFILE);
    expect(await keeper.status()).toMatchObject({
      login: { kind: 'oauth2', hasOAuth1Token: true },
    });
  });

  test('by OAuth 1.0a takes the place of OAuth 2.0', async () => {
    const { keeper } = await createLoggedIn();
    await keeper.store({ kind: 'oauth1', ...PAIR }, PROFILE);
    expect(await keeper.usable()).toMatchObject({ credential: { kind: 'oauth1' } });
  });

  test('during a refresh has the last word', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    const login = { ...platform.login(), accessToken: 'fake-access-login' };
    const [during] = await Promise.all([keeper.usable(), keeper.store(login, PROFILE)]);
    expect(during.kind).not.toBe('unknown');
    expect(tokenIn(await keeper.usable())).toBe('fake-access-login');
  });
});

describe('a forgotten account', () => {
  test('is nowhere any more, even when it is forgotten during a refresh', async () => {
    const { keeper, clock, storage, copies } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    const [, forgotten] = await Promise.all([keeper.usable(), keeper.forget()]);
    expect(forgotten).toEqual({ ok: true, value: null });
    expect(await keeper.usable()).toEqual({ kind: 'unknown' });
    expect(await keeper.status()).toEqual({ kind: 'unknown' });
    expect(storage.content.size + copies.content.size).toBe(0);
  });

  test('whose copy could not be deleted gives no token, and is asked to be forgotten again', async () => {
    const { keeper, copies } = await createLoggedIn();
    copies.isDown = true;
    expect(await keeper.forget()).toEqual({ ok: false, reason: 'copy-left' });
    expect(await keeper.usable()).toEqual({ kind: 'unknown' });
    copies.isDown = false;
    expect(await keeper.forget()).toEqual({ ok: true, value: null });
    expect(copies.content.has(ACCOUNT)).toBe(false);
  });
});

describe('the status', () => {
  test('tells how everything is, and no token', async () => {
    const { keeper, clock, platform } = await createLoggedIn({ oauth1: PAIR });
    clock.now += TWO_HOURS_MS;
    platform.faults = ['request-lost', { kind: 'misconfigured', reason: 'client' }];
    await keeper.usable();
    const status = await keeper.status();
    expect(status).toEqual({
      kind: 'known',
      keyId: '802e1897',
      login: {
        kind: 'oauth2',
        username: 'soshik',
        scopes: ['dm.read', 'offline.access'],
        expiresAt: START + TWO_HOURS_MS,
        hasRefreshToken: true,
        refreshExpiresAt: null,
        hasOAuth1Token: true,
      },
      loggedInAt: START,
      renewedAt: START,
      copyDueAt: null,
      isRefused: false,
      unansweredAt: clock.now,
      pause: {
        from: clock.now,
        until: clock.now + MINUTE_MS,
        reason: 'misconfigured',
        detail: 'client',
      },
      loginAgain: null,
    });
    expect(JSON.stringify(status)).not.toContain('fake');
  });

  test('does not use up the news', async () => {
    const { keeper, clock, platform } = await createLoggedIn();
    platform.revoke();
    clock.now += TWO_HOURS_MS;
    await keeper.status();
    const news = (await keeper.usable()) satisfies Usable;
    expect(news).toMatchObject({ kind: 'log-in-again', isNews: true });
    expect(await keeper.status()).toMatchObject({
      loginAgain: { reason: 'refused', since: clock.now },
    });
  });
});
