import * as v from 'valibot';
import { bad, type Guide, good, UNREACHED } from '../../config/guide.ts';
import { jsonOf, send } from '../../lib/outbound.ts';
import { kakaoSettings } from './settings.ts';

const { restApiKey, clientSecret, adminKey, skillToken, channelUrl, authUrl } =
  kakaoSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 100_000 };
const refusal = v.object({ error_code: v.string() });

/** How an owner connects KakaoTalk: messages by Kakao Login, and the chatbot of a channel. */
export const guide: Guide = {
  position: 30,
  title: { ko: '카카오톡', en: 'KakaoTalk' },
  minutes: 25,
  cost: {
    ko: '무료 (챗봇이 먼저 말하는 Event API만 비즈니스 채널에서 한 건에 15원)',
    en: 'free (only the Event API, with which a chatbot writes first, needs a business channel and 15 won a message)',
  },
  steps: [
    {
      ko: 'developers.kakao.com에서 앱을 만들고 [앱] > [플랫폼 키] > [REST API 키]를 열어요. REST API 키와 그 클라이언트 시크릿이 있어요.',
      en: 'Make an app at developers.kakao.com and open [App] > [Platform key] > [REST API key]: there are the REST API key and its client secret.',
    },
    {
      ko: '[카카오 로그인]을 켜고, [동의항목] > [접근권한]에서 "카카오톡 메시지 전송"(talk_message)을 선택 동의로 켜요. 심사는 필요 없어요.',
      en: 'Switch [Kakao Login] on, and at [Consent items] > [Access rights] the item talk_message as optional. No review is needed.',
    },
    {
      ko: '[앱] > [플랫폼 키]의 어드민 키 가운데 "대표"라고 적힌 것이 KAKAO_ADMIN_KEY예요. 허용 IP는 비워 두세요.',
      en: 'The admin key marked "primary" at [App] > [Platform key] is KAKAO_ADMIN_KEY. Leave its allowed addresses blank.',
    },
    {
      ko: '챗봇도 쓰려면 카카오톡 채널(center-pf.kakao.com)과, 그 채널에 이은 챗봇(챗봇 관리자센터)을 만들어요.',
      en: 'For the chatbot make a KakaoTalk channel (center-pf.kakao.com) and a chatbot on it (chatbot admin center).',
    },
  ],
  asks: [restApiKey, clientSecret, adminKey, channelUrl],
  makes: [skillToken],
  check: async ({ value, runtime }) => {
    if (value(restApiKey) === '') return null;
    // A code nobody was given: which of the values Kakao complains about tells whether it knows the others.
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: value(restApiKey),
      client_secret: value(clientSecret),
      redirect_uri: 'https://localhost/',
      code: 'none',
    });
    const request = new Request(`${value(authUrl)}/oauth/token`, { method: 'POST', body });
    const answer = await send(runtime, request, LIMITS);
    if ('failed' in answer) return UNREACHED;
    const parsed = v.safeParse(refusal, jsonOf(answer));
    switch (parsed.success ? parsed.output.error_code : '') {
      case 'KOE320':
      case 'KOE303':
      case 'KOE006':
        return good('카카오가 키와 시크릿을 알아봤어요', 'Kakao knows the key and its secret');
      case 'KOE101':
        return bad('카카오가 이 REST API 키를 몰라요', 'Kakao does not know this REST API key');
      case 'KOE008':
        return bad('REST API 키가 아니라 다른 종류의 키예요', 'this is a key of another kind');
      case 'KOE010':
        return bad(
          '클라이언트 시크릿이 이 키의 것이 아니에요',
          'the client secret is not that of the key',
        );
      case 'KOE004':
        return bad('[카카오 로그인]을 켜 주세요', 'switch [Kakao Login] on');
      default:
        return UNREACHED;
    }
  },
  later: [
    {
      ko: '[앱] > [플랫폼 키] > [REST API 키]의 리다이렉트 URI에 {origin}/login/kakao/callback',
      en: 'At [App] > [Platform key] > [REST API key], redirect URI: {origin}/login/kakao/callback',
    },
    {
      ko: '[앱] > [제품 링크 관리] > [웹 도메인]에 {origin} 과 https://github.com (커밋 버튼이 열리려면)',
      en: 'At [App] > [Product link] > web domain: {origin} and https://github.com (else the buttons under commits open nothing)',
    },
    {
      ko: '[앱] > [웹훅] > 연결 해제 웹훅에 {origin}/webhook/kakao/unlink',
      en: 'At [App] > [Webhook], unlink webhook: {origin}/webhook/kakao/unlink',
    },
    {
      ko: '챗봇 관리자센터: 스킬을 만들어 URL에 {origin}/skill, 헤더 X-Skill-Token에 KAKAO_SKILL_TOKEN의 값. 폴백 블록과 모든 블록에 이 스킬을 쓰고 배포해요.',
      en: 'Chatbot admin center: make a skill with the URL {origin}/skill and the header X-Skill-Token (the value of KAKAO_SKILL_TOKEN); let the fallback block and all others use it, and deploy.',
    },
  ],
};
