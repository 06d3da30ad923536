import { describe, expect, test } from 'vitest';
import type { OAuth1Credentials, OAuth1Request } from '../../../../src/platforms/x/api/oauth1.ts';
import { authorizationHeader } from '../../../../src/platforms/x/api/oauth1.ts';
import { type BoundLogins, loginsOf } from './bound.ts';
import { API_URL, json, NOW_MS, recorder } from './recorder.ts';

const WEB_URL = 'https://x.example';
const CALLBACK = 'https://soshik.example/login/twitter/callback';
const consumer = { key: 'fake-consumer-key', secret: 'fake-consumer-secret' };
const keys = { consumerKey: consumer.key, consumerSecret: consumer.secret };
const granted = { token: 'fake-request-token', tokenSecret: 'fake-secret', verifier: 'fake-yes' };
const account = { token: '42-fake-token', tokenSecret: 'fake-token-secret' };

function appThatGets(respond: () => Response | Promise<Response>) {
  const { runtime, sent } = recorder(respond);
  const { oauth1 } = loginsOf({ runtime, apiUrl: API_URL, webUrl: WEB_URL, consumer });
  return { oauth1, sent };
}

function signed(credentials: OAuth1Credentials, request: OAuth1Request): Promise<string> {
  const stamp = { timestampSeconds: NOW_MS / 1000, nonce: '01'.repeat(16) };
  return authorizationHeader(credentials, request, stamp);
}

const confirmed =
  'oauth_token=fake-request-token&oauth_token_secret=fake-secret&oauth_callback_confirmed=true';
const agreed =
  'oauth_token=42-fake-token&oauth_token_secret=fake-token-secret&user_id=42&screen_name=soshik';

describe('the three legs', () => {
  test('a request token is asked for with the callback in the header', async () => {
    const { oauth1, sent } = appThatGets(() => new Response(confirmed));
    expect(await oauth1.requestToken({ callback: CALLBACK })).toEqual({
      ok: true,
      value: { token: 'fake-request-token', tokenSecret: 'fake-secret' },
    });
    const url = `${API_URL}/oauth/request_token`;
    expect(sent).toEqual([
      {
        method: 'POST',
        url,
        headers: {
          'user-agent': 'soshik',
          authorization: await signed(keys, {
            method: 'POST',
            url,
            oauth: { oauth_callback: CALLBACK },
          }),
        },
        text: '',
        form: null,
      },
    ]);
  });

  test('less access is asked for in the signed form', async () => {
    const { oauth1, sent } = appThatGets(() => new Response(confirmed));
    await oauth1.requestToken({ callback: 'oob', accessType: 'read' });
    const url = `${API_URL}/oauth/request_token`;
    const form = { x_auth_access_type: 'read' };
    expect(sent[0]).toMatchObject({
      text: 'x_auth_access_type=read',
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        authorization: await signed(keys, {
          method: 'POST',
          url,
          form,
          oauth: { oauth_callback: 'oob' },
        }),
      },
    });
  });

  test.each([
    [{ mode: 'authorize' }, '/oauth/authorize?oauth_token=a%26b'],
    [{ mode: 'authenticate' }, '/oauth/authenticate?oauth_token=a%26b'],
    [
      { mode: 'authorize', forceLogin: true },
      '/oauth/authorize?oauth_token=a%26b&force_login=true',
    ],
  ] as const)('%j leads the browser to %s', (wish, path) => {
    const { oauth1 } = appThatGets(() => json({}));
    expect(oauth1.authorizeUrl('a&b', wish)).toBe(API_URL + path);
  });

  test('an access token is asked for with the verifier in the signed form', async () => {
    const { oauth1, sent } = appThatGets(() => new Response(`${agreed}&x_auth_expires=0\n`));
    expect(await oauth1.accessToken(granted)).toEqual({
      ok: true,
      value: { ...account, userId: '42', screenName: 'soshik' },
    });
    const url = `${API_URL}/oauth/access_token`;
    const form = { oauth_verifier: 'fake-yes' };
    const { token, tokenSecret } = granted;
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url,
      text: 'oauth_verifier=fake-yes',
      headers: {
        authorization: await signed({ ...keys, token, tokenSecret }, { method: 'POST', url, form }),
      },
    });
  });

  test('a token is ended by a call signed with it', async () => {
    const { oauth1, sent } = appThatGets(() => json({ access_token: '42-fake-token' }));
    expect(await oauth1.invalidateToken(account)).toEqual({
      ok: true,
      value: { token: '42-fake-token' },
    });
    const url = `${API_URL}/1.1/oauth/invalidate_token.json`;
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url,
      text: '',
      headers: { authorization: await signed({ ...keys, ...account }, { method: 'POST', url }) },
    });
  });
});

const steps = {
  requestToken: (app: BoundLogins['oauth1']) => app.requestToken({ callback: CALLBACK }),
  accessToken: (app: BoundLogins['oauth1']) => app.accessToken(granted),
  invalidateToken: (app: BoundLogins['oauth1']) => app.invalidateToken(account),
} as const;

const coded = (code: number, message = 'No.') => JSON.stringify({ errors: [{ code, message }] });
const XML_415 =
  '<?xml version="1.0" encoding="UTF-8"?><errors><error code="415">Callback URL not approved</error></errors>';

