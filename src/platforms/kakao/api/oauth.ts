import * as v from 'valibot';
import {
  type Answer,
  believedWaitMs,
  jsonOf,
  type NoAnswer,
  retryAfterMs,
} from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { ask, isBroken, isPlain, isSuccess, shortDetail } from './answer.ts';

export interface KakaoTokens {
  readonly accessToken: string;
  /** End of the access token, epoch milliseconds. */
  readonly expiresAt: number;
  /** On a refresh only in the last month of the old one, which is dead from then on. */
  readonly refreshToken?: string;
  /** End of the refresh token, epoch milliseconds. */
  readonly refreshExpiresAt?: number;
  /** Empty when Kakao did not name them, as on a refresh: they are what they were. */
  readonly scopes: readonly string[];
}

/**
 * - `invalid-grant`: code or refresh token is used up, expired or unknown: log in again
 * - `invalid-client`: REST API key or client secret is wrong
 * - `configuration`: the owner has to change something in the console
 * - `rate-limited`: again after `retryAfterMs`
 * - `unavailable`: no answer, a breakdown, or a success that cannot be read
 * - `invalid`: Kakao does not take the call as it is
 */
type KakaoOAuthFailureReason =
  | 'invalid-grant'
  | 'invalid-client'
  | 'configuration'
  | 'rate-limited'
  | 'unavailable'
  | 'invalid';

export interface KakaoOAuthFailure {
  readonly reason: KakaoOAuthFailureReason;
  /** Such as `KOE320`; null when Kakao told none. */
  readonly code: string | null;
  /** Kakao's own words for the owner, at most 300 characters. */
  readonly detail: string;
  readonly retryAfterMs?: number;
  /** The code or refresh token may be used up all the same. */
  readonly mayHaveActed: boolean;
}

type KakaoOAuthResult<Value> = Result<Value, KakaoOAuthFailure>;

/** Source: docs/platforms/kakao.md, Tokens. */
const reasonOfCode = new Map<string, KakaoOAuthFailureReason>([
  ['KOE001', 'invalid'],
  ['KOE002', 'invalid'],
  ['KOE003', 'unavailable'],
  ['KOE004', 'configuration'],
  ['KOE005', 'configuration'],
  ['KOE006', 'configuration'],
  ['KOE007', 'configuration'],
  ['KOE008', 'invalid-client'],
  ['KOE009', 'configuration'],
  ['KOE010', 'invalid-client'],
  ['KOE101', 'invalid-client'],
  ['KOE102', 'configuration'],
  ['KOE201', 'configuration'],
  ['KOE202', 'configuration'],
  ['KOE205', 'configuration'],
  ['KOE237', 'rate-limited'],
  ['KOE303', 'configuration'],
  ['KOE310', 'configuration'],
  ['KOE319', 'invalid'],
  ['KOE320', 'invalid-grant'],
  ['KOE322', 'invalid-grant'],
]);
/** RFC 6749 section 5.2; `misconfigured` is Kakao's. */
const reasonOfError = new Map<string, KakaoOAuthFailureReason>([
  ['invalid_grant', 'invalid-grant'],
  ['invalid_client', 'invalid-client'],
  ['unauthorized_client', 'invalid-client'],
  ['invalid_scope', 'configuration'],
  ['misconfigured', 'configuration'],
  ['server_error', 'unavailable'],
]);
/** KOE237 says only that a limit of 10 minutes or an hour is reached. */
const RATE_LIMIT_WAIT_MS = 10 * MINUTE_MS;
const DEFAULT_LIFE_SECONDS = HOUR_MS / SECOND_MS;

const plain = v.pipe(v.string(), v.check(isPlain));
const lifeSeconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000_000));
// A new pair must not get lost for the sake of its lesser fields: the old one may be dead.
const tokensSchema = v.object({
  access_token: plain,
  expires_in: v.fallback(v.optional(lifeSeconds, DEFAULT_LIFE_SECONDS), DEFAULT_LIFE_SECONDS),
  refresh_token: v.fallback(v.optional(plain), undefined),
  refresh_token_expires_in: v.fallback(v.optional(lifeSeconds), undefined),
  scope: v.fallback(v.optional(v.string(), ''), ''),
});
const errorSchema = v.object({
  error: v.fallback(v.optional(v.string(), ''), ''),
  error_description: v.fallback(v.optional(v.string(), ''), ''),
  error_code: v.fallback(v.nullish(v.pipe(v.string(), v.regex(/^KOE\d{3,5}$/))), null),
});

/**
 * Reads any answer of the token endpoint; never throws. The code in the body decides, not the
 * status. Of a success that cannot be read nothing is told on: it may hold a token.
 *
 * @param askedAt when the tokens were asked for, epoch milliseconds: their lives count from it
 */
function readTokens(
  answer: Answer | { readonly failed: NoAnswer },
  askedAt: number,
): KakaoOAuthResult<KakaoTokens> {
  if ('failed' in answer) return unavailable(`No answer: ${answer.failed}`);
  if (!isSuccess(answer.status)) return readFailure(answer, askedAt);
  const parsed = v.safeParse(tokensSchema, jsonOf(answer));
  if (!parsed.success) return unavailable(`HTTP ${answer.status} without an access token`);
  const { access_token, expires_in, refresh_token, refresh_token_expires_in, scope } =
    parsed.output;
  return {
    ok: true,
    value: {
      accessToken: access_token,
      expiresAt: askedAt + expires_in * SECOND_MS,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      ...(refresh_token !== undefined &&
        refresh_token_expires_in !== undefined && {
          refreshExpiresAt: askedAt + refresh_token_expires_in * SECOND_MS,
        }),
      scopes: scope.split(/[\s,]+/).filter((name) => name !== ''),
    },
  };
}

