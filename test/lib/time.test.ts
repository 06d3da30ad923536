import { describe, expect, test } from 'vitest';
import { addDays, dayForPeople, dayOf, daysBetween, HOUR_MS, isDay } from '../../src/lib/time.ts';

describe('calendar days', () => {
  test('an instant at 15:00 UTC is the next day in Seoul', () => {
    expect(dayOf(Date.UTC(2026, 10, 26, 14, 59, 59), 'Asia/Seoul')).toBe('2026-11-26');
    expect(dayOf(Date.UTC(2026, 10, 26, 15), 'Asia/Seoul')).toBe('2026-11-27');
  });

  test('a day in Seoul is what the time zone database says, at every hour of forty years', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short' });
    const start = Date.UTC(1989, 0, 1);
    const differing = Array.from(
      { length: 20_000 },
      (_, index) => start + index * 17.5 * HOUR_MS,
    ).filter((atMs) => dayOf(atMs, 'Asia/Seoul') !== format.format(atMs));
    expect(differing).toEqual([]);
  });

  test('other time zones have their own days', () => {
    const atMs = Date.UTC(2026, 6, 1, 5);
    expect(dayOf(atMs, 'America/Los_Angeles')).toBe('2026-06-30');
    expect(() => dayOf(atMs, 'Asia/Nowhere')).toThrow(RangeError);
  });

  test('days are added and counted over the end of a year', () => {
    expect(addDays('2026-12-25', 14)).toBe('2027-01-08');
    expect(daysBetween('2026-12-25', '2027-01-08')).toBe(14);
  });

  test.each([
    ['2026-02-28', true],
    ['2026-02-30', false],
    ['2026-2-3', false],
    ['', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  test('people read weekday, day and month, and the year only when it is another one', () => {
    expect(dayForPeople('2026-11-27', '2026-11-22', 'ko')).toBe('11월 27일 (금)');
    expect(dayForPeople('2026-11-27', '2026-11-22', 'en')).toBe('Fri 27 Nov');
    expect(dayForPeople('2027-01-01', '2026-12-30', 'ko')).toBe('2027년 1월 1일 (금)');
    expect(dayForPeople('2027-01-01', '2026-12-30', 'en')).toBe('Fri 1 Jan 2027');
  });
});
