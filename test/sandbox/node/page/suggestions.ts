import type { ChatPhone, Room } from './chat-state.ts';
import type { Language } from './texts.ts';

/** Things to say to the bot in a room, in a language; `{repository}` is filled in. */
const suggestions: Readonly<Record<ChatPhone, Readonly<Record<Language, readonly string[]>>>> = {
  dm: {
    ko: ['고양이', '넷플릭스', '도움말', 'cat 3', 'send me cat facts'],
    en: ['cat 3', 'netflix', 'help', 'menu', 'send me cat facts'],
  },
  kakao: {
    ko: ['연결', '메뉴', '구독 {repository} main', '목록', '도움말'],
    en: ['login', 'menu', 'watch {repository} main', 'list', 'help'],
  },
  telegram: {
    ko: ['/start', '구독 {repository} main', '메뉴 알림 켜기', '목록'],
    en: ['/start', 'watch {repository} main', 'menu alerts on', 'list'],
  },
};

export function suggestionsFor(
  phone: ChatPhone,
  room: Room,
  language: Language,
  repository: string,
): string[] {
  if (room === 'self') return [];
  return suggestions[phone][language].map((words) => words.replace('{repository}', repository));
}
