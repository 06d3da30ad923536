import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import type { Meal } from './page/state.ts';

const halfHourMs = 30 * MINUTE_MS;
/** Korea is at UTC+9 all year. */
const koreaMs = 9 * HOUR_MS;
/** Time of day in Korea at which each meal is told. */
const mealTimes = { breakfast: 7.5 * HOUR_MS, lunch: 11.5 * HOUR_MS, dinner: 17.5 * HOUR_MS };

/** Jobs that the page waits for at an instant, by the time of day in Korea. */
const dailyJobs: readonly (readonly [timeMs: number, job: string])[] = [
  [3 * HOUR_MS, 'upkeep'],
  [4 * HOUR_MS, 'kakao-upkeep'],
  [5 * HOUR_MS, 'collect'],
  ...Object.values(mealTimes).map((timeMs) => [timeMs, 'menu'] as const),
];
/** At this time everything is due that is due once a day, but the meals. */
const nightMs = 5 * HOUR_MS;
/** The stage is told on Wednesday and Saturday. */
const stageMs = 10 * HOUR_MS;

function timeOfDay(at: number): number {
  return (at + koreaMs) % DAY_MS;
}

function isSaturdayMorning(at: number): boolean {
  // 1970-01-01 was a Thursday.
  return at % DAY_MS === 0 && (at / DAY_MS) % 7 === 2;
}

function isStageTime(at: number): boolean {
  const day = Math.floor(at / DAY_MS) % 7;
  return timeOfDay(at) === stageMs && (day === 2 || day === 6);
}

/** Whether a meal is told at an instant. */
function isMealTime(at: number): boolean {
  return Object.values(mealTimes).includes(timeOfDay(at));
}

/**
 * The cron of wrangler.toml that is due at a half hour, the most special of them: the Worker goes by
 * the time, and a second cron at the same instant would find nothing left to do.
 */
export function cronAt(at: number): string {
  return isSaturdayMorning(at) ? '0 0 * * sat' : '*/30 * * * *';
}

/** Jobs that are due at a half hour. */
export function jobsAt(at: number): string[] {
  const daily = dailyJobs.filter(([timeMs]) => timeMs === timeOfDay(at)).map(([, job]) => job);
  const weekly = [
    ...(isSaturdayMorning(at) ? ['netflix-weekly'] : []),
    ...(isStageTime(at) ? ['stage'] : []),
  ];
  return ['sweep', 'repo-poll', 'feeds', ...daily, ...weekly];
}

/** Every half hour after `from` up to `to`. */
export function halfHours(from: number, to: number): number[] {
  const first = Math.floor(from / halfHourMs) + 1;
  const count = Math.max(0, Math.floor(to / halfHourMs) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * halfHourMs);
}

/** Of the half hours, those at which more is due than the half-hourly jobs: four or five a day. */
export function eventfulHalfHours(from: number, to: number): number[] {
  return halfHours(from, to).filter(
    (at) => timeOfDay(at) === nightMs || isMealTime(at) || isSaturdayMorning(at) || isStageTime(at),
  );
}

function isStageSaturday(at: number): boolean {
  return isStageTime(at) && new Date(at + koreaMs).getUTCDay() === 6;
}

/**
 * Of the half hours, those on Saturday at which something weekly is done, and the night before, which looks
 * at sources and renews logins: three a week. A job that missed days does at its next slot what it has to.
 */
export function weeklyHalfHours(from: number, to: number): number[] {
  return halfHours(from, to).filter(
    (at) =>
      isSaturdayMorning(at) ||
      isStageSaturday(at) ||
      (timeOfDay(at) === nightMs && isStageSaturday(at + stageMs - nightMs)),
  );
}

/** Monday to Friday in Korea. */
function isSchoolDay(at: number): boolean {
  return ![0, 6].includes(new Date(at + koreaMs).getUTCDay());
}

/** The next time a meal is told on a day when schools cook. */
export function nextMeal(now: number, meal: Meal): number {
  const midnight = now - timeOfDay(now);
  const coming = Array.from({ length: 5 }, (_, days) => midnight + days * DAY_MS + mealTimes[meal]);
  return coming.find((at) => at > now && isSchoolDay(at)) ?? midnight + 7 * DAY_MS;
}
