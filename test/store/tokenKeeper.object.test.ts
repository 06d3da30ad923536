import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { createTokenKeeperClass } from '../../src/index.ts';
import type { Runtime } from '../../src/lib/runtime.ts';
import type { TokenKeeperCalls } from '../../src/store/tokenKeeper.ts';
import { PAIR, PROFILE, START, TWO_HOURS_MS, tokenIn } from './keeperWorld.ts';
import { fakeKey, systemRandom } from './keys.ts';

const API_URL = 'https://api.x.example';
const LOGIN = {
  kind: 'oauth2',
  accessToken: 'fake-access-1',
  refreshToken: 'fake-refresh-1',
  expiresAt: START + TWO_HOURS_MS,
  scopes: ['dm.read'],
} as const;

/** What X is asked for tokens with. */
interface Asked {
  readonly url: string;
  readonly authorization: string | null;
  readonly form: Readonly<Record<string, unknown>>;
}

/** The object of one account: the real runtime's, on a clock and a network of the test's own. */
function objectOf(
  name: string,
  answer: (asked: Asked) => Response,
  secrets: Readonly<Record<string, string>> = {},
) {
  const stub = env.TOKEN_KEEPER.getByName(name);
  const clock = { now: START };
  const asked: Asked[] = [];
  const runtime: Runtime = {
    ...systemRandom,
    now: () => clock.now,
    async fetch(request) {
      const call = {
        url: request.url,
        authorization: request.headers.get('authorization'),
        form: Object.fromEntries(await request.formData()),
      };
      asked.push(call);
      return answer(call);
    },
  };
  const settings = {
    ...env,
    TOKEN_KEY: fakeKey(1),
    TWITTER_CLIENT_ID: 'fake-client-id',
    TWITTER_CLIENT_SECRET: 'fake-client-secret',
    TWITTER_API_URL: API_URL,
    ...secrets,
  };
  const Keeper = createTokenKeeperClass(runtime);
  return {
    clock,
    asked,
    /** Works with the object, which is then evicted: only what it stored is left of it. */
    async run<Value>(
      work: (keeper: TokenKeeperCalls, storage: DurableObjectStorage) => Promise<Value>,
    ) {
      const value = await runInDurableObject(stub, (_object, state) =>
        work(new Keeper(state, settings), state.storage),
      );
      await evictDurableObject(stub);
      return value;
    },
  };
}

/** X's answer with the tokens of that number. */
function tokens(number: number): Response {
  return Response.json({
    token_type: 'bearer',
    expires_in: 7200,
    access_token: `fake-access-${number}`,
    refresh_token: `fake-refresh-${number}`,
    scope: 'dm.read',
  });
}

const invalidGrant = () => Response.json({ error: 'invalid_grant' }, { status: 400 });

