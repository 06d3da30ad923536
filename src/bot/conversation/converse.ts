import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { languageOf, normalize } from './grammar.ts';
import { intents } from './intents.ts';
import { suggestions, texts } from './texts.ts';
import type { Reply } from './types.ts';

/**
 * One turn of a conversation, the same on every channel: text in, reply out. There is always a
 * reply; words that nobody understands get a short hint with what can be said.
 *
 * The person's language follows what they write and stays when a text does not tell.
 */
export async function converse(bot: Bot, known: Person, text: string): Promise<Reply> {
  const person = { ...known, language: languageOf(text) ?? known.language };
  const words = normalize(text);
  for (const intent of intents) {
    for (const pattern of intent.patterns) {
      const match = pattern.exec(words);
      if (match) return intent.reply(bot, person, match);
    }
  }
  return {
    text: texts.hint[person.language](),
    suggestions: suggestions[person.language],
    person,
  };
}
