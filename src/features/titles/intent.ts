import { suggestions, texts } from '../../bot/talk/texts.ts';
import type { Intent } from '../../bot/talk/types.ts';
import { addDays, dayForPeople, dayOf } from '../../lib/time.ts';
import { upcomingItems } from './store/items.ts';
import { fullTitle, NETFLIX_SOURCES, UPCOMING_DAYS } from './titles.ts';

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
      return { text: texts.netflixNone[language](), suggestions: suggestions[language], person };
    }
    const lines = items
      .slice(0, MOST_TITLES)
      .map((item) => `${dayForPeople(item.startsOn, today, language)} ${fullTitle(item)}`);
    const rest = items.length - lines.length;
    return {
      text: [
        texts.netflixHead[language](),
        '',
        ...lines,
        ...(rest > 0 ? ['', texts.more[language](rest)] : []),
      ].join('\n'),
      suggestions: [],
      person,
    };
  },
};
