import { describe, expect, test } from 'vitest';
import { expectPostedOnce, postSaturday } from './crashSteps.ts';

describe('Saturday with a thread', async () => {
  const { operations, deaths } = await postSaturday('thread', 5);

  describe(`which takes ${operations.length} operations`, () => {
    test.each(deaths)(
      'posts every title once though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await postSaturday('thread', 5, crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expectPostedOnce(after);
        expect(after.posters).toEqual([4, 1]);
        expect(after.links).toEqual([null, after.timeline[0]?.id]);
      },
    );
  });
});
