import { hmacBase64 } from '../bytes.ts';

export interface OAuth1Issuer {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Secret of a living access or request token, or null. */
  readonly secretOf: (token: string) => string | null;
  readonly now: () => number;
}

/** The part of a request that is signed. */
export interface SignedPart {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export type Verdict =
  /** `token` is empty where none was asked for; `oauth` is the whole header, decoded. */
  | { readonly ok: true; readonly token: string; readonly oauth: ReadonlyMap<string, string> }
  /** `reason` is for whoever debugs a client; X tells no more than the code. */
  | { readonly ok: false; readonly code: 32 | 89; readonly reason: string };

const required = [
  'oauth_consumer_key',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_timestamp',
  'oauth_version',
] as const;

const toleranceSeconds = 5 * 60;

/** Checks a header; `needsToken` is false where the first leg begins and there is none yet. */
export type OAuth1Verifier = (
  header: string,
  part: SignedPart,
  needsToken?: boolean,
) => Promise<Verdict>;

/**
 * Checks OAuth 1.0a headers of one app as X does (docs/platforms/x.md, OAuth 1.0a, RFC 5849 section
 * 3.2).
 */
export function createOAuth1Verifier(issuer: OAuth1Issuer): OAuth1Verifier {
  const seen = new Set<string>();

  return async (header, part, needsToken = true) => {
    const given = parseHeader(header);
    if (!given) return refused('the header is not a list of key="value" pairs, each key once');
    const needed = needsToken ? [...required, 'oauth_token'] : required;
    const missing = needed.filter((name) => !given.get(name));
    if (missing.length > 0) return refused(`the header lacks ${missing.join(', ')}`);
    if (given.get('oauth_signature_method') !== 'HMAC-SHA1') {
      return refused('the signature method is not HMAC-SHA1');
    }
    if (given.get('oauth_version') !== '1.0') return refused('the version is not 1.0');
    if (given.get('oauth_consumer_key') !== issuer.consumerKey) {
      return refused('the consumer key is unknown');
    }
    const token = given.get('oauth_token') ?? '';
    const tokenSecret = token === '' ? '' : issuer.secretOf(token);
    if (tokenSecret === null) return refused('the token is unknown', 89);

    const timestamp = given.get('oauth_timestamp') ?? '';
    const ageSeconds = Math.abs(issuer.now() / 1000 - Number(timestamp));
    if (!/^\d+$/.test(timestamp) || ageSeconds > toleranceSeconds) {
      return refused(`the timestamp ${timestamp} is not within 5 minutes of now`);
    }
    const { consumerSecret } = issuer;
    const expected = await oauth1Signature(given, part, { consumerSecret, tokenSecret });
    if (given.get('oauth_signature') !== expected) {
      return refused(`the signature does not fit ${oauth1BaseString(given, part)}`);
    }
    const key = `${timestamp} ${given.get('oauth_nonce')}`;
    if (seen.has(key)) return refused('the nonce was used before with this timestamp');
    seen.add(key);
    return { ok: true, token, oauth: given };
  };
}

function refused(reason: string, code: 32 | 89 = 32): Verdict {
  return { ok: false, code, reason };
}

/** The parameters of an `OAuth` header, decoded; null when malformed (RFC 5849 section 3.5.1). */
function parseHeader(header: string): Map<string, string> | null {
  const given = new Map<string, string>();
  for (const pair of header.replace(/^OAuth\s+/i, '').split(',')) {
    const [, key, value] = /^\s*([^=\s]+)="([^"]*)"\s*$/.exec(pair) ?? [];
    if (key === undefined || value === undefined || given.has(key)) return null;
    try {
      given.set(decodeURIComponent(key), decodeURIComponent(value));
    } catch {
      return null;
    }
  }
  return given;
}

/** The part of a request that is signed; the request can still be read afterwards. */
export async function signedPart(request: Request): Promise<SignedPart> {
  return {
    method: request.method,
    // The address the caller used and signed, where a server stands in between (npm start).
    url: request.headers.get('x-sandbox-url') ?? request.url,
    contentType: request.headers.get('content-type') ?? '',
    body: new Uint8Array(await request.clone().arrayBuffer()),
  };
}

/** RFC 5849 section 3.4.2. */
export async function oauth1Signature(
  oauth: ReadonlyMap<string, string>,
  part: SignedPart,
  secrets: { readonly consumerSecret: string; readonly tokenSecret: string },
): Promise<string> {
  const key = `${percentEncode(secrets.consumerSecret)}&${percentEncode(secrets.tokenSecret)}`;
  return await hmacBase64('SHA-1', key, oauth1BaseString(oauth, part));
}

/**
 * RFC 5849 section 3.4.1, but a protocol parameter of the header that the query or the form repeats
 * counts once: clients that X lets in send `oauth_token` twice and sign it so.
 */
export function oauth1BaseString(oauth: ReadonlyMap<string, string>, part: SignedPart): string {
  const url = new URL(part.url);
  const isForm = part.contentType.toLowerCase().startsWith('application/x-www-form-urlencoded');
  const form = isForm ? new URLSearchParams(new TextDecoder().decode(part.body)) : [];
  const sent = [...url.searchParams, ...form].filter(([key]) => !isRepeated(key, oauth));
  const parameters = [...oauth, ...sent]
    .filter(([key]) => key !== 'oauth_signature' && key !== 'realm')
    .map(([key, value]) => [percentEncode(key), percentEncode(value)] as const)
    .toSorted(([key, value], [otherKey, otherValue]) =>
      key === otherKey ? byteOrder(value, otherValue) : byteOrder(key, otherKey),
    )
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  return [part.method.toUpperCase(), `${url.origin}${url.pathname}`, parameters]
    .map(percentEncode)
    .join('&');
}

function isRepeated(key: string, oauth: ReadonlyMap<string, string>): boolean {
  return key.startsWith('oauth_') && oauth.has(key);
}

/** Encoded text is ASCII, so that order by code unit is order by byte. */
function byteOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** RFC 5849 section 3.6. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, hexEscape);
}

function hexEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
