import { base64url } from '../../../src/lib/encoding.ts';
import { utf8 } from '../bytes.ts';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;

const keyId = 'sandbox-kakao-key-1';

export type SigningKey = ReturnType<typeof createSigningKey>;

/** The key of `kauth.kakao.com`, made when it is first needed. */
export function createSigningKey() {
  let made: Promise<CryptoKeyPair> | null = null;

  function keyPair(): Promise<CryptoKeyPair> {
    made ??= (async () => {
      const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      if (!('privateKey' in pair)) throw new Error('The runtime made no RSA key pair.');
      return pair;
    })();
    return made;
  }

  return {
    /** The answer of `/.well-known/jwks.json` (RFC 7517). */
    async jwks(): Promise<object> {
      const jwk = await crypto.subtle.exportKey('jwk', (await keyPair()).publicKey);
      if (!('n' in jwk)) throw new Error('The runtime exported no JWK.');
      return { keys: [{ kid: keyId, kty: 'RSA', alg: 'RS256', use: 'sig', n: jwk.n, e: jwk.e }] };
    },

    /** A signed JWT of these claims (RFC 7515, RS256). */
    async sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
      const header = { kid: keyId, typ: 'secevent+jwt', alg: 'RS256' };
      const signed = [header, claims]
        .map((part) => base64url(utf8(JSON.stringify(part))))
        .join('.');
      const { privateKey } = await keyPair();
      return `${signed}.${base64url(await crypto.subtle.sign(algorithm.name, privateKey, utf8(signed)))}`;
    },
  };
}
