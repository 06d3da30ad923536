import { base64, utf8 } from '../../../lib/encoding.ts';
import { unreachable } from '../../../lib/result.ts';

/** How a request is signed (RFC 5849 section 3.4). X takes HMAC-SHA1. */
export type OAuth1SignatureMethod =
  | { readonly name: 'HMAC-SHA1' | 'HMAC-SHA256' | 'PLAINTEXT' }
  /** The app's private key, PKCS#8 in PEM form; X's side would hold the public one. */
  | { readonly name: 'RSA-SHA1'; readonly privateKey: string };

const KEY_CACHE_SIZE = 16;
const keyCache = new Map<string, CryptoKey>();

/**
 * The value of `oauth_signature`, before it is percent-encoded.
 *
 * @param baseString see RFC 5849 section 3.4.1; not used by PLAINTEXT
 * @param secrets both secrets, encoded and joined by `&`; not used by RSA-SHA1
 * @throws TypeError when the private key is not PKCS#8 in PEM form
 */
export async function oauth1Signature(
  method: OAuth1SignatureMethod,
  baseString: string,
  secrets: string,
): Promise<string> {
  switch (method.name) {
    case 'PLAINTEXT':
      return secrets;
    case 'HMAC-SHA1':
    case 'HMAC-SHA256': {
      const key = await keyOf(method.name, secrets, importHmacKey);
      return base64(await crypto.subtle.sign('HMAC', key, utf8(baseString)));
    }
    case 'RSA-SHA1': {
      const key = await keyOf(method.name, method.privateKey, importRsaKey);
      return base64(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, utf8(baseString)));
    }
    default:
      return unreachable(method);
  }
}

type MethodWithKey = Exclude<OAuth1SignatureMethod['name'], 'PLAINTEXT'>;

/** A CryptoKey is immutable, and importing one costs more than a signature. */
async function keyOf<Method extends MethodWithKey>(
  method: Method,
  secret: string,
  importKey: (secret: string, method: Method) => Promise<CryptoKey>,
): Promise<CryptoKey> {
  const id = `${method} ${secret}`;
  const known = keyCache.get(id);
  if (known) return known;
  const key = await importKey(secret, method);
  if (keyCache.size >= KEY_CACHE_SIZE) keyCache.clear();
  keyCache.set(id, key);
  return key;
}

async function importHmacKey(
  secret: string,
  method: 'HMAC-SHA1' | 'HMAC-SHA256',
): Promise<CryptoKey> {
  const hash = method === 'HMAC-SHA1' ? 'SHA-1' : 'SHA-256';
  return await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash }, false, [
    'sign',
  ]);
}

async function importRsaKey(pem: string): Promise<CryptoKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' };
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8(pem), algorithm, false, ['sign']);
  } catch (cause) {
    throw new TypeError('RSA-SHA1 needs a private key in PKCS#8 PEM form', { cause });
  }
}

/** The bytes inside `-----BEGIN PRIVATE KEY-----` (RFC 7468 section 10); empty when it is none. */
function pkcs8(pem: string): Uint8Array<ArrayBuffer> {
  const label = 'PRIVATE KEY';
  const body = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`);
  const encoded = body.exec(pem)?.[1] ?? '';
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
}
