import { readKakaoLogin } from '../../platforms/kakao/store/kakaoLogins.ts';
import { tieChat } from '../../platforms/kakao/store/kakaoTies.ts';
import {
  type Encounter,
  hasUntied,
  meetPerson,
  type Person,
  rememberPerson,
} from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { converse } from './converse.ts';
import type { Reply } from './types.ts';

/** What somebody gets to read at once, and what they can say or open next. */
export type Answer = Pick<Reply, 'text' | 'suggestions' | 'links'>;

/** Somebody whose platform waits for the answer. */
export interface Visitor extends Encounter {
  /** Their Kakao login, when the platform vouches for it. */
  readonly kakaoId: string | null;
}

/** The person behind a visit; a Kakao login that works is tied to them, unless they undid that. */
export async function meetVisitor(bot: Bot, visitor: Visitor): Promise<Person> {
  const person = await meetPerson(bot.db, visitor, bot.runtime.now());
  const { kakaoId } = visitor;
  if (kakaoId === null || person.kakaoId !== null) return person;
  const login = await readKakaoLogin(bot.db, kakaoId);
  if (login?.state !== 'connected' || (await hasUntied(bot.db, person.id))) return person;
  await bot.db.batch(tieChat(bot.db, person.id, kakaoId, bot.runtime.now()));
  return { ...person, kakaoId };
}

/**
 * One turn with somebody whose platform waits for the answer. Nothing is queued: when the answer
 * does not reach them they simply ask again.
 */
export async function answerNow(bot: Bot, visitor: Visitor, said: string): Promise<Reply> {
  const reply = await converse(bot, await meetVisitor(bot, visitor), said);
  await rememberPerson(bot.db, reply.person).run();
  return reply;
}
