import type { Bot } from '../../bot/context.ts';
import { startJob } from '../../bot/jobs/start.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/types.ts';
import { forgetKakaoLinks } from './store/kakaoLinks.ts';
import { forgetKakaoSends } from './store/kakaoSends.ts';
import { keepKakaoAlive } from './upkeep.ts';

export const KAKAO_UPKEEP = 'kakao-upkeep';

/**
 * Daily: keeps people's Kakao logins from ending, and warns those whose login will. One run looks
 * after some of them only; the rest have a run of their own, so that they use up no attempts.
 */
export async function kakaoUpkeep(bot: Bot, { slot }: JobRun): Promise<JobEnd> {
  const now = bot.runtime.now();
  const { counts, failures, hasMore } = await keepKakaoAlive(bot);
  if (hasMore) await startJob(bot, KAKAO_UPKEEP, slot + 1);
  return {
    kind: 'done',
    counts: {
      ...counts,
      links: await forgetKakaoLinks(bot.db, now),
      sends: await forgetKakaoSends(bot.db, now),
    },
    reason: failures.length === 0 ? null : failures.join('; '),
  };
}
