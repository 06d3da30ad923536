import { describe, expect, test } from 'vitest';
import { coverBranches } from '../../src/features/repositories/store/covered.ts';
import { ALLOWED, createCounter, most } from './counted.ts';
import { createPolled, fleet, halfHour, lastRun, timesTold, watch } from './repoPollSteps.ts';

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

test('a thousand repositories with releases wanted, two in a hundred changed, take twelve calls', async () => {
  const harness = await createPolled();
  const names = await fleet(harness, 1000);
  await harness.env.DB.prepare(`UPDATE watches SET releases = 1`).run();
  for (let slot = 0; slot < 3; slot++) await halfHour(harness);
  const { github } = harness.world;
  const changed = names.filter((_, index) => index % 50 === 0);
  for (const [index, name] of changed.entries()) {
    github.push(name, 'main', [{ message: `News of ${name}.` }]);
    if (index % 2 === 0) github.release(name, { tag: `v1.0.${index}` });
  }
  const { calls } = github;
  Object.assign(calls, { graphql: 0, rest: 0, points: 0 });
  await halfHour(harness);
  expect(calls.graphql + calls.rest).toBeLessThanOrEqual(12);
  const { results } = await harness.env.DB.prepare(
    `SELECT kind, count(*) AS n FROM changes GROUP BY kind ORDER BY kind`,
  ).all();
  expect(results).toEqual([
    { kind: 'commits', n: 20 },
    { kind: 'release', n: 10 },
  ]);
}, 60_000);

test('a pattern that stands for twenty branches costs no more calls than those by name', async () => {
  const harness = await createPolled();
  const branches = Array.from({ length: 20 }, (_, index) => `release/${index}`);
  harness.world.github.addRepository({
    owner: 'hana',
    name: 'app',
    branches: ['main', ...branches],
  });
  const repository = harness.world.github.repository('hana/app');
  await watch(harness, 'ko', 'hana/app', 'release/*');
  const covers = branches.flatMap((name) => repository.branches.get(name) ?? []);
  await harness.env.DB.batch([
    harness.env.DB.prepare(`UPDATE branches SET is_pattern = 1`),
    ...coverBranches(harness.env.DB, repository.id, 'release/*', covers, 0),
  ]);
  const { calls } = harness.world.github;
  Object.assign(calls, { graphql: 0, rest: 0 });
  for (const name of branches.slice(0, 3)) {
    harness.world.github.push('hana/app', name, [{ message: `On ${name}.` }]);
  }
  harness.world.github.createBranch('hana/app', 'release/new', 'release/5');
  await halfHour(harness);
  // One for the pattern, one for the commits, one for what only the new branch has.
  expect(calls.graphql + calls.rest).toBeLessThanOrEqual(3);
  const words = ['On release/0.', 'On release/1.', 'On release/2.', '새 브랜치가 생겼어요'];
  expect(timesTold(harness, 'ko', words)).toEqual([1, 1, 1, 1]);
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
  // What waits for one chat goes out together.
  const told = await harness.env.DB.prepare(
    `SELECT count(*) AS count FROM deliveries WHERE state IN ('sent', 'merged')`,
  ).first('count');
  expect(told).toBe(changed.length);
  // By its name, once there are more than a message tells whole.
  for (const times of timesTold(
    harness,
    'ko',
    changed.map((name) => `${name} ·`),
  )) {
    expect(times).toBe(1);
  }
  const { queries, calls } = most(invocations);
  expect(queries).toBeLessThanOrEqual(ALLOWED);
  expect(calls).toBeLessThanOrEqual(ALLOWED);
}, 30_000);
