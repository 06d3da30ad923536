import { describe, expect, test } from 'vitest';
import type { Usable } from '../../src/store/tokenKeeper.ts';
import type { OAuth1Pair, OAuth2Credential } from '../../src/store/tokenKeys.ts';
import { ACCOUNT, createLoggedIn, PAIR, TWO_HOURS_MS, tokenIn } from './keeperWorld.ts';

/**
 * A renewal that dies at its `point`th step, counted before and after each call to storage, KV and
 * the platform: what was called has happened or not, and nothing after it ever does.
 */
async function crashAt(point: number, extra: Partial<OAuth2Credential>, isRevoked = false) {
  const world = await createLoggedIn(extra);
  const { storage, copies, platform, clock, newKeeper } = world;
  const end = Promise.withResolvers<'crashed'>();
  let step = 0;
  const mayCrash = async () => {
    step += 1;
    if (step < point) return;
    end.resolve('crashed');
    await new Promise<never>(() => undefined);
  };
  const mortal =
    <Parameters extends unknown[], Value>(call: (...parameters: Parameters) => Promise<Value>) =>
    async (...parameters: Parameters): Promise<Value> => {
      await mayCrash();
      const value = await call(...parameters);
      await mayCrash();
      return value;
    };
  const dying = await newKeeper({
    storage: {
      get: mortal((key: string) => storage.get(key)),
      put: mortal((key: string, value: unknown) => storage.put(key, value)),
      delete: mortal((key: string) => storage.delete(key)),
    },
    copies: {
      get: mortal((key: string) => copies.get(key)),
      put: mortal((key: string, value: string) => copies.put(key, value)),
      delete: mortal((key: string) => copies.delete(key)),
    },
    refreshers: {
      oauth2: mortal((token: string) => platform.refreshers.oauth2(token)),
      exchange: mortal((pair: OAuth1Pair) => platform.refreshers.exchange(pair)),
    },
  });
  if (isRevoked) platform.revoke();
  clock.now += TWO_HOURS_MS;
  const first: Usable | 'crashed' = await Promise.race([dying.usable(), end.promise]);
  return { ...world, first, keeper: await newKeeper() };
}

/** The points at which a renewal can die, by letting one live. */
async function pointsOf(extra: Partial<OAuth2Credential>, isRevoked = false): Promise<number[]> {
  const points: number[] = [];
  for (let point = 1; ; point++) {
    const { first } = await crashAt(point, extra, isRevoked);
    if (first !== 'crashed') return points;
    points.push(point);
  }
}

const points = await pointsOf({});
const revokedPoints = await pointsOf({ oauth1: PAIR }, true);

test('a renewal has steps at which it can die', () => {
  expect(points.length).toBeGreaterThanOrEqual(12);
  expect(revokedPoints.length).toBeGreaterThanOrEqual(12);
});

describe('after a crash at step', () => {
  test.each(points)(
    '%i of a refresh there is a good token, or the person is asked',
    async (point) => {
      const { keeper, platform } = await crashAt(point, {});
      const next = await keeper.usable();
      if (next.kind === 'ready') expect(platform.isGood(tokenIn(next))).toBe(true);
      else expect(next).toMatchObject({ reason: 'answer-lost', isNews: true });
    },
  );

  test.each(points)('%i of a refresh an OAuth 1.0a token mends everything', async (point) => {
    const { keeper, platform, storage, copies, clock } = await crashAt(point, { oauth1: PAIR });
    expect(platform.isGood(tokenIn(await keeper.usable()))).toBe(true);
    expect([...storage.content.values()]).toMatchObject([{ sealed: copies.content.get(ACCOUNT) }]);
    clock.now += TWO_HOURS_MS;
    expect(platform.isGood(tokenIn(await keeper.usable()))).toBe(true);
  });

  test.each(revokedPoints)('%i with the permission taken back, it is said', async (point) => {
    const { keeper } = await crashAt(point, { oauth1: PAIR }, true);
    expect((await keeper.usable()).kind).toBe('log-in-again');
    expect(await keeper.usable()).toMatchObject({ kind: 'log-in-again', isNews: false });
    expect(await keeper.status()).toMatchObject({ loginAgain: { reason: expect.any(String) } });
  });
});
