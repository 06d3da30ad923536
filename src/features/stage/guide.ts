import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { send, textOf } from '../../lib/outbound.ts';
import { readPage } from './api/kopis.ts';
import { stageSettings } from './settings.ts';

const { key, region, apiUrl } = stageSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 500_000 };

/** How an owner has plays and musicals told. */
export const guide: Guide = {
  position: 55,
  title: { ko: '공연 (연극, 뮤지컬)', en: 'Plays and musicals' },
  minutes: 5,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: 'kopis.or.kr(공연예술통합전산망)에 가입하고 Open API에서 인증키를 신청해요.',
      en: 'Sign up at kopis.or.kr and ask for a key at Open API.',
    },
  ],
  asks: [key, region],
  makes: [],
  check: async ({ value, runtime }) => {
    if (value(key) === '') return null;
    const today = new Date(runtime.now()).toISOString().slice(0, 10).replaceAll('-', '');
    const query = new URLSearchParams({
      service: value(key),
      stdate: today,
      eddate: today,
      cpage: '1',
      rows: '1',
    });
    const request = new Request(`${value(apiUrl)}/pblprfr?${query.toString()}`);
    const answer = await send(runtime, request, LIMITS);
    if ('failed' in answer || answer.status !== 200) return UNREACHED;
    const { kind } = readPage(textOf(answer), 'play');
    if (kind === 'auth') return bad('KOPIS가 이 인증키를 몰라요', 'KOPIS does not know it');
    return kind === 'page' ? good('KOPIS가 알아봤어요', 'KOPIS knows it') : UNREACHED;
  },
  later: [],
};
