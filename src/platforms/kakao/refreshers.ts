import type { Reader } from '../../config/reader.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { noRefreshers, type Refreshers, refreshOutcome } from '../../store/tokenRenewal.ts';
import { refreshTokens } from './api/oauth.ts';
import { kakaoAppOf } from './context.ts';

/** How Kakao's tokens are renewed: with the owner's REST API key and its client secret. */
export function kakaoRefreshers({ read }: Reader, runtime: Runtime): Refreshers {
  const app = kakaoAppOf({ runtime, read });
  if (app === null) return noRefreshers('KAKAO_REST_API_KEY');
  return {
    oauth2: async (token) =>
      refreshOutcome(await refreshTokens(app, token), 'KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET'),
    exchange: async () => ({ kind: 'invalid-grant' }),
  };
}
