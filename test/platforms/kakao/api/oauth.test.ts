import { describe, expect, test } from 'vitest';
import type { KakaoOAuthOptions } from '../../../../src/platforms/kakao/api/oauth.ts';
import {
  authorizeUrl,
  exchangeCode,
  readCallback,
  refreshTokens,
} from '../../../../src/platforms/kakao/api/oauth.ts';
import { json, NOW_MS, recorder } from '../../../recorder.ts';

const AUTH = 'https://kauth.example';
const redirectUri = 'https://soshik.example/login/kakao/callback';
const login = { code: 'fake code&', redirectUri };
const granted = {
  token_type: 'bearer',
  access_token: 'fake-access',
  expires_in: 21_599,
  refresh_token: 'fake-refresh',
  refresh_token_expires_in: 5_183_999,
  scope: 'talk_message friends',
};

function optionsThatGet(
  respond: () => Response | Promise<Response>,
  secret: string | null = 'fake-secret',
) {
  const { runtime, sent } = recorder(respond);
  const options: KakaoOAuthOptions = { runtime, authUrl: AUTH, client: { id: 'fake-key', secret } };
  return { options, sent };
}

describe('where the browser goes', () => {
  const wish = { authUrl: AUTH, clientId: 'fake-key', redirectUri, state: 'fake/state' };

  test('scopes are asked for with commas', () => {
    expect(authorizeUrl({ ...wish, scopes: ['talk_message', 'friends'] })).toBe(
      `${AUTH}/oauth/authorize?response_type=code&client_id=fake-key` +
        '&redirect_uri=https%3A%2F%2Fsoshik.example%2Flogin%2Fkakao%2Fcallback' +
        '&scope=talk_message%2Cfriends&state=fake%2Fstate',
    );
  });

  test('no scope is asked for when none is named; a prompt is passed on', () => {
    const { searchParams } = new URL(authorizeUrl({ ...wish, scopes: [], prompt: 'login' }));
    expect(searchParams.has('scope')).toBe(false);
    expect(searchParams.get('prompt')).toBe('login');
  });
});

describe('what the browser brings back', () => {
  test.each([
    ['code=c&state=s', { ok: true, value: { code: 'c', state: 's' } }],
    ['error=access_denied&state=s', { reason: 'cancelled' }],
    ['error=access_denied&code=c&state=s', { reason: 'cancelled' }],
    [
      'error=invalid_scope&error_description=no+friends&state=s',
      { reason: 'refused', detail: 'invalid_scope: no friends' },
    ],
    ['code=c', { reason: 'refused' }],
    ['state=s', { reason: 'refused' }],
    ['code=&state=s', { reason: 'refused' }],
    ['code=c&code=d&state=s', { reason: 'refused' }],
    ['code=c&state=s&state=t', { reason: 'refused' }],
    ['', { reason: 'refused' }],
  ])('%s', (query, read) => {
    expect(readCallback(new URLSearchParams(query))).toMatchObject(read);
  });
});

describe('tokens', () => {
  test('for a code, with everything the exchange needs', async () => {
    const { options, sent } = optionsThatGet(() => json(granted));
    expect(await exchangeCode(options, login)).toEqual({
      ok: true,
      value: {
        accessToken: 'fake-access',
        expiresAt: NOW_MS + 21_599_000,
        refreshToken: 'fake-refresh',
        refreshExpiresAt: NOW_MS + 5_183_999_000,
        scopes: ['talk_message', 'friends'],
      },
    });
    expect(sent[0]).toMatchObject({ method: 'POST', url: `${AUTH}/oauth/token` });
    expect(sent[0]?.headers['content-type']).toBe(
      'application/x-www-form-urlencoded;charset=utf-8',
    );
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.text))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'fake-key',
      client_secret: 'fake-secret',
      redirect_uri: redirectUri,
      code: 'fake code&',
    });
  });

  test('for a refresh token, with the secret too', async () => {
    const { options, sent } = optionsThatGet(() => json(granted));
    await refreshTokens(options, 'fake-old');
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.text))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'fake-key',
      client_secret: 'fake-secret',
      refresh_token: 'fake-old',
    });
  });

  test('are asked for without a secret where it is switched off', async () => {
    const { options, sent } = optionsThatGet(() => json(granted), null);
    await refreshTokens(options, 'fake-old');
    expect(new URLSearchParams(sent[0]?.text).has('client_secret')).toBe(false);
  });

  test('a refresh answer without a refresh token has no such member', async () => {
    const answer = { token_type: 'bearer', access_token: 'fake-access', expires_in: 43_199 };
    const { options } = optionsThatGet(() => json(answer));
    const renewed = await refreshTokens(options, 'fake-old');
    expect(renewed).toStrictEqual({
      ok: true,
      value: { accessToken: 'fake-access', expiresAt: NOW_MS + 43_199_000, scopes: [] },
    });
  });

  test('a new pair is not lost for the sake of lesser fields', async () => {
    const odd = { expires_in: 'soon', refresh_token_expires_in: -1, scope: null };
    const { options } = optionsThatGet(() => json({ ...granted, ...odd }));
    const renewed = await refreshTokens(options, 'fake-old');
    expect(renewed).toStrictEqual({
      ok: true,
      value: {
        accessToken: 'fake-access',
        expiresAt: NOW_MS + 3_600_000,
        refreshToken: 'fake-refresh',
        scopes: [],
      },
    });
  });
});

