import { describe, expect, test } from 'vitest';
import { expectPostedOnce, postSaturday } from './crashSteps.ts';

describe('Saturday with a post for each title', async () => {
  const { operations, deaths } = await postSaturday('each', 2);

  describe(`which takes ${operations.length} operations`, () => {
    test.each(deaths)(
      'posts every title once though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await postSaturday('each', 2, crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expectPostedOnce(after);
        expect(after.posters).toEqual([1, 1]);
        expect(after.links).toEqual([null, null]);
      },
    );
  });
});
