import { suggestions, texts } from '../texts.ts';
import type { Intent } from '../types.ts';

export const help: Intent = {
  id: 'help',
  patterns: [/^(?:도움말?|홈|사용법(?: ?안내)?|안내|help|start)$/],
  reply: async (_bot, person) => ({
    text: texts.help[person.language](),
    suggestions: suggestions[person.language],
    person,
  }),
};
