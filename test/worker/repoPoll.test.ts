import { beforeEach, describe, expect, test } from 'vitest';
import type { Harness } from './harness.ts';
import {
  branchRow,
  createPolled,
  halfHour,
  lastRun,
  look,
  timesTold,
  told,
  watch,
  watched,
} from './repoPollSteps.ts';

const REPOSITORY = 'hana/garden';

let harness: Harness;
beforeEach(async () => {
  harness = await createPolled();
});

describe('commits', () => {
  test('are told within half an hour, all in one message, in each language, once', async () => {
    await watched(harness);
    harness.world.github.push(REPOSITORY, 'main', [
      { message: '장미를 심어요', author: '하나' },
      { message: 'Water the roses', author: 'Sam' },
    ]);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
    expect(told(harness, 'ko')[0]).toMatch(/새 커밋 2개.*Water the roses.*장미를 심어요/s);
    expect(told(harness, 'en')[0]).toMatch(/2 new commits.*Sam.*하나/s);
    await halfHour(harness);
    expect([told(harness, 'ko').length, told(harness, 'en').length]).toEqual([1, 1]);
  });

  test('carry the day of Korea also past midnight (the seed did not roll over)', async () => {
    await watched(harness);
    const at = Date.UTC(2026, 10, 21, 15, 30);
    harness.world.github.push(REPOSITORY, 'main', [{ message: 'At night', at }]);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toContain('2026-11-22 00:30');
  });

  test('of a branch with slashes in its name are told like others', async () => {
    await watched(harness, REPOSITORY, 'feat/빨간 장미');
    harness.world.github.push(REPOSITORY, 'feat/빨간 장미', 1);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toContain('feat/빨간 장미');
  });

  test('are told five by name, the others by number', async () => {
    await watched(harness);
    harness.world.github.push(REPOSITORY, 'main', 17);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toContain('새 커밋 17개');
    expect(told(harness, 'ko')[0]).toContain('그 밖에 12개 더');
  });

  test('are all counted when more than twenty came at once', async () => {
    await watched(harness);
    harness.world.github.push(REPOSITORY, 'main', 60);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toContain('새 커밋 60개');
  });

  test('that a merge brings in are all counted, though they are older than the last told', async () => {
    await watched(harness);
    const { github, clock } = harness.world;
    github.createBranch(REPOSITORY, 'side');
    github.push(REPOSITORY, 'side', [{ message: 'Old one', at: clock.now() - 9_000_000_000 }]);
    github.push(REPOSITORY, 'main', [{ message: 'Told first' }]);
    await halfHour(harness);
    github.merge(REPOSITORY, 'side', 'main', 'Join the side');
    await halfHour(harness);
    expect(told(harness, 'ko').at(-1)).toContain('새 커밋 2개');
    expect(timesTold(harness, 'ko', ['Old one', 'Told first'])).toEqual([1, 1]);
  });

  test('of an empty repository are told from the first one on', async () => {
    harness.world.github.addRepository({ owner: 'hana', name: 'garden', isEmpty: true });
    const id = await watch(harness, 'ko', REPOSITORY);
    for (const hours of [1, 12, 24]) await look(harness, hours, id);
    expect(told(harness, 'ko')).toEqual([]);
    expect(await branchRow(harness, id)).toMatchObject({ state: 'ok', head: null });
    harness.world.github.push(REPOSITORY, 'main', [{ message: 'Hello' }]);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toMatch(/새 커밋 1개.*Hello/s);
  });

  test('that were there when the watch began are not told', async () => {
    await watched(harness);
    await halfHour(harness);
    expect(told(harness, 'ko')).toEqual([]);
  });

  test('come at once when GitHub gives a hint, and the next look adds nothing', async () => {
    const id = await watched(harness);
    harness.world.github.push(REPOSITORY, 'main', 1);
    await harness.env.POLLS.sendBatch([{ body: { branch: id } }, { body: { branch: id } }]);
    await harness.settle();
    expect(told(harness, 'ko')).toHaveLength(1);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
  });
});

