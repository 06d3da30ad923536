import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '메시지 기록', en: 'Messages' },
  lead: {
    ko: '봇이 보낸 것과 보낼 것 모두예요. 하나를 누르면 왜 그런지 볼 수 있어요.',
    en: 'Everything the bot said or is about to say. Open one to see what happened to it.',
  },
  one: { ko: '메시지 하나', en: 'One message' },
  waiting: { ko: '기다리는 것', en: 'Waiting' },
  nothingWaiting: { ko: '기다리는 것이 없어요.', en: 'Nothing is waiting.' },
  group: { ko: '{what} {count}개', en: '{what}: {count}' },
  goesOn: { ko: '부터 다시 보내요', en: 'is when it goes on' },
  list: { ko: '기록', en: 'Log' },
  none: { ko: '그런 메시지가 없어요.', en: 'There is no such message.' },
  channel: { ko: '통로', en: 'Channel' },
  state: { ko: '상태', en: 'State' },
  search: { ko: '찾기', en: 'Search' },
  searchHint: { ko: '주소, 코드, 할 일', en: 'address, code or job' },
  all: { ko: '모두', en: 'All' },
  show: { ko: '보기', en: 'Show' },
  older: { ko: '더 오래된 것', en: 'Older' },
  newest: { ko: '맨 앞으로', en: 'Newest' },
  to: { ko: '받는 이', en: 'To' },
  nobody: { ko: '(지움)', en: '(forgotten)' },
  everyone: { ko: '모두', en: 'Everyone' },
  cause: { ko: '까닭', en: 'Caused by' },
  written: { ko: '쓴 때', en: 'Written' },
  ended: { ko: '끝난 때', en: 'Ended' },
  due: { ko: '다음에 해 볼 때', en: 'Next try' },
  tries: { ko: '해 본 것', en: 'Tries' },
  noTries: { ko: '안 된 적이 없어요.', en: 'No try has failed.' },
  again: { ko: '다시 보내기', en: 'Send again' },
  againAll: {
    ko: '이 통로에서 못 보낸 것을 모두 다시 보내기',
    en: 'Send again all that failed here',
  },
  reply: { ko: '메시지 답장', en: 'A reply' },
  news: { ko: '저장소 소식', en: 'News of a repository' },
  message: { ko: '메시지', en: 'A message' },
} as const satisfies Record<string, Text>;

/** Names of what a delivery may be. */
export const stateNames = {
  waiting: { ko: '기다림', en: 'Waiting' },
  sending: { ko: '보내는 중', en: 'Being sent' },
  sent: { ko: '보냄', en: 'Sent' },
  merged: { ko: '다음 답과 함께 보냄', en: 'Said with the next answer' },
  expired: { ko: '늦어서 보내지 않음', en: 'Too late to be sent' },
  gone: { ko: '받는 이가 없음', en: 'Nobody there' },
  refused: { ko: '받지 않음', en: 'Refused' },
  dead: { ko: '못 보냄', en: 'Could not be sent' },
} as const satisfies Record<string, Text>;

/** What came of one try. */
export const outcomeNames: Readonly<Record<string, Text>> = {
  retry: { ko: '안 됐어요. 다시 해 봐요', en: 'It failed and is tried again' },
  sender: { ko: '보내는 쪽 문제라서 기다려요', en: 'It waits: something is wrong on our side' },
  gone: stateNames.gone,
  refused: stateNames.refused,
};
