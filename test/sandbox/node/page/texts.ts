import { chatTexts } from './texts-chats.ts';
import { leverTexts } from './texts-levers.ts';
import { logTexts } from './texts-log.ts';
import { placeTexts } from './texts-places.ts';

export type Language = 'ko' | 'en';

/** Every text of the page, in both languages. `{name}` is a placeholder. */
const texts = {
  title: { ko: '소식 놀이터', en: 'soshik sandbox' },
  tagline: {
    ko: '휴대폰 네 대로 소식 봇과 놀아 보세요. 무엇을 해도 진짜 X, 카카오, 텔레그램, GitHub에는 닿지 않아요.',
    en: 'Play with the soshik bot on four phones. Nothing you do here reaches the real X, Kakao, Telegram or GitHub.',
  },
  switchLanguage: { ko: 'English', en: '한국어' },
  who: { ko: '누구의 휴대폰인가요?', en: 'Whose phones are these?' },
  phones: { ko: '휴대폰', en: 'Phones' },
  timeline: { ko: 'X 타임라인', en: 'X timeline' },
  timelineEmpty: {
    ko: '아직 글이 없어요. 토요일을 불러 보세요.',
    en: 'No posts yet. Let Saturday come.',
  },
  netflix: { ko: '넷플릭스가 알린 작품', en: 'What Netflix announces' },
  'layout.data': { ko: '늘 보던 모습', en: 'as usual' },
  'layout.results': { ko: '예전 모습', en: 'older shape' },
  'layout.moved': { ko: '자료가 다른 자리에', en: 'data moved' },
  'layout.broken': { ko: '깨짐', en: 'broken' },
  'layout.login': { ko: '로그인 벽', en: 'login wall' },
  'layout.error': { ko: '오류 화면', en: 'error page' },
  ...chatTexts,
  ...leverTexts,
  ...logTexts,
  ...placeTexts,
} as const satisfies Record<string, Record<Language, string>>;

export type TextKey = keyof typeof texts;

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

/** A text in a language, its placeholders filled in. */
export function say(
  key: TextKey,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
