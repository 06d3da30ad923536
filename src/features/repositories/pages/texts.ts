import type { Text } from '../../../ui/language.ts';

export const texts = {
  lead: {
    ko: '최근 {days}일 동안 알려 드린 커밋과 릴리스예요.',
    en: 'Commits and releases that I told of in the last {days} days.',
  },
  feed: { ko: 'Atom 피드', en: 'Atom feed' },
  github: { ko: 'GitHub에서 보기', en: 'See it on GitHub' },
  watch: { ko: '나도 등록하기', en: 'Watch it, too' },
  avatar: { ko: '{name}의 사진', en: 'Picture of {name}' },
  activity: { ko: '최근 30일', en: 'The last 30 days' },
  summary: {
    ko: '커밋 {commits}개, 릴리스 {releases}개가 있었어요.',
    en: 'Commits: {commits}. Releases: {releases}.',
  },
  busiest: {
    ko: '가장 바빴던 날은 {day}, {number}개예요.',
    en: 'The busiest day was {day}, with {number}.',
  },
  none: {
    ko: '아직 알려 드린 소식이 없어요. 새 커밋이나 릴리스가 올라오면 여기에 보여요.',
    en: 'There is no news yet. New commits and releases will be listed here.',
  },
  noneOlder: { ko: '더 오래된 소식은 없어요.', en: 'There is nothing older.' },
  older: { ko: '더 오래된 소식', en: 'Older' },
  newest: { ko: '처음으로', en: 'Newest' },
  pages: { ko: '쪽', en: 'Pages' },
  noMessage: { ko: '(메시지 없음)', en: '(no message)' },
  missing: { ko: '이 기록은 볼 수 없어요', en: 'There is nothing to read here' },
  missingText: {
    ko: '지켜보는 사람이 없거나, 삭제됐거나, 비공개로 바뀐 저장소예요.',
    en: 'Nobody watches this repository, or it was deleted or made private.',
  },
  home: { ko: '처음 화면으로', en: 'To the front page' },
  feedTitle: { ko: '{name} 소식', en: 'News of {name}' },
} as const satisfies Record<string, Text>;
