import { afterEach, describe, expect, test, vi } from 'vitest';
import { createPkce, pkceChallenge } from '../../../../src/platforms/x/api/oauth2.ts';
import { type BoundLogins, loginsOf } from './bound.ts';
import { API_URL, json, NOW_MS, recorder } from './recorder.ts';

const WEB_URL = 'https://x.example';
const confidential = { clientId: 'fake:client', clientSecret: 'fake/secret' };

function appThatGets(
  respond: () => Response | Promise<Response>,
  oauth2: { clientId: string; clientSecret?: string } = confidential,
) {
  const { runtime, sent } = recorder(respond);
  const app = loginsOf({ runtime, apiUrl: API_URL, webUrl: WEB_URL, oauth2 });
  return { oauth2: app.oauth2, sent };
}

afterEach(() => {
  vi.useRealTimers();
});

const pair = {
  token_type: 'bearer',
  expires_in: 7200,
  access_token: 'fake-access',
  refresh_token: 'fake-refresh',
  scope: 'tweet.read users.read offline.access',
};
const tokens = {
  accessToken: 'fake-access',
  refreshToken: 'fake-refresh',
  expiresAt: NOW_MS + 7_200_000,
  scopes: ['tweet.read', 'users.read', 'offline.access'],
};
const login = {
  code: 'fake code',
  redirectUri: 'https://soshik.example/callback',
  verifier: 'fake-verifier-of-43-characters-0123456789abc',
};
const account = { token: '42-fake-token', tokenSecret: 'fake-token-secret' };

