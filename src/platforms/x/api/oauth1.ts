import OAuth from 'oauth-1.0a';
import { base64, utf8 } from '../../../lib/encoding.ts';
import { unreachable } from '../../../lib/result.ts';

/** How a request is signed (RFC 5849 section 3.4). X takes HMAC-SHA1. */
type OAuth1SignatureMethod =
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
async function oauth1Signature(
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

/** Keys of an app and, for calls on behalf of an account, that account's token. */
export interface OAuth1Credentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token?: string;
  readonly tokenSecret?: string;
}

/** What of a request is signed (RFC 5849 section 3.4.1.3). */
export interface OAuth1Request {
  readonly method: string;
  /** Absolute; its query is signed. */
  readonly url: string;
  /** Fields of an urlencoded body. JSON and multipart bodies are not signed. */
  readonly form?: Readonly<Record<string, string>>;
  /** Further protocol parameters for the header, such as `oauth_callback`. */
  readonly oauth?: Readonly<Record<`oauth_${string}`, string>>;
  /** `oauth_version` is optional in RFC 5849; X's docs send it. Default true. */
  readonly includeVersion?: boolean;
}

/** What makes each signature unique; the nonce must be fresh for every request. */
export interface OAuth1Stamp {
  readonly timestampSeconds: number;
  readonly nonce: string;
}

const HMAC_SHA1: OAuth1SignatureMethod = { name: 'HMAC-SHA1' };

/**
 * The value of the `Authorization` header (RFC 5849 section 3.5.1).
 * Source: RFC 5849 section 3, X docs: creating-a-signature.
 *
 * @throws TypeError when the method's private key is none
 */
export async function authorizationHeader(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod = HMAC_SHA1,
): Promise<string> {
  const parameters = await signedParameters(credentials, request, stamp, method);
  return libraryFor(credentials).toHeader(parameters).Authorization;
}

/**
 * The request's address with the protocol parameters in its query (RFC 5849 section 3.5.3): for
 * where a header cannot be set. Takes and throws the same as {@link authorizationHeader}.
 */
export async function signedUrl(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod = HMAC_SHA1,
): Promise<string> {
  const url = new URL(request.url);
  const parameters = urlencoded(await signedParameters(credentials, request, stamp, method));
  url.search = url.search === '' ? parameters : `${url.search}&${parameters}`;
  return url.href;
}

/**
 * An `application/x-www-form-urlencoded` body of the request's form and the protocol parameters
 * (RFC 5849 section 3.5.2). Takes and throws the same as {@link authorizationHeader}.
 */
export async function signedForm(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod = HMAC_SHA1,
): Promise<string> {
  const parameters = await signedParameters(credentials, request, stamp, method);
  return urlencoded({ ...request.form, ...parameters });
}

/** The text that is signed (RFC 5849 section 3.4.1), to compare with published examples. */
export function signatureBaseString(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod = HMAC_SHA1,
): string {
  const parameters = protocolParameters(credentials, request, stamp, method);
  return baseStringOf(libraryFor(credentials), request, parameters);
}

/** Percent-encoding of RFC 5849 section 3.6: everything but `A-Za-z0-9-._~`. */
export function percentEncode(text: string): string {
  return OAuth.prototype.percentEncode(text);
}

function libraryFor(credentials: OAuth1Credentials): OAuth {
  // Left at its PLAINTEXT default: its own hash function is synchronous, Web Crypto is not.
  return new OAuth({
    consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
  });
}

function urlencoded(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(String(value))}`)
    .join('&');
}

async function signedParameters(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod,
): Promise<OAuth.Authorization> {
  const oauth = libraryFor(credentials);
  const parameters = protocolParameters(credentials, request, stamp, method);
  const signature = await oauth1Signature(
    method,
    baseStringOf(oauth, request, parameters),
    oauth.getSigningKey(credentials.tokenSecret),
  );
  return { ...parameters, oauth_signature: signature };
}

function protocolParameters(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
  method: OAuth1SignatureMethod,
): OAuth.Data {
  const parameters: OAuth.Data = {
    ...request.oauth,
    ...(credentials.token === undefined ? {} : { oauth_token: credentials.token }),
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: stamp.nonce,
    oauth_signature_method: method.name,
    oauth_timestamp: stamp.timestampSeconds,
    oauth_version: '1.0',
  };
  // The library's type insists on a version, its code does not.
  if (request.includeVersion === false) Reflect.deleteProperty(parameters, 'oauth_version');
  return parameters;
}

/**
 * The library splits a query at every `=`, leaves its names and `+` undecoded, loses what form and
 * query both name, keeps fragments and default ports, and writes into the objects it is given.
 * So it gets an address without query, each name with all its values, and a copy.
 */
function baseStringOf(oauth: OAuth, request: OAuth1Request, parameters: OAuth.Data): string {
  const url = new URL(request.url);
  const sent = url.searchParams;
  for (const [name, value] of Object.entries(request.form ?? {})) sent.append(name, value);
  const data = Object.fromEntries(Array.from(sent.keys(), (name) => [name, sent.getAll(name)]));
  const address = url.origin + url.pathname;
  return oauth.getBaseString({ method: request.method, url: address, data }, { ...parameters });
}