function unavailable(detail: string): { readonly ok: false } & KakaoOAuthFailure {
  return { ok: false, reason: 'unavailable', code: null, detail, mayHaveActed: true };
}

function readFailure(
  { status, headers, ...answer }: Answer,
  nowMs: number,
): { readonly ok: false } & KakaoOAuthFailure {
  const parsed = v.safeParse(errorSchema, jsonOf({ status, headers, ...answer }));
  const { error, error_description, error_code } = parsed.success
    ? parsed.output
    : { error: '', error_description: '', error_code: null };
  const told = reasonOfCode.get(error_code ?? '') ?? reasonOfError.get(error);
  const reason = told ?? reasonOfStatus(status);
  const waitMs = retryAfterMs(headers, nowMs);
  const retryMs = reason === 'rate-limited' ? (waitMs ?? RATE_LIMIT_WAIT_MS) : waitMs;
  return {
    ok: false,
    reason,
    code: error_code ?? null,
    detail: shortDetail(error_description || error) || `HTTP ${status} without a word`,
    ...(retryMs !== undefined && { retryAfterMs: believedWaitMs(retryMs) }),
    mayHaveActed: reason === 'unavailable',
  };
}

function reasonOfStatus(status: number): KakaoOAuthFailureReason {
  if (isBroken(status)) return 'unavailable';
  if (status === 429) return 'rate-limited';
  return status === 401 ? 'invalid-client' : 'invalid';
}

/** Where and as which app tokens are asked for. */
export interface KakaoOAuthOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://kauth.kakao.com`. */
  readonly authUrl: string;
  /** REST API key and its client secret; new keys are made with the secret switched on. */
  readonly client: { readonly id: string; readonly secret: string | null };
}

/** One login to be. */
export interface KakaoLogin {
  /** Such as `https://kauth.kakao.com`. */
  readonly authUrl: string;
  /** REST API key. */
  readonly clientId: string;
  /** Letter for letter as registered in the console. */
  readonly redirectUri: string;
  /** Binds the callback to the browser. */
  readonly state: string;
  /** Consent items to ask for; none: those that the console always asks for. */
  readonly scopes: readonly string[];
  readonly prompt?: 'login' | 'none' | 'create' | 'select_account';
}

/** Where the browser goes. Source: docs/platforms/kakao.md, Login. */
export function authorizeUrl(login: KakaoLogin): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: login.clientId,
    redirect_uri: login.redirectUri,
    ...(login.scopes.length > 0 && { scope: login.scopes.join(',') }),
    state: login.state,
    ...(login.prompt && { prompt: login.prompt }),
  });
  return `${login.authUrl}/oauth/authorize?${query.toString()}`;
}

/**
 * What the browser brings back. Whether `state` is the one that was sent is for the caller to check.
 *
 * @returns `cancelled` when the person said no, `refused` when Kakao did or the query is not Kakao's
 */
export function readCallback(
  query: URLSearchParams,
): Result<
  { readonly code: string; readonly state: string },
  { readonly reason: 'cancelled' | 'refused'; readonly detail: string }
> {
  const error = query.get('error');
  if (error === 'access_denied') return { ok: false, reason: 'cancelled', detail: error };
  if (error !== null) {
    const detail = shortDetail(`${error}: ${query.get('error_description') ?? ''}`);
    return { ok: false, reason: 'refused', detail };
  }
  const [code, state] = [only(query, 'code'), only(query, 'state')];
  if (code && state) return { ok: true, value: { code, state } };
  return { ok: false, reason: 'refused', detail: 'One code and one state have to come back' };
}

/** Tokens for the code of a callback, which works once. Source: docs/platforms/kakao.md, Tokens. */
export async function exchangeCode(
  options: KakaoOAuthOptions,
  login: { readonly code: string; readonly redirectUri: string },
): Promise<KakaoOAuthResult<KakaoTokens>> {
  return await askTokens(options, {
    grant_type: 'authorization_code',
    redirect_uri: login.redirectUri,
    code: login.code,
  });
}

/**
 * A new access token for a refresh token. To be merged into what is stored: without `refreshToken`
 * in the answer the old one stays good.
 */
export async function refreshTokens(
  options: KakaoOAuthOptions,
  refreshToken: string,
): Promise<KakaoOAuthResult<KakaoTokens>> {
  return await askTokens(options, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function askTokens(
  { runtime, authUrl, client }: KakaoOAuthOptions,
  grant: Readonly<Record<string, string>>,
): Promise<KakaoOAuthResult<KakaoTokens>> {
  const askedAt = runtime.now();
  const form = {
    ...grant,
    client_id: client.id,
    ...(client.secret !== null && { client_secret: client.secret }),
  };
  const answer = await ask(runtime, { method: 'POST', url: `${authUrl}/oauth/token`, form });
  return readTokens(answer, askedAt);
}

function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
