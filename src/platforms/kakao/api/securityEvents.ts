import * as v from 'valibot';
import { fromBase64url, utf8 } from '../../../lib/encoding.ts';
import { jsonOf } from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { isSameSecret } from '../../../lib/sameSecret.ts';

import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { ask, isSuccess } from './answer.ts';

/** `referrerType` such as `UNLINK_FROM_APPS`; empty when Kakao did not tell. */
interface KakaoUnlink {
  /** App user id. */
  readonly userId: string;
  readonly referrerType: string;
}

const unlinkSchema = v.object({
  user_id: v.union([
    v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
    v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.transform(String)),
  ]),
  referrer_type: v.fallback(v.pipe(v.string(), v.regex(/^[A-Z_]{1,50}$/)), ''),
});

/**
 * Whether `Authorization` holds the app's primary admin key, as Kakao's webhooks send it; tells in
 * the same time however alike they are. A blank admin key opens nothing. Source:
 * docs/platforms/kakao.md, Webhooks.
 */
export async function isAdminKey(authorization: string | null, adminKey: string): Promise<boolean> {
  const [, key] = /^KakaoAK (.+)$/.exec(authorization ?? '') ?? [];
  return await isSameSecret(key, adminKey);
}

/**
 * Who ended the tie to the app, from the fields of an unlink webhook (query of a GET, body of a
 * POST); null when they name nobody. Source: docs/platforms/kakao.md, Webhooks.
 */
export function readUnlink(
  fields: URLSearchParams | Readonly<Record<string, unknown>>,
): KakaoUnlink | null {
  const plain = fields instanceof URLSearchParams ? Object.fromEntries(fields) : fields;
  const parsed = v.safeParse(unlinkSchema, plain);
  if (!parsed.success) return null;
  return { userId: parsed.output.user_id, referrerType: parsed.output.referrer_type };
}

/**
 * Who signs the tokens, wherever the keys are fetched from. Source: docs/platforms/kakao.md,
 * Webhooks.
 */
const ISSUER = 'https://kauth.kakao.com';
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const CLOCK_SKEW_MS = 5 * MINUTE_MS;
const MAX_AGE_MS = DAY_MS;
const MAX_LENGTH = 16_000;
const USER_ID = /^\d{1,20}$/;

/** What happened to an account. */
export interface SecurityEvent {
  /** Last parts of the event addresses, such as `tokens-revoked` or `user-unlinked`. */
  readonly kinds: readonly string[];
  /** App user id; null when the token names nobody. */
  readonly userId: string | null;
}

/**
 * Why a token is not believed: the error codes of RFC 8935 section 2.4, good for the answer's
 * `err`; and `unavailable` when the keys could not be fetched: Kakao should send it again.
 */
export interface SecurityEventRefusal {
  readonly reason:
    | 'invalid_request'
    | 'invalid_key'
    | 'invalid_issuer'
    | 'invalid_audience'
    | 'authentication_failed'
    | 'unavailable';
  readonly detail: string;
}

export type SecurityEventResult = Result<SecurityEvent, SecurityEventRefusal>;

const headerSchema = v.object({
  // Nothing else: `none` and HS256 with the public key as its secret are the classic forgeries.
  alg: v.literal('RS256'),
  kid: v.pipe(v.string(), v.minLength(1)),
  // A header that must be understood (RFC 7515 section 4.1.11) is none that we understand.
  crit: v.optional(v.undefined()),
});
const seconds = v.pipe(v.number(), v.finite());
const named = v.fallback(v.nullish(v.object({ sub: v.string() })), null);
const event = v.fallback(v.object({ subject: named }), { subject: null });
const claimsSchema = v.object({
  iss: v.string(),
  aud: v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((audience) => (typeof audience === 'string' ? [audience] : audience)),
  ),
  iat: seconds,
  exp: v.optional(seconds),
  sub: v.fallback(v.nullish(v.string()), null),
  sub_id: named,
  events: v.record(v.string(), event),
});
const keySetSchema = v.object({ keys: v.array(v.unknown()) });
const keySchema = v.object({
  kid: v.string(),
  kty: v.literal('RSA'),
  alg: v.optional(v.literal('RS256')),
  use: v.optional(v.literal('sig')),
  n: v.string(),
  e: v.string(),
});

