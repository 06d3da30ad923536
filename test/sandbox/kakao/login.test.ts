import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { authorizeUrl, createTestKakao, redirectUri, type TestKakao } from './client.ts';

async function codeFor(stage: TestKakao, personId: string, url = authorizeUrl()): Promise<string> {
  return new URL(await stage.kakao.logIn(url, personId)).searchParams.get('code') ?? '';
}

async function exchange(stage: TestKakao, code: string, uri = redirectUri) {
  return await stage.token({ grant_type: 'authorization_code', code, redirect_uri: uri });
}

const refresh = async (stage: TestKakao, refreshToken: string | null) =>
  await stage.token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' });

const refused = (code: string) => expect.objectContaining({ error_code: code });

describe('the consent page', () => {
  test('offers every person, every consent item and a way out', async () => {
    const { handleAuth, ko, en } = createTestKakao();
    const response = await handleAuth(new Request(authorizeUrl({ scope: 'talk_message,friends' })));
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('<html lang="ko">');
    for (const { id } of [ko, en]) expect(page).toContain(`name="person" value="${id}"`);
    expect(page.match(/name="scope" value="\w+"/g)).toEqual([
      'name="scope" value="profile_nickname"',
      'name="scope" value="talk_message"',
      'name="scope" value="friends"',
    ]);
    expect(page).toContain('value="deny"');
  });

  test.each([
    ['KOE101', 401, { client_id: 'another-key' }],
    ['KOE201', 400, { response_type: 'token' }],
    ['KOE006', 400, { redirect_uri: `${redirectUri}/` }],
    ['KOE205', 400, { scope: 'talk_message,account_email' }],
  ])('shows %s instead of going back to the app', async (code, status, change) => {
    const { handleAuth, kakao, ko } = createTestKakao();
    const response = await handleAuth(new Request(authorizeUrl(change)));
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(code);
    await expect(kakao.logIn(authorizeUrl(change), ko.id)).rejects.toThrow(code);
  });

  test('shows KOE004 while login is off and KOE005 to strangers of a test app', async () => {
    const { kakao, ko } = createTestKakao();
    Object.assign(kakao.app, { isTestApp: true, memberIds: [] });
    await expect(kakao.logIn(authorizeUrl(), ko.id)).rejects.toThrow('KOE005');
    kakao.app.isLoginOn = false;
    await expect(kakao.logIn(authorizeUrl(), ko.id)).rejects.toThrow('KOE004');
  });

  test('cancelling goes back with access_denied and the state', async () => {
    const { kakao, ko } = createTestKakao();
    const back = new URL(await kakao.logIn(authorizeUrl(), ko.id, { deny: true }));
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'st4te',
    });
    expect(kakao.scopes(ko.id)).toEqual([]);
  });

  test('an optional item can be left out, a required one cannot', async () => {
    const stage = createTestKakao();
    await stage.kakao.logIn(authorizeUrl(), stage.ko.id, { scopes: [] });
    expect(stage.kakao.scopes(stage.ko.id)).toEqual(['profile_nickname']);
  });

  test('a silent login without a session goes back at once', async () => {
    const { handleAuth } = createTestKakao();
    const response = await handleAuth(new Request(authorizeUrl({ prompt: 'none' })));
    expect(response.headers.get('location')).toContain('error=login_required');
  });

  test('the account logout goes to a registered address only', async () => {
    const { handleAuth } = createTestKakao();
    const go = async (uri: string) => {
      const query = new URLSearchParams({
        client_id: 'sandbox-kakao-rest-key',
        logout_redirect_uri: uri,
        state: 's',
      });
      return await handleAuth(new Request(`https://kauth.kakao.com/oauth/logout?${String(query)}`));
    };
    expect((await go('https://soshik.example/')).headers.get('location')).toBe(
      'https://soshik.example/?state=s',
    );
    expect(await (await go('https://evil.example/')).text()).toContain('KOE007');
  });
});

