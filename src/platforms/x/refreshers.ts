import type { Reader } from '../../config/reader.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { noRefreshers, type Refreshers, refreshOutcome } from '../../store/tokenRenewal.ts';
import { exchangeOAuth1Token, refreshToken } from './api/oauth2.ts';
import { xSettings } from './settings.ts';

const SECRETS = 'TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET';

/** How X tokens are renewed: with the owner's OAuth 2.0 client. */
export function xRefreshers({ read }: Reader, runtime: Runtime): Refreshers {
  const { apiUrl, oauth2 } = read(xSettings);
  if (oauth2 === null) return noRefreshers('TWITTER_CLIENT_ID');
  const { clientId, clientSecret } = oauth2;
  const options = {
    runtime,
    apiUrl,
    client: clientSecret === null ? { clientId } : { clientId, clientSecret },
  };
  return {
    oauth2: async (token) => refreshOutcome(await refreshToken(options, token), SECRETS),
    exchange: async (pair) => refreshOutcome(await exchangeOAuth1Token(options, pair), SECRETS),
  };
}
