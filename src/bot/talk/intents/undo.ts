import { generalHears } from '../generalWords.ts';
import { suggestionsIn } from '../help.ts';
import { remember, undoable } from '../state.ts';
import { talkTexts as texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';

/** `되돌리기`: takes back the last change that can be, within five minutes. */
export const undo: Intent = {
  id: 'undo',
  hears: generalHears.undo,
  async reply(bot, person) {
    const last = undoable(bot, person);
    const cleared = remember(person, { undo: null });
    const author = bot.talk.intents.find(({ id }) => id === last?.intent);
    const reply = last && (await author?.takeBack?.(bot, cleared, last.data));
    if (reply) return reply;
    const { language } = person;
    return {
      text: texts.nothingToUndo[language](),
      suggestions: suggestionsIn(bot, language),
      person: cleared,
    };
  },
};
