import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { openQuestion } from './asking.ts';
import { languageOf, normalize } from './grammar.ts';
import { suggestionsIn } from './help.ts';
import { intentsOf } from './intents.ts';
import { texts } from './texts.ts';
import type { Intent, Reply } from './types.ts';

const CANCEL = /^(?:취소|그만|됐어|cancel|stop|never ?mind)$/;

/**
 * One turn of a conversation, the same on every channel: text in, reply out. There is always a
 * reply; words that nobody understands get a short hint with what can be said. After a question the
 * words are its answer, unless they ask for something else.
 *
 * The person's language follows what they write and stays when a text does not tell; an answer
 * (a branch, a nickname) never tells.
 */
export async function converse(bot: Bot, known: Person, said: string): Promise<Reply> {
  const words = normalize(said);
  const question = openQuestion(bot, known);
  const heard = { ...known, asking: null };
  if (question && CANCEL.test(words)) {
    const text = texts.cancelled[known.language]();
    return { text, suggestions: suggestionsIn(bot, known.language), person: heard };
  }
  const intents = intentsOf(bot);
  const meant = intentOf(intents, words);
  if (question) {
    const isOffered = question.answers.includes(said.trim());
    if (isOffered || meant === null || meant.intent.id === question.intent) {
      const asker = intents.find(({ id }) => id === question.intent);
      const reply = await asker?.resume?.(bot, heard, question.data, said);
      if (reply) return reply;
    }
  }
  const language = languageOf(said) ?? known.language;
  const person = { ...(meant?.intent.isAside ? known : heard), language };
  if (meant) return meant.intent.reply(bot, person, meant.match, said);
  return {
    text: texts.hint[person.language](),
    suggestions: suggestionsIn(bot, person.language),
    person,
  };
}

function intentOf(
  intents: readonly Intent[],
  words: string,
): { readonly intent: Intent; readonly match: RegExpExecArray } | null {
  for (const intent of intents) {
    for (const pattern of intent.patterns) {
      const match = pattern.exec(words);
      if (match) return { intent, match };
    }
  }
  return null;
}
