import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daily, dailyAt, every, type Schedule, weekly } from '../../../src/bot/jobs/job.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';

/** Saturday. */
const SATURDAY = Date.UTC(2026, 10, 28);

describe('the newest slot', () => {
  test.each<[string, Schedule, number, number]>([
    ['of a job every 30 minutes, on the dot', every(30 * MINUTE_MS), SATURDAY, SATURDAY],
    [
      'of a job every 30 minutes, 29 minutes later',
      every(30 * MINUTE_MS),
      SATURDAY + 29 * MINUTE_MS,
      SATURDAY,
    ],
    [
      'of a daily job, an hour before it',
      daily(20),
      SATURDAY + 19 * HOUR_MS,
      SATURDAY - 4 * HOUR_MS,
    ],
    ['of a daily job, on the dot', daily(20), SATURDAY + 20 * HOUR_MS, SATURDAY + 20 * HOUR_MS],
    ['of a weekly job, on the dot', weekly('sat', 0), SATURDAY, SATURDAY],
    [
      'of a weekly job, a millisecond before it',
      weekly('sat', 0),
      SATURDAY - 1,
      SATURDAY - 7 * DAY_MS,
    ],
    ['of a weekly job, on Friday after', weekly('sat', 0), SATURDAY + 6 * DAY_MS, SATURDAY],
    ['of a job on Wednesdays at one', weekly('wed', 1), SATURDAY, Date.UTC(2026, 10, 25, 1)],
    ['of a job on Thursdays', weekly('thu', 0), SATURDAY, Date.UTC(2026, 10, 26)],
    [
      'of a job at three times of a day, between two of them',
      dailyAt([22, 30], [2, 30], [8, 30]),
      SATURDAY + 8 * HOUR_MS,
      SATURDAY + 2.5 * HOUR_MS,
    ],
    [
      'of a job at three times of a day, before the first of the day',
      dailyAt([22, 30], [2, 30], [8, 30]),
      SATURDAY + 2 * HOUR_MS,
      SATURDAY - 1.5 * HOUR_MS,
    ],
    [
      'of a job at three times of a day, on the dot of the last',
      dailyAt([22, 30], [2, 30], [8, 30]),
      SATURDAY + 22.5 * HOUR_MS,
      SATURDAY + 22.5 * HOUR_MS,
    ],
  ])('%s', (_when, schedule, now, slot) => {
    expect(schedule(now)).toBe(slot);
  });

  test.each<[string, Schedule, number]>([
    ['every 30 minutes', every(30 * MINUTE_MS), 30 * MINUTE_MS],
    ['daily', daily(18), DAY_MS],
    ['weekly', weekly('sat', 0), 7 * DAY_MS],
  ])('of a job %s is never ahead, never older than its period, and its own slot', (...given) => {
    const [, schedule, periodMs] = given;
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2100, 0) }), (now) => {
        const slot = schedule(now);
        expect(slot).toBeLessThanOrEqual(now);
        expect(now - slot).toBeLessThan(periodMs);
        expect(schedule(slot)).toBe(slot);
      }),
    );
  });

  test('of a weekly job is on that weekday at that hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2100, 0) }), (now) => {
        const slot = new Date(weekly('sat', 9)(now));
        expect(slot.getUTCDay()).toBe(6);
        expect(slot.toISOString().slice(11)).toBe('09:00:00.000Z');
      }),
    );
  });
});
