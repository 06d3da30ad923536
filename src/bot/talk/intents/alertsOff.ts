import { generalHears } from '../generalWords.ts';
import { suggestionsIn } from '../help.ts';
import { talkTexts as texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';
import { understand } from '../understand.ts';

/**
 * `알림 꺼줘`, `stop`: whatever news the person gets. With one kind of it there is nothing to ask;
 * of several, one is chosen.
 */
export const alertsOff: Intent = {
  id: 'alerts-off',
  hears: generalHears['alerts-off'],
  async reply(bot, person) {
    const { language } = person;
    const kinds: string[] = [];
    for (const { quiets } of bot.talk.vocabularies) {
      if (quiets !== undefined) kinds.push(...(await quiets(bot, person)));
    }
    const [only] = kinds;
    if (only === undefined) {
      return {
        text: texts.noAlerts[language](),
        suggestions: suggestionsIn(bot, language),
        person,
      };
    }
    if (kinds.length > 1) {
      return { text: texts.whichAlerts[language](), suggestions: kinds, person };
    }
    const { heard, meant } = await understand(bot, person, only);
    const intent = bot.talk.intents.find(({ id }) => id === meant?.id && id !== 'alerts-off');
    return intent
      ? intent.reply(bot, person, heard)
      : { text: texts.whichAlerts[language](), suggestions: kinds, person };
  },
};