describe('the token endpoint', () => {
  test('a code becomes a pair with what was agreed to, once', async () => {
    const stage = createTestKakao();
    const code = await codeFor(stage, stage.ko.id);
    expect(await exchange(stage, code)).toEqual({
      status: 200,
      json: {
        token_type: 'bearer',
        access_token: expect.any(String),
        expires_in: 21_599,
        refresh_token: expect.any(String),
        refresh_token_expires_in: 5_183_999,
        scope: 'profile_nickname talk_message',
      },
    });
    expect(await exchange(stage, code)).toMatchObject({ status: 400, json: refused('KOE320') });
  });

  test('a code lives for ten minutes', async () => {
    const stage = createTestKakao();
    const code = await codeFor(stage, stage.ko.id);
    stage.clock.advance(10 * MINUTE_MS);
    expect((await exchange(stage, code)).json).toEqual(refused('KOE320'));
  });

  test.each([
    ['KOE303', 400, { redirect_uri: 'https://soshik.example/' }],
    ['KOE010', 401, { client_secret: 'wrong' }],
    ['KOE010', 401, { client_secret: '' }],
    ['KOE101', 401, { client_id: 'another-key' }],
    ['KOE001', 400, { grant_type: 'password' }],
    ['KOE319', 400, { grant_type: 'refresh_token' }],
    ['KOE322', 400, { grant_type: 'refresh_token', refresh_token: 'unknown' }],
  ])('%s with status %i for %o', async (code, status, change) => {
    const stage = createTestKakao();
    const fields = {
      grant_type: 'authorization_code',
      code: await codeFor(stage, stage.ko.id),
      redirect_uri: redirectUri,
    };
    expect(await stage.token({ ...fields, ...change })).toEqual({ status, json: refused(code) });
  });

  test('a JSON body is refused, and a switched-off secret is not asked for', async () => {
    const stage = createTestKakao();
    const url = 'https://kauth.kakao.com/oauth/token';
    const headers = { 'content-type': 'application/json' };
    const told = await stage.handleAuth(new Request(url, { method: 'POST', headers, body: '{}' }));
    expect(await told.json()).toEqual(refused('KOE001'));
    stage.kakao.app.isSecretOn = false;
    const code = await codeFor(stage, stage.ko.id);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    expect((await stage.token({ ...fields, client_secret: 'any' })).status).toBe(200);
  });

  test('a refresh before the last month gives an access token and nothing else', async () => {
    const stage = createTestKakao();
    const { refreshToken } = stage.kakao.issueTokens(stage.ko.id);
    stage.clock.advance(29 * DAY_MS);
    const { json } = await refresh(stage, refreshToken);
    expect(json).toEqual({
      token_type: 'bearer',
      access_token: expect.any(String),
      expires_in: 21_599,
    });
    expect((await refresh(stage, refreshToken)).status).toBe(200);
  });

  test('a refresh in the last month gives a new refresh token, and the old one is dead', async () => {
    const stage = createTestKakao();
    const { refreshToken } = stage.kakao.issueTokens(stage.ko.id);
    stage.clock.advance(31 * DAY_MS);
    expect((await refresh(stage, refreshToken)).json).toMatchObject({
      refresh_token: expect.any(String),
      refresh_token_expires_in: 5_183_999,
    });
    expect((await refresh(stage, refreshToken)).json).toEqual(refused('KOE322'));
  });

  test('after two months a refresh token is dead', async () => {
    const stage = createTestKakao();
    const { refreshToken } = stage.kakao.issueTokens(stage.ko.id);
    stage.clock.advance(60 * DAY_MS);
    expect((await refresh(stage, refreshToken)).json).toEqual(refused('KOE322'));
  });

  test('the 21st access token in ten minutes is refused, ten minutes later it is not', async () => {
    const stage = createTestKakao();
    const { refreshToken } = stage.kakao.issueTokens(stage.ko.id);
    for (let count = 2; count <= 20; count += 1) {
      expect((await refresh(stage, refreshToken)).status).toBe(200);
    }
    expect(await refresh(stage, refreshToken)).toEqual({ status: 400, json: refused('KOE237') });
    stage.kakao.app.rateLimitStatus = 429;
    expect((await refresh(stage, refreshToken)).status).toBe(429);
    stage.clock.advance(10 * MINUTE_MS);
    expect((await refresh(stage, refreshToken)).status).toBe(200);
  });

  test('the 31st refresh token in an hour is refused', async () => {
    const stage = createTestKakao();
    for (let count = 1; count <= 30; count += 1) {
      stage.kakao.issueTokens(stage.ko.id);
      stage.clock.advance(MINUTE_MS);
    }
    const code = await codeFor(stage, stage.ko.id);
    expect((await exchange(stage, code)).json).toEqual(refused('KOE237'));
  });
});

