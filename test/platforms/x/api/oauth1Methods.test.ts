import { describe, expect, test } from 'vitest';
import { base64, utf8 } from '../../../../src/lib/encoding.ts';
import {
  authorizationHeader,
  percentEncode,
  signatureBaseString,
  signedForm,
  signedUrl,
} from '../../../../src/platforms/x/api/oauth1.ts';

const credentials = {
  consumerKey: 'dpf43f3p2l4k3l03',
  consumerSecret: 'kd94hf93k423kf44',
  token: 'nnch734d00sl2jdk',
  tokenSecret: 'pfkkdhi9sl3r4s00',
};
const photos = {
  method: 'GET',
  url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
};
const stamp = { timestampSeconds: 1191242096, nonce: 'kllo9940pd9333jh' };

describe('signature methods', () => {
  test('RSA-SHA1: the public half of a fresh key verifies the signature', async () => {
    const { privateKey, publicKey } = await rsaKeyPair();
    const header = await authorizationHeader(credentials, photos, stamp, {
      name: 'RSA-SHA1',
      privateKey,
    });
    const [, signature] = /oauth_signature="([^"]+)"/.exec(header) ?? expect.unreachable();
    const bytes = Uint8Array.from(atob(decodeURIComponent(signature ?? '')), (character) =>
      character.charCodeAt(0),
    );
    const base = signatureBaseString(credentials, photos, stamp, { name: 'RSA-SHA1', privateKey });
    const verify = (text: string) =>
      crypto.subtle.verify('RSASSA-PKCS1-v1_5', publicKey, bytes, utf8(text));
    expect(await verify(base)).toBe(true);
    expect(await verify(`${base}.`)).toBe(false);
  });

  // By `openssl dgst -sha256 -hmac`: the text of OAuth Core appendix A with this method named in it.
  test('HMAC-SHA256: what openssl makes of the same text', async () => {
    const header = await authorizationHeader(credentials, photos, stamp, { name: 'HMAC-SHA256' });
    expect(header).toContain(
      `oauth_signature="${percentEncode('WVPzl1j6ZsnkIjWr7e3OZ3jkenL57KwaLFhYsroX1hg=')}"`,
    );
    expect(header).toContain('oauth_signature_method="HMAC-SHA256"');
  });

  test('PLAINTEXT: both secrets as they are (RFC 5849 section 3.4.4)', async () => {
    const method = { name: 'PLAINTEXT' } as const;
    expect(await authorizationHeader(credentials, photos, stamp, method)).toContain(
      'oauth_signature="kd94hf93k423kf44%26pfkkdhi9sl3r4s00"',
    );
    const { token: _token, tokenSecret: _secret, ...keys } = credentials;
    expect(await authorizationHeader(keys, photos, stamp, method)).toContain(
      'oauth_signature="kd94hf93k423kf44%26"',
    );
  });

  test('one secret under two methods has two signatures', async () => {
    const sha1 = await authorizationHeader(credentials, photos, stamp);
    const sha256 = await authorizationHeader(credentials, photos, stamp, { name: 'HMAC-SHA256' });
    expect(await authorizationHeader(credentials, photos, stamp)).toBe(sha1);
    expect(sha256).not.toBe(sha1);
  });

  test.each([
    ['nothing', () => ''],
    ['another kind of key', (key: string) => key.replaceAll('PRIVATE', 'RSA PRIVATE')],
    ['a key cut short', (key: string) => key.replace(/\n.{12}/, '\n')],
    ['no base64', (key: string) => key.replace(/\n.{4}/, '\n====')],
  ])('a private key that is %s is refused by name', async (_name, spoil) => {
    const privateKey = spoil((await rsaKeyPair()).privateKey);
    await expect(
      authorizationHeader(credentials, photos, stamp, { name: 'RSA-SHA1', privateKey }),
    ).rejects.toThrow('RSA-SHA1 needs a private key in PKCS#8 PEM form');
  });
});

describe('where the protocol parameters go', () => {
  test('into the query, after what is there', async () => {
    expect(await signedUrl(credentials, photos, stamp)).toBe(
      'http://photos.example.net/photos?file=vacation.jpg&size=original' +
        '&oauth_token=nnch734d00sl2jdk&oauth_consumer_key=dpf43f3p2l4k3l03' +
        '&oauth_nonce=kllo9940pd9333jh&oauth_signature_method=HMAC-SHA1' +
        '&oauth_timestamp=1191242096&oauth_version=1.0' +
        '&oauth_signature=tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D',
    );
  });

  test('into an address without a query', async () => {
    const url = await signedUrl(
      credentials,
      { method: 'GET', url: 'https://x.example/a#b' },
      stamp,
      {
        name: 'PLAINTEXT',
      },
    );
    expect(url).toMatch(/^https:\/\/x\.example\/a\?oauth_token=[^?]+#b$/);
  });

  test('into the form, beside its fields', async () => {
    const request = {
      method: 'POST',
      url: 'https://x.example/oauth/access_token',
      form: { oauth_verifier: 'a b', status: '안녕 & *' },
    };
    const form = await signedForm(credentials, request, stamp);
    const header = await authorizationHeader(credentials, request, stamp);
    const fields = new URLSearchParams(form);
    expect(form).toContain('status=%EC%95%88%EB%85%95%20%26%20%2A');
    expect(fields.get('oauth_verifier')).toBe('a b');
    // The same signature wherever it is carried: the signed text is the same.
    const signature = fields.get('oauth_signature') ?? expect.unreachable();
    expect(header).toContain(`oauth_signature="${percentEncode(signature)}"`);
  });
});

async function rsaKeyPair() {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-1',
    },
    true,
    ['sign', 'verify'],
  );
  if (!('privateKey' in pair)) throw new Error('expected a pair');
  const bytes = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
  if (!(bytes instanceof ArrayBuffer)) throw new Error('expected bytes');
  const label = 'PRIVATE KEY';
  const privateKey = `-----BEGIN ${label}-----\n${base64(bytes)}\n-----END ${label}-----`;
  return { privateKey, publicKey: pair.publicKey };
}
