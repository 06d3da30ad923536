import type { Language } from '../../lib/time.ts';
import { type Person, rememberPerson } from '../../store/people.ts';
import { isGroup } from '../channels.ts';
import type { Bot } from '../context.ts';
import { converse } from './converse.ts';
import type { Reply } from './types.ts';

/** What somebody gets to read at once, and what they can say or open next. */
export type Answer = Pick<Reply, 'text' | 'suggestions' | 'links'>;

/**
 * One turn with somebody whose platform waits for the answer. Nothing is queued: when the answer
 * does not reach them they simply ask again.
 *
 * @param platformLanguage what the platform says that they read; `null` where it does not tell
 */
export async function answerNow(
  bot: Bot,
  person: Person,
  said: string,
  platformLanguage: Language | null = null,
): Promise<Reply> {
  // In a room each speaker's app may be set to another language.
  const told = isGroup(bot, person) ? person.language : platformLanguage;
  const reply = await converse(bot, person, said, { platformLanguage: told });
  await bot.db.batch([...(reply.writes ?? []), rememberPerson(bot.db, reply.person)]);
  return reply;
}