/**
 * Checks a security event token that Kakao posted: RS256 signature by one of Kakao's published
 * keys, issuer, audience and age. Source: docs/platforms/kakao.md, Webhooks; RFC 8417, RFC 7515.
 *
 * @param options `authUrl` such as `https://kauth.kakao.com`; `audience`: the REST API key
 */
export async function verifySecurityEvent(
  options: {
    readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
    readonly authUrl: string;
    readonly audience: string;
    /** Kakao's keys as they are kept, fetched where the named one is not among them. */
    readonly keys?: (kid: string) => Promise<Result<readonly unknown[], SecurityEventRefusal>>;
  },
  jwt: string,
): Promise<SecurityEventResult> {
  const [head = '', body = '', mac = '', ...rest] = jwt.slice(0, MAX_LENGTH).split('.');
  const signature = fromBase64url(mac);
  const header = v.safeParse(headerSchema, jsonIn(head));
  const claims = v.safeParse(claimsSchema, jsonIn(body));
  if (!signature || !claims.success || rest.length > 0) {
    return refuse('invalid_request', 'Not a security event token');
  }
  if (!header.success) return refuse('invalid_key', 'Not signed by RS256 with a named key');
  // Before the keys are fetched: a forgery for somebody else costs no call.
  const mistake = mistakeIn(claims.output, options.audience, options.runtime.now());
  if (mistake) return mistake;
  const key = await publicKey(options, header.output.kid);
  if (!key.ok) return key;
  const signed = utf8(`${head}.${body}`);
  const isGenuine = await crypto.subtle.verify(ALGORITHM.name, key.value, signature, signed);
  if (!isGenuine) return refuse('authentication_failed', 'The signature is wrong');
  return { ok: true, value: eventIn(claims.output) };
}

type Claims = v.InferOutput<typeof claimsSchema>;

function mistakeIn(claims: Claims, audience: string, nowMs: number) {
  if (claims.iss !== ISSUER) return refuse('invalid_issuer', 'Not issued by Kakao');
  if (audience === '' || !claims.aud.includes(audience)) {
    return refuse('invalid_audience', 'Meant for another app');
  }
  const age = nowMs - claims.iat * SECOND_MS;
  const isOver = claims.exp !== undefined && claims.exp * SECOND_MS < nowMs - CLOCK_SKEW_MS;
  return age > MAX_AGE_MS || age < -CLOCK_SKEW_MS || isOver
    ? refuse('invalid_request', 'Issued too long ago, or in the future')
    : null;
}

function eventIn({ sub, sub_id, events }: Claims): SecurityEvent {
  const subjects = [sub, sub_id?.sub, ...Object.values(events).map((one) => one.subject?.sub)];
  return {
    kinds: Object.keys(events).map((address) => address.split('/').at(-1) ?? ''),
    userId: subjects.find((id) => USER_ID.test(id ?? '')) ?? null,
  };
}

/** The keys that Kakao publishes now. */
export async function fetchKeys(options: {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly authUrl: string;
}): Promise<Result<readonly unknown[], SecurityEventRefusal>> {
  const url = `${options.authUrl}/.well-known/jwks.json`;
  const answer = await ask(options.runtime, { method: 'GET', url });
  if ('failed' in answer) return refuse('unavailable', `No answer: ${answer.failed}`);
  const parsed = v.safeParse(keySetSchema, isSuccess(answer.status) ? jsonOf(answer) : undefined);
  if (!parsed.success) return refuse('unavailable', `HTTP ${answer.status} without keys`);
  return { ok: true, value: parsed.output.keys };
}

async function publicKey(
  options: Parameters<typeof verifySecurityEvent>[0],
  kid: string,
): Promise<Result<CryptoKey, SecurityEventRefusal>> {
  const listed = await (options.keys ? options.keys(kid) : fetchKeys(options));
  if (!listed.ok) return listed;
  const found = listed.value
    .map((key) => v.safeParse(keySchema, key))
    .find((key) => key.success && key.output.kid === kid);
  if (!found?.success) return refuse('invalid_key', 'Kakao has published no such key');
  const { kty, n, e } = found.output;
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, n, e }, ALGORITHM, false, ['verify']);
    return { ok: true, value: key };
  } catch {
    return refuse('invalid_key', 'The published key cannot be read');
  }
}

function jsonIn(part: string): unknown {
  const bytes = fromBase64url(part);
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function refuse(reason: SecurityEventRefusal['reason'], detail: string) {
  return { ok: false, reason, detail } as const;
}
