import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '할 일', en: 'Jobs' },
  lead: {
    ko: '봇이 때맞춰 하는 일이에요. 지금 해도 같은 소식을 두 번 보내지 않아요.',
    en: 'What the bot does by the clock. Running one now tells nothing twice.',
  },
  list: { ko: '할 일 {count}가지', en: 'Jobs: {count}' },
  next: { ko: '다음', en: 'Next' },
  never: { ko: '아직 한 적이 없어요.', en: 'It has not run yet.' },
  last: { ko: '지난번', en: 'Last' },
  seconds: { ko: '{count}초 걸림', en: 'took {count} s' },
  sent: { ko: '보냄 {done} / {total}', en: 'sent {done} of {total}' },
  progress: { ko: '보낸 것', en: 'Sent' },
  waiting: { ko: '아직 안 함', en: 'Not yet' },
  run: { ko: '지금 하기', en: 'Run now' },
  refresh: { ko: '새로 보기', en: 'Refresh' },
  offline: {
    ko: '지금 모습을 가져오지 못했어요. 연결을 확인해 주세요. 곧 다시 해 볼게요.',
    en: 'The present state could not be fetched. Check the connection; trying again soon.',
  },
  question: { ko: '지금 할까요?', en: 'Run it now?' },
} as const satisfies Record<string, Text>;

/** What is said to people by the jobs that the owner is asked about first. */
export const warnings: Readonly<Record<string, Text>> = {
  'netflix-weekly': {
    ko: '앞으로 2주 안에 공개될 작품을 X에 바로 올려요. 올린 글은 여기서 되돌릴 수 없어요.',
    en: 'Titles of the coming two weeks are posted on X at once. Posts cannot be undone here.',
  },
  menu: {
    ko: '지금이나 다음 끼니의 식단을 받는 사람 모두에게 바로 보내요. 이미 받은 사람에게는 다시 보내지 않아요.',
    en: 'The menu of this or the next meal goes to everyone who wants it, at once. Whoever has it already gets no second one.',
  },
  'repo-digest': {
    ko: '이 시각에 받기로 한 사람에게 저장소 소식 모음을 바로 보내요.',
    en: 'Digests go to everyone who has one due at this hour, at once.',
  },
};
