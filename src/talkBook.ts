import { quiet, quietVocabulary } from './bot/announce/quiet.ts';
import { owner, ownerVocabulary } from './bot/owner/intent.ts';
import { choose } from './bot/talk/grammar/choose.ts';
import { parse } from './bot/talk/grammar/parse.ts';
import { generalIntents } from './bot/talk/intents.ts';
import type { TalkBook } from './bot/talk/types.ts';
import { lexiconOf, understand } from './bot/talk/understand.ts';
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
  parse: async (bot, person, said) => (await understand(bot, person, said)).utterance,
};

// A first sentence is parsed while the Worker starts, which counts towards no request's time: the
// lexicon and all that is made once is ready for whoever speaks first.
const finders = talkBook.vocabularies.flatMap(({ finders: own = [] }) => own);
const first = parse('/menu 12/3 github.com/a/b', lexiconOf(talkBook.vocabularies), finders);
choose(first, talkBook.intents);
