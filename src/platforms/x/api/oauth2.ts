import * as v from 'valibot';
import { base64, utf8 } from '../../../lib/encoding.ts';
import { type Answer, jsonOf } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { ask, type ReasonReader } from './answer.ts';
import { isPlain } from './common.ts';
import {
  basicAuthorization,
  type ConsumerOptions,
  errorCodes,
  formRequest,
  type LoginFailureReason,
  type LoginResult,
  type OAuth1Token,
  readLoginAnswer,
} from './login1a.ts';

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
type OAuth2FailureReason = 'invalid-grant' | 'invalid-client';

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
function tokensOf(answer: Answer, askedAt: number): OAuth2Tokens | undefined {
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
function revokedOf(): { readonly revoked: true } {
  return { revoked: true };
}

/** What a refusal means; errors are those of RFC 6749 section 5.2. */
const oauth2Reason: ReasonReader<OAuth2FailureReason | LoginFailureReason> = (answer) => {
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

const MAX_STATE = 500;

/** An app with a secret is a confidential client, one without a public client. */
export interface OAuth2Client {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** Where and as which app OAuth 2.0 tokens are asked for. */
export interface OAuth2Options {
  readonly runtime: Runtime;
  readonly apiUrl: string;
  readonly client: OAuth2Client;
}

/** One login to be. */
export interface OAuth2Login {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** 1 to 500 characters; binds the callback to the browser. */
  readonly state: string;
  /** See `createPkce`. */
  readonly challenge: string;
}

/**
 * Where the browser goes. Source: X docs: oauth-2-0/authorization-code.
 *
 * @param webUrl such as `https://x.com`
 * @throws RangeError when `state` is empty or too long
 */
export function oauth2AuthorizeUrl(webUrl: string, login: OAuth2Login): string {
  if (login.state === '' || login.state.length > MAX_STATE) {
    throw new RangeError(`state holds 1 to ${MAX_STATE} characters`);
  }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: login.clientId,
    redirect_uri: login.redirectUri,
    scope: login.scopes.join(' '),
    state: login.state,
    code_challenge: login.challenge,
    code_challenge_method: 'S256',
  });
  // X's examples write a space as %20; not every server takes a plus for one.
  return `${webUrl}/i/oauth2/authorize?${query.toString().replaceAll('+', '%20')}`;
}

/** Tokens for the code of a callback, which lives 30 seconds and works once. */
export async function exchangeCode(
  options: OAuth2Options,
  login: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
): Promise<OAuth2Result<OAuth2Tokens>> {
  return await askTokens(options, {
    grant_type: 'authorization_code',
    code: login.code,
    redirect_uri: login.redirectUri,
    code_verifier: login.verifier,
  });
}

/** The next pair for a refresh token, which is used up by it. Never two at once for one account. */
export async function refreshToken(
  options: OAuth2Options,
  token: string,
): Promise<OAuth2Result<OAuth2Tokens>> {
  return await askTokens(options, { grant_type: 'refresh_token', refresh_token: token });
}

/**
 * OAuth 2.0 tokens for an account that agreed by OAuth 1.0a; the pair of the exchange before ends.
 * Never two at once for one account. Source: X docs: oauth-2-0/oauth-1-0a-token-exchange.
 *
 * @param scopes fewer than the account has granted; default all
 */
export async function exchangeOAuth1Token(
  options: OAuth2Options,
  token: OAuth1Token,
  scopes: readonly string[] = [],
): Promise<OAuth2Result<OAuth2Tokens>> {
  return await askTokens(options, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token.token,
    subject_token_type: 'urn:x:params:oauth:token-type:oauth1_token',
    oauth_token_secret: token.tokenSecret,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  });
}

/** Ends a token; one that had ended before counts as ended (RFC 7009 section 2.2). */
export async function revokeToken(
  options: OAuth2Options,
  token: string,
  kind: 'access_token' | 'refresh_token',
): Promise<OAuth2Result<{ readonly revoked: true }>> {
  const form = { token, token_type_hint: kind };
  const answer = await askAsClient(options, '/2/oauth2/revoke', form);
  return readLoginAnswer(answer, options.runtime.now(), revokedOf, oauth2Reason);
}

async function askTokens(
  options: OAuth2Options,
  form: Readonly<Record<string, string>>,
): Promise<OAuth2Result<OAuth2Tokens>> {
  const askedAt = options.runtime.now();
  const answer = await askAsClient(options, '/2/oauth2/token', form);
  const value = (success: Answer) => tokensOf(success, askedAt);
  return readLoginAnswer(answer, options.runtime.now(), value, oauth2Reason);
}

/** Client authentication of RFC 6749 section 2.3.1; a public client only names itself. */
async function askAsClient(
  { runtime, apiUrl, client }: OAuth2Options,
  path: string,
  form: Readonly<Record<string, string>>,
) {
  const { clientId, clientSecret } = client;
  const request =
    clientSecret === undefined
      ? formRequest(apiUrl + path, null, { ...form, client_id: clientId })
      : formRequest(apiUrl + path, basicAuthorization(clientId, clientSecret), form);
  return await ask(runtime, request);
}

/** The secret of one login and what of it may be seen (RFC 7636 section 4). */
interface Pkce {
  /** Kept until the code is exchanged. */
  readonly verifier: string;
  /** For the authorize address. */
  readonly challenge: string;
}

/** A fresh verifier of 256 random bits with its challenge. */
export async function createPkce(runtime: Pick<Runtime, 'randomBytes'>): Promise<Pkce> {
  const verifier = base64Url(runtime.randomBytes(32));
  return { verifier, challenge: await pkceChallenge(verifier) };
}

/**
 * The S256 challenge of a verifier (RFC 7636 section 4.2).
 *
 * @example await pkceChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
 * // 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
 */
export async function pkceChallenge(verifier: string): Promise<string> {
  return base64Url(await crypto.subtle.digest('SHA-256', utf8(verifier)));
}

function base64Url(bytes: Uint8Array | ArrayBuffer): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The consumer keys are wrong. */
type AppOnlyFailureReason = 'keys-refused';

/** A token that calls as the app itself; the same one until it is invalidated. */
export interface AppBearer {
  readonly accessToken: string;
}

const bearerSchema = v.object({
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
  access_token: plain,
});

/** The app-only bearer token. To repeat it is harmless. Source: X docs: oauth-2-0/application-only. */
export async function fetchBearer(
  options: ConsumerOptions,
): Promise<LoginResult<AppBearer, AppOnlyFailureReason>> {
  const { runtime, apiUrl, consumer } = options;
  const authorization = basicAuthorization(consumer.key, consumer.secret);
  const form = { grant_type: 'client_credentials' };
  const answer = await ask(runtime, formRequest(`${apiUrl}/oauth2/token`, authorization, form));
  return readLoginAnswer(answer, runtime.now(), readBearer, reasonOf);
}

function readBearer(answer: Answer): AppBearer | undefined {
  const parsed = v.safeParse(bearerSchema, jsonOf(answer));
  return parsed.success ? { accessToken: parsed.output.access_token } : undefined;
}

const reasonOf: ReasonReader<AppOnlyFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  return answer.status === 401 || codes.includes(99) ? 'keys-refused' : undefined;
};
