import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { fromBase64url } from '../../../src/lib/encoding.ts';
import { utf8 } from '../bytes.ts';
import { sandboxSecrets } from '../secrets.ts';
import { bodyText } from '../x/body.ts';
import { createTestKakao } from './client.ts';

/** Kakao with an app that keeps what it is called with and answers with a status. */
function withApp(status = 200) {
  const stage = createTestKakao();
  const got: Request[] = [];
  stage.kakao.reachBy(async (request) => {
    got.push(request);
    return new Response(null, { status, headers: { location: 'https://soshik.example/' } });
  });
  return { ...stage, got };
}

const jwks = v.object({
  keys: v.tuple([v.object({ kid: v.string(), kty: v.string(), n: v.string(), e: v.string() })]),
});

const bodyOf = async (request: Request | undefined) => (request ? await bodyText(request) : '');
const decode = (part: string): unknown =>
  JSON.parse(new TextDecoder().decode(fromBase64url(part) ?? new Uint8Array()));

describe('the unlink webhook', () => {
  test('comes as a form with the admin key, after tokens and consents have ended', async () => {
    const { kakao, api, ko, got } = withApp();
    const { accessToken } = kakao.issueTokens(ko.id);
    expect((await kakao.unlink(ko.id))?.status).toBe(200);
    expect(await api('/v2/user/me', `Bearer ${accessToken}`)).toMatchObject({ status: 401 });
    const [request] = got;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('https://soshik.example/webhook/kakao/unlink');
    expect(request?.headers.get('authorization')).toBe(`KakaoAK ${sandboxSecrets.KAKAO_ADMIN_KEY}`);
    expect(Object.fromEntries(new URLSearchParams(await bodyOf(got[0])))).toEqual({
      app_id: '990001',
      user_id: ko.id,
      referrer_type: 'UNLINK_FROM_APPS',
    });
  });

  test('comes as a GET when the app chose so', async () => {
    const { kakao, ko, got } = withApp();
    await kakao.unlink(ko.id, { method: 'GET', referrer: 'ACCOUNT_DELETE' });
    const url = new URL(got[0]?.url ?? 'about:blank');
    expect(got[0]?.method).toBe('GET');
    expect(url.searchParams.get('referrer_type')).toBe('ACCOUNT_DELETE');
  });

  test('follows no redirect and waits three seconds', async () => {
    const redirecting = withApp(302);
    expect(await redirecting.kakao.unlink(redirecting.ko.id)).toBeNull();
    const { kakao, clock, ko } = createTestKakao();
    kakao.reachBy(async () => {
      clock.advance(3001);
      return new Response();
    });
    expect(await kakao.unlink(ko.id)).toBeNull();
  });
});

describe('a security event', () => {
  test('is a JWT of the key in jwks.json, with issuer, audience and event', async () => {
    const { kakao, handleAuth, ko, got, clock } = withApp(202);
    expect((await kakao.securityEvent(ko.id, 'user-unlinked'))?.status).toBe(202);
    expect(got[0]?.headers.get('content-type')).toBe('application/secevent+jwt');
    const [header = '', claims = '', signature = ''] = (await bodyOf(got[0])).split('.');

    const told = await handleAuth(new Request('https://kauth.kakao.com/.well-known/jwks.json'));
    const [jwk] = v.parse(jwks, await told.json()).keys;
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    const isRight = await crypto.subtle.verify(
      algorithm.name,
      key,
      fromBase64url(signature) ?? new Uint8Array(),
      utf8(`${header}.${claims}`),
    );
    expect(isRight).toBe(true);
    expect(decode(header)).toMatchObject({ alg: 'RS256', kid: jwk.kid });
    expect(decode(claims)).toMatchObject({
      iss: 'https://kauth.kakao.com',
      aud: sandboxSecrets.KAKAO_REST_API_KEY,
      iat: clock.now() / 1000,
      sub: ko.id,
      events: { 'https://schemas.kakao.com/events/oauth/user-unlinked': expect.anything() },
    });
  });

  test('can be forged, and is not sent where none is wanted', async () => {
    const { kakao, ko, got } = withApp(202);
    await kakao.securityEvent(ko.id, 'tokens-revoked', { aud: 'another-app' });
    const [, claims = ''] = (await bodyOf(got[0])).split('.');
    expect(decode(claims)).toMatchObject({ aud: 'another-app' });
    kakao.app.webhooks.securityEvents = null;
    expect(await kakao.securityEvent(ko.id, 'tokens-revoked')).toBeNull();
    expect(got).toHaveLength(1);
  });
});

describe('the channel webhook', () => {
  test('tells who added and who blocked the channel, once one is registered', async () => {
    const { kakao, ko, got } = withApp();
    expect(await kakao.addBot(ko.id)).toBeNull();
    kakao.app.webhooks.channel = 'https://soshik.example/webhook/kakao/channel';
    await kakao.blockBot(ko.id);
    expect(got[0]?.headers.get('user-agent')).toBe('KakaoOpenAPI/1.0');
    expect(await got[0]?.json()).toMatchObject({
      event: 'blocked',
      id: ko.id,
      id_type: 'app_user_id',
      updated_at: '2026-11-22T03:00:00.000Z',
    });
  });
});
