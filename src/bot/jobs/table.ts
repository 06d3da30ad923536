import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import type { Bot } from '../context.ts';
import { tellAllIsWell } from '../owner/weekly.ts';
import { daily, every, weekly } from './schedule.ts';
import { sweep } from './sweep.ts';
import { defineJob, type Job } from './types.ts';
import { upkeep } from './upkeep.ts';

const deliveries = { ko: '보낼 것', en: 'deliveries' };
const events = { ko: '이벤트', en: 'events' };

/** What is due by the clock whatever the bot tells of. */
const ownJobs: readonly Job[] = [
  defineJob({
    id: 'sweep',
    name: { ko: '밀린 일 다시 보내기', en: 'Picking up what got stuck' },
    schedule: every(30 * MINUTE_MS),
    catchUpMs: 30 * MINUTE_MS,
    counts: { events, deliveries },
    run: sweep,
  }),
  {
    id: 'upkeep',
    name: { ko: '계정 돌보기와 정리', en: 'Upkeep and cleaning' },
    // 03:00 in Korea.
    schedule: daily(18),
    catchUpMs: DAY_MS,
    counts: {
      events,
      deliveries,
      runs: { ko: '기록', en: 'runs' },
      accounts: { ko: '계정', en: 'accounts' },
      webhooks: { ko: '웹훅', en: 'webhooks' },
      subscribed: { ko: '구독', en: 'subscribed' },
      news: { ko: '알림', en: 'news' },
      telegramWebhooks: { ko: '텔레그램 웹훅', en: 'Telegram webhooks' },
      loginAttempts: { ko: '로그인 시도', en: 'login tries' },
    },
    run: upkeep,
  },
  defineJob({
    id: 'owner-weekly',
    name: { ko: '주인에게 한 주 안부', en: 'The week’s all-clear for the owner' },
    // Saturday 09:30 in Korea, when the week's posts are out.
    schedule: (now) => weekly('sat', 0)(now - 30 * MINUTE_MS) + 30 * MINUTE_MS,
    catchUpMs: DAY_MS,
    counts: { told: { ko: '알림', en: 'told' } },
    run: tellAllIsWell,
  }),
];

/**
 * Everything that is due by the clock, or when the owner says so. Each tick of any cron starts what
 * is due and has had no run yet, so a missed tick is caught up by the next and a doubled one does
 * nothing.
 */
export function jobsOf({
  features,
  platforms,
}: Pick<Bot, 'features' | 'platforms'>): readonly Job[] {
  return [...ownJobs, ...[...features, ...platforms].flatMap(({ jobs = [] }) => jobs)];
}
