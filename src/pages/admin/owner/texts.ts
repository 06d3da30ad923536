import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '주인의 대화', en: 'Owner’s chat' },
  lead: {
    ko: '문제가 생기거나 나으면 여기 적힌 대화로 한 번씩 알려 드려요.',
    en: 'When something breaks, and when it is fine again, these chats are told once each.',
  },
  chats: { ko: '알려 드리는 대화', en: 'Chats that are told' },
  none: {
    ko: '아직 없어요. 봇이 멈추어도 알 길이 없으니 하나는 정해 주세요.',
    en: 'None yet. Choose one, or you will not hear of it when the bot stands still.',
  },
  add: { ko: '대화 더하기', en: 'Add a chat' },
  how: {
    ko: '번호를 받아서, 알림을 받고 싶은 대화에서 봇에게 그대로 말해 주세요. 번호는 한 시간 동안 한 번만 쓸 수 있어요.',
    en: 'Get a code, and say it to the bot in the chat where you want to be told. A code is good once, for an hour.',
  },
  newCode: { ko: '번호 받기', en: 'Get a code' },
  sayThis: { ko: '봇에게 이렇게 말해 주세요', en: 'Say this to the bot' },
  incidents: { ko: '고장 기록', en: 'Incidents' },
  noIncidents: { ko: '아직 아무 고장도 없었어요.', en: 'Nothing has broken so far.' },
  open: { ko: '고장 중', en: 'Broken' },
  over: { ko: '나음', en: 'Over' },
  lasted: { ko: '{time} 동안', en: 'for {time}' },
  weekly: { ko: '매주 토요일에 “다 잘 돼요” 듣기', en: 'Hear “all is well” every Saturday' },
  weeklyOn: { ko: '켜져 있어요', en: 'On' },
  weeklyOff: { ko: '꺼져 있어요', en: 'Off' },
  turnOn: { ko: '켜기', en: 'Turn on' },
  turnOff: { ko: '끄기', en: 'Turn off' },
} as const satisfies Record<string, Text>;