describe('what was rewritten', () => {
  test('is told as such after a force-push', async () => {
    await watched(harness);
    harness.world.github.forcePush(REPOSITORY, 'main', ['Better', 'Best']);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toMatch(/기록이 다시 쓰였어요.*새 커밋 2개.*Best/s);
    expect(told(harness, 'en')[0]).toContain('History rewritten');
  });

  test('is told also when GitHub has forgotten the old commits', async () => {
    await watched(harness);
    harness.world.github.forcePush(REPOSITORY, 'main', ['Better', 'Best']);
    harness.world.github.collectGarbage(REPOSITORY);
    await halfHour(harness);
    expect(told(harness, 'ko')[0]).toMatch(/기록이 다시 쓰였어요.*Best/s);
    harness.world.github.push(REPOSITORY, 'main', 1);
    await halfHour(harness);
    expect(told(harness, 'ko')[1]).toContain('새 커밋 1개');
  });

  test('is told as a roll-back when the branch was set back, and the same push again as news', async () => {
    await watched(harness);
    harness.world.github.push(REPOSITORY, 'main', 2);
    await halfHour(harness);
    harness.world.github.rollBack(REPOSITORY, 'main', 2);
    await halfHour(harness);
    expect(told(harness, 'ko')[1]).toContain('이전 커밋으로 되돌아갔어요');
    harness.world.github.push(REPOSITORY, 'main', 1);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(3);
  });
});

describe('a repository', () => {
  test('that is renamed is told once, and goes on under its new name', async () => {
    await watched(harness);
    await watch(harness, 'ko', REPOSITORY);
    harness.world.github.rename(REPOSITORY, 'flowers');
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
    expect(told(harness, 'ko')[0]).toMatch(/이름이 바뀌었어요.*이전 이름: hana\/garden/s);
    harness.world.github.push('hana/flowers', 'main', 1);
    await halfHour(harness);
    expect(told(harness, 'ko')[1]).toMatch(
      /hana\/flowers.*새 커밋 1개|새 커밋 1개.*hana\/flowers/s,
    );
    harness.world.github.rename('hana/flowers', 'dul', 'flowers');
    await halfHour(harness);
    expect(told(harness, 'ko')[2]).toMatch(/주인이 바뀌었어요.*이전 이름: hana\/flowers/s);
  });

  test('that is gone is told once after a day, to a person who watches two branches too', async () => {
    harness.world.github.addRepository({
      owner: 'hana',
      name: 'garden',
      branches: ['main', 'dev'],
    });
    const main = await watch(harness, 'ko', REPOSITORY);
    const dev = await watch(harness, 'ko', REPOSITORY, 'dev');
    harness.world.github.remove(REPOSITORY);
    for (const hours of [0, 12, 11]) await look(harness, hours, main, dev);
    expect(told(harness, 'ko')).toEqual([]);
    for (const hours of [1, 12, 24]) await look(harness, hours, main, dev);
    expect(told(harness, 'ko')).toHaveLength(1);
    expect(told(harness, 'ko')[0]).toContain('저장소를 더 볼 수 없어요');
  });

  test('that is hidden and shown again is told as back, and goes on', async () => {
    const id = await watched(harness);
    const repository = harness.world.github.repository(REPOSITORY);
    repository.isPrivate = true;
    for (const hours of [0, 12, 12]) await look(harness, hours, id);
    repository.isPrivate = false;
    await look(harness, 7, id);
    expect(told(harness, 'ko')).toHaveLength(2);
    expect(told(harness, 'ko')[1]).toContain('다시 볼 수 있어요');
    harness.world.github.push(REPOSITORY, 'main', 1);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(3);
  });

  test('whose branch is deleted is told of that; made anew within a day it goes on', async () => {
    await watched(harness);
    const { github } = harness.world;
    github.createBranch(REPOSITORY, 'short');
    github.createBranch(REPOSITORY, 'long');
    const ids = [
      await watch(harness, 'ko', REPOSITORY, 'short'),
      await watch(harness, 'ko', REPOSITORY, 'long'),
    ];
    github.deleteBranch(REPOSITORY, 'short');
    github.deleteBranch(REPOSITORY, 'long');
    await look(harness, 0, ...ids);
    await look(harness, 12, ...ids);
    github.createBranch(REPOSITORY, 'short');
    github.push(REPOSITORY, 'short', [{ message: 'Again' }]);
    for (const hours of [1, 12, 12]) await look(harness, hours, ...ids);
    expect(timesTold(harness, 'ko', ['Again', '브랜치가 삭제됐어요'])).toEqual([1, 1]);
  });
});

