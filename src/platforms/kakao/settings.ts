import type { Bot } from '../../bot/context.ts';
import { coreSettings } from '../../config/core.ts';
import { type FeatureRule, needs } from '../../config/reader.ts';
import {
  type About,
  address,
  doorSecret,
  flag,
  secret,
  settingsOf,
  word,
} from '../../config/setting.ts';
import type { KakaoOAuthOptions } from './api/oauth.ts';

const keys = {
  ko: 'developers.kakao.com > 앱 > 플랫폼 키',
  en: 'developers.kakao.com > your app > Platform key',
} as const;
const chatbot = { ko: '챗봇 관리자센터', en: 'the chatbot’s admin center' } as const;

const host = (ko: string, en: string): About => ({ what: { ko, en } });

/** What of the owner's settings is about Kakao. */
export const kakaoSettings = settingsOf(
  {
    restApiKey: secret('KAKAO_REST_API_KEY', {
      what: { ko: 'REST API 키', en: 'REST API key' },
      where: keys,
    }),
    clientSecret: secret('KAKAO_CLIENT_SECRET', {
      what: { ko: 'REST API 키의 클라이언트 시크릿', en: 'the REST API key’s client secret' },
      where: keys,
    }),
    adminKey: doorSecret('KAKAO_ADMIN_KEY', {
      what: {
        ko: '대표 어드민 키. 연결 해제 웹훅을 알아봐요',
        en: 'primary admin key; it signs Kakao’s unlink webhook',
      },
      where: keys,
    }),
    /** What the chatbot's skill settings send in `X-Skill-Token`. */
    skillToken: doorSecret('KAKAO_SKILL_TOKEN', {
      what: {
        ko: '챗봇 스킬 설정의 헤더 X-Skill-Token에 넣을 값, 16자 이상',
        en: 'goes into the chatbot’s skill settings as the header X-Skill-Token; 16 characters or more',
      },
    }),
    /** The one chatbot that may call; `null`: any that knows the token. */
    botId: word('KAKAO_BOT_ID', {
      what: { ko: '받아 줄 챗봇 하나의 아이디', en: 'the one chatbot that may call' },
      where: chatbot,
    }),
    /** Event block of the chatbot through which it may write first (Event API); `null`: it may not. */
    eventName: word('KAKAO_EVENT_NAME', {
      what: {
        ko: '챗봇이 먼저 말할 때 쓸 이벤트 블록 이름 (Event API)',
        en: 'event block through which the chatbot writes first (Event API)',
      },
      where: chatbot,
    }),
    sendToFriends: flag(
      'KAKAO_SEND_TO_FRIENDS',
      host('식단을 카카오톡 친구에게도 보내기', 'send the menu to KakaoTalk friends too'),
    ),
    channelUrl: word('KAKAO_CHANNEL_URL', {
      what: {
        ko: '카카오톡 채널 주소 (https://pf.kakao.com/_...), 링크와 QR 코드에 써요',
        en: 'address of the KakaoTalk channel (https://pf.kakao.com/_...), for links and QR codes',
      },
      where: { ko: '카카오톡 채널 관리자센터', en: 'KakaoTalk channel’s admin center' },
    }),
    authUrl: address(
      'KAKAO_AUTH_URL',
      'https://kauth.kakao.com',
      host('카카오 로그인', 'Kakao Login'),
    ),
    apiUrl: address('KAKAO_API_URL', 'https://kapi.kakao.com', host('카카오 API', 'Kakao API')),
    botUrl: address('KAKAO_BOT_URL', 'https://bot-api.kakao.com', host('챗봇 API', 'chatbot API')),
  },
  (values) => values,
);

const { restApiKey, skillToken, adminKey } = kakaoSettings.declared;

export const kakaoFeatures: readonly FeatureRule[] = [
  {
    id: 'kakao-login',
    name: { ko: '카카오 로그인', en: 'Login with Kakao' },
    page: '/admin/channels',
    state: needs(restApiKey, coreSettings.declared.tokenKey),
  },
  {
    id: 'kakao-chatbot',
    name: { ko: '카카오톡 챗봇', en: 'KakaoTalk chatbot' },
    page: '/admin/channels',
    state: needs(skillToken),
  },
  {
    id: 'kakao-unlink-webhook',
    name: { ko: '카카오 연결 해제 알림', en: 'Kakao unlink webhook' },
    page: '/admin/channels',
    state: needs(adminKey),
  },
];

/** Key of a Kakao login's tokens in `TOKENS`, and name of their keeper. */
export function kakaoKeeperKey(id: string): string {
  return `kakao:${id}`;
}

/** The app at Kakao, or `null` when its REST API key is not set. */
export function kakaoAppOf({
  runtime,
  read,
}: Pick<Bot, 'runtime' | 'read'>): KakaoOAuthOptions | null {
  const { authUrl, restApiKey: id, clientSecret } = read(kakaoSettings);
  if (id === null) return null;
  return { runtime, authUrl, client: { id, secret: clientSecret } };
}
