import { type Person, rememberPerson } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { converse } from './converse.ts';
import type { Reply } from './types.ts';

/** What somebody gets to read at once, and what they can say or open next. */
export type Answer = Pick<Reply, 'text' | 'suggestions' | 'links'>;

/**
 * One turn with somebody whose platform waits for the answer. Nothing is queued: when the answer
 * does not reach them they simply ask again.
 */
export async function answerNow(bot: Bot, person: Person, said: string): Promise<Reply> {
  const reply = await converse(bot, person, said);
  await rememberPerson(bot.db, reply.person).run();
  return reply;
}
