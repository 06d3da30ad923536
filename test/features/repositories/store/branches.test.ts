import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  branchToPoll,
  dueBranches,
  lastBranch,
  moveBranches,
} from '../../../../src/features/repositories/store/branches.ts';
import { askForLook, beginLook } from '../../../../src/features/repositories/store/wanted.ts';
import { DAY_MS } from '../../../../src/lib/time.ts';
import { freshDatabase, NOW, person, watch, wish } from './repositorySteps.ts';

beforeEach(freshDatabase);

const ALL = { after: 0, upTo: 1000 };

/** How often a branch is looked at in a hundred and twenty slots. */
async function looks(change: string): Promise<number> {
  await watch(wish(await person('1')));
  await env.DB.prepare(`UPDATE branches SET ${change}`).run();
  let count = 0;
  for (let slot = 0; slot < 120; slot++) {
    count += (await dueBranches(env.DB, ALL, slot, NOW)).length;
  }
  return count;
}

describe('a branch is looked at', () => {
  test.each([
    ['in every slot after a change', `changed_at = ${NOW - 6 * DAY_MS}`, 120],
    ['in every fourth when it was quiet for a week', `changed_at = ${NOW - 8 * DAY_MS}`, 30],
    ['in every twelfth when it was quiet for a month', `changed_at = ${NOW - 31 * DAY_MS}`, 10],
    ['in every fourth while it is missing', `state = 'missing', changed_at = ${NOW}`, 30],
    ['in every twelfth when it is given up', `state = 'gone', changed_at = ${NOW}`, 10],
  ])('%s', async (_when, change, count) => {
    expect(await looks(change)).toBe(count);
  });

  test('though it is quiet, in another slot than its neighbours', async () => {
    const who = await person('1');
    for (let number = 1; number <= 12; number++) await watch(wish(who, number));
    await env.DB.prepare(`UPDATE branches SET changed_at = 0`).run();
    for (let slot = 0; slot < 12; slot++) {
      expect(await dueBranches(env.DB, ALL, slot, NOW)).toHaveLength(1);
    }
  });

  test('by one shard only', async () => {
    const who = await person('1');
    for (let number = 1; number <= 6; number++) await watch(wish(who, number));
    const shards = [0, 3, 6].map((after) =>
      dueBranches(env.DB, { after, upTo: after + 3 }, 0, NOW),
    );
    expect((await Promise.all(shards)).map((shard) => shard.map(({ id }) => id))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [],
    ]);
    expect(await lastBranch(env.DB)).toBe(6);
  });
});

test('without a branch there is no shard', async () => {
  expect(await lastBranch(env.DB)).toBe(0);
  expect(await branchToPoll(env.DB, 1)).toBeNull();
});

const ask = (repository: number, branch: string | null, now = NOW) =>
  askForLook(env.DB, repository, branch, now);

describe('what GitHub says of a repository', () => {
  test('leads to the branch it names, or to one that somebody wants the releases of', async () => {
    const who = await person('1');
    await watch(wish(who, 1, { branch: 'main' }));
    await watch(wish(who, 1, { branch: 'dev', nickname: 'dev' }), { releases: true });
    expect(await ask(1, 'main')).toEqual([1]);
    expect(await ask(1, null)).toEqual([2]);
    expect(await ask(1, 'other')).toEqual([]);
    expect(await ask(2, null)).toEqual([]);
  });

  test('a hundred times leads to one look, and to another one once that begins (S-13)', async () => {
    await watch(wish(await person('1')));
    const asked: number[][] = [];
    for (let time = 0; time < 100; time++) asked.push(await ask(1, 'main', NOW + time));
    expect(asked.flat()).toEqual([1]);
    await beginLook(env.DB, 1);
    expect(await ask(1, 'main', NOW + 200)).toEqual([1]);
    // A look that never came was lost.
    expect(await ask(1, 'main', NOW + 3_600_000)).toEqual([1]);
  });

  test('leads nowhere when nobody watches any more', async () => {
    await watch(wish(await person('1')));
    await env.DB.prepare(`DELETE FROM watches`).run();
    expect(await ask(1, 'main')).toEqual([]);
    expect(await branchToPoll(env.DB, 1)).toBeNull();
  });
});

/** Looks at a branch, lets something happen in between, and moves it by what was seen. */
async function moved(between: string): Promise<string | null | undefined> {
  await watch(wish(await person('1')));
  const was = await branchToPoll(env.DB, 1);
  if (was === null) throw new Error('nobody watches');
  await env.DB.prepare(`UPDATE branches SET ${between}`).run();
  const { id, nodeId, depth, missingSince, stuckSince, changedAt } = was;
  const seen = { head: 'c2', state: 'ok', misses: 0, changedAt: changedAt + 1 } as const;
  await moveBranches(env.DB, [{ id, nodeId, depth, missingSince, stuckSince, was, ...seen }]).run();
  return (await branchToPoll(env.DB, 1))?.head;
}

describe('a branch that was looked at', () => {
  test('moves when nothing happened meanwhile', async () => {
    expect(await moved('id = id')).toBe('c2');
  });

  test.each([
    ['its head moved', `head = 'c9'`, 'c9'],
    ['its head was lost', 'head = NULL', null],
    ['it changed and changed back', 'changed_at = changed_at + 1', 'c1'],
    ['it went missing', `state = 'missing'`, 'c1'],
    ['it was looked for in vain once more', 'misses = misses + 1', 'c1'],
  ])('stays as it is when %s meanwhile', async (_what, between, head) => {
    expect(await moved(between)).toBe(head);
  });
});
