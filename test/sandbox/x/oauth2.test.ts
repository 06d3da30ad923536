import { describe, expect, test } from 'vitest';
import { createPng } from '../png.ts';
import { createWorld, sandboxAppBearer, sandboxSecrets, type World } from '../world.ts';
import { call, type Told, uploadForm } from './client.ts';
import { backWith, basicCall, press, tokenCall } from './login-client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const hour = 3_600_000;
const callback = 'https://soshik.example/login/twitter/callback';
const second = '1700000000000000009';
const hana = '1700000000000000101';
const png = await createPng(4, 3, () => [200, 30, 40]);
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const everything =
  'tweet.read tweet.write users.read dm.read dm.write media.write like.read follows.read offline.access';

const asking = {
  response_type: 'code',
  client_id: sandboxSecrets.TWITTER_CLIENT_ID,
  redirect_uri: callback,
  scope: everything,
  state: 'state-of-the-browser',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

function worldWithApp(): World {
  const world = createWorld({ startAt });
  world.x.app.callbacks.push(callback);
  return world;
}

const pageUrl = (changes: Readonly<Record<string, string>> = {}) =>
  `https://x.com/i/oauth2/authorize?${String(new URLSearchParams({ ...asking, ...changes }))}`;

async function codeOf(world: World, userId: string, changes = {}): Promise<string> {
  const back = backWith(await press(world, pageUrl(changes), { allow: userId }));
  return back.get('code') ?? '';
}

const codeFields = (code: string) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: callback,
  code_verifier: verifier,
});

interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

function pairIn(told: Told): Pair {
  const fields: unknown = told.json;
  const text = (name: string) =>
    typeof fields === 'object' && fields !== null && name in fields
      ? String(Object.entries(fields).find(([key]) => key === name)?.[1])
      : '';
  return { access_token: text('access_token'), refresh_token: text('refresh_token') };
}

async function logIn(world: World, userId: string, changes = {}): Promise<Pair> {
  return pairIn(await tokenCall(world, codeFields(await codeOf(world, userId, changes))));
}

const refresh = async (world: World, token: string) =>
  await tokenCall(world, { grant_type: 'refresh_token', refresh_token: token });

const meStatus = async (world: World, bearer: string) =>
  (await call(world, 'GET', '/2/users/me', { bearer })).status;

