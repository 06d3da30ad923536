import { DAY_MS } from '../../lib/time.ts';
import { forgetDeadLetters } from '../../store/deadLetters.ts';
import { forgetDeliveries } from '../../store/deliveries.ts';
import { forgetEvents } from '../../store/inbox.ts';
import { forgetIncidents } from '../../store/incidents.ts';
import { forgetLoginAttempts } from '../../store/loginAttempts.ts';
import { forgetOwnerNews } from '../../store/ownerNews.ts';
import { forgetUses } from '../../store/patience.ts';
import { forgetRuns } from '../../store/runs.ts';
import { forgetWaits } from '../../store/waits.ts';
import type { Bot } from '../context.ts';
import type { JobEnd } from './types.ts';

/** More than a month, so that its costs can be counted. */
const KEEP_EVENTS_MS = 40 * DAY_MS;
const KEEP_DELIVERIES_MS = 40 * DAY_MS;
const KEEP_RUNS_MS = 90 * DAY_MS;
const KEEP_NEWS_MS = 365 * DAY_MS;
const KEEP_INCIDENTS_MS = 90 * DAY_MS;

/**
 * Daily: keeps the bot's accounts alive and forgets what is no longer needed. Announced titles are
 * kept: they must never be posted again.
 */
export async function upkeep(bot: Bot): Promise<JobEnd> {
  const now = bot.runtime.now();
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  for (const platform of bot.platforms) {
    const kept = await platform.upkeep?.(bot);
    Object.assign(counts, kept?.counts);
    failures.push(...(kept?.failures ?? []));
  }
  const cleaning = bot.features.flatMap(({ cleanUp }) => cleanUp?.(bot, now) ?? []);
  if (cleaning.length > 0) await bot.db.batch(cleaning);
  await forgetIncidents(bot.db, now - KEEP_INCIDENTS_MS);
  await forgetDeadLetters(bot.db, now - KEEP_INCIDENTS_MS);
  await forgetUses(bot.db, now);
  await forgetWaits(bot.db, now - DAY_MS);
  return {
    kind: 'done',
    counts: {
      ...counts,
      events: await forgetEvents(bot.db, now - KEEP_EVENTS_MS),
      deliveries: await forgetDeliveries(bot.db, now - KEEP_DELIVERIES_MS),
      runs: await forgetRuns(bot.db, now - KEEP_RUNS_MS),
      news: await forgetOwnerNews(bot.db, now - KEEP_NEWS_MS),
      loginAttempts: await forgetLoginAttempts(bot.db, now),
    },
    reason: failures.length === 0 ? null : failures.join('; '),
  };
}
