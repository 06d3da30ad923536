import { firstValue } from '../talk/hear/heard.ts';
import type { Intent, Vocabulary } from '../talk/types.ts';
import { claimOwner, leaveOwner } from './claim.ts';

const CLAIM = 'owner-claim';
const CLAIMING = /^\s*\/?(?:주인|owner)\s+(?<code>\S+)\s*$/iu;

/** `주인 <code>`: this chat is the owner's; `주인 그만`: it is no longer. */
export const owner: Intent = {
  id: 'owner',
  hears: [{ says: [CLAIM] }],
  reply: async (bot, person, heard) => {
    const code = firstValue(heard, CLAIM) ?? '';
    const text = /^(?:그만|off|stop)$/i.test(code)
      ? await leaveOwner(bot, person)
      : await claimOwner(bot, person, code);
    return { text, suggestions: [], person };
  },
};

export const ownerVocabulary: Vocabulary = {
  words: {},
  finders: [
    (text) => {
      const code = CLAIMING.exec(text)?.groups?.['code'];
      if (code === undefined) return [];
      return [{ start: 0, end: text.length, means: [{ concept: CLAIM, value: code }] }];
    },
  ],
};
