import { suggestionsIn } from '../../bot/talk/help.ts';
import type { Intent } from '../../bot/talk/types.ts';
import { say, type Text } from '../../lib/text.ts';
import { addDays, dayForPeople, dayOf } from '../../lib/time.ts';
import { upcomingItems } from './store/items.ts';
import { fullTitle, NETFLIX_SOURCES, UPCOMING_DAYS } from './title.ts';

const texts = {
  none: {
    ko: '앞으로 2주 안에 나올 넷플릭스 작품을 아직 찾지 못했어요. 내일 다시 물어봐 주세요.',
    en: 'I know of no Netflix title for the next two weeks yet. Please ask again tomorrow.',
  },
  head: {
    ko: '2주 안에 나올 넷플릭스 작품이에요.',
    en: 'Coming to Netflix in the next two weeks:',
  },
  more: { ko: '그 밖에 {count}편이 더 있어요.', en: 'and {count} more' },
} as const satisfies Record<string, Text>;

const MOST_TITLES = 10;

export const netflix: Intent = {
  id: 'netflix',
  patterns: [/^(?:넷플릭스|넷플|netflix)(?: ?(?:신작|공개 ?예정(?:작)?|소식|upcoming|new))?$/],
  reply: async (bot, person) => {
    const { language } = person;
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const items = await upcomingItems(
      bot.db,
      NETFLIX_SOURCES,
      today,
      addDays(today, UPCOMING_DAYS),
      100,
    );
    if (items.length === 0) {
      return { text: say(texts.none, language), suggestions: suggestionsIn(bot, language), person };
    }
    const lines = items
      .slice(0, MOST_TITLES)
      .map((item) => `${dayForPeople(item.startsOn, today, language)} ${fullTitle(item)}`);
    const rest = items.length - lines.length;
    return {
      text: [
        say(texts.head, language),
        '',
        ...lines,
        ...(rest > 0 ? ['', say(texts.more, language, { count: rest })] : []),
      ].join('\n'),
      suggestions: [],
      person,
    };
  },
};
