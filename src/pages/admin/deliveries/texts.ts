import type { Question } from '../../../ui/admin/confirm.tsx';
import type { Text } from '../../../ui/language.ts';
import { texts as overview } from '../overviewTexts.ts';

export const texts = {
  title: { ko: '보낸 것', en: 'Deliveries' },
  lead: {
    ko: '지난 14일 동안 통로마다 보낸 것과 못 보낸 것이에요.',
    en: 'What was sent and what was not over the last 14 days, by channel.',
  },
  none: {
    ko: '지난 14일 동안 보낸 것이 없어요.',
    en: 'Nothing was sent in the last 14 days.',
  },
  waiting: { ko: '기다림', en: 'Waiting' },
  sent: { ko: '보냄', en: 'Sent' },
  failed: { ko: '못 보냄', en: 'Failed' },
  chart: {
    ko: '{name}: 14일 동안 보냄 {sent}, 못 보냄 {failed}, 기다림 {waiting}',
    en: '{name} over 14 days: sent {sent}, failed {failed}, waiting {waiting}',
  },
  table: { ko: '날마다 표로 보기', en: 'As a table, day by day' },
  day: { ko: '날', en: 'Day' },
  today: { ko: '오늘', en: 'Today' },
  deadLead: {
    ko: '여러 번 해 봐도 안 된 것이에요. 까닭을 고친 뒤에 다시 보내 주세요.',
    en: 'Given up after several tries. Mend what stands in the way, then send them again.',
  },
  againAll: { ko: '모두 다시 보내기', en: 'Send all again' },
  dropAll: { ko: '모두 버리기', en: 'Drop all' },
} as const satisfies Record<string, Text>;

export const questions = {
  drop: {
    title: { ko: '이것을 버릴까요?', en: 'Drop this one?' },
    warning: {
      ko: '다시는 보내지 않아요. 되돌릴 수 없어요.',
      en: 'It will never be sent. This cannot be undone.',
    },
    yes: overview.drop,
  },
  dropAll: {
    title: { ko: '모두 버릴까요?', en: 'Drop all of them?' },
    warning: {
      ko: '보내지 못한 것 {count}개를 다시는 보내지 않아요. 되돌릴 수 없어요.',
      en: 'What could not be sent ({count}) will never be. This cannot be undone.',
    },
    yes: texts.dropAll,
  },
} as const satisfies Record<string, Omit<Question, 'under'>>;
