import { describe, expect, test } from 'vitest';
import { ALLOWED, createCounter, most } from './counted.ts';
import { createPolled, fleet, halfHour, lastRun, timesTold } from './repoPollSteps.ts';

/** The whole Worker, and what each of its invocations asked for. */
async function createCounted() {
  const { change, invocations } = createCounter();
  return {
    harness: await createPolled({}, change),
    forget: () => {
      invocations.length = 0;
    },
    invocations,
  };
}

/** Every `nth` of these repositories gets a commit; gives their messages. */
function pushSome(
  { world }: Awaited<ReturnType<typeof createPolled>>,
  names: readonly string[],
  nth: number,
): string[] {
  const changed = names.filter((_, index) => index % nth === 0);
  for (const name of changed) world.github.push(name, 'main', [{ message: `News of ${name}.` }]);
  return changed.map((name) => `News of ${name}.`);
}

describe('a thousand branches, two in a hundred changed', () => {
  test('take at most twelve calls to GitHub, and each change is told once', async () => {
    const harness = await createPolled();
    const words = pushSome(harness, await fleet(harness, 1000), 50);
    const { calls } = harness.world.github;
    Object.assign(calls, { graphql: 0, rest: 0, points: 0 });
    await halfHour(harness);
    expect(calls.graphql + calls.rest).toBeLessThanOrEqual(12);
    expect(calls.points).toBeLessThanOrEqual(12);
    expect(timesTold(harness, 'ko', words)).toEqual(words.map(() => 1));
    expect(await lastRun(harness)).toMatchObject({
      counts: { branches: 1000, changed: 20, told: 20, calls: calls.graphql },
    });
  });

  test('take eleven when nothing is new, and no row of a branch is written', async () => {
    const harness = await createPolled();
    await fleet(harness, 1000);
    const { calls } = harness.world.github;
    calls.graphql = 0;
    await halfHour(harness);
    expect(calls.graphql).toBeLessThanOrEqual(11);
    expect(await lastRun(harness)).toMatchObject({ counts: { branches: 1000, changed: 0 } });
  });
});

test('ten thousand branches are looked at in one slot, within the free plan in every invocation', async () => {
  const { harness, forget, invocations } = await createCounted();
  const words = pushSome(harness, await fleet(harness, 10_000), 500);
  forget();
  const startedAt = harness.world.clock.now();
  await halfHour(harness);
  expect(timesTold(harness, 'ko', words)).toEqual(words.map(() => 1));
  expect(await lastRun(harness)).toMatchObject({ counts: { shards: 20, branches: 10_000 } });
  // It started at the next slot, and was over before the one after that.
  expect(harness.world.clock.now() - startedAt).toBeLessThan(3_600_000);
  const { queries, calls } = most(invocations);
  expect(queries).toBeLessThanOrEqual(ALLOWED);
  expect(calls).toBeLessThanOrEqual(ALLOWED);
}, 30_000);

test('a shard in which everything was rewritten stays within the free plan, and tells it all', async () => {
  const { harness, forget, invocations } = await createCounted();
  const names = await fleet(harness, 150);
  const { github } = harness.world;
  const changed = names.slice(0, 60);
  for (const name of changed) github.forcePush(name, 'main', [`News of ${name}.`]);
  forget();
  await halfHour(harness);
  await halfHour(harness);
  const words = changed.map((name) => `News of ${name}.`);
  expect(timesTold(harness, 'ko', words)).toEqual(words.map(() => 1));
  const { queries, calls } = most(invocations);
  expect(queries).toBeLessThanOrEqual(ALLOWED);
  expect(calls).toBeLessThanOrEqual(ALLOWED);
}, 30_000);
