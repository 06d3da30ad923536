import * as v from 'valibot';
import type { Answer } from '../../../lib/outbound.ts';
import { jsonOf } from '../../../lib/outbound.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import type { ReasonReader } from './answer.ts';
import type { LoginFailureReason, LoginResult } from './loginAnswer.ts';
import { isPlain } from './options.ts';

export interface OAuth2Tokens {
  readonly accessToken: string;
  /** Works once. Absent without the scope `offline.access`. */
  readonly refreshToken?: string;
  /** End of the access token, epoch milliseconds. */
  readonly expiresAt: number;
  /** Empty when X did not name them. */
  readonly scopes: readonly string[];
}

/**
 * - `invalid-grant`: code or token is used up, expired or revoked: log in again
 * - `invalid-client`: client id or secret is wrong, or this app may not do that
 *
 * After `unavailable` with `mayHaveActed` the refresh token may be used up all the same.
 */
export type OAuth2FailureReason = 'invalid-grant' | 'invalid-client';

export type OAuth2Result<Value> = LoginResult<Value, OAuth2FailureReason>;

const DEFAULT_LIFE_SECONDS = 7200;
const MAX_DESCRIPTION = 300;

const plain = v.pipe(v.string(), v.check(isPlain));
const lifeSeconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000_000));
// A new pair must not get lost for the sake of its lesser fields: the old one is used up.
const tokensSchema = v.object({
  access_token: plain,
  refresh_token: v.fallback(v.optional(plain), undefined),
  expires_in: v.fallback(v.optional(lifeSeconds, DEFAULT_LIFE_SECONDS), DEFAULT_LIFE_SECONDS),
  scope: v.fallback(v.optional(v.string(), ''), ''),
});
const errorSchema = v.object({
  error: v.string(),
  error_description: v.fallback(v.optional(v.string(), ''), ''),
});

/** RFC 6749 section 5.2; the last two are X's. */
const reasonOfError = new Map<string, OAuth2FailureReason | LoginFailureReason>([
  ['invalid_grant', 'invalid-grant'],
  ['invalid_client', 'invalid-client'],
  ['unauthorized_client', 'invalid-client'],
  ['rate_limited', 'rate-limited'],
  ['temporarily_unavailable', 'unavailable'],
]);
/** What X has also called `invalid_request`, so that only the description tells. */
const BAD_GRANT = /\b(?:token|code)\b.*\b(?:invalid|expired|revoked|used)\b/i;
const BAD_CLIENT = /\bclient id\b.*\binvalid\b/i;

/** The tokens in a success; `askedAt` is when they were asked for, epoch milliseconds. */
export function tokensOf(answer: Answer, askedAt: number): OAuth2Tokens | undefined {
  const parsed = v.safeParse(tokensSchema, jsonOf(answer));
  if (!parsed.success) return undefined;
  const { access_token, refresh_token, expires_in, scope } = parsed.output;
  return {
    accessToken: access_token,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    expiresAt: askedAt + expires_in * SECOND_MS,
    scopes: scope.split(/\s+/).filter((name) => name !== ''),
  };
}

/** Any success says that the token works no more (RFC 7009 section 2.2). */
export function revokedOf(): { readonly revoked: true } {
  return { revoked: true };
}

/** What a refusal means; errors are those of RFC 6749 section 5.2. */
export const oauth2Reason: ReasonReader<OAuth2FailureReason | LoginFailureReason> = (answer) => {
  const parsed = v.safeParse(errorSchema, jsonOf(answer));
  if (parsed.success) {
    const { error, error_description } = parsed.output;
    const description = error_description.slice(0, MAX_DESCRIPTION);
    const told = reasonOfError.get(error);
    if (told) return told;
    if (error === 'invalid_request' && BAD_CLIENT.test(description)) return 'invalid-client';
    if (error === 'invalid_request' && BAD_GRANT.test(description)) return 'invalid-grant';
  }
  return answer.status === 401 ? 'invalid-client' : undefined;
};
