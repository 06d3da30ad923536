import { expect, test } from 'vitest';
import { deadExports } from './exports.ts';

/** While features are being finished: may only become fewer, and is 0 in the end. */
const DEAD = 18;

test('what src exports is used in src', () => {
  const dead = deadExports();
  if (dead.length > DEAD) expect(dead).toEqual([]);
});
