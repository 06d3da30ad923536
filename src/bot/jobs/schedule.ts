import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';

/** The newest instant at or before `now` at which something was due; both epoch milliseconds. */
export type Schedule = (now: number) => number;

/** No schedule here has a longer period. */
const LONGEST_PERIOD_MS = 7 * DAY_MS;

/** The first instant after `now` at which something is due; both epoch milliseconds. */
export function nextSlot(schedule: Schedule, now: number): number {
  const current = schedule(now);
  let [before, after] = [now, now + LONGEST_PERIOD_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (schedule(middle) > current) after = middle;
    else before = middle;
  }
  return after;
}

// 1970-01-01 was a Thursday.
const WEEKDAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

/** Every so many milliseconds, counted from the epoch. */
export function every(periodMs: number): Schedule {
  return (now) => Math.floor(now / periodMs) * periodMs;
}

/** Every day at an hour (UTC, 0 to 23). */
export function daily(hourUtc: number): Schedule {
  return dailyAt([hourUtc, 0]);
}

/** Every day at each of these times (UTC, hour and minute). */
export function dailyAt(...times: readonly (readonly [hour: number, minute: number])[]): Schedule {
  const offsets = times.map(([hour, minute]) => hour * HOUR_MS + minute * MINUTE_MS);
  return (now) =>
    Math.max(...offsets.map((offset) => Math.floor((now - offset) / DAY_MS) * DAY_MS + offset));
}

/** Every week on a day at an hour (UTC, 0 to 23). */
export function weekly(day: (typeof WEEKDAYS)[number], hourUtc: number): Schedule {
  const offset = WEEKDAYS.indexOf(day) * DAY_MS + hourUtc * HOUR_MS;
  return (now) => Math.floor((now - offset) / (7 * DAY_MS)) * 7 * DAY_MS + offset;
}
