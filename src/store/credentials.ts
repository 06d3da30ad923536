import * as v from 'valibot';

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
