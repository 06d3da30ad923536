import { describe, expect, test } from 'vitest';
import { createWorld, sandboxSecrets, type World } from '../world.ts';
import { call, signedRequest } from './client.ts';
import { askToken, backWith, press } from './login-client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const minute = 60_000;
const callback = 'https://soshik.example/login/twitter/callback?from=x';
const second = '1700000000000000009';
const hana = '1700000000000000101';

function worldWithApp(): World {
  const world = createWorld({ startAt });
  world.x.app.callbacks.push(callback);
  return world;
}

const authorize = (token: string, leg = 'authorize') =>
  `https://api.x.com/oauth/${leg}?oauth_token=${token}`;

/** The three legs; the last one's form. */
async function logIn(world: World, userId: string): Promise<URLSearchParams> {
  const request = await askToken(world, callback);
  const back = backWith(await press(world, authorize(request.token), { allow: userId }));
  const body = new URLSearchParams({ oauth_verifier: back.get('oauth_verifier') ?? '' });
  const told = await call(world, 'POST', '/oauth/access_token', { as: request, body });
  expect(told.status).toBe(200);
  return new URLSearchParams(told.text);
}

function grantIn(fields: URLSearchParams) {
  return {
    token: fields.get('oauth_token') ?? '',
    secret: fields.get('oauth_token_secret') ?? '',
  };
}

describe('three legs', () => {
  test('a second account logs in and acts as itself', async () => {
    const world = worldWithApp();
    const fields = await logIn(world, second);
    expect(Object.fromEntries(fields)).toMatchObject({
      oauth_token: expect.stringMatching(/^1700000000000000009-/),
      user_id: second,
      screen_name: 'second_bot',
    });
    const me = await call(world, 'GET', '/2/users/me', { as: grantIn(fields) });
    expect(me.json).toEqual({ data: { id: second, name: '두번째', username: 'second_bot' } });
    expect(me.headers.get('x-access-level')).toBe('read-write-directmessages');
  });

  test('the callback is confirmed, and comes back with its own query', async () => {
    const world = worldWithApp();
    const body = new URLSearchParams({ oauth_callback: callback });
    const told = await call(world, 'POST', '/oauth/request_token', { as: null, body });
    const fields = new URLSearchParams(told.text);
    expect(fields.get('oauth_callback_confirmed')).toBe('true');
    const token = fields.get('oauth_token') ?? '';
    const answer = await press(world, authorize(token), { allow: hana });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/soshik\.example\/login\/twitter\//);
    expect(backWith(answer).get('from')).toBe('x');
    expect(backWith(answer).get('oauth_token')).toBe(token);
  });

  test('who has agreed before gets the same token again, the bot the one of its owner', async () => {
    const world = worldWithApp();
    const first = await logIn(world, second);
    expect((await logIn(world, second)).get('oauth_token')).toBe(first.get('oauth_token'));
    expect((await logIn(world, world.x.bot.id)).get('oauth_token')).toBe(
      sandboxSecrets.TWITTER_ACCESS_TOKEN,
    );
  });

  test('another permission needs a new consent, and its token takes the place of the old one', async () => {
    const world = worldWithApp();
    world.x.app.permission = 'read';
    const reading = grantIn(await logIn(world, second));
    const refused = await call(world, 'POST', '/2/tweets', { as: reading, body: { text: '안녕' } });
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ type: expect.stringMatching(/\/oauth1-permissions$/) });
    world.x.app.permission = 'messages';
    const more = grantIn(await logIn(world, second));
    expect((await call(world, 'GET', '/2/users/me', { as: reading })).status).toBe(401);
    const posted = await call(world, 'POST', '/2/tweets', { as: more, body: { text: '안녕' } });
    expect(posted.status).toBe(201);
    expect(world.x.timeline(second)).toMatchObject([{ text: '안녕', author: second }]);
    expect(world.x.timeline()).toEqual([]);
  });

  test('a PIN stands in for a callback', async () => {
    const world = createWorld({ startAt });
    const request = await askToken(world, 'oob');
    const page = await press(world, authorize(request.token), { allow: hana });
    expect(page.status).toBe(200);
    const pin = /<code>(\d{7})<\/code>/.exec(await page.text())?.[1] ?? '';
    const told = await call(world, 'POST', `/oauth/access_token?oauth_verifier=${pin}`, {
      as: request,
    });
    expect(new URLSearchParams(told.text).get('user_id')).toBe(hana);
  });
});

describe('the first leg', () => {
  test.each([
    ['json', 'application/json', '"code":415'],
    ['xml', 'application/xml', '<error code="415">'],
  ] as const)(
    'a callback that is not listed exactly is refused in %s',
    async (form, type, words) => {
      const world = worldWithApp();
      world.x.app.callbackRefusal = form;
      const body = new URLSearchParams({ oauth_callback: `${callback}&more` });
      const told = await call(world, 'POST', '/oauth/request_token', { as: null, body });
      expect(told.status).toBe(403);
      expect(told.headers.get('content-type')).toContain(type);
      expect(told.text).toContain(words);
    },
  );

  test('a wrong signature is refused with code 32', async () => {
    const world = worldWithApp();
    const request = await signedRequest(world, 'POST', '/oauth/request_token', {
      as: null,
      oauth: { oauth_callback: callback, oauth_signature: 'AAAA' },
    });
    const response = await world.fetch(request);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errors: [{ code: 32, message: 'Could not authenticate you.' }],
    });
  });
});

