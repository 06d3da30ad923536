import { reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { keyIdOf } from '../../src/store/sealed.ts';
import { loadRecord } from '../../src/store/tokenEntries.ts';
import {
  ACCOUNT,
  createLoggedIn,
  createStorage,
  createWorld,
  type KeeperWorld,
  PAIR,
  PROFILE,
  START,
  TWO_HOURS_MS,
  tokenIn,
} from './keeperWorld.ts';
import { bitFlips, fakeKey } from './keys.ts';

beforeEach(reset);

/** What the first release stored for a login by OAuth 2.0 at {@link START}. */
const FIRST_SEALED = [
  'v1.802e1897.LEoY-ekkLHTctGT_.18wT_ytgs9K9uvb4D15xYO0r7c1PZbou3NuSJIK3qcCki1O',
  'hX_nNjuASPN7C2CkMzk4Sj7IJKvKi9ef6NO7HIdXOZMD0-1FghQWAoJdP4SIyDae76qaPHVJfSUj',
  'b1V0o-ARstOU5EjSdAzmlLjfwT1obsAURvBGLSIDPuVIgmfba48STrPE-SB80QAegw_pnP3BBk5g',
  'eSNy74Dql3vsTEr59-wF6Np0hNW-bdvjdyoKNZqYCpAmTyD12RzEJzGsHKafrJpmUkr1pc67Ucdj',
  'ArGBteEpvRbcQ1ZM6FXiNgR5Uqj1VLa8uoLwwKhaAIUReGULggzr9b39Cijztc5SRATRpKcRHyGS',
  'myz6op2upskz_yqTWWZujwkZdxzulPE8jbPlgWlNxhs0edHVS',
].join('');
const FIRST_RECORD = {
  sealed: FIRST_SEALED,
  loggedInAt: START,
  renewedAt: START,
  copyDueAt: null,
  isRefused: false,
  unansweredAt: null,
  pause: null,
  loginAgain: null,
};

const unreadable = { kind: 'log-in-again', reason: 'unreadable' };

/** The sealed entry in the keeper's own storage. */
async function sealedIn({ storage, copies, clock }: KeeperWorld): Promise<string> {
  const runtime = { now: () => clock.now };
  const record = await loadRecord({ account: ACCOUNT, storage, copies, runtime });
  if (!record) throw new Error('nothing is stored');
  return record.sealed;
}

/** Storage that holds what another one holds, with the entry replaced. */
function withSealed({ storage }: KeeperWorld, sealed: string) {
  const changed = createStorage();
  for (const [key, value] of storage.content) {
    changed.content.set(key, { ...Object(value), sealed });
  }
  return changed;
}

describe('a dump', () => {
  test('of KV and of the own storage shows no token, in no encoding', async () => {
    const { newKeeper, platform, storage, clock } = await createLoggedIn();
    const keeper = await newKeeper({ copies: env.TOKENS });
    await keeper.store({ ...platform.login(), oauth1: PAIR }, PROFILE);
    clock.now += TWO_HOURS_MS;
    await keeper.usable();
    const { keys } = await env.TOKENS.list();
    const values = await Promise.all(keys.map(({ name }) => env.TOKENS.get(name)));
    expect(keys).toEqual([{ name: ACCOUNT }]);
    expect(values[0]).toMatch(/^v1\./);
    const dump = JSON.stringify([keys, values, [...storage.content]]);
    const secrets = [PAIR.token, PAIR.tokenSecret, PROFILE.username, 'fake-access', 'fake-refresh'];
    for (const secret of secrets) {
      expect(dump).not.toContain(secret);
      // Without the characters whose encoding depends on their neighbours.
      expect(dump).not.toContain(btoa(secret).replaceAll('=', '').slice(0, -1));
    }
  });
});

describe('an entry in the own storage', () => {
  test('with any bit flipped gives no token', async () => {
    const world = await createLoggedIn();
    const flips = bitFlips(await sealedIn(world));
    const answers = await Promise.all(
      flips.map(async (sealed) => {
        const keeper = await world.newKeeper({ storage: withSealed(world, sealed) });
        return (await keeper.usable()).kind;
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['log-in-again']));
    expect(answers.length).toBeGreaterThan(1000);
  });

  test('of another account gives no token', async () => {
    const { newKeeper, storage } = await createLoggedIn();
    const keeper = await newKeeper({ account: 'twitter:43', storage });
    expect(await keeper.usable()).toMatchObject({ ...unreadable, isNews: true });
    expect(await keeper.usable()).toMatchObject({ ...unreadable, isNews: false });
  });

  test('of the first release is read still', async () => {
    const { newKeeper, storage } = createWorld();
    storage.content.set('account', FIRST_RECORD);
    const keeper = await newKeeper();
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    expect(await keeper.status()).toMatchObject({
      login: { username: 'soshik', hasRefreshToken: true, hasOAuth1Token: true },
    });
  });

  test('of another shape is an error, not a token', async () => {
    const { keeper, storage } = await createLoggedIn();
    for (const key of storage.content.keys()) storage.content.set(key, { sealed: 1 });
    await expect(keeper.usable()).rejects.toThrow('Invalid');
  });
});

describe('an entry in KV', () => {
  test('of another account is not taken, however new it is', async () => {
    const { keeper, newKeeper, copies, platform, clock } = await createLoggedIn();
    clock.now += TWO_HOURS_MS;
    const storage = createStorage();
    const other = await newKeeper({ account: 'twitter:43', storage });
    await other.store({ ...platform.login(), accessToken: 'fake-access-of-43' }, PROFILE);
    copies.content.set(ACCOUNT, copies.content.get('twitter:43') ?? '');
    expect(await keeper.usable()).toMatchObject({ kind: 'log-in-again', reason: 'refused' });
  });

  test('that is older than the own one is not taken', async () => {
    const { keeper, copies, platform, clock } = await createLoggedIn();
    const stale = copies.content.get(ACCOUNT) ?? '';
    clock.now += TWO_HOURS_MS;
    await keeper.usable();
    copies.content.set(ACCOUNT, stale);
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    platform.revoke();
    clock.now += TWO_HOURS_MS;
    expect((await keeper.usable()).kind).toBe('log-in-again');
    // One of the two was the good one of before: the stale refresh token was never tried.
    expect(platform.refreshes).toBe(2);
  });

  test('alone is not an account: what was forgotten does not come back', async () => {
    const { newKeeper } = await createLoggedIn();
    const keeper = await newKeeper({ storage: createStorage() });
    expect(await keeper.usable()).toEqual({ kind: 'unknown' });
  });

  test('is the same as the own one after each change', async () => {
    const world = await createLoggedIn();
    expect(world.copies.content.get(ACCOUNT)).toBe(await sealedIn(world));
    world.clock.now += TWO_HOURS_MS;
    await world.keeper.usable();
    expect(world.copies.content.get(ACCOUNT)).toBe(await sealedIn(world));
  });
});

describe('KV that is down', () => {
  test('costs no token, and is brought up to date when it is back, after a minute', async () => {
    const world = await createLoggedIn();
    const { keeper, copies, clock, platform } = world;
    copies.isDown = true;
    clock.now += TWO_HOURS_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    copies.isDown = false;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(copies.content.get(ACCOUNT)).not.toBe(await sealedIn(world));
    clock.now += MINUTE_MS;
    expect(tokenIn(await keeper.usable())).toBe('fake-access-2');
    expect(copies.content.get(ACCOUNT)).toBe(await sealedIn(world));
    expect(platform.refreshes).toBe(1);
  });

  test('does not stop what a refused refresh token leads to', async () => {
    const { keeper, copies, clock, platform } = await createLoggedIn({ oauth1: PAIR });
    copies.isDown = true;
    clock.now += TWO_HOURS_MS;
    platform.faults = ['answer-lost'];
    expect(tokenIn(await keeper.usable())).toBe('fake-access-3');
  });
});

describe('a new TOKEN_KEY', () => {
  const both = `${fakeKey(2)},${fakeKey(1)}`;

  test('in front of the old one seals the entry anew at its next use', async () => {
    const world = await createLoggedIn();
    const oldId = keyIdOf(await sealedIn(world));
    const keeper = await world.newKeeper({ tokenKey: both });
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    expect(keyIdOf(await sealedIn(world))).not.toBe(oldId);
    expect(world.copies.content.get(ACCOUNT)).toBe(await sealedIn(world));
    const later = await world.newKeeper({ tokenKey: fakeKey(2) });
    expect(tokenIn(await later.usable())).toBe('fake-access-1');
    expect(world.platform.refreshes).toBe(0);
  });

  test('without the old one says so once, and all is well when the old one is back', async () => {
    const { newKeeper } = await createLoggedIn();
    const without = await newKeeper({ tokenKey: fakeKey(2) });
    expect(await without.usable()).toEqual({ ...unreadable, since: START, isNews: true });
    expect(await without.usable()).toEqual({ ...unreadable, since: START, isNews: false });
    expect(await without.status()).toMatchObject({ login: null, loginAgain: { since: START } });
    const keeper = await newKeeper({ tokenKey: both });
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    expect(await keeper.status()).toMatchObject({ loginAgain: null });
  });

  test('that is taken back leaves everything as it was', async () => {
    const { newKeeper } = await createLoggedIn();
    await (await newKeeper({ tokenKey: fakeKey(2) })).usable();
    const keeper = await newKeeper();
    expect(tokenIn(await keeper.usable())).toBe('fake-access-1');
    expect(await keeper.status()).toMatchObject({ keyId: '802e1897', loginAgain: null });
  });

  test('that is no key stores nothing and marks nothing', async () => {
    const { newKeeper, platform } = await createLoggedIn();
    const keeper = await newKeeper({ tokenKey: 'short' });
    expect(await keeper.usable()).toMatchObject({ kind: 'unavailable', reason: 'token-key' });
    expect(await keeper.store(platform.login(), PROFILE)).toEqual({
      ok: false,
      reason: 'token-key',
    });
    expect(tokenIn(await (await newKeeper()).usable())).toBe('fake-access-1');
  });
});
