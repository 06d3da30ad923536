import { ask, stampOf } from './call.ts';
import type { Login1aResult, OAuth1Account, OAuth1Token } from './login1aAnswer.ts';
import {
  accountOf,
  invalidatedOf,
  reasonAtAccessToken,
  reasonAtInvalidation,
  reasonWithoutToken,
  requestTokenOf,
} from './login1aAnswer.ts';
import { loginRefused, readLoginAnswer } from './loginAnswer.ts';
import type { ConsumerOptions } from './loginRequest.ts';
import { formRequest } from './loginRequest.ts';
import type { OAuth1Credentials, OAuth1Request } from './oauth1.ts';
import { authorizationHeader } from './oauth1.ts';
import { isPlain } from './options.ts';

/**
 * First leg: a token for one login. Bind its secret to the browser.
 * Source: X docs: oauth-1-0a/obtaining-user-access-tokens.
 *
 * @param wish.callback as listed on developer.x.com, exactly; `oob` shows a PIN instead
 * @param wish.accessType asks for less than the app may do
 */
export async function requestToken(
  options: ConsumerOptions,
  wish: { readonly callback: string; readonly accessType?: 'read' | 'write' },
): Promise<Login1aResult<OAuth1Token>> {
  if (wish.callback !== 'oob' && !(isPlain(wish.callback) && URL.canParse(wish.callback))) {
    return loginRefused('The callback is not an address');
  }
  const answer = await askSigned(options, '/oauth/request_token', null, {
    oauth: { oauth_callback: wish.callback },
    ...(wish.accessType && { form: { x_auth_access_type: wish.accessType } }),
  });
  return readLoginAnswer(answer, options.runtime.now(), requestTokenOf, reasonWithoutToken);
}

/**
 * Second leg: where the browser goes.
 *
 * @param apiUrl X's pages of OAuth 1.0a are on the API's host
 * @param wish.mode `authenticate` skips the question when the account has agreed before
 * @param wish.forceLogin asks for the password: lets the owner choose another account
 */
export function authorizeUrl(
  apiUrl: string,
  token: string,
  wish: { readonly mode: 'authorize' | 'authenticate'; readonly forceLogin?: boolean },
): string {
  const query = new URLSearchParams({ oauth_token: token });
  if (wish.forceLogin === true) query.set('force_login', 'true');
  return `${apiUrl}/oauth/${wish.mode}?${query.toString()}`;
}

/**
 * Third leg: the account's token. To be asked once; after a lost answer the login starts again.
 *
 * @param granted token and verifier from the callback, secret from the first leg
 */
export async function accessToken(
  options: ConsumerOptions,
  granted: OAuth1Token & { readonly verifier: string },
): Promise<Login1aResult<OAuth1Account>> {
  if (![granted.token, granted.tokenSecret, granted.verifier].every(isPlain)) {
    return loginRefused('Token and verifier must be plain ASCII');
  }
  const form = { oauth_verifier: granted.verifier };
  const answer = await askSigned(options, '/oauth/access_token', granted, { form });
  return readLoginAnswer(answer, options.runtime.now(), accountOf, reasonAtAccessToken);
}

/** Ends an account's token; `expired` says that it had ended before. */
export async function invalidateToken(
  options: ConsumerOptions,
  token: OAuth1Token,
): Promise<Login1aResult<{ readonly token: string }>> {
  if (![token.token, token.tokenSecret].every(isPlain)) {
    return loginRefused('The token must be plain ASCII');
  }
  const answer = await askSigned(options, '/1.1/oauth/invalidate_token.json', token, {});
  return readLoginAnswer(answer, options.runtime.now(), invalidatedOf, reasonAtInvalidation);
}

async function askSigned(
  { runtime, apiUrl, consumer }: ConsumerOptions,
  path: string,
  token: OAuth1Token | null,
  parameters: Pick<OAuth1Request, 'form' | 'oauth'>,
) {
  const url = apiUrl + path;
  const credentials: OAuth1Credentials = {
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    ...(token && { token: token.token, tokenSecret: token.tokenSecret }),
  };
  const request = { method: 'POST', url, ...parameters };
  const authorization = await authorizationHeader(credentials, request, stampOf(runtime));
  return await ask(runtime, formRequest(url, authorization, parameters.form));
}