describe('the page', () => {
  test('it is in Korean or English, names every account, and needs no script', async () => {
    const world = worldWithApp();
    const { token } = await askToken(world, callback);
    const open = async (language: string) => {
      const headers = { 'accept-language': language };
      return await (await world.fetch(new Request(authorize(token), { headers }))).text();
    };
    const korean = await open('ko-KR,ko;q=0.9');
    expect(korean).toContain('<html lang="ko">');
    expect(korean).toContain('앱 승인');
    expect(korean).not.toContain('<script');
    for (const name of ['@soshik_bot', '@second_bot', '@hana_reads', '@sam_reads']) {
      expect(korean).toContain(name);
    }
    const english = await open('en-US,en;q=0.9');
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Authorize app');
  });

  test('cancel goes back with denied alone, and the request token is over', async () => {
    const world = worldWithApp();
    const { token } = await askToken(world, callback);
    const back = backWith(await press(world, authorize(token), 'cancel'));
    expect(Object.fromEntries(back)).toEqual({ from: 'x', denied: token });
    await expect(press(world, authorize(token), { allow: hana })).rejects.toThrow(/401/);
  });

  test('an unknown token, an old one and one that was answered open no page', async () => {
    const world = worldWithApp();
    const { token } = await askToken(world, callback);
    await expect(press(world, authorize('unknown'), { allow: hana })).rejects.toThrow(/401/);
    await press(world, authorize(token), { allow: hana });
    await expect(press(world, authorize(token), { allow: hana })).rejects.toThrow(/401/);
    const old = await askToken(world, callback);
    world.clock.advance(10 * minute);
    await expect(press(world, authorize(old.token), { allow: hana })).rejects.toThrow(/401/);
  });

  test('a form that names nobody is refused and can be sent again', async () => {
    const world = worldWithApp();
    const { token } = await askToken(world, callback);
    const nobody = await press(world, authorize(token), { allow: '42' });
    expect(nobody.status).toBe(400);
    expect((await press(world, authorize(token), { allow: hana })).status).toBe(302);
  });

  test('authenticate asks nothing of a browser that is logged in and has agreed', async () => {
    const world = worldWithApp();
    const first = await askToken(world, callback);
    const agreed = await press(world, authorize(first.token), { allow: second });
    const cookie = agreed.headers.get('set-cookie')?.split(';')[0] ?? '';
    const verifier = backWith(agreed).get('oauth_verifier') ?? '';
    const body = new URLSearchParams({ oauth_verifier: verifier });
    await call(world, 'POST', '/oauth/access_token', { as: first, body });

    const again = async (leg: string, query = '') => {
      const { token } = await askToken(world, callback);
      const url = `${authorize(token, leg)}${query}`;
      return await world.fetch(new Request(url, { headers: { cookie } }));
    };
    expect((await again('authenticate')).status).toBe(302);
    expect((await again('authenticate', '&force_login=true')).status).toBe(200);
    expect((await again('authorize')).status).toBe(200);
    await world.x.revoke(second);
    expect((await again('authenticate')).status).toBe(200);
  });
});

describe('the last leg', () => {
  test('a wrong verifier is told in text, a second use and a late one with code 89', async () => {
    const world = worldWithApp();
    const request = await askToken(world, callback);
    const back = backWith(await press(world, authorize(request.token), { allow: hana }));
    const verifier = back.get('oauth_verifier') ?? '';
    const take = async (oauth_verifier: string, as = request) =>
      await call(world, 'POST', '/oauth/access_token', {
        as,
        body: new URLSearchParams({ oauth_verifier }),
      });
    const wrong = await take('wrong');
    expect([wrong.status, wrong.json]).toEqual([401, null]);
    expect((await take(verifier)).status).toBe(200);
    const twice = await take(verifier);
    expect([twice.status, twice.text]).toEqual([401, expect.stringContaining('"code":89')]);

    const late = await askToken(world, callback);
    await press(world, authorize(late.token), { allow: hana });
    world.clock.advance(10 * minute);
    expect((await take(verifier, late)).text).toContain('"code":89');
  });

  test('a token nobody agreed to gives nothing, whatever the verifier', async () => {
    const world = worldWithApp();
    const request = await askToken(world, callback);
    for (const query of ['', '?oauth_verifier=', '?oauth_verifier=undefined']) {
      const told = await call(world, 'POST', `/oauth/access_token${query}`, { as: request });
      expect(told.status).toBe(401);
    }
  });

  test('a request token opens no other door', async () => {
    const world = worldWithApp();
    const request = await askToken(world, callback);
    const told = await call(world, 'GET', '/2/users/me', { as: request });
    expect([told.status, told.text]).toEqual([401, expect.stringContaining('"code":89')]);
  });
});

test('an invalidated token is dead, and the other account lives on', async () => {
  const world = worldWithApp();
  const grant = world.x.issueOAuth1(second);
  const path = '/1.1/oauth/invalidate_token.json';
  const told = await call(world, 'POST', path, { as: grant });
  expect(told.json).toEqual({ access_token: grant.token });
  const again = await call(world, 'POST', path, { as: grant });
  expect([again.status, again.text]).toEqual([401, expect.stringContaining('"code":89')]);
  expect((await call(world, 'GET', '/2/users/me')).status).toBe(200);
});
