import type { Bot } from '../../bot/context.ts';
import type { ConsumerOptions } from './api/loginRequest.ts';
import type { OAuth2Options } from './api/oauth2.ts';
import { xSettings } from './settings.ts';

/** The app in OAuth 1.0a's terms; `null` when its keys are not set. */
export function appOf({ runtime, read }: Bot): ConsumerOptions | null {
  const { apiUrl, consumer } = read(xSettings);
  return consumer && { runtime, apiUrl, consumer };
}

/** The app in OAuth 2.0's terms; `null` when its client id is not set. */
export function oauth2Of({ runtime, read }: Bot): OAuth2Options | null {
  const { apiUrl, oauth2 } = read(xSettings);
  if (!oauth2) return null;
  const { clientId, clientSecret } = oauth2;
  return {
    runtime,
    apiUrl,
    client: { clientId, ...(clientSecret === null ? {} : { clientSecret }) },
  };
}

/** Key of an X account's credential in `TOKENS`, and name of its keeper. */
export function keeperKey(userId: string): string {
  return `twitter:${userId}`;
}
