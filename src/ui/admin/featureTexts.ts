import type { Text } from '../language.ts';

export const texts = {
  on: { ko: '켜짐', en: 'On' },
  off: { ko: '꺼짐', en: 'Off' },
  failing: { ko: '문제 있음', en: 'Failing' },
  missing: { ko: '켜려면 필요한 값', en: 'Needs' },
  logIn: {
    ko: 'X 계정 페이지에서 로그인하면 켜져요. 아니면:',
    en: 'Log in on the X page. Or else:',
  },
} as const satisfies Record<string, Text>;

export const own: Text = { ko: '직접 정해요', en: 'of your own choice' };

/** What `/healthz` names beside the features of the book. */
export const otherNames: Readonly<Record<string, Text>> = {
  settings: { ko: '설정', en: 'Settings' },
  storage: { ko: '데이터 저장', en: 'Storage' },
  'menu-neis': { ko: '학교 급식 (나이스)', en: 'School meals (NEIS)' },
  'menu-page': { ko: '식단 페이지', en: 'Menu page' },
};
