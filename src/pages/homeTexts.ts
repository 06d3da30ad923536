import type { Sayable } from '../bot/feature.ts';
import type { Text } from '../lib/text.ts';

export const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  where: { ko: '여기서 만나요', en: 'Where to find me' },
  twitter: { ko: 'X 메시지', en: 'Direct message on X' },
  kakaoTalk: { ko: '카카오톡', en: 'KakaoTalk' },
  kakaoTalkText: {
    ko: '카카오로 로그인하면 소식이 카카오톡으로 가요.',
    en: 'Log in with Kakao and news comes to your KakaoTalk.',
  },
  kakaoLogin: { ko: '카카오로 로그인', en: 'Log in with Kakao' },
  chatbot: { ko: '카카오톡 채널', en: 'KakaoTalk channel' },
  chatbotText: { ko: '채널 채팅에 아래처럼 말해 주세요.', en: 'Say in its chat what is below.' },
  telegram: { ko: '텔레그램', en: 'Telegram' },
  code: { ko: '휴대폰으로 여는 QR 코드: {name}', en: 'QR code for your phone: {name}' },
  talk: { ko: '이렇게 말을 걸어 보세요', en: 'What you can say' },
} as const satisfies Record<string, Text>;

export const sayLink: Sayable = {
  say: { ko: '연결', en: 'login' },
  gives: { ko: '소식을 카카오톡으로 받기', en: 'news by KakaoTalk' },
};
export const sayHelp: Sayable = {
  say: { ko: '도움말', en: 'help' },
  gives: { ko: '할 수 있는 말', en: 'what can be said' },
};
