import type { Language } from '../../../lib/time.ts';
import { generalHears } from '../generalWords.ts';
import { suggestionsIn } from '../help.ts';
import { talkTexts as texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

/** Answers to a question that nobody asked, and a `더` after nothing there is more of. */
export const replies: readonly Intent[] = [
  reply('yes', texts.yesToNothing),
  reply('cancel', texts.nothingToCancel),
  reply('no', texts.noToNothing),
  reply('more', texts.moreOfNothing),
];

function reply(
  id: 'yes' | 'no' | 'cancel' | 'more',
  text: Readonly<Record<Language, () => string>>,
): Intent {
  return {
    id,
    hears: generalHears[id],
    reply: async (bot, person) => ({
      text: text[person.language](),
      suggestions: suggestionsIn(bot, person.language),
      person,
    }),
  };
}