describe('code with PKCE', () => {
  test('a second account logs in and acts as itself for two hours', async () => {
    const world = worldWithApp();
    const back = backWith(await press(world, pageUrl(), { allow: second }));
    expect(back.get('state')).toBe('state-of-the-browser');
    const told = await tokenCall(world, codeFields(back.get('code') ?? ''));
    expect(told.json).toEqual({
      token_type: 'bearer',
      expires_in: 7200,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      scope: everything,
    });
    const bearer = pairIn(told).access_token;
    const me = await call(world, 'GET', '/2/users/me', { bearer });
    expect(me.json).toMatchObject({ data: { id: second, username: 'second_bot' } });
    world.clock.advance(2 * hour - 1);
    expect(await meStatus(world, bearer)).toBe(200);
    world.clock.advance(1);
    const expired = await call(world, 'GET', '/2/users/me', { bearer });
    expect([expired.status, expired.json]).toEqual([
      401,
      { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
    ]);
  });

  test('cancel goes back with an error and the state', async () => {
    const world = worldWithApp();
    const back = backWith(await press(world, pageUrl(), 'cancel'));
    expect(Object.fromEntries(back)).toEqual({
      error: 'access_denied',
      state: 'state-of-the-browser',
    });
  });

  test.each([
    ['another client', { client_id: 'other' }],
    ['a callback that is not listed', { redirect_uri: `${callback}/` }],
    ['no state', { state: '' }],
    ['a state of 501 characters', { state: 'a'.repeat(501) }],
    ['an unknown scope', { scope: 'tweet.read everything' }],
    ['no scope', { scope: '' }],
    ['no challenge', { code_challenge: '' }],
    ['another method', { code_challenge_method: 'S512' }],
    ['an implicit flow', { response_type: 'token' }],
  ])('%s opens no page and is never sent back', async (_, changes) => {
    const world = worldWithApp();
    await expect(press(world, pageUrl(changes), { allow: hana })).rejects.toThrow(/400/);
    expect(world.x.refusals).toHaveLength(1);
  });

  test('the plain method works, and each method checks its verifier', async () => {
    const world = worldWithApp();
    const plain = { code_challenge: 'challenge', code_challenge_method: 'plain' };
    const right = await tokenCall(world, {
      ...codeFields(await codeOf(world, hana, plain)),
      code_verifier: 'challenge',
    });
    expect(right.status).toBe(200);
    for (const changes of [{}, plain]) {
      const fields = codeFields(await codeOf(world, hana, changes));
      const wrong = await tokenCall(world, { ...fields, code_verifier: 'wrong' });
      expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('invalid_grant')]);
    }
  });

  test('a code is good once, for 30 seconds and for its callback', async () => {
    const world = worldWithApp();
    const used = codeFields(await codeOf(world, hana));
    expect((await tokenCall(world, used)).status).toBe(200);
    expect((await tokenCall(world, used)).json).toMatchObject({ error: 'invalid_grant' });
    const late = codeFields(await codeOf(world, hana));
    world.clock.advance(30_000);
    expect((await tokenCall(world, late)).json).toMatchObject({ error: 'invalid_grant' });
    const moved = { ...codeFields(await codeOf(world, hana)), redirect_uri: 'https://a.example/' };
    expect((await tokenCall(world, moved)).json).toMatchObject({ error: 'invalid_grant' });
    world.x.app.grantError = 'invalid_request';
    expect((await tokenCall(world, used)).json).toMatchObject({ error: 'invalid_request' });
  });

  test('a confidential client shows its secret, a public one only its id', async () => {
    const world = worldWithApp();
    const fields = { grant_type: 'refresh_token', refresh_token: 'x' };
    const client_id = sandboxSecrets.TWITTER_CLIENT_ID;
    const bare = await basicCall(world, '/2/oauth2/token', { ...fields, client_id }, null);
    expect([bare.status, bare.json]).toMatchObject([401, { error: 'unauthorized_client' }]);
    const wrong = await tokenCall(world, fields, 'wrong');
    expect([wrong.status, wrong.json]).toMatchObject([401, { error: 'invalid_client' }]);
    world.x.app.clientType = 'public';
    const code = { ...codeFields(await codeOf(world, hana)), client_id };
    expect((await basicCall(world, '/2/oauth2/token', code, null)).status).toBe(200);
    const nobody = await basicCall(world, '/2/oauth2/token', fields, null);
    expect([nobody.status, nobody.json]).toMatchObject([400, { error: 'invalid_request' }]);
  });
});

