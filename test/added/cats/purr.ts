import type { Words } from '../../../src/bot/talk/grammar/utterance.ts';
import type { Intent } from '../../../src/bot/talk/types.ts';

export const purrWords: Words = { purr: '골골송, 골골, purr, purring' };

/** An intent as somebody adds it who has read CONTRIBUTING.md only. */
export const purr: Intent = {
  id: 'purr',
  phrasings: [{ says: ['purr'], with: 'show want more cat' }],
  reply: async (_bot, person) => ({
    text: { ko: '골골골.', en: 'Purr.' }[person.language],
    suggestions: [],
    person,
  }),
};
