import { suggestionsIn } from '../help.ts';
import { smallTalkHears } from '../smallTalkWords.ts';
import { smallTalkTexts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

/** Greetings, thanks, goodbyes: one warm line, and what can be said next where that helps. */
export const smallTalk: readonly Intent[] = (
  ['greeting', 'thanks', 'bye', 'sorry', 'compliment', 'insult'] as const
).map((id) => ({
  id,
  hears: smallTalkHears[id],
  reply: async (bot, person) => ({
    text: smallTalkTexts[id][person.language],
    suggestions: id === 'greeting' || id === 'sorry' ? suggestionsIn(bot, person.language) : [],
    person,
  }),
}));
