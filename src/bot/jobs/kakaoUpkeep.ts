import { keepKakaoAlive } from '../../accounts/kakao/upkeep.ts';
import { SECOND_MS } from '../../lib/time.ts';
import { forgetKakaoLinks } from '../../store/kakaoLinks.ts';
import { forgetKakaoSends } from '../../store/kakaoSends.ts';
import type { Bot } from '../context.ts';
import type { JobEnd } from './types.ts';

/** One invocation looks after so many logins only; the rest comes in the next. */
const NEXT_MS = 10 * SECOND_MS;

/** Daily: keeps people's Kakao logins from ending, and warns those whose login will. */
export async function kakaoUpkeep(bot: Bot): Promise<JobEnd> {
  const now = bot.runtime.now();
  const { counts, failures, hasMore } = await keepKakaoAlive(bot.kakao);
  if (hasMore) return { kind: 'retry', afterMs: NEXT_MS, reason: 'more logins' };
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
