import { describe, expect, test } from 'vitest';
import { answerDirectMessage } from './crashSteps.ts';

describe('a direct message', async () => {
  const { operations, deaths } = await answerDirectMessage();
  const sendAt = operations.findIndex((operation) => operation.endsWith('/messages')) + 1;

  describe(`whose way to its answer takes ${operations.length} operations`, () => {
    test.each(deaths)(
      'is answered though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await answerDirectMessage(crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expect(after.health).toMatchObject({
          events: { waiting: 0, failed: 0 },
          deliveries: { waiting: 0, dead: 0 },
        });
        // X tells nobody whether a message arrived: said again rather than never.
        const isSentUnrecorded =
          (crash.at === sendAt && crash.when === 'after') ||
          (crash.at === sendAt + 1 && crash.when === 'before');
        expect(after.answers).toHaveLength(isSentUnrecorded ? 2 : 1);
        expect(new Set(after.answers).size).toBe(1);
      },
    );
  });
});
