import OAuth from 'oauth-1.0a';
import { base64, utf8 } from '../../../lib/encoding.ts';

const KEY_CACHE_SIZE = 16;
const keyCache = new Map<string, CryptoKey>();

/** A CryptoKey is immutable, and importing one costs more than a signature. */
async function hmacKey(secrets: string): Promise<CryptoKey> {
  const known = keyCache.get(secrets);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', utf8(secrets), algorithm, false, ['sign']);
  if (keyCache.size >= KEY_CACHE_SIZE) keyCache.clear();
  keyCache.set(secrets, key);
  return key;
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

/**
 * The value of the `Authorization` header (RFC 5849 section 3.5.1), signed by HMAC-SHA1.
 * Source: RFC 5849 section 3, X docs: creating-a-signature.
 */
export async function authorizationHeader(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
): Promise<string> {
  const oauth = libraryFor(credentials);
  const key = await hmacKey(oauth.getSigningKey(credentials.tokenSecret));
  const base = signatureBaseString(credentials, request, stamp);
  const signature = base64(await crypto.subtle.sign('HMAC', key, utf8(base)));
  const parameters = protocolParameters(credentials, request, stamp);
  return oauth.toHeader({ ...parameters, oauth_signature: signature }).Authorization;
}

/**
 * The text that is signed (RFC 5849 section 3.4.1).
 *
 * The library splits a query at every `=`, leaves its names and `+` undecoded, loses what form and
 * query both name, keeps fragments and default ports, and writes into the objects it is given.
 * So it gets an address without query, each name with all its values, and a copy.
 */
export function signatureBaseString(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
): string {
  const url = new URL(request.url);
  const sent = url.searchParams;
  for (const [name, value] of Object.entries(request.form ?? {})) sent.append(name, value);
  const data = Object.fromEntries(Array.from(sent.keys(), (name) => [name, sent.getAll(name)]));
  const address = url.origin + url.pathname;
  const parameters = protocolParameters(credentials, request, stamp);
  return libraryFor(credentials).getBaseString(
    { method: request.method, url: address, data },
    { ...parameters },
  );
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

function protocolParameters(
  credentials: OAuth1Credentials,
  request: OAuth1Request,
  stamp: OAuth1Stamp,
): OAuth.Data {
  const parameters: OAuth.Data = {
    ...request.oauth,
    ...(credentials.token === undefined ? {} : { oauth_token: credentials.token }),
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: stamp.nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: stamp.timestampSeconds,
    oauth_version: '1.0',
  };
  // The library's type insists on a version, its code does not.
  if (request.includeVersion === false) Reflect.deleteProperty(parameters, 'oauth_version');
  return parameters;
}
