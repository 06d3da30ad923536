import { expect, test } from 'vitest';
import { believedWaitMs, retryAfterMs } from '../../src/lib/outbound.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';

test.each([
  ['a minute', MINUTE_MS, MINUTE_MS],
  ['most of a day', 23 * HOUR_MS, 23 * HOUR_MS],
  ['a day by a clock that goes ahead of ours', DAY_MS + MINUTE_MS, DAY_MS],
  ['what is past', -MINUTE_MS, 0],
])('a platform that asks for a wait of %s gets it', (_what, asked, kept) => {
  expect(believedWaitMs(asked)).toBe(kept);
});

test('a wait that no platform can mean silences nobody for a day: it is tried again in an hour', () => {
  expect(believedWaitMs(400 * DAY_MS)).toBe(HOUR_MS);
  expect(believedWaitMs(Number.POSITIVE_INFINITY)).toBe(HOUR_MS);
});

test.each([
  ['120', 120_000],
  [' 7 ', 7000],
  ['0', 0],
  ['1.25', 1250],
  ['Wed, 25 Nov 2026 03:10:00 GMT', 600_000],
  ['Wednesday, 25-Nov-26 03:10:00 GMT', 600_000],
  ['Wed, 25 Nov 2026 02:00:00 GMT', 0],
  ['-5', undefined],
  ['', undefined],
  ['soon', undefined],
  ['5 minutes', undefined],
])('Retry-After: %j is %j milliseconds, or says nothing', (value, waitMs) => {
  const headers = new Headers({ 'retry-after': value });
  expect(retryAfterMs(headers, Date.UTC(2026, 10, 25, 3))).toBe(waitMs);
});
