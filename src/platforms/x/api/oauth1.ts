import OAuth from 'oauth-1.0a';
import type { OAuth1SignatureMethod } from './oauth1Signature.ts';
import { oauth1Signature } from './oauth1Signature.ts';

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
  return baseString(libraryFor(credentials), request, parameters);
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
    baseString(oauth, request, parameters),
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
function baseString(oauth: OAuth, request: OAuth1Request, parameters: OAuth.Data): string {
  const url = new URL(request.url);
  const sent = url.searchParams;
  for (const [name, value] of Object.entries(request.form ?? {})) sent.append(name, value);
  const data = Object.fromEntries(Array.from(sent.keys(), (name) => [name, sent.getAll(name)]));
  const address = url.origin + url.pathname;
  return oauth.getBaseString({ method: request.method, url: address, data }, { ...parameters });
}
