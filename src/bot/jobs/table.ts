import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import { collect } from './collect.ts';
import { FORGET_LOGINS, forgetLogins } from './forgetLogins.ts';
import { KAKAO_UPKEEP, kakaoUpkeep } from './kakaoUpkeep.ts';
import { MENU_CATCH_UP_MS, menu, menuSchedule } from './menu.ts';
import { netflixWeekly } from './netflixWeekly.ts';
import { repoDigest } from './repoDigest.ts';
import { repoPoll } from './repoPoll.ts';
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
