import { describe, expect, test } from 'vitest';
import { type Crash, createFaulty } from './faulty.ts';
import { health } from './harness.ts';
import { createPolled, halfHour, told, watch, watched } from './repoPollSteps.ts';

const WORDS = ['One commit', 'Rewritten', 'v1.0.0'];

/** A push, a force-push and a release, told to two people; the isolate dies once on the way. */
async function poll(crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createPolled({}, faulty.change);
  const { github } = harness.world;
  await watched(harness, 'hana/one');
  github.addRepository({ owner: 'hana', name: 'two' });
  github.push('hana/two', 'main', 4);
  await watch(harness, 'ko', 'hana/two', 'main', { releases: true });
  github.push('hana/one', 'main', [{ message: 'One commit' }]);
  github.forcePush('hana/two', 'main', ['Rewritten']);
  github.release('hana/two', { tag: 'v1.0.0' });
  faulty.arm(crash, 'repo-poll');
  await halfHour(harness);
  faulty.disarm();
  await halfHour(harness);
  return {
    operations: faulty.operations,
    deaths: faulty.deaths(),
    ko: told(harness, 'ko'),
    en: told(harness, 'en'),
    health: await health(harness),
  };
}

/** Whether an operation of the story says something to somebody. */
function isSend(operation: string | undefined): boolean {
  return operation?.endsWith('/sendMessage') ?? false;
}

/** How many of the messages are about each of the words. */
function times(messages: readonly string[]): number[] {
  return WORDS.map((word) => messages.filter((text) => text.includes(word)).length);
}

describe('a poll', async () => {
  const { operations, deaths, ko, en } = await poll();

  test('tells everyone everything when nothing fails', () => {
    expect(times(ko)).toEqual([1, 1, 1]);
    expect(times(en)).toEqual([1, 0, 0]);
  });

  describe(`that takes ${operations.length} operations`, () => {
    test.each(deaths)(
      'tells everyone everything though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await poll(crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expect(after.health.deliveries).toMatchObject({ waiting: 0, dead: 0 });
        // Telegram tells nobody whether a message arrived: said again rather than never.
        const isUnrecorded =
          (crash.when === 'after' && isSend(operations[crash.at - 1])) ||
          (crash.when === 'before' && isSend(operations[crash.at - 2]));
        const extra = after.ko.length + after.en.length - ko.length - en.length;
        expect(extra).toBe(isUnrecorded ? 1 : 0);
        expect([...new Set(after.ko)].toSorted()).toEqual(ko.toSorted());
        expect([...new Set(after.en)].toSorted()).toEqual(en.toSorted());
      },
    );
  });
});
