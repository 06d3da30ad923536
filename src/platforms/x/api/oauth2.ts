import type { Answer } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { ask } from './call.ts';
import type { OAuth1Token } from './login1aAnswer.ts';
import { readLoginAnswer } from './loginAnswer.ts';
import { basicAuthorization, formRequest } from './loginRequest.ts';
import type { OAuth2Result, OAuth2Tokens } from './oauth2Answer.ts';
import { oauth2Reason, revokedOf, tokensOf } from './oauth2Answer.ts';

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
