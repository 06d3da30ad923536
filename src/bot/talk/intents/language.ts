import { generalHears } from '../generalWords.ts';
import { firstValue } from '../hear/heard.ts';
import { suggestionsIn } from '../help.ts';
import { talkTexts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

/** `영어로 말해줘`, `speak Korean`: the language of all answers and news from now on. */
export const language: Intent = {
  id: 'language',
  hears: generalHears.language,
  reply: async (bot, person, heard) => {
    const wished = firstValue(heard, 'lang') === 'en' ? 'en' : 'ko';
    return {
      text: talkTexts.languageSet[wished](),
      suggestions: suggestionsIn(bot, wished),
      person,
      language: wished,
    };
  },
};
