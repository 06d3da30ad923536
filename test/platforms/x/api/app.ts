import type { Runtime } from '../../../../src/lib/runtime.ts';
import type { AppBearer, AppOnlyFailureReason } from '../../../../src/platforms/x/api/appOnly.ts';
import { fetchBearer, invalidateBearer } from '../../../../src/platforms/x/api/appOnly.ts';
import {
  accessToken,
  authorizeUrl,
  type ConsumerKeys,
  invalidateToken,
  type Login1aResult,
  type LoginResult,
  type OAuth1Account,
  type OAuth1Token,
  requestToken,
} from '../../../../src/platforms/x/api/login1a.ts';
import {
  exchangeCode,
  exchangeOAuth1Token,
  type OAuth2Client,
  type OAuth2Login,
  type OAuth2Result,
  type OAuth2Tokens,
  oauth2AuthorizeUrl,
  refreshToken,
  revokeToken,
} from '../../../../src/platforms/x/api/oauth2.ts';
import { baseUrl, requirePlain } from '../../../../src/platforms/x/api/options.ts';

export interface TwitterAppOptions {
  readonly runtime: Runtime;
  /** Such as `https://api.x.com`; the pages of OAuth 1.0a are there too. */
  readonly apiUrl: string;
  /** Such as `https://x.com`: where OAuth 2.0 asks the account. */
  readonly webUrl: string;
  readonly consumer?: ConsumerKeys;
  readonly oauth2?: OAuth2Client;
}

/** What the consumer key pair is good for; see the functions of the same names. */
export interface ConsumerApp {
  readonly requestToken: (
    wish: Parameters<typeof requestToken>[1],
  ) => Promise<Login1aResult<OAuth1Token>>;
  readonly authorizeUrl: (token: string, wish: Parameters<typeof authorizeUrl>[2]) => string;
  readonly accessToken: (
    granted: Parameters<typeof accessToken>[1],
  ) => Promise<Login1aResult<OAuth1Account>>;
  readonly invalidateToken: (
    token: OAuth1Token,
  ) => Promise<Login1aResult<{ readonly token: string }>>;
  readonly fetchBearer: () => Promise<LoginResult<AppBearer, AppOnlyFailureReason>>;
  readonly invalidateBearer: (
    bearer: string,
  ) => Promise<LoginResult<AppBearer, AppOnlyFailureReason>>;
}

/** What the OAuth 2.0 client is good for; see the functions of the same names. */
export interface OAuth2App {
  readonly authorizeUrl: (login: Omit<OAuth2Login, 'clientId'>) => string;
  readonly exchangeCode: (
    login: Parameters<typeof exchangeCode>[1],
  ) => Promise<OAuth2Result<OAuth2Tokens>>;
  readonly refreshToken: (token: string) => Promise<OAuth2Result<OAuth2Tokens>>;
  readonly exchangeOAuth1Token: (
    token: OAuth1Token,
    scopes?: readonly string[],
  ) => Promise<OAuth2Result<OAuth2Tokens>>;
  readonly revokeToken: (
    token: string,
    kind: Parameters<typeof revokeToken>[2],
  ) => Promise<OAuth2Result<{ readonly revoked: true }>>;
}

/** An app's ways to log accounts in; a way whose keys are missing is null. */
export interface TwitterApp {
  readonly oauth1: ConsumerApp | null;
  readonly oauth2: OAuth2App | null;
}

/**
 * Binds the login steps to one app. No step throws for what X answers.
 *
 * @throws TypeError when a key is blank or malformed, or an address is no http(s) address
 * @example
 * const { oauth1 } = createTwitterApp({ runtime: systemRuntime, apiUrl, webUrl, consumer });
 * const asked = await oauth1?.requestToken({ callback: `${publicUrl}/login/twitter/callback` });
 */
export function createTwitterApp(options: TwitterAppOptions): TwitterApp {
  const { runtime, consumer, oauth2 } = options;
  const apiUrl = baseUrl('apiUrl', options.apiUrl);
  const webUrl = baseUrl('webUrl', options.webUrl);
  if (consumer) requirePlain('consumer', { ...consumer });
  if (oauth2) requirePlain('oauth2', { ...oauth2 });
  return {
    oauth1: consumer ? bindConsumer({ runtime, apiUrl, consumer }) : null,
    oauth2: oauth2 ? bindOAuth2({ runtime, apiUrl, client: oauth2 }, webUrl) : null,
  };
}

function bindConsumer(options: Parameters<typeof requestToken>[0]): ConsumerApp {
  return {
    requestToken: (wish) => requestToken(options, wish),
    authorizeUrl: (token, wish) => authorizeUrl(options.apiUrl, token, wish),
    accessToken: (granted) => accessToken(options, granted),
    invalidateToken: (token) => invalidateToken(options, token),
    fetchBearer: () => fetchBearer(options),
    invalidateBearer: (bearer) => invalidateBearer(options, bearer),
  };
}

function bindOAuth2(options: Parameters<typeof exchangeCode>[0], webUrl: string): OAuth2App {
  const { clientId } = options.client;
  return {
    authorizeUrl: (login) => oauth2AuthorizeUrl(webUrl, { ...login, clientId }),
    exchangeCode: (login) => exchangeCode(options, login),
    refreshToken: (token) => refreshToken(options, token),
    exchangeOAuth1Token: (token, scopes) => exchangeOAuth1Token(options, token, scopes),
    revokeToken: (token, kind) => revokeToken(options, token, kind),
  };
}
