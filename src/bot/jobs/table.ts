import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import { forgetDeadLetters, reviveLane, silentLanes } from '../../store/deadDeliveries.ts';
import { forgetDeliveries, giveUpOld, isAllSaid } from '../../store/deliveries.ts';
import { EVENTS_KEPT_MS, forgetEvents, stuckEvents } from '../../store/inbox.ts';
import { forgetIncidents, forgetOwnerNews } from '../../store/incidents.ts';
import { sealFactorAnew } from '../../store/ownerLogin.ts';
import { forgetLoginAttempts, forgetUses } from '../../store/patience.ts';
import { forgetRuns } from '../../store/runs.ts';
import { forgetWaits } from '../../store/waits.ts';
import type { Bot } from '../context.ts';
import { wakeOutbox } from '../outbox/drain.ts';
import { tellAllIsWell } from '../owner/watch.ts';
import { daily, defineJob, every, type Job, type JobEnd, weekly } from './job.ts';

const KEEP_DELIVERIES_MS = 40 * DAY_MS;
const KEEP_RUNS_MS = 90 * DAY_MS;
const KEEP_NEWS_MS = 365 * DAY_MS;
const KEEP_INCIDENTS_MS = 90 * DAY_MS;

/** What is counted as it is forgotten; what the platforms count comes on top. */
type Cleaned = 'events' | 'deliveries' | 'runs' | 'news' | 'loginAttempts';

/**
 * Daily: keeps the bot's accounts alive and forgets what is no longer needed. Announced titles are
 * kept: they must never be posted again.
 */
async function upkeep(bot: Bot): Promise<JobEnd<Cleaned>> {
  const now = bot.runtime.now();
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  for (const platform of bot.platforms) {
    const kept = await platform.upkeep?.run(bot);
    Object.assign(counts, kept?.counts);
    failures.push(...(kept?.failures ?? []));
  }
  const rooms = [...bot.features, ...bot.platforms];
  const cleaning = rooms.flatMap(({ cleanUp }) => cleanUp?.(bot, now) ?? []);
  if (cleaning.length > 0) await bot.db.batch(cleaning);
  await sealFactorAnew(bot.db, await bot.sealer(), now);
  await forgetIncidents(bot.db, now - KEEP_INCIDENTS_MS);
  await forgetDeadLetters(bot.db, now - KEEP_INCIDENTS_MS);
  await forgetUses(bot.db, now);
  await forgetWaits(bot.db, now - DAY_MS);
  return {
    kind: 'done',
    counts: {
      ...counts,
      events: await forgetEvents(bot.db, now - EVENTS_KEPT_MS),
      deliveries: await forgetDeliveries(bot.db, now - KEEP_DELIVERIES_MS),
      runs: await forgetRuns(bot.db, now - KEEP_RUNS_MS),
      news: await forgetOwnerNews(bot.db, now - KEEP_NEWS_MS),
      loginAttempts: await forgetLoginAttempts(bot.db, now),
    },
    reason: failures.length === 0 ? null : failures.join('; '),
  };
}

/** What `sendBatch` takes at once. */
const MOST_EVENTS = 100;

/**
 * Queues again what a crash, a failed queue or a lost message left behind, gives up what is too old,
 * and looks whether a platform answers again for which nothing but dead messages is left.
 */
async function sweep(bot: Bot): Promise<JobEnd<'events' | 'deliveries' | 'tooOld'>> {
  const { db } = bot;
  const now = bot.runtime.now();
  const events = await stuckEvents(db, now, MOST_EVENTS);
  if (events.length > 0) await bot.events.sendBatch(events.map((key) => ({ body: { key } })));
  const tooOld = await giveUpOld(db, now);
  for (const lane of await silentLanes(db)) await reviveLane(db, lane, now, 1);
  const deliveries = await wakeOutbox(bot, MINUTE_MS);
  return {
    kind: 'done',
    counts: { events: events.length, deliveries, tooOld },
    reason: null,
  };
}

const deliveries = { ko: '보낼 것', en: 'deliveries' };
const events = { ko: '이벤트', en: 'events' };

/** What is due by the clock whatever the bot tells of. */
const ownJobs = (platforms: Bot['platforms']): readonly Job[] => [
  defineJob({
    id: 'sweep',
    name: { ko: '밀린 일 다시 보내기', en: 'Picking up what got stuck' },
    schedule: every(30 * MINUTE_MS),
    catchUpMs: 30 * MINUTE_MS,
    counts: { events, deliveries, tooOld: { ko: '포기한 것', en: 'given up' } },
    isIdle: ({ db, runtime }) => isAllSaid(db, runtime.now()),
    run: sweep,
  }),
  defineJob({
    id: 'upkeep',
    name: { ko: '계정 돌보기와 정리', en: 'Upkeep and cleaning' },
    // 03:00 in Korea.
    schedule: daily(18),
    catchUpMs: DAY_MS,
    counts: {
      events,
      deliveries,
      ...Object.fromEntries(
        platforms.flatMap(({ upkeep: its }) => Object.entries(its?.counts ?? {})),
      ),
      runs: { ko: '기록', en: 'runs' },
      news: { ko: '알림', en: 'news' },
      loginAttempts: { ko: '로그인 시도', en: 'login tries' },
    },
    run: upkeep,
  }),
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
  return [...ownJobs(platforms), ...[...features, ...platforms].flatMap(({ jobs = [] }) => jobs)];
}
