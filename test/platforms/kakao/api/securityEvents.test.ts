import { describe, expect, test } from 'vitest';
import { base64url, utf8 } from '../../../../src/lib/encoding.ts';
import { verifySecurityEvent } from '../../../../src/platforms/kakao/api/securityEvents.ts';
import { json, NOW_MS, recorder } from '../../../recorder.ts';

const AUTH = 'https://kauth.example';
const AUDIENCE = 'fake-rest-api-key';
const NOW = NOW_MS / 1000;
const RS256 = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};
const header = { alg: 'RS256', kid: 'fake-kid', typ: 'secevent+jwt' };
const claims = {
  iss: 'https://kauth.kakao.com',
  aud: AUDIENCE,
  iat: NOW - 5,
  jti: 'fake-id',
  sub: '4000000001',
  events: { 'https://schemas.kakao.com/events/oauth/tokens-revoked': {} },
};

async function newKey() {
  const pair = await crypto.subtle.generateKey(RS256, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new Error('no pair');
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  if (jwk instanceof ArrayBuffer) throw new Error('no JSON');
  const { kty, n, e } = jwk;
  return { pair, jwk: { kty, n, e, kid: 'fake-kid', alg: 'RS256', use: 'sig' } };
}
const kakao = await newKey();
const stranger = await newKey();

function part(value: unknown): string {
  return base64url(utf8(JSON.stringify(value)));
}

async function sign(head: unknown, body: unknown, { pair } = kakao): Promise<string> {
  const signed = `${part(head)}.${part(body)}`;
  const mac = await crypto.subtle.sign(RS256.name, pair.privateKey, utf8(signed));
  return `${signed}.${base64url(mac)}`;
}

function verifierThatGets(respond: () => Response | Promise<Response>) {
  const { runtime, sent } = recorder(respond);
  const options = { runtime, authUrl: AUTH, audience: AUDIENCE };
  return { verify: (jwt: string) => verifySecurityEvent(options, jwt), sent };
}

const published = () => json({ keys: [{ kty: 'EC', kid: 'other' }, kakao.jwk] });
const { verify } = verifierThatGets(published);

describe('an event that Kakao signed', () => {
  test('is believed', async () => {
    const { verify: check, sent } = verifierThatGets(published);
    expect(await check(await sign(header, claims))).toEqual({
      ok: true,
      value: { kinds: ['tokens-revoked'], userId: '4000000001' },
    });
    expect(sent).toMatchObject([{ method: 'GET', url: `${AUTH}/.well-known/jwks.json` }]);
  });

  test('tells all kinds, under both of their addresses', async () => {
    const events = {
      'schemas.kakao.com/events/oauth/user-unlinked': { reason: 'x' },
      'https://schemas.openid.net/secevent/risc/event-type/account-disabled': null,
    };
    const result = await verify(
      await sign(header, { ...claims, aud: ['other', AUDIENCE], events }),
    );
    expect(result.ok && result.value.kinds).toEqual(['user-unlinked', 'account-disabled']);
  });

  const kind = 'https://schemas.kakao.com/events/oauth/user-unlinked';
  test.each([
    ['in sub', { sub: '1' }, '1'],
    ['in sub_id', { sub_id: { format: 'iss_sub', sub: '2' } }, '2'],
    ['in the event', { events: { [kind]: { subject: { sub: '3' } } } }, '3'],
    ['nowhere', {}, null],
    ['in an address only', { sub: 'person@example.com' }, null],
  ])('names the person %s', async (_where, members, userId) => {
    const { sub: _sub, ...rest } = claims;
    const result = await verify(await sign(header, { ...rest, ...members }));
    expect(result.ok && result.value.userId).toBe(userId);
  });

  test('is believed within the tolerance of clocks', async () => {
    for (const times of [{ iat: NOW + 299 }, { iat: NOW - 86_399 }, { exp: NOW - 299 }]) {
      expect(await verify(await sign(header, { ...claims, ...times }))).toMatchObject({ ok: true });
    }
  });

  test('is believed when the published key says no more than it must', async () => {
    const { kty, n, e, kid } = kakao.jwk;
    const { verify: check } = verifierThatGets(() => json({ keys: [{ kty, n, e, kid }] }));
    expect(await check(await sign(header, claims))).toMatchObject({ ok: true });
  });
});

describe('attacks', () => {
  test.each(['none', 'None', 'HS256', 'RS512', 'PS256', '', null, undefined])(
    'a token that names %j as its algorithm is refused before any key is fetched',
    async (alg) => {
      const { verify: check, sent } = verifierThatGets(published);
      const jwt = await sign({ ...header, alg }, claims);
      const unsigned = `${jwt.slice(0, jwt.lastIndexOf('.'))}.`;
      expect(await check(jwt)).toMatchObject({ ok: false, reason: 'invalid_key' });
      expect(await check(unsigned)).toMatchObject({ ok: false, reason: 'invalid_key' });
      expect(sent).toEqual([]);
    },
  );

  test('HS256 with the public key as its secret is refused', async () => {
    const spki = await crypto.subtle.exportKey('spki', kakao.pair.publicKey);
    if (!(spki instanceof ArrayBuffer)) throw new Error('no key');
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const secret = await crypto.subtle.importKey('raw', spki, algorithm, false, ['sign']);
    for (const alg of ['HS256', 'RS256']) {
      const signed = `${part({ ...header, alg })}.${part(claims)}`;
      const mac = await crypto.subtle.sign('HMAC', secret, utf8(signed));
      expect(await verify(`${signed}.${base64url(mac)}`)).toMatchObject({ ok: false });
    }
  });

  test('an empty signature is refused', async () => {
    const jwt = `${part(header)}.${part(claims)}.`;
    expect(await verify(jwt)).toMatchObject({ ok: false, reason: 'authentication_failed' });
  });

  test("a stranger's key under Kakao's name is refused, also when the token brings it", async () => {
    const forged = await sign({ ...header, jwk: stranger.jwk }, claims, stranger);
    expect(await verify(forged)).toMatchObject({ ok: false, reason: 'authentication_failed' });
  });

  test('other claims under a genuine signature are refused', async () => {
    const [head, , mac] = (await sign(header, claims)).split('.');
    const jwt = `${head}.${part({ ...claims, sub: '4000000002' })}.${mac}`;
    expect(await verify(jwt)).toMatchObject({ ok: false, reason: 'authentication_failed' });
  });

  test.each([
    ['an unknown kid', { kid: 'other-kid' }],
    ['the kid of a key of another kind', { kid: 'other' }],
    ['no kid', { kid: undefined }],
    ['a header that must be understood', { crit: ['b64'], b64: false }],
  ])('%s is refused', async (_name, members) => {
    const jwt = await sign({ ...header, ...members }, claims);
    expect(await verify(jwt)).toMatchObject({ ok: false, reason: 'invalid_key' });
  });

  test.each([
    ['another app', { aud: 'other-key' }, 'invalid_audience'],
    ['other apps', { aud: ['other-key'] }, 'invalid_audience'],
    ['nobody', { aud: [] }, 'invalid_audience'],
    ['no audience', { aud: undefined }, 'invalid_request'],
    ['another issuer', { iss: 'https://kauth.example' }, 'invalid_issuer'],
    ['the old days', { iat: NOW - 86_401 }, 'invalid_request'],
    ['the future', { iat: NOW + 301 }, 'invalid_request'],
    ['no time', { iat: undefined }, 'invalid_request'],
    ['a time that is over', { exp: NOW - 301 }, 'invalid_request'],
    ['a kind without events', { events: undefined }, 'invalid_request'],
  ])('a genuine token for %s is refused before any key is fetched', async (_name, over, reason) => {
    const { verify: check, sent } = verifierThatGets(published);
    expect(await check(await sign(header, { ...claims, ...over }))).toMatchObject({ reason });
    expect(sent).toEqual([]);
  });

  test('a token for no app is refused where no key is set', async () => {
    const { runtime } = recorder(published);
    const jwt = await sign(header, { ...claims, aud: '' });
    const result = await verifySecurityEvent({ runtime, authUrl: AUTH, audience: '' }, jwt);
    expect(result).toMatchObject({ ok: false, reason: 'invalid_audience' });
  });

  test.each(['', '.', '..', 'a.b.c', 'not a token', '{"events":{}}', 'a'.repeat(100_000)])(
    '%j is no token',
    async (jwt) => {
      expect(await verify(jwt)).toMatchObject({ ok: false, reason: 'invalid_request' });
    },
  );

  test('a fourth part is refused', async () => {
    const jwt = `${await sign(header, claims)}.x`;
    expect(await verify(jwt)).toMatchObject({ ok: false, reason: 'invalid_request' });
  });
});

describe('when the keys cannot be had', () => {
  test.each([
    ['a breakdown', () => json({}, 503)],
    ['a page', () => new Response('<html>')],
    ['keys in a refusal', () => json({ keys: [kakao.jwk] }, 404)],
    ['no answer', () => Promise.reject(new Error('fake breakdown'))],
  ])('%s means: send it again', async (_name, respond) => {
    const { verify: check } = verifierThatGets(respond);
    const result = await check(await sign(header, claims));
    expect(result).toMatchObject({ ok: false, reason: 'unavailable' });
  });

  test('a key that is none is refused', async () => {
    const { verify: check } = verifierThatGets(() => json({ keys: [{ ...kakao.jwk, n: '' }] }));
    const result = await check(await sign(header, claims));
    expect(result.ok).toBe(false);
  });
});
