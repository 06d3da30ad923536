import type { AccountsContext } from './accountsContext.ts';
import type { ConsumerOptions } from './api/loginRequest.ts';
import type { OAuth2Options } from './api/oauth2.ts';

/** The app in OAuth 1.0a's terms; `null` when its keys are not set. */
export function appOf({ runtime, twitter }: AccountsContext): ConsumerOptions | null {
  const { apiUrl, consumer } = twitter;
  return consumer && { runtime, apiUrl, consumer };
}

/** The app in OAuth 2.0's terms; `null` when its client id is not set. */
export function oauth2Of({ runtime, twitter }: AccountsContext): OAuth2Options | null {
  const { apiUrl, oauth2 } = twitter;
  if (!oauth2) return null;
  const { clientId, clientSecret } = oauth2;
  return {
    runtime,
    apiUrl,
    client: { clientId, ...(clientSecret === null ? {} : { clientSecret }) },
  };
}
