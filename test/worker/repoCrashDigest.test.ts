import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/time.ts';
import { type Crash, createFaulty } from './faulty.ts';
import { health } from './harness.ts';
import { createPolled, halfHour, look, told, watch } from './repoPollSteps.ts';

/** Two pushes, told in the digest of the hour; the isolate dies once on the way. */
async function digest(crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createPolled({}, faulty.change);
  const { github, clock } = harness.world;
  github.addRepository({ owner: 'hana', name: 'garden' });
  const id = await watch(harness, 'ko', 'hana/garden', 'main', { digest: 'hourly' });
  for (const message of ['One commit', 'Another one']) {
    github.push('hana/garden', 'main', [{ message }]);
    await look(harness, 0, id);
  }
  clock.advance(HOUR_MS / 2);
  faulty.arm(crash, 'repo-digest');
  await halfHour(harness);
  faulty.disarm();
  await halfHour(harness);
  await halfHour(harness);
  return {
    operations: faulty.operations,
    deaths: faulty.deaths(),
    told: told(harness, 'ko'),
    health: await health(harness),
  };
}

describe('a digest', async () => {
  const { operations, deaths } = await digest();

  test.each(deaths)(
    'tells everything once though the isolate dies $when operation $at: $operation',
    async (crash) => {
      const after = await digest(crash);
      expect(after.operations[crash.at - 1]).toBe(crash.operation);
      expect(after.health.deliveries).toMatchObject({ waiting: 0, dead: 0 });
      // Telegram tells nobody whether a message arrived: said again rather than never.
      const sendAt = operations.findIndex((operation) => operation.endsWith('/sendMessage')) + 1;
      const isUnrecorded =
        (crash.when === 'after' && crash.at === sendAt) ||
        (crash.when === 'before' && crash.at === sendAt + 1);
      expect(after.told).toHaveLength(isUnrecorded ? 2 : 1);
      for (const text of after.told) {
        expect(text.match(/One commit|Another one/g)).toEqual(['Another one', 'One commit']);
      }
    },
  );
});
