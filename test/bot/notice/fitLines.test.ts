import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLines } from '../../../src/bot/notice/plainText.ts';

test.each([
  [['one', 'two'], 7, 'one\ntwo'],
  [['one', 'two', 'three'], 12, 'one\ntwo\n…'],
  [['one', 'two'], 6, 'one\n…'],
  [['longer than that'], 7, 'longer…'],
])('%j in %i characters is %j', (lines, limit, fitted) => {
  expect(fitLines(lines, limit)).toBe(fitted);
});

test('whatever the lines are, they fit, and none but the first is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 2, max: 60 }), (lines, limit) => {
      const fitted = fitLines(lines, limit);
      expect(fitted.length).toBeLessThanOrEqual(limit);
      const [first, ...rest] = fitted.split('\n');
      if (fitted !== lines.join('\n') && rest.length > 0 && first === lines[0]) {
        expect(`${lines.join('\n')}\n`.startsWith(fitted.slice(0, -1))).toBe(true);
      }
    }),
  );
});
