import { MENU_CATCH_UP_MS, menu, menuSchedule } from '../../features/menu/job.ts';
import { repoDigest } from '../../features/repositories/polling/digestJob.ts';
import { repoPoll } from '../../features/repositories/polling/pollJob.ts';
import { collect } from '../../features/titles/jobs/collect.ts';
import { netflixWeekly } from '../../features/titles/jobs/netflixWeekly.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import { FORGET_LOGINS, forgetLogins } from '../../platforms/kakao/forgetLogins.ts';
import { KAKAO_UPKEEP, kakaoUpkeep } from '../../platforms/kakao/upkeepJob.ts';
import { daily, every, weekly } from './schedule.ts';
import { sweep } from './sweep.ts';
import type { Job } from './types.ts';
import { upkeep } from './upkeep.ts';

/**
 * Everything that is due by the clock, or when the owner says so. Each tick of any cron starts what
 * is due and has had no run yet, so a missed tick is caught up by the next and a doubled one does
 * nothing.
 */
export const jobs: readonly Job[] = [
  { id: 'sweep', schedule: every(30 * MINUTE_MS), catchUpMs: 30 * MINUTE_MS, run: sweep },
  { id: 'repo-poll', schedule: every(30 * MINUTE_MS), catchUpMs: 30 * MINUTE_MS, run: repoPoll },
  {
    id: 'repo-digest',
    schedule: every(30 * MINUTE_MS),
    catchUpMs: 30 * MINUTE_MS,
    run: repoDigest,
  },
  { id: 'menu', schedule: menuSchedule, catchUpMs: MENU_CATCH_UP_MS, run: menu },
  // 05:00, 03:00 and 04:00 in Korea.
  { id: 'collect', schedule: daily(20), catchUpMs: DAY_MS, run: collect },
  { id: 'upkeep', schedule: daily(18), catchUpMs: DAY_MS, run: upkeep },
  { id: KAKAO_UPKEEP, schedule: daily(19), catchUpMs: DAY_MS, run: kakaoUpkeep },
  // Saturday 09:00 in Korea; posted until the evening when the morning was missed.
  { id: 'netflix-weekly', schedule: weekly('sat', 0), catchUpMs: 12 * HOUR_MS, run: netflixWeekly },
  { id: FORGET_LOGINS, schedule: null, catchUpMs: 0, run: forgetLogins },
];