describe('the object', () => {
  test('refreshes once for fifty callers, as the client, and tells all of them', async () => {
    const object = objectOf('twitter:1', () => tokens(2));
    const answers = await object.run(async (keeper) => {
      await keeper.store(LOGIN, PROFILE);
      object.clock.now += TWO_HOURS_MS;
      return await Promise.all(Array.from({ length: 50 }, () => keeper.usable()));
    });
    expect(new Set(answers.map(tokenIn))).toEqual(new Set(['fake-access-2']));
    expect(object.asked).toEqual([
      {
        url: `${API_URL}/2/oauth2/token`,
        authorization: `Basic ${btoa('fake-client-id:fake-client-secret')}`,
        form: { grant_type: 'refresh_token', refresh_token: 'fake-refresh-1' },
      },
    ]);
  });

  test('keeps its account when it is evicted', async () => {
    const object = objectOf('twitter:2', () => tokens(2));
    await object.run((keeper) => keeper.store(LOGIN, PROFILE));
    expect(tokenIn(await object.run((keeper) => keeper.usable()))).toBe('fake-access-1');
    object.clock.now += TWO_HOURS_MS;
    expect(tokenIn(await object.run((keeper) => keeper.usable()))).toBe('fake-access-2');
    expect(tokenIn(await object.run((keeper) => keeper.usable()))).toBe('fake-access-2');
    expect(object.asked).toHaveLength(1);
  });

  test('stores no token that can be read, here or in KV', async () => {
    const object = objectOf('twitter:3', () => tokens(2));
    const stored = await object.run(async (keeper, storage) => {
      await keeper.store({ ...LOGIN, oauth1: PAIR }, PROFILE);
      return [...(await storage.list())];
    });
    expect(stored).toHaveLength(1);
    const copy = await env.TOKENS.get('twitter:3');
    expect(JSON.stringify(stored)).toContain(copy);
    expect(JSON.stringify([stored, copy])).not.toContain('fake-');
  });

  test('refuses the entry of another object', async () => {
    const first = objectOf('twitter:4', () => tokens(2));
    const second = objectOf('twitter:5', () => tokens(2));
    const stored = await first.run(async (keeper, storage) => {
      await keeper.store(LOGIN, PROFILE);
      return await storage.list();
    });
    const answer = await second.run(async (keeper, storage) => {
      for (const [key, value] of stored) await storage.put(key, value);
      return await keeper.usable();
    });
    expect(answer).toMatchObject({ kind: 'log-in-again', reason: 'unreadable' });
  });

  test('gets new tokens by the OAuth 1.0a token when the answer was lost', async () => {
    const object = objectOf('twitter:6', ({ form }) => {
      if (form['grant_type'] !== 'refresh_token') return tokens(3);
      if (object.asked.length > 1) return invalidGrant();
      throw new Error('connection reset');
    });
    const answer = await object.run(async (keeper) => {
      await keeper.store({ ...LOGIN, oauth1: PAIR }, PROFILE);
      object.clock.now += TWO_HOURS_MS;
      return await keeper.usable();
    });
    expect(tokenIn(answer)).toBe('fake-access-3');
    expect(object.asked).toHaveLength(3);
    expect(object.asked[2]?.form).toMatchObject({
      subject_token: PAIR.token,
      oauth_token_secret: PAIR.tokenSecret,
    });
  });

  test('leaves the scopes as they were when X names none', async () => {
    const object = objectOf('twitter:7', () =>
      Response.json({ access_token: 'fake-access-2', expires_in: 7200 }),
    );
    const status = await object.run(async (keeper) => {
      await keeper.store(LOGIN, PROFILE);
      object.clock.now += TWO_HOURS_MS;
      await keeper.usable();
      return await keeper.status();
    });
    expect(status).toMatchObject({ login: { scopes: ['dm.read'], hasRefreshToken: true } });
  });

  test.each([
    ['refuses the refresh token', () => invalidGrant(), 1, { kind: 'log-in-again', isNews: true }],
    [
      'does not know the client',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      1,
      { kind: 'unavailable', reason: 'misconfigured' },
    ],
    [
      'does not understand the call',
      () => Response.json({ error: 'invalid_scope' }, { status: 400 }),
      1,
      { kind: 'unavailable', reason: 'misconfigured' },
    ],
    [
      'asks for patience',
      () => new Response(null, { status: 429, headers: { 'retry-after': '120' } }),
      1,
      { kind: 'unavailable', reason: 'platform', retryAfterMs: 120_000 },
    ],
    [
      'breaks down',
      () => new Response(null, { status: 500 }),
      2,
      { kind: 'unavailable', reason: 'platform', retryAfterMs: 60_000 },
    ],
    [
      'breaks down and asks for patience',
      () => new Response(null, { status: 503, headers: { 'retry-after': '30' } }),
      1,
      { kind: 'unavailable', reason: 'platform', retryAfterMs: 30_000 },
    ],
    [
      'answers what nobody can read',
      () => new Response('<html>'),
      2,
      { kind: 'unavailable', reason: 'platform' },
    ],
  ] as const)('says what to do when X %s', async (name, answer, asked, expected) => {
    const object = objectOf(`twitter:8:${name}`, answer);
    const got = await object.run(async (keeper) => {
      await keeper.store(LOGIN, PROFILE);
      object.clock.now += TWO_HOURS_MS;
      return await keeper.usable();
    });
    expect(got).toMatchObject(expected);
    expect(object.asked).toHaveLength(asked);
  });

  test('without a client id says which secret is missing, and asks nobody', async () => {
    const object = objectOf('twitter:9', () => tokens(2), { TWITTER_CLIENT_ID: '' });
    const answer = await object.run(async (keeper) => {
      await keeper.store(LOGIN, PROFILE);
      object.clock.now += TWO_HOURS_MS;
      return await keeper.usable();
    });
    expect(answer).toMatchObject({
      reason: 'misconfigured',
      detail: 'TWITTER_CLIENT_ID is not set',
    });
    expect(object.asked).toHaveLength(0);
  });
});

describe('the deployed class', () => {
  test('answers over RPC, and without TOKEN_KEY stores nothing', async () => {
    const stub = env.TOKEN_KEEPER.getByName('twitter:10');
    expect(await stub.usable()).toEqual({ kind: 'unknown' });
    expect(await stub.reportRefused('fake-access-1')).toEqual({ kind: 'unknown' });
    expect(await stub.store(LOGIN, PROFILE)).toEqual({ ok: false, reason: 'token-key' });
    expect(await stub.status()).toEqual({ kind: 'unknown' });
    expect(await stub.forget()).toEqual({ ok: true, value: null });
  });
});
