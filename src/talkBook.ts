import { quiet, quietVocabulary } from './bot/announce/quiet.ts';
import { owner, ownerVocabulary } from './bot/owner/intent.ts';
import { generalIntents } from './bot/talk/intents/general.ts';
import type { TalkBook } from './bot/talk/types.ts';
import { understand } from './bot/talk/understand.ts';
import { features } from './features/table.ts';
import { platforms } from './platforms/table.ts';

const rooms = [...features, ...platforms];

/** All that can be said to the bot. */
export const talkBook: TalkBook = {
  intents: [
    owner,
    quiet,
    ...generalIntents.first,
    ...rooms.flatMap(({ intents = [] }) => intents),
    ...generalIntents.last,
  ],
  vocabularies: [
    ownerVocabulary,
    quietVocabulary,
    ...rooms.flatMap(({ vocabulary = [] }) => vocabulary),
  ],
  hear: async (bot, person, said) => (await understand(bot, person, said)).heard,
};
