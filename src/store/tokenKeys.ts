import * as v from 'valibot';
import { fromBase64url, sha256Hex, utf8 } from '../lib/encoding.ts';
import type { Result } from '../lib/result.ts';

/** OAuth 1.0a token of an account; it does not expire (docs/platforms/x.md, OAuth 1.0a). */
const oauth1Pair = v.object({ token: v.string(), tokenSecret: v.string() });

const oauth1Credential = v.object({ kind: v.literal('oauth1'), ...oauth1Pair.entries });

const oauth2Credential = v.object({
  kind: v.literal('oauth2'),
  accessToken: v.string(),
  /** Epoch milliseconds. */
  expiresAt: v.number(),
  /** Absent when the login did not ask for `offline.access`. */
  refreshToken: v.exactOptional(v.string()),
  /** Epoch milliseconds; absent when the platform does not tell. */
  refreshExpiresAt: v.exactOptional(v.number()),
  scopes: v.pipe(v.array(v.string()), v.readonly()),
  /** Kept so that a lost pair of OAuth 2.0 tokens can be had anew. */
  oauth1: v.exactOptional(oauth1Pair),
});

/** What an account's login left us with. */
export const credentialSchema = v.variant('kind', [oauth1Credential, oauth2Credential]);

export type OAuth1Pair = Readonly<v.InferOutput<typeof oauth1Pair>>;
export type OAuth2Credential = Readonly<v.InferOutput<typeof oauth2Credential>>;
export type Credential = Readonly<v.InferOutput<typeof credentialSchema>>;

/** The part of a credential that calls are made with; what renews it stays with its keeper. */
export type UsableCredential =
  | ({ readonly kind: 'oauth1' } & OAuth1Pair)
  | {
      readonly kind: 'oauth2';
      readonly accessToken: string;
      readonly expiresAt: number;
      readonly scopes: readonly string[];
    };

/** New tokens as a platform answered them. */
export interface RefreshedTokens {
  readonly accessToken: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly refreshToken?: string;
  readonly refreshExpiresAt?: number;
  readonly scopes?: readonly string[];
}

export function usablePart(credential: Credential): UsableCredential {
  if (credential.kind === 'oauth1') return credential;
  const { kind, accessToken, expiresAt, scopes } = credential;
  return { kind, accessToken, expiresAt, scopes };
}

/**
 * The credential after a refresh. An answer without a refresh token leaves the old one good, with
 * its expiry (Kakao sends one only in its last month); a new one comes with its own expiry or none.
 */
export function mergeRefreshed(
  credential: OAuth2Credential,
  tokens: RefreshedTokens,
): OAuth2Credential {
  const { refreshToken, refreshExpiresAt } =
    tokens.refreshToken === undefined ? credential : tokens;
  return {
    kind: 'oauth2',
    accessToken: tokens.accessToken,
    expiresAt: tokens.expiresAt,
    scopes: tokens.scopes ?? credential.scopes,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    ...(credential.oauth1 === undefined ? {} : { oauth1: credential.oauth1 }),
  };
}

/**
 * The credential to keep after a new login. An OAuth 2.0 login leaves an earlier OAuth 1.0a token
 * good, so that one is kept with it.
 */
export function mergeLogin(before: Credential | null, login: Credential): Credential {
  if (before === null || login.kind === 'oauth1' || login.oauth1) return login;
  const oauth1 = before.kind === 'oauth1' ? pairOf(before) : before.oauth1;
  return oauth1 ? { ...login, oauth1 } : login;
}

function pairOf({ token, tokenSecret }: OAuth1Pair): OAuth1Pair {
  return { token, tokenSecret };
}

/** Why `TOKEN_KEY` cannot be used. Tells which of its keys, never what it is. */
export interface TokenKeyProblem {
  readonly reason: 'blank' | 'not-base64' | 'wrong-length' | 'repeated';
  /** 1 is the first key. */
  readonly position: number;
}

/** One key of `TOKEN_KEY`: what everything else is derived from. */
export interface TokenKey {
  /** First 8 hexadecimal digits of a hash; tells keys apart and nothing of the key. */
  readonly id: string;
  readonly material: CryptoKey;
}

const KEY_BYTES = 32;

/**
 * Reads `TOKEN_KEY`: one or more keys, newest first, with commas between them, each base64 of
 * exactly 32 bytes.
 */
export async function readTokenKeys(
  text: string,
): Promise<Result<readonly [TokenKey, ...TokenKey[]], TokenKeyProblem>> {
  const [newest, ...older] = text.split(',');
  const first = await readKey(newest ?? '', 1);
  if (!first.ok) return first;
  const keys: [TokenKey, ...TokenKey[]] = [first.value];
  for (const [index, part] of older.entries()) {
    const key = await readKey(part, index + 2);
    if (!key.ok) return key;
    if (keys.some(({ id }) => id === key.value.id)) {
      return { ok: false, reason: 'repeated', position: index + 2 };
    }
    keys.push(key.value);
  }
  return { ok: true, value: keys };
}

async function readKey(part: string, position: number): Promise<Result<TokenKey, TokenKeyProblem>> {
  const text = part.trim();
  if (text === '') return { ok: false, reason: 'blank', position };
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    return { ok: false, reason: 'not-base64', position };
  }
  const bytes = fromBase64url(text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  if (bytes === null) return { ok: false, reason: 'not-base64', position };
  if (bytes.length !== KEY_BYTES) return { ok: false, reason: 'wrong-length', position };
  const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
  const id = (await sha256Hex(await derive(material, 'key id'))).slice(0, 8);
  return { ok: true, value: { id, material } };
}

/**
 * 32 bytes derived with HKDF-SHA-256 (RFC 5869). The input is uniformly random already, so the salt
 * may be empty; each use has an info text of its own, so that no two uses share a key.
 *
 * @param use what the bytes are for; a changed one makes what was sealed or signed unreadable
 */
export async function derive(material: CryptoKey, use: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: utf8(`soshik v1 ${use}`),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, KEY_BYTES * 8));
}
