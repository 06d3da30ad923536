import { helpText, suggestionsIn } from '../help.ts';
import type { Intent } from '../types.ts';

export const help: Intent = {
  id: 'help',
  patterns: [/^(?:도움말?|홈|사용법(?: ?안내)?|안내|help|start)$/],
  reply: async (bot, person) => ({
    text: helpText(bot, person.language),
    suggestions: suggestionsIn(bot, person.language),
    person,
  }),
};
