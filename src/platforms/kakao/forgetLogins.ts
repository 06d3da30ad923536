import type { Bot } from '../../bot/context.ts';
import { startJob } from '../../bot/jobs/start.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/types.ts';
import { leaveKakao } from './forget.ts';
import { deleteKakaoLogin, tielessKakaoLogins } from './store/kakaoLogins.ts';

export const FORGET_LOGINS = 'forget-logins';

/** One invocation has 50 queries and 50 calls out (free plan); a login takes five queries. */
const AT_ONCE = 8;

/** When the owner has people forgotten: ends Kakao logins that are nobody's news any more. */
export async function forgetLogins(bot: Bot, { slot }: JobRun): Promise<JobEnd> {
  const ids = await tielessKakaoLogins(bot.db, AT_ONCE);
  for (const id of ids) {
    await leaveKakao(bot, id, 'unlink');
    await deleteKakaoLogin(bot.db, id);
  }
  if (ids.length === AT_ONCE) await startJob(bot, FORGET_LOGINS, slot + 1);
  return { kind: 'done', counts: { kakaoLogins: ids.length }, reason: null };
}
