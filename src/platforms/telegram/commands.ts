import type { Language } from '../../lib/time.ts';
import type { BotCommand } from './api/client.ts';

/** The menu of commands: each is something the bot's grammar understands. */
const MENU: readonly (readonly [
  command: string,
  description: Readonly<Record<Language, string>>,
])[] = [
  ['watch', { ko: '깃허브 저장소 구독하기', en: 'Watch a GitHub repository' }],
  ['list', { ko: '구독한 저장소 보기', en: 'Show what you watch' }],
  ['status', { ko: '지난번 뒤의 새 커밋 보기', en: 'Commits since you last asked' }],
  ['unwatch', { ko: '구독 끝내기', en: 'Stop watching' }],
  ['menu', { ko: '오늘의 식단', en: "Today's menu" }],
  ['netflix', { ko: '넷플릭스 공개 예정작', en: 'Coming to Netflix' }],
  ['cat', { ko: '고양이 이야기', en: 'A cat fact' }],
  ['help', { ko: '사용법 안내', en: 'How to use this bot' }],
];

/** The commands as people of a language see them. */
export function commandsIn(language: Language): BotCommand[] {
  return MENU.map(([command, description]) => ({ command, description: description[language] }));
}