describe('releases', () => {
  test('and tags are told once to those who want them', async () => {
    await watched(harness);
    await watch(harness, 'ko', REPOSITORY, 'main', { releases: true });
    await halfHour(harness);
    const { github } = harness.world;
    github.release(REPOSITORY, { tag: 'v1.0.0', title: 'First roses' });
    github.tag(REPOSITORY, 'roses');
    await halfHour(harness);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['First roses', '새 태그 roses'])).toEqual([1, 1]);
    expect(told(harness, 'en')).toEqual([]);
  });

  test('that were there before somebody wanted them are not told', async () => {
    await watched(harness);
    harness.world.github.release(REPOSITORY, { tag: 'v1.0.0' });
    harness.world.clock.advance(1000);
    await watch(harness, 'ko', REPOSITORY, 'main', { releases: true });
    await halfHour(harness);
    expect(told(harness, 'ko')).toEqual([]);
    harness.world.github.release(REPOSITORY, { tag: 'v1.0.1' });
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
  });

  test('are told by their filters: no pre-release, this package, from minor steps on', async () => {
    await watched(harness);
    const options = { releases: true, tagPattern: 'core-v*', smallestStep: 'minor' } as const;
    await watch(harness, 'ko', REPOSITORY, 'main', options);
    const { github } = harness.world;
    for (const tag of ['core-v1.0.0', 'core-v1.0.1', 'web-v9.0.0', 'core-v1.1.0']) {
      github.release(REPOSITORY, { tag });
      await halfHour(harness);
    }
    github.release(REPOSITORY, { tag: 'core-v2.0.0-rc.1', isPrerelease: true });
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(2);
    expect(timesTold(harness, 'ko', ['core-v1.0.0', 'core-v1.1.0'])).toEqual([1, 1]);
  });
});

describe('a digest', () => {
  test('of an hour has everything of it in one message', async () => {
    const id = await watched(harness);
    await watch(harness, 'ko', REPOSITORY, 'main', { digest: 'hourly' });
    for (const message of ['One', 'Two']) {
      harness.world.github.push(REPOSITORY, 'main', [{ message }]);
      await look(harness, 0, id);
    }
    await halfHour(harness);
    expect(told(harness, 'ko')).toEqual([]);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
    expect(told(harness, 'ko')[0]).toMatch(/Two.*One/s);
    expect(told(harness, 'en')).toHaveLength(2);
  });

  test('of a day comes at its hour in Korea', async () => {
    const id = await watched(harness);
    await watch(harness, 'ko', REPOSITORY, 'main', { digest: 'daily', digestHour: 18 });
    harness.world.github.push(REPOSITORY, 'main', 1);
    await look(harness, 4, id);
    // 16:30 to 17:30.
    for (let slot = 0; slot < 3; slot++) await halfHour(harness);
    expect(told(harness, 'ko')).toEqual([]);
    await halfHour(harness);
    expect(told(harness, 'ko')).toHaveLength(1);
  });
});

test('a look is counted in the run of its slot', async () => {
  await watched(harness);
  harness.world.github.push(REPOSITORY, 'main', 1);
  await halfHour(harness);
  expect(await lastRun(harness)).toMatchObject({
    state: 'done',
    counts: { shards: 1, branches: 1, changed: 1, told: 2, calls: 2 },
  });
});

test('without a token nothing is asked of GitHub', async () => {
  harness = await createPolled({ GITHUB_TOKEN: undefined });
  await watched(harness);
  await halfHour(harness);
  const { graphql, rest } = harness.world.github.calls;
  expect([graphql, rest]).toEqual([0, 0]);
});
