import { leaveKakao } from '../platforms/kakao/forget.ts';
import { forgetPerson, type Person } from '../store/people.ts';
import type { Bot } from './context.ts';

/**
 * Deletes everything about a person, and ends their Kakao login.
 *
 * @returns false when Kakao did not confirm: there their consent may still be on
 */
export async function forgetEntirely(bot: Bot, person: Person): Promise<boolean> {
  const { kakaoId } = person;
  const hasLeft = kakaoId === null || (await leaveKakao(bot, kakaoId, 'unlink'));
  await forgetPerson(bot.db, person);
  return hasLeft;
}
