import { generalHears } from '../generalWords.ts';
import { helpText, suggestionsIn } from '../help.ts';
import type { Intent } from '../types.ts';

export const help: Intent = {
  id: 'help',
  hears: generalHears.help,
  example: { ko: '도움말', en: 'help' },
  reply: async (bot, person) => ({
    text: helpText(bot, person.language),
    suggestions: suggestionsIn(bot, person.language),
    person,
  }),
};