describe('refresh tokens', () => {
  test('each is good once, and gives a fresh pair of the same scopes', async () => {
    const world = worldWithApp();
    const first = await logIn(world, second);
    world.clock.advance(2 * hour);
    const told = await refresh(world, first.refresh_token);
    expect(told.json).toMatchObject({ scope: everything, expires_in: 7200 });
    const next = pairIn(told);
    expect(next.refresh_token).not.toBe(first.refresh_token);
    expect(await meStatus(world, next.access_token)).toBe(200);
    const used = await refresh(world, first.refresh_token);
    expect([used.status, used.json]).toMatchObject([400, { error: 'invalid_grant' }]);
    expect((await refresh(world, next.refresh_token)).status).toBe(200);
  });

  test('a lost answer has used the token up', async () => {
    const world = worldWithApp();
    const { refresh_token } = await logIn(world, second);
    world.faults.add({ kind: 'lost-answer', path: '/2/oauth2/token' });
    await expect(refresh(world, refresh_token)).rejects.toThrow(TypeError);
    expect((await refresh(world, refresh_token)).json).toMatchObject({ error: 'invalid_grant' });
  });

  test('it lives about six months, and is only given for offline.access', async () => {
    const world = worldWithApp();
    const { refresh_token } = await logIn(world, second);
    const online = await logIn(world, second, { scope: 'tweet.read users.read' });
    expect(online.refresh_token).toBe('');
    world.clock.advance(182 * 24 * hour);
    expect((await refresh(world, refresh_token)).json).toMatchObject({ error: 'invalid_grant' });
  });

  test('a revoked token is dead', async () => {
    const world = worldWithApp();
    const pair = await logIn(world, second);
    const client = `${sandboxSecrets.TWITTER_CLIENT_ID}:${sandboxSecrets.TWITTER_CLIENT_SECRET}`;
    const revoke = async (token: string) =>
      await basicCall(world, '/2/oauth2/revoke', { token }, client);
    expect((await revoke(pair.access_token)).json).toEqual({ revoked: true });
    expect(await meStatus(world, pair.access_token)).toBe(401);
    await revoke(pair.refresh_token);
    expect((await refresh(world, pair.refresh_token)).status).toBe(400);
  });
});

const without = (...lost: string[]) =>
  everything
    .split(' ')
    .filter((scope) => !lost.includes(scope))
    .join(' ');

describe('scopes', () => {
  const post = { path: '/2/tweets', body: { text: '안녕' } };
  const message = { path: `/2/dm_conversations/with/${hana}/messages`, body: { text: '야옹' } };
  const upload = { path: '/2/media/upload', body: uploadForm(png, 'tweet_image') };

  test.each([
    ['a post', 'tweet.write', post],
    ['a message', 'dm.write', message],
    ['an upload', 'media.write', upload],
  ])('%s needs %s', async (_, scope, { path, body }) => {
    const world = worldWithApp();
    const lacking = await logIn(world, second, { scope: without(scope) });
    const refused = await call(world, 'POST', path, { bearer: lacking.access_token, body });
    expect([refused.status, refused.json]).toMatchObject([403, { title: 'Forbidden' }]);
    const whole = await logIn(world, second);
    const told = await call(world, 'POST', path, { bearer: whole.access_token, body });
    expect(told.status).toBeLessThan(300);
  });

  test('who one is needs users.read', async () => {
    const world = worldWithApp();
    const { access_token } = await logIn(world, second, { scope: without('users.read') });
    expect(await meStatus(world, access_token)).toBe(403);
  });

  test('media is for the account that uploaded it', async () => {
    const world = worldWithApp();
    const { access_token: bearer } = await logIn(world, second);
    const body = uploadForm(png, 'tweet_image');
    const told = await call(world, 'POST', '/2/media/upload', { bearer, body });
    const id = /"id":"(\d+)"/.exec(told.text)?.[1] ?? '';
    const withIt = { text: '그림', media: { media_ids: [id] } };
    expect((await call(world, 'POST', '/2/tweets', { body: withIt })).status).toBe(400);
    expect((await call(world, 'POST', '/2/tweets', { bearer, body: withIt })).status).toBe(201);
  });
});

const exchangeFields = (grant: { token: string; secret: string }) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token: grant.token,
  subject_token_type: 'urn:x:params:oauth:token-type:oauth1_token',
  oauth_token_secret: grant.secret,
});

