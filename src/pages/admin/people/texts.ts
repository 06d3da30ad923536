import type { Question } from '../../../ui/admin/confirm.tsx';
import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '사람', en: 'People' },
  lead: {
    ko: '봇과 이야기하거나 소식을 받는 사람이에요. 나눈 말은 보이지 않고, 주소는 줄여서 보여요.',
    en: 'Who talks to the bot or gets news. What was said is not shown, and addresses are shortened.',
  },
  counts: { ko: '통로별', en: 'By channel' },
  list: { ko: '최근에 온 사람부터', en: 'Newest first' },
  none: {
    ko: '아직 아무도 없어요. 누가 봇에게 말을 걸면 여기에 보여요.',
    en: 'Nobody yet. Whoever writes to the bot shows up here.',
  },
  noMore: { ko: '더 없어요.', en: 'There is nobody else.' },
  since: { ko: '만난 때', en: 'since' },
  menu: { ko: '식단 받음', en: 'gets the menu' },
  kakao: { ko: '카카오톡으로 받음', en: 'by KakaoTalk' },
  blocked: { ko: '받을 수 없음', en: 'Not reachable' },
  more: { ko: '그 밖에 {count}개', en: '{count} more' },
  remove: { ko: '지우기', en: 'Remove' },
  older: { ko: '다음 {count}명', en: 'Next {count}' },
  newest: { ko: '처음으로', en: 'Newest' },
} as const satisfies Record<string, Text>;

export const removeQuestion = {
  title: { ko: '이 사람을 지울까요?', en: 'Remove this person?' },
  warning: {
    ko: '{name}: 지켜보는 저장소와 설정, 보내지 않은 소식, 카카오 로그인을 모두 지워요. 되돌릴 수 없어요. 다시 말을 걸면 처음 만난 사람이 돼요.',
    en: '{name}: watches, settings, unsent news and their Kakao login are deleted. This cannot be undone. If they write again, they are new.',
  },
  yes: texts.remove,
} as const satisfies Omit<Question, 'under'>;
