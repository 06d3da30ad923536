import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/lib/time.ts';
import { mondayOf, weeksAhead } from '../../src/lib/weeks.ts';

describe('a week that somebody names', () => {
  test.each([
    // The first of December is a Tuesday, the first of August 2026 a Saturday.
    ['2026-11-29', '0', '2026-11-23'],
    ['2026-11-29', '1', '2026-11-30'],
    ['2026-11-29', '-2', '2026-11-09'],
    ['2026-11-29', '12:1', '2026-11-30'],
    ['2026-11-29', '12:3', '2026-12-14'],
    ['2026-11-29', '12:-1', '2026-12-28'],
    ['2026-11-29', '1:1', '2026-12-28'],
    ['2026-11-29', '8:1', '2026-08-03'],
    ['2026-11-29', '3:2', '2027-03-08'],
    ['2026-11-29', '+0:4', '2026-11-23'],
    ['2026-11-29', '+1:1', '2026-11-30'],
    ['2026-12-31', '+1:1', '2026-12-28'],
    ['2026-12-31', '12:5', '2026-12-28'],
  ])('on %s the week %s begins on %s', (today, said, monday) => {
    expect(addDays(mondayOf(today), 7 * weeksAhead(said, today))).toBe(monday);
  });
});