describe('PKCE', () => {
  test('the example of RFC 7636 appendix B', async () => {
    expect(await pkceChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  test('a verifier has 43 unreserved characters, new ones each time', async () => {
    const { runtime } = recorder(() => json({}));
    const [one, two] = [await createPkce(runtime), await createPkce(runtime)];
    expect(one.verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(two.verifier).not.toBe(one.verifier);
    expect(one.challenge).toBe(await pkceChallenge(one.verifier));
  });

  test('characters that an address would need to escape are replaced', async () => {
    const { verifier } = await createPkce({ randomBytes: () => new Uint8Array(32).fill(0xfb) });
    expect(verifier).toMatch(/^-_v7.*[^=]$/);
  });
});

describe('where the browser goes', () => {
  const wish = {
    redirectUri: 'https://soshik.example/callback?v=2',
    scopes: ['tweet.read', 'dm.write'],
    state: 'fake-state',
    challenge: 'fake-challenge',
  };

  test('to the web host, with everything X asks for', () => {
    const { oauth2 } = appThatGets(() => json({}));
    expect(oauth2.authorizeUrl(wish)).toBe(
      `${WEB_URL}/i/oauth2/authorize?response_type=code&client_id=fake%3Aclient` +
        '&redirect_uri=https%3A%2F%2Fsoshik.example%2Fcallback%3Fv%3D2' +
        '&scope=tweet.read%20dm.write&state=fake-state' +
        '&code_challenge=fake-challenge&code_challenge_method=S256',
    );
  });

  test.each([
    ['none', ''],
    ['501 characters', 'a'.repeat(501)],
  ])('a state of %s is a mistake of the caller', (_name, state) => {
    const { oauth2 } = appThatGets(() => json({}));
    expect(() => oauth2.authorizeUrl({ ...wish, state })).toThrow(RangeError);
  });
});

const steps: readonly [string, (app: BoundLogins['oauth2']) => Promise<unknown>, string, string][] =
  [
    [
      'a code',
      (app) => app.exchangeCode(login),
      '/2/oauth2/token',
      'grant_type=authorization_code&code=fake+code&redirect_uri=https%3A%2F%2Fsoshik.example%2Fcallback&code_verifier=fake-verifier-of-43-characters-0123456789abc',
    ],
    [
      'a refresh token',
      (app) => app.refreshToken('fake-old'),
      '/2/oauth2/token',
      'grant_type=refresh_token&refresh_token=fake-old',
    ],
    [
      'an OAuth 1.0a token',
      (app) => app.exchangeOAuth1Token(account),
      '/2/oauth2/token',
      'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=42-fake-token&subject_token_type=urn%3Ax%3Aparams%3Aoauth%3Atoken-type%3Aoauth1_token&oauth_token_secret=fake-token-secret',
    ],
    [
      'an OAuth 1.0a token, for less',
      (app) => app.exchangeOAuth1Token(account, ['dm.read', 'dm.write']),
      '/2/oauth2/token',
      'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=42-fake-token&subject_token_type=urn%3Ax%3Aparams%3Aoauth%3Atoken-type%3Aoauth1_token&oauth_token_secret=fake-token-secret&scope=dm.read+dm.write',
    ],
    [
      'a revocation',
      (app) => app.revokeToken('fake-refresh', 'refresh_token'),
      '/2/oauth2/revoke',
      'token=fake-refresh&token_type_hint=refresh_token',
    ],
  ];

describe('requests', () => {
  test.each(steps)('%s, from a confidential client', async (_name, act, path, text) => {
    const { oauth2, sent } = appThatGets(() => json(pair));
    expect(await act(oauth2)).toMatchObject({ ok: true });
    expect(sent).toEqual([
      {
        method: 'POST',
        url: API_URL + path,
        headers: {
          'user-agent': 'soshik',
          authorization: `Basic ${btoa('fake%3Aclient:fake%2Fsecret')}`,
          'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        },
        text,
        form: null,
      },
    ]);
  });

  test.each(steps)('%s, from a public client', async (_name, act, path, text) => {
    const { oauth2, sent } = appThatGets(() => json(pair), { clientId: 'fake-client' });
    await act(oauth2);
    expect(sent[0]).toMatchObject({ url: API_URL + path, text: `${text}&client_id=fake-client` });
    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('tokens', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['as X describes them', {}, {}],
    ['without a refresh token', { refresh_token: undefined }, { refreshToken: undefined }],
    ['with an unreadable refresh token', { refresh_token: 7 }, { refreshToken: undefined }],
    ['without a lifetime', { expires_in: undefined }, {}],
    ['with a lifetime in words', { expires_in: 'long' }, {}],
    ['with an absurd lifetime', { expires_in: 1e300 }, {}],
    ['with a short lifetime', { expires_in: 60 }, { expiresAt: NOW_MS + 60_000 }],
    ['without scopes', { scope: undefined }, { scopes: [] }],
    ['with odd scopes', { scope: null }, { scopes: [] }],
    ['with spaces around scopes', { scope: ' a  b ' }, { scopes: ['a', 'b'] }],
  ])('%s are kept', async (_name, changes, expected) => {
    const { oauth2 } = appThatGets(() => json({ ...pair, ...changes }));
    const result = await oauth2.refreshToken('fake-old');
    expect(result).toEqual({ ok: true, value: { ...tokens, ...expected } });
  });

  test('an answer without a usable access token is no success', async () => {
    const { oauth2 } = appThatGets(() => json({ ...pair, access_token: 'a\nb' }));
    const result = await oauth2.refreshToken('fake-old');
    expect(result).toMatchObject({ ok: false, reason: 'unavailable', mayHaveActed: true });
    expect(JSON.stringify(result)).not.toContain('fake-refresh');
  });
});

const problem = (error: string, error_description?: string) => ({ error, error_description });

describe('what a failure means', () => {
  test.each<[number, unknown, string, boolean]>([
    [400, problem('invalid_grant', 'Expired.'), 'invalid-grant', false],
    [401, problem('invalid_grant'), 'invalid-grant', false],
    [
      400,
      problem('invalid_request', 'Value passed for the token was invalid.'),
      'invalid-grant',
      false,
    ],
    [
      400,
      problem('invalid_request', 'Value passed for the authorization code was invalid.'),
      'invalid-grant',
      false,
    ],
    [
      400,
      problem('invalid_request', 'Missing required parameter [code_verifier].'),
      'invalid',
      false,
    ],
    [
      400,
      problem('invalid_request', 'Value passed for the client id was invalid.'),
      'invalid-client',
      false,
    ],
    [400, problem('invalid_request'), 'invalid', false],
    [400, { error: 'invalid_grant', error_description: 7 }, 'invalid-grant', false],
    [400, problem('invalid_scope'), 'invalid', false],
    [400, problem('unsupported_grant_type'), 'invalid', false],
    [401, problem('invalid_client'), 'invalid-client', false],
    [400, problem('unauthorized_client', 'Missing header'), 'invalid-client', false],
    [401, { title: 'Unauthorized', status: 401 }, 'invalid-client', false],
    [401, '', 'invalid-client', false],
    [403, { title: 'Forbidden' }, 'invalid', false],
    [302, '', 'invalid', false],
    [429, problem('rate_limited'), 'rate-limited', false],
    [400, problem('rate_limited'), 'rate-limited', false],
    [503, problem('temporarily_unavailable'), 'unavailable', true],
    [500, problem('invalid_grant'), 'unavailable', true],
    [408, '', 'unavailable', true],
    [200, '<html>', 'unavailable', true],
    [204, null, 'unavailable', true],
  ])('%i %j: %s', async (status, body, reason, mayHaveActed) => {
    const text = body === null || typeof body === 'string' ? body : JSON.stringify(body);
    const { oauth2 } = appThatGets(() => new Response(text, { status }));
    expect(await oauth2.refreshToken('fake-old')).toMatchObject({
      ok: false,
      reason,
      status,
      mayHaveActed,
    });
  });

  test.each([
    [429, { 'x-rate-limit-limit': '1', 'x-rate-limit-remaining': '0' }, 600, 600_000],
    [429, {}, null, 60_000],
    [503, { 'retry-after': '7' }, null, 7000],
  ])('%i with %j: wait', async (status, headers, inSeconds, retryAfterMs) => {
    const reset =
      inSeconds === null ? {} : { 'x-rate-limit-reset': `${NOW_MS / 1000 + inSeconds}` };
    const { oauth2 } = appThatGets(() => json({}, status, { ...headers, ...reset }));
    expect(await oauth2.refreshToken('fake-old')).toMatchObject({ retryAfterMs });
  });

  test('a refresh whose answer is lost may have used the token up', async () => {
    vi.useFakeTimers();
    const { oauth2 } = appThatGets(() => new Promise<Response>(() => {}));
    const refreshing = oauth2.refreshToken('fake-old');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await refreshing).toEqual({
      ok: false,
      reason: 'unavailable',
      status: null,
      mayHaveActed: true,
      detail: 'No answer: timeout',
    });
  });

  test('a token that had ended before is revoked all the same', async () => {
    const { oauth2 } = appThatGets(() => new Response(''));
    expect(await oauth2.revokeToken('fake', 'access_token')).toEqual({
      ok: true,
      value: { revoked: true },
    });
  });

  test('a long description is looked through in no time', async () => {
    const body = problem('invalid_request', 'token '.repeat(150_000));
    const { oauth2 } = appThatGets(() => json(body, 400));
    expect(await oauth2.refreshToken('fake-old')).toMatchObject({ reason: 'invalid' });
  });
});
