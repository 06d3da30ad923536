import { expect, test } from 'vitest';
import { believedWaitMs } from '../../src/lib/outbound.ts';
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