describe('exchange of an OAuth 1.0a token', () => {
  test('it gives a pair with the scopes of the permission, and leaves the 1.0a token alive', async () => {
    const world = worldWithApp();
    const grant = world.x.issueOAuth1(second);
    const told = await tokenCall(world, exchangeFields(grant));
    expect(told.json).toMatchObject({
      token_type: 'bearer',
      expires_in: 7200,
      scope: expect.stringMatching(/tweet\.write.*dm\.write.*offline\.access/),
    });
    expect(await meStatus(world, pairIn(told).access_token)).toBe(200);
    expect((await call(world, 'GET', '/2/users/me', { as: grant })).status).toBe(200);
  });

  test('each run ends the pair of the run before', async () => {
    const world = worldWithApp();
    const grant = world.x.issueOAuth1(second);
    const first = pairIn(await tokenCall(world, exchangeFields(grant)));
    const next = pairIn(await tokenCall(world, exchangeFields(grant)));
    expect(await meStatus(world, first.access_token)).toBe(401);
    expect((await refresh(world, first.refresh_token)).status).toBe(400);
    expect(await meStatus(world, next.access_token)).toBe(200);
  });

  test('a smaller scope can be asked for, a larger one not', async () => {
    const world = worldWithApp();
    const grant = world.x.issueOAuth1(second, 'read');
    const less = await tokenCall(world, { ...exchangeFields(grant), scope: 'users.read' });
    expect(less.json).toMatchObject({ scope: 'users.read offline.access' });
    const more = await tokenCall(world, { ...exchangeFields(grant), scope: 'tweet.write' });
    expect([more.status, more.json]).toMatchObject([400, { error: 'invalid_scope' }]);
  });

  test.each([
    ['an unknown token', { subject_token: 'x' }, 'invalid_grant'],
    ['a wrong secret', { oauth_token_secret: 'x' }, 'invalid_grant'],
    ['another type of token', { subject_token_type: 'x' }, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, 'invalid_request'],
  ])('%s is refused', async (_, change, error) => {
    const world = worldWithApp();
    const told = await tokenCall(world, {
      ...exchangeFields(world.x.issueOAuth1(second)),
      ...change,
    });
    expect([told.status, told.json]).toMatchObject([400, { error }]);
  });
});

describe('the app itself', () => {
  const keys = `${sandboxSecrets.TWITTER_API_KEY}:${sandboxSecrets.TWITTER_API_SECRET}`;
  const grant = { grant_type: 'client_credentials' };

  test('its bearer stays the same until it is invalidated', async () => {
    const world = createWorld({ startAt });
    const bearerNow = async () =>
      pairIn(await basicCall(world, '/oauth2/token', grant, keys)).access_token;
    expect(await bearerNow()).toBe(sandboxAppBearer);
    const path = '/oauth2/invalidate_token';
    const body = { access_token: sandboxAppBearer };
    expect((await basicCall(world, path, body, keys)).json).toEqual(body);
    const next = await bearerNow();
    expect(next).not.toBe(sandboxAppBearer);
    const status = async (bearer: string) =>
      (await call(world, 'GET', '/2/webhooks', { bearer })).status;
    expect([await status(sandboxAppBearer), await status(next)]).toEqual([401, 200]);
    const gone = await basicCall(world, path, body, keys);
    expect([gone.status, gone.text]).toEqual([401, expect.stringContaining('"code":89')]);
  });

  test('wrong keys are refused with 403 and code 99', async () => {
    const world = createWorld({ startAt });
    for (const credentials of [`${keys}x`, null]) {
      const told = await basicCall(world, '/oauth2/token', grant, credentials);
      expect([told.status, told.json]).toEqual([
        403,
        {
          errors: [
            {
              code: 99,
              label: 'authenticity_token_error',
              message: 'Unable to verify your credentials',
            },
          ],
        },
      ]);
    }
    expect((await basicCall(world, '/oauth2/token', {}, keys)).status).toBe(403);
  });
});

test('taking access away ends every token of that account, and of no other', async () => {
  const world = worldWithApp();
  const grant = world.x.issueOAuth1(second);
  const pair = world.x.issueOAuth2(second);
  await world.x.revoke(second);
  expect((await call(world, 'GET', '/2/users/me', { as: grant })).status).toBe(401);
  expect(await meStatus(world, pair.accessToken)).toBe(401);
  expect((await refresh(world, pair.refreshToken ?? '')).json).toMatchObject({
    error: 'invalid_grant',
  });
  expect((await call(world, 'GET', '/2/users/me')).status).toBe(200);
});
