import { DAY_MS, HOUR_MS } from '../../lib/time.ts';

/** The newest instant at or before `now` at which something was due; both epoch milliseconds. */
export type Schedule = (now: number) => number;

// 1970-01-01 was a Thursday.
const WEEKDAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

/** Every so many milliseconds, counted from the epoch. */
export function every(periodMs: number): Schedule {
  return (now) => Math.floor(now / periodMs) * periodMs;
}

/** Every day at an hour (UTC, 0 to 23). */
export function daily(hourUtc: number): Schedule {
  const offset = hourUtc * HOUR_MS;
  return (now) => Math.floor((now - offset) / DAY_MS) * DAY_MS + offset;
}

/** Every week on a day at an hour (UTC, 0 to 23). */
export function weekly(day: (typeof WEEKDAYS)[number], hourUtc: number): Schedule {
  const offset = WEEKDAYS.indexOf(day) * DAY_MS + hourUtc * HOUR_MS;
  return (now) => Math.floor((now - offset) / (7 * DAY_MS)) * 7 * DAY_MS + offset;
}