describe('the user’s calls', () => {
  test('an access token tells whose it is and for how long, for six hours', async () => {
    const { kakao, api, clock, ko } = createTestKakao();
    const bearer = `Bearer ${kakao.issueTokens(ko.id).accessToken}`;
    clock.advance(HOUR_MS);
    expect(await api('/v1/user/access_token_info', bearer)).toMatchObject({
      status: 200,
      json: { id: Number(ko.id), expires_in: 17_999, app_id: 990_001 },
    });
    clock.advance(5 * HOUR_MS);
    expect(await api('/v1/user/access_token_info', bearer)).toMatchObject({
      status: 401,
      json: { code: -401 },
    });
  });

  test('me has a nickname only after consent', async () => {
    const { kakao, api, ko } = createTestKakao();
    const me = async (scopes: string[]) => {
      const { accessToken } = kakao.issueTokens(ko.id, scopes);
      return (await api('/v2/user/me', `Bearer ${accessToken}`)).json;
    };
    expect(await me(['talk_message'])).not.toHaveProperty('properties');
    expect(await me(['profile_nickname'])).toMatchObject({
      id: Number(ko.id),
      connected_at: '2026-11-22T03:00:00Z',
      kakao_account: { profile: { nickname: '하나' } },
    });
  });

  test('logging out ends the tokens of that login and leaves the others', async () => {
    const stage = createTestKakao();
    const { kakao, api, ko } = stage;
    const [one, other] = [kakao.issueTokens(ko.id), kakao.issueTokens(ko.id)];
    const told = await api('/v1/user/logout', `Bearer ${one.accessToken}`, {});
    expect(told).toEqual({ status: 200, json: { id: Number(ko.id) } });
    expect((await refresh(stage, one.refreshToken)).json).toEqual(refused('KOE322'));
    expect((await api('/v2/user/me', `Bearer ${one.accessToken}`)).status).toBe(401);
    expect((await api('/v2/user/me', `Bearer ${other.accessToken}`)).status).toBe(200);
  });

  test('unlinking ends tokens and consents, and calls no webhook', async () => {
    const { kakao, api, ko } = createTestKakao();
    const called: string[] = [];
    kakao.reachBy(async ({ url }) => {
      called.push(url);
      return new Response();
    });
    const { accessToken } = kakao.issueTokens(ko.id);
    expect((await api('/v1/user/unlink', `Bearer ${accessToken}`, {})).status).toBe(200);
    expect((await api('/v2/user/me', `Bearer ${accessToken}`)).status).toBe(401);
    expect([kakao.scopes(ko.id), called]).toEqual([[], []]);
  });

  test('the admin key unlinks a linked person, and nobody else’s key does', async () => {
    const { kakao, api, ko } = createTestKakao();
    kakao.issueTokens(ko.id);
    const target = { target_id_type: 'user_id', target_id: ko.id };
    const admin = 'KakaoAK sandbox-kakao-admin-key';
    expect(await api('/v1/user/unlink', 'KakaoAK wrong', target)).toMatchObject({ status: 401 });
    expect(await api('/v1/user/unlink', admin, {})).toMatchObject({ json: { code: -2 } });
    expect((await api('/v1/user/unlink', admin, target)).status).toBe(200);
    expect(await api('/v1/user/unlink', admin, target)).toMatchObject({ json: { code: -101 } });
  });

  test('a consent that was withdrawn is told with what is missing, a new one needs a new login', async () => {
    const stage = createTestKakao();
    const { kakao, api, ko } = stage;
    const bearer = `Bearer ${kakao.issueTokens(ko.id, ['talk_message']).accessToken}`;
    const list = async (authorization: string) => await api('/v1/api/talk/friends', authorization);
    const missing = {
      status: 403,
      json: { code: -402, required_scopes: ['friends'], allowed_scopes: ['talk_message'] },
    };
    expect(await list(bearer)).toMatchObject(missing);
    await kakao.logIn(authorizeUrl({ scope: 'friends' }), ko.id);
    expect(await list(bearer)).toMatchObject(missing);
    const fresh = `Bearer ${kakao.issueTokens(ko.id).accessToken}`;
    expect((await list(fresh)).status).toBe(200);
    await api('/v2/user/revoke/scopes', fresh, { scopes: '["friends"]' });
    expect(await list(fresh)).toMatchObject({ json: { code: -402 } });
    expect((await api('/v2/user/scopes', fresh)).json).toMatchObject({
      scopes: expect.arrayContaining([expect.objectContaining({ id: 'friends', agreed: false })]),
    });
  });

  test('a month has its number of calls', async () => {
    const { kakao, api, ko } = createTestKakao();
    kakao.app.quota.callsPerMonth = 1;
    const bearer = `Bearer ${kakao.issueTokens(ko.id).accessToken}`;
    expect((await api('/v2/user/me', bearer)).status).toBe(200);
    expect(await api('/v2/user/me', bearer)).toMatchObject({ json: { code: -10 } });
  });
});