describe('what a failure means', () => {
  test.each<[keyof typeof steps, number, string, string]>([
    ['requestToken', 403, coded(415), 'callback-not-approved'],
    ['requestToken', 403, XML_415, 'callback-not-approved'],
    ['requestToken', 401, coded(32), 'keys-refused'],
    ['requestToken', 401, coded(89), 'keys-refused'],
    ['requestToken', 403, coded(99), 'keys-refused'],
    ['requestToken', 401, 'Failed to validate oauth signature and token', 'keys-refused'],
    ['requestToken', 401, '', 'keys-refused'],
    ['requestToken', 403, coded(64), 'invalid'],
    ['requestToken', 404, '<html>', 'invalid'],
    ['requestToken', 302, '', 'invalid'],
    ['requestToken', 429, coded(88), 'rate-limited'],
    ['requestToken', 503, 'Over capacity', 'unavailable'],
    ['requestToken', 408, '', 'unavailable'],
    ['requestToken', 200, '<html>', 'unavailable'],
    ['requestToken', 200, confirmed.replace('=true', '=false'), 'unavailable'],
    ['requestToken', 200, confirmed.replace('&oauth_callback_confirmed=true', ''), 'unavailable'],
    ['requestToken', 200, confirmed.replace('=fake-secret', '='), 'unavailable'],
    ['accessToken', 401, coded(32), 'expired'],
    ['accessToken', 401, coded(89), 'expired'],
    ['accessToken', 403, coded(89), 'expired'],
    ['accessToken', 401, 'Invalid request token.', 'expired'],
    ['accessToken', 401, '<error code="89">Invalid or expired token.</error>', 'expired'],
    ['accessToken', 403, coded(99), 'keys-refused'],
    ['accessToken', 400, coded(38), 'invalid'],
    ['accessToken', 429, '', 'rate-limited'],
    ['accessToken', 500, coded(131), 'unavailable'],
    ['accessToken', 200, agreed.replace('user_id=42', 'user_id=me'), 'unavailable'],
    ['accessToken', 200, '{}', 'unavailable'],
    ['invalidateToken', 401, coded(89), 'expired'],
    ['invalidateToken', 401, coded(32), 'keys-refused'],
    ['invalidateToken', 403, coded(99), 'keys-refused'],
    ['invalidateToken', 404, coded(34), 'invalid'],
    ['invalidateToken', 429, coded(88), 'rate-limited'],
    ['invalidateToken', 502, '', 'unavailable'],
    ['invalidateToken', 200, 'access_token=42-fake-token', 'unavailable'],
  ])('%s, %i %s: %s', async (step, status, body, reason) => {
    const { oauth1 } = appThatGets(() => new Response(body, { status }));
    expect(await steps[step](oauth1)).toMatchObject({ ok: false, reason, status });
  });

  test.each(Object.entries(steps))('%s without an answer is unavailable', async (_name, act) => {
    const { oauth1 } = appThatGets(() => Promise.reject(new TypeError('connection reset')));
    expect(await act(oauth1)).toEqual({
      ok: false,
      reason: 'unavailable',
      status: null,
      mayHaveActed: true,
      detail: 'No answer: network',
    });
  });

  test.each([
    [500, true],
    [408, true],
    [200, true],
    [401, false],
    [403, false],
    [429, false],
  ])('after %i X may have acted: %s', async (status, mayHaveActed) => {
    const { oauth1 } = appThatGets(() => new Response('', { status }));
    expect(await oauth1.accessToken(granted)).toMatchObject({ ok: false, mayHaveActed });
  });

  test('a rate limit tells how long to wait', async () => {
    const { oauth1 } = appThatGets(() => json({}, 429, { 'retry-after': '120' }));
    expect(await oauth1.requestToken({ callback: CALLBACK })).toMatchObject({
      retryAfterMs: 120_000,
    });
  });

  test("X's words are told, a secret in a half-read success is not", async () => {
    const words = appThatGets(() => json({ errors: [{ code: 32, message: 'No.' }] }, 401));
    expect(await words.oauth1.accessToken(granted)).toMatchObject({ detail: 'No.' });
    const half = appThatGets(() => new Response(agreed.replace('user_id=42', '')));
    const result = await half.oauth1.accessToken(granted);
    expect(JSON.stringify(result)).not.toContain('fake-token-secret');
  });
});

test.each<[string, (app: BoundLogins['oauth1']) => Promise<unknown>]>([
  ['a callback that is no address', (app) => app.requestToken({ callback: 'soshik' })],
  ['a callback with a broken character', (app) => app.requestToken({ callback: 'a:\ud800' })],
  ['no verifier', (app) => app.accessToken({ ...granted, verifier: '' })],
  ['a token with a line break', (app) => app.accessToken({ ...granted, token: 'a\nb' })],
  ['a blank token', (app) => app.invalidateToken({ ...account, token: ' ' })],
])('%s is refused before anything is sent', async (_name, act) => {
  const { oauth1, sent } = appThatGets(() => json({}));
  expect(await act(oauth1)).toMatchObject({ ok: false, reason: 'invalid', status: null });
  expect(sent).toEqual([]);
});
