import type { Sayable } from '../bot/feature.ts';
import type { Text } from '../lib/text.ts';

export const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  where: { ko: '여기서 만나요', en: 'Where to find me' },
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
