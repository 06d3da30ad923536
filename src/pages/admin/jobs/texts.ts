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
