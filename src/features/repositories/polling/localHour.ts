import type { Bot } from '../../../bot/context.ts';
import type { JobEnd, JobRun } from '../../../bot/jobs/job.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, minuteOf } from '../../../lib/time.ts';
import { lastDone } from '../../../store/runs.ts';
import { tellDigests, tellHeld } from '../store/history.ts';

const HALF_MS = HOUR_MS / 2;

/**
 * Every half hour what was held for those whose quiet is over; at the first slot of an hour, one
 * message for everyone who wants their news together, every hour or once a day at this hour. Hours
 * that were missed are caught up.
 */
export async function repoDigest(bot: Bot, { slot }: JobRun): Promise<JobEnd<'digests'>> {
  const { db, runtime, config } = bot;
  const channels = [...bot.channels.keys()];
  const last = await lastDone(db, 'repo-digest', slot);
  const begun = hoursBegun(last ?? slot - HALF_MS, slot, config.timeZone);
  const { hour } = localHour(slot, config.timeZone);
  const now = runtime.now();
  const ids = await tellHeld(db, hour, channels, now);
  if (begun.length > 0) {
    ids.push(...(await tellDigests(db, { hour, begun }, channels, String(slot), now)));
  }
  if (ids.length > 0) await wakeOutbox(bot);
  return { kind: 'done', counts: { digests: ids.length }, reason: null };
}

/** Tells what was held for those who were woken before their time. */
export async function tellWoken(bot: Bot): Promise<void> {
  const now = bot.runtime.now();
  const { hour } = localHour(now, bot.config.timeZone);
  const ids = await tellHeld(bot.db, hour, [...bot.channels.keys()], now);
  if (ids.length > 0) await wakeOutbox(bot);
}

/** The hours of the day that began after an instant, up to a slot; those of a day at most. */
function hoursBegun(after: number, slot: number, timeZone: string): number[] {
  const hours = new Set<number>();
  for (let at = slot; at > Math.max(after, slot - DAY_MS); at -= HALF_MS) {
    const { hour, minute } = localHour(at, timeZone);
    // Zones differ by quarters of an hour.
    if (minute < 30) hours.add(hour);
  }
  return [...hours];
}

/** The hour of the day in a time zone, and the instant at which it began. */
export function localHour(
  atMs: number,
  timeZone: string,
): { readonly hour: number; readonly minute: number; readonly startsAt: number } {
  const [, time = ''] = minuteOf(atMs, timeZone).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const startsAt = Math.floor(atMs / MINUTE_MS) * MINUTE_MS - minute * MINUTE_MS;
  return { hour, minute, startsAt };
}
