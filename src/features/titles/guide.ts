import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { send } from '../../lib/outbound.ts';
import { titleSettings } from './settings.ts';

const { tmdbToken, tmdbUrl } = titleSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 100_000 };

/** How an owner has another source stand in when Netflix's page fails. */
export const guide: Guide = {
  position: 60,
  title: {
    ko: '넷플릭스 새 작품: 예비 정보원 TMDB',
    en: 'Netflix titles: TMDB as a second source',
  },
  minutes: 3,
  cost: { ko: '무료 (비상업용)', en: 'free (not for commerce)' },
  steps: [
    {
      ko: '넷플릭스 페이지는 열쇠 없이 읽어요. 페이지가 안 될 때를 위해 themoviedb.org에 가입하고 Settings > API에서 "API Read Access Token"(긴 것)을 복사해요.',
      en: 'Netflix’s page needs no key. For when it fails, sign up at themoviedb.org and copy the "API Read Access Token" (the long one) at Settings > API.',
    },
  ],
  asks: [tmdbToken],
  makes: [],
  check: async ({ value, runtime }) => {
    if (value(tmdbToken) === '') return null;
    const request = new Request(`${value(tmdbUrl)}/authentication`, {
      headers: { authorization: `Bearer ${value(tmdbToken)}` },
    });
    const answer = await send(runtime, request, LIMITS);
    if ('failed' in answer) return UNREACHED;
    if (answer.status === 200) return good('TMDB가 알아봤어요', 'TMDB knows it');
    return answer.status === 401
      ? bad(
          'TMDB가 이 토큰을 몰라요. 짧은 "API Key" 말고 긴 토큰이에요',
          'TMDB does not know it; take the long token, not the short "API key"',
        )
      : UNREACHED;
  },
  later: [],
};