describe('every code of the login host that Kakao documents', () => {
  test.each([
    ['KOE001', 'invalid'],
    ['KOE002', 'invalid'],
    ['KOE003', 'unavailable'],
    ['KOE004', 'configuration'],
    ['KOE005', 'configuration'],
    ['KOE006', 'configuration'],
    ['KOE007', 'configuration'],
    ['KOE008', 'invalid-client'],
    ['KOE009', 'configuration'],
    ['KOE010', 'invalid-client'],
    ['KOE101', 'invalid-client'],
    ['KOE102', 'configuration'],
    ['KOE201', 'configuration'],
    ['KOE202', 'configuration'],
    ['KOE205', 'configuration'],
    ['KOE237', 'rate-limited'],
    ['KOE303', 'configuration'],
    ['KOE310', 'configuration'],
    ['KOE319', 'invalid'],
    ['KOE320', 'invalid-grant'],
    ['KOE322', 'invalid-grant'],
  ] as const)('%s is %s, whatever the status', async (code, reason) => {
    for (const status of [400, 401, 429, 500]) {
      const body = { error: 'x', error_description: 'fake words', error_code: code };
      const { options } = optionsThatGet(() => json(body, status));
      expect(await exchangeCode(options, login)).toMatchObject({
        ok: false,
        reason,
        code,
        detail: 'fake words',
        mayHaveActed: reason === 'unavailable',
      });
    }
  });
});

describe('a refusal without a known code', () => {
  test.each([
    ['invalid_grant', 400, 'invalid-grant'],
    ['invalid_client', 401, 'invalid-client'],
    ['unauthorized_client', 400, 'invalid-client'],
    ['invalid_scope', 400, 'configuration'],
    ['misconfigured', 400, 'configuration'],
    ['server_error', 400, 'unavailable'],
    ['invalid_request', 400, 'invalid'],
    ['', 401, 'invalid-client'],
    ['', 403, 'invalid'],
    ['', 429, 'rate-limited'],
    ['', 408, 'unavailable'],
    ['', 502, 'unavailable'],
  ])('error %j with HTTP %i is %s', async (error, status, reason) => {
    const { options } = optionsThatGet(() => json({ error, error_code: 'KOE99999' }, status));
    expect(await refreshTokens(options, 'fake-old')).toMatchObject({ ok: false, reason });
  });

  test('a page instead of JSON is told by its status alone', async () => {
    const { options } = optionsThatGet(() => new Response('<html>', { status: 503 }));
    expect(await refreshTokens(options, 'fake-old')).toEqual({
      ok: false,
      reason: 'unavailable',
      code: null,
      detail: 'HTTP 503 without a word',
      mayHaveActed: true,
    });
  });
});

test.each([
  ['ten minutes', {}, 600_000],
  ['as long as Kakao says', { 'retry-after': '60' }, 60_000],
])('after too many token requests one waits %s', async (_name, headers, retryAfterMs) => {
  const { options } = optionsThatGet(() => json({ error_code: 'KOE237' }, 400, headers));
  const renewed = await refreshTokens(options, 'fake-old');
  expect(renewed).toMatchObject({ reason: 'rate-limited', retryAfterMs });
});

test('after no answer the token may be used up', async () => {
  const { options } = optionsThatGet(() => Promise.reject(new Error('fake breakdown')));
  const renewed = await refreshTokens(options, 'fake-old');
  expect(renewed).toMatchObject({ reason: 'unavailable', mayHaveActed: true });
});

test.each([
  ['without a token', { token_type: 'bearer' }],
  ['with a token that no header can carry', { ...granted, access_token: 'a\nb' }],
])('a success %s is none, and nothing of it is told', async (_name, body) => {
  const { options } = optionsThatGet(() => json(body));
  const renewed = await refreshTokens(options, 'fake-old');
  expect(renewed).toMatchObject({ ok: false, reason: 'unavailable', mayHaveActed: true });
  expect(JSON.stringify(renewed)).not.toContain('fake-refresh');
});
