import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, monthStart } from '../../src/lib/time.ts';

describe('the start of a month', () => {
  test.each([
    ['2026-11-22T03:00:00Z', 'Asia/Seoul', '2026-10-31T15:00:00.000Z'],
    ['2026-10-31T15:00:00Z', 'Asia/Seoul', '2026-10-31T15:00:00.000Z'],
    ['2026-10-31T14:59:59Z', 'Asia/Seoul', '2026-09-30T15:00:00.000Z'],
    ['2026-11-22T03:00:00Z', 'UTC', '2026-11-01T00:00:00.000Z'],
    ['2026-11-22T03:00:00Z', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-22T03:00:00Z', 'Pacific/Kiritimati', '2026-10-31T10:00:00.000Z'],
    ['2026-11-22T03:00:00Z', 'Asia/Kathmandu', '2026-10-31T18:15:00.000Z'],
  ])('at %s in %s was %s', (at, timeZone, start) => {
    expect(new Date(monthStart(Date.parse(at), timeZone)).toISOString()).toBe(start);
  });

  test('is the first instant of the same month, whatever zone and time', () => {
    const zones = ['Asia/Seoul', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Pago_Pago'];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }),
        fc.constantFrom(...zones),
        (at, zone) => {
          const start = monthStart(at, zone);
          expect(start).toBeLessThanOrEqual(at);
          expect(dayOf(start, zone)).toBe(`${dayOf(at, zone).slice(0, 7)}-01`);
          expect(dayOf(start - 1, zone)).not.toBe(dayOf(start, zone));
        },
      ),
    );
  });
});
