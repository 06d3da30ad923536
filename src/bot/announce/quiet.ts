import { say, type Text } from '../../lib/text.ts';
import { quietHoursOf, setQuietHours } from '../../store/topics.ts';
import type { Intent } from '../talk/types.ts';

const HOUR = '(오전|오후|밤|새벽|아침)? ?(\\d{1,2}) ?(?:시|:00)? ?(am|pm)?';
const FROM_TO = `${HOUR} ?(?:부터|에서|~|-|to|until) ?${HOUR}(?: ?까지)?`;
const WORDS = '조용히|조용한 ?시간|방해 ?금지(?: ?시간)?|quiet(?: ?hours?)?|do not disturb|dnd';
const OFF = '끄기|꺼(?: ?줘요?)?|해제|취소|없애(?: ?줘요?)?|off';

const texts = {
  set: {
    ko: '{from}시부터 {to}시까지는 새 작품이나 공연, 피드 소식을 모아 두었다가 {to}시에 보낼게요.',
    en: 'From {from}:00 to {to}:00 news of titles, stage and feeds waits, and comes at {to}:00.',
  },
  off: { ko: '이제 언제든 소식을 보낼게요.', en: 'News comes at any hour from now on.' },
  none: {
    ko: '조용한 시간이 없어요. ‘조용히 22시~8시’처럼 말해 주세요.',
    en: 'There are no quiet hours. Say “quiet 22-8”, for example.',
  },
  wrong: {
    ko: '몇 시부터 몇 시까지인지 모르겠어요. ‘조용히 22시~8시’처럼 말해 주세요.',
    en: 'I did not get the hours. Say “quiet 22-8”, for example.',
  },
} as const satisfies Record<string, Text>;

/** Hours in which a person is told nothing that can wait. */
export const quiet: Intent = {
  id: 'quiet',
  patterns: [
    new RegExp(`^(?:${WORDS}) ${FROM_TO}$`),
    new RegExp(`^${FROM_TO} ?(?:에는 |동안 )?(?:${WORDS})$`),
    new RegExp(`^(?:${WORDS}) ?(?<off>${OFF})$`),
    new RegExp(`^(?:${WORDS})$`),
  ],
  reply: async (bot, person, match) => {
    const { language } = person;
    const [, half, hour, pm, halfTo, hourTo, pmTo] = match;
    if (match.groups?.['off'] !== undefined) {
      await setQuietHours(bot.db, person.id, null).run();
      return { text: say(texts.off, language), suggestions: [], person };
    }
    if (hour === undefined || hourTo === undefined) {
      const known = await quietHoursOf(bot.db, person.id);
      const text =
        known === null ? say(texts.none, language) : say(texts.set, language, { ...known });
      return { text, suggestions: [], person };
    }
    const hours = { from: hourOf(hour, half ?? pm), to: hourOf(hourTo, halfTo ?? pmTo) };
    if (hours.from > 23 || hours.to > 23 || hours.from === hours.to) {
      return { text: say(texts.wrong, language), suggestions: [], person };
    }
    await setQuietHours(bot.db, person.id, hours).run();
    return { text: say(texts.set, language, hours), suggestions: [], person };
  },
};

function hourOf(digits: string, half: string | undefined): number {
  const hour = Number(digits) % 24;
  const isLate = half === '오후' || half === 'pm' || (half === '밤' && hour >= 6);
  if (isLate && hour < 12) return hour + 12;
  return (half === '오전' || half === 'am' || half === '새벽' || half === '밤') && hour === 12
    ? 0
    : hour;
}
