import type { Config } from '../config/config.ts';
import { unreachable } from '../lib/result.ts';
import type { Runtime } from '../lib/runtime.ts';
import { refreshTokens } from '../platforms/kakao/api/oauth.ts';
import type { KakaoOAuthResult, KakaoTokens } from '../platforms/kakao/api/oauthAnswer.ts';
import { exchangeOAuth1Token, refreshToken } from '../platforms/x/api/oauth2.ts';
import type { OAuth2Result, OAuth2Tokens } from '../platforms/x/api/oauth2Answer.ts';
import type { Refreshers, RefreshOutcome } from '../store/tokenRenewal.ts';

/**
 * How the tokens of an account are renewed.
 *
 * @param account its key in `TOKENS`: `twitter:<user id>` or `kakao:<app user id>`
 */
export function refreshersOf(account: string, config: Config, runtime: Runtime): Refreshers {
  return account.startsWith('kakao:')
    ? kakaoRefreshers(config, runtime)
    : twitterRefreshers(config, runtime);
}

/** With the owner's OAuth 2.0 client. */
function twitterRefreshers({ twitter }: Config, runtime: Runtime): Refreshers {
  const { apiUrl, clientId, clientSecret } = twitter;
  if (clientId === null) return without('TWITTER_CLIENT_ID');
  const options = {
    runtime,
    apiUrl,
    client: clientSecret === null ? { clientId } : { clientId, clientSecret },
  };
  const secrets = 'TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET';
  return {
    oauth2: async (token) => outcomeOf(await refreshToken(options, token), secrets),
    exchange: async (pair) => outcomeOf(await exchangeOAuth1Token(options, pair), secrets),
  };
}

/** With the owner's REST API key and its client secret. */
function kakaoRefreshers({ kakao }: Config, runtime: Runtime): Refreshers {
  const { authUrl, restApiKey, clientSecret } = kakao;
  if (restApiKey === null) return without('KAKAO_REST_API_KEY');
  const options = { runtime, authUrl, client: { id: restApiKey, secret: clientSecret } };
  const secrets = 'KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET';
  return {
    oauth2: async (token) => outcomeOf(await refreshTokens(options, token), secrets),
    exchange: async () => ({ kind: 'invalid-grant' }),
  };
}

function without(secret: string): Refreshers {
  const missing = { kind: 'misconfigured', reason: `${secret} is not set` } as const;
  return { oauth2: async () => missing, exchange: async () => missing };
}

type Tokens = OAuth2Result<OAuth2Tokens> | KakaoOAuthResult<KakaoTokens>;

/** @param secrets names of those that are wrong when the platform refuses the client */
function outcomeOf(result: Tokens, secrets: string): RefreshOutcome {
  if (result.ok) {
    const { scopes, ...tokens } = result.value;
    // An answer that names no scopes leaves them as they were (RFC 6749 section 5.1).
    return { kind: 'refreshed', ...tokens, ...(scopes.length > 0 && { scopes }) };
  }
  const { reason, detail, retryAfterMs, mayHaveActed } = result;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (reason) {
    case 'invalid-grant':
      return { kind: 'invalid-grant' };
    case 'unavailable':
      return { kind: mayHaveActed ? 'lost' : 'unavailable', ...wait };
    case 'rate-limited':
      return { kind: 'unavailable', ...wait };
    case 'invalid-client':
      return { kind: 'misconfigured', reason: `${secrets}: ${detail}` };
    case 'configuration':
    case 'invalid':
      return { kind: 'misconfigured', reason: detail };
    default:
      return unreachable(reason);
  }
}
