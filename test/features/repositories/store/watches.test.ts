import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { setWatchOptions } from '../../../../src/features/repositories/store/options.ts';
import {
  addWatch,
  markSeen,
  removeWatch,
  renameWatch,
  watchesOf,
} from '../../../../src/features/repositories/store/watches.ts';
import { DAY_MS } from '../../../../src/lib/time.ts';
import { MOST_WATCHES, nicknameKey } from '../../../../src/store/watchRules.ts';
import {
  branches,
  DEFAULTS,
  freshDatabase,
  NOW,
  pause,
  person,
  push,
  watch,
  wish,
} from './repositorySteps.ts';

beforeEach(freshDatabase);

const isChanged = async (statement: D1PreparedStatement) =>
  (await statement.run()).meta.changes > 0;
const add = (asked: Parameters<typeof addWatch>[1], now = NOW) => addWatch(env.DB, asked, now);

async function nicknames(who: number): Promise<string[]> {
  return (await watchesOf(env.DB, who, NOW)).map(({ nickname }) => nickname);
}

describe('a watch', () => {
  test('is stored with its repository and branch when it is reported as added', async () => {
    const who = await person('1');
    expect(await add(wish(who, 7, { branch: 'feat/새 기능', head: 'abc' }))).toMatchObject({
      ok: true,
      value: { nickname: 'r7', isNew: true },
    });
    expect(await watchesOf(env.DB, who, NOW)).toMatchObject([
      {
        nickname: 'r7',
        repository: { id: 7, nodeId: 'R_7', owner: 'o', name: 'r7' },
        branch: { name: 'feat/새 기능', head: 'abc', state: 'ok' },
        options: DEFAULTS,
        isPaused: false,
        seenHead: 'abc',
        createdAt: NOW,
      },
    ]);
  });

  test('of the same branch again changes its nickname only', async () => {
    const who = await person('1');
    await add(wish(who));
    const again = await add(wish(who, 1, { nickname: '메모' }));
    expect(again).toMatchObject({ ok: true, value: { nickname: '메모', isNew: false } });
    expect(await nicknames(who)).toEqual(['메모']);
  });

  test('of the same branch again keeps its nickname when none was given', async () => {
    const who = await person('1');
    await add(wish(who, 1, { nickname: '메모' }));
    const again = await add(wish(who, 1, { nickname: 'r1', given: false }));
    expect(again).toMatchObject({ ok: true, value: { nickname: '메모', isNew: false } });
  });

  test.each([
    ['the same', '메모', '메모'],
    ['another case', 'Notes', 'nOTES'],
    ['another width', 'Notes', 'Ｎｏｔｅｓ'],
    ['other spaces', 'my notes', ' my   notes '],
  ])('cannot have a nickname the person uses already: %s', async (_how, first, second) => {
    const who = await person('1');
    await add(wish(who, 1, { nickname: first }));
    expect(await add(wish(who, 2, { nickname: second }))).toEqual({
      ok: false,
      reason: 'nickname-taken',
    });
    expect(await nicknames(who)).toEqual([first]);
  });

  test('cannot take over a nickname when it is registered again', async () => {
    const who = await person('1');
    await add(wish(who, 1, { nickname: 'one' }));
    await add(wish(who, 2, { nickname: 'two' }));
    expect(await add(wish(who, 2, { nickname: 'ONE' }))).toEqual({
      ok: false,
      reason: 'nickname-taken',
    });
    expect(await nicknames(who)).toEqual(['one', 'two']);
  });

  test('can have the nickname that somebody else uses', async () => {
    const [one, two] = [await person('1'), await person('2')];
    await add(wish(one, 1, { nickname: 'same' }));
    expect(await add(wish(two, 2, { nickname: 'same' }))).toMatchObject({ ok: true });
  });
});

describe('as many watches as a person may have', () => {
  test('are the most a person has, also when two come at the same instant', async () => {
    const who = await person('1');
    for (let number = 1; number < MOST_WATCHES; number++) await add(wish(who, number));
    const last = await Promise.all([add(wish(who, 900)), add(wish(who, 901))]);
    expect(last.filter(({ ok }) => ok)).toHaveLength(1);
    expect(last).toContainEqual({ ok: false, reason: 'too-many' });
    expect(await nicknames(who)).toHaveLength(MOST_WATCHES);
  });

  test('do not keep a person from renaming one of them', async () => {
    const who = await person('1');
    for (let number = 1; number <= MOST_WATCHES; number++) await add(wish(who, number));
    expect(await add(wish(who, 3, { nickname: 'third' }))).toMatchObject({ ok: true });
  });
});

describe('the list', () => {
  test('is always in the order things were added (the seed had none)', async () => {
    const who = await person('1');
    for (const number of [5, 2, 9, 1]) await add(wish(who, number), NOW + (number === 1 ? 1 : 0));
    expect(await nicknames(who)).toEqual(['r5', 'r2', 'r9', 'r1']);
    const [first] = await watchesOf(env.DB, who, NOW);
    await renameWatch(env.DB, who, first?.id ?? 0, 'zzz').run();
    await markSeen(env.DB, first?.id ?? 0, 'x').run();
    expect(await nicknames(who)).toEqual(['zzz', 'r2', 'r9', 'r1']);
  });

  test('of somebody who watches nothing is empty', async () => {
    expect(await watchesOf(env.DB, await person('1'), NOW)).toEqual([]);
  });

  test('has nothing of other people', async () => {
    const [one, two] = [await person('1'), await person('2')];
    const id = await watch(wish(one));
    expect(await watchesOf(env.DB, two, NOW)).toEqual([]);
    expect(await removeWatch(env.DB, two, id)).toBe(false);
    expect(await isChanged(renameWatch(env.DB, two, id, 'mine'))).toBe(false);
    expect(await nicknames(one)).toEqual(['r1']);
  });
});

describe('a watch that is there', () => {
  test('is gone for good when it is removed (the seed never committed)', async () => {
    const who = await person('1');
    const id = await watch(wish(who));
    expect(await removeWatch(env.DB, who, id)).toBe(true);
    expect(await watchesOf(env.DB, who, NOW)).toEqual([]);
    expect(await branches()).toEqual([]);
    expect(await removeWatch(env.DB, who, id)).toBe(false);
  });

  test('can be renamed, but not to the nickname of another', async () => {
    const who = await person('1');
    const [one] = [await watch(wish(who, 1)), await watch(wish(who, 2))];
    expect(await isChanged(renameWatch(env.DB, who, one, 'R2'))).toBe(false);
    expect(await isChanged(renameWatch(env.DB, who, one, 'R1'))).toBe(true);
    expect(await nicknames(who)).toEqual(['R1', 'r2']);
  });

  test('takes options, but no longer tag pattern than D1 can match', async () => {
    const who = await person('1');
    const id = await watch(wish(who));
    const options = {
      commits: false,
      releases: true,
      prereleases: true,
      tagPattern: '@scope/pkg@*',
      smallestStep: 'minor',
      bots: false,
      merges: false,
      withoutAuthors: ['renovate', '김 코딩'],
      wholeMessages: true,
      together: false,
      digest: 'daily',
      digestHour: 23,
    } as const;
    expect(await setWatchOptions(env.DB, who, id, options, NOW)).toBe('look');
    const tooLong = { ...options, tagPattern: '가'.repeat(17), digestHour: 5 };
    expect(await setWatchOptions(env.DB, who, id, tooLong, NOW)).toBe('refused');
    expect(await watchesOf(env.DB, who, NOW)).toMatchObject([{ options }]);
  });

  test('knows until when it is paused', async () => {
    const who = await person('1');
    const id = await watch(wish(who));
    await pause(who, id);
    expect(await watchesOf(env.DB, who, NOW)).toMatchObject([{ isPaused: true }]);
    await pause(who, id, { isPaused: false, until: null });
    expect(await watchesOf(env.DB, who, NOW)).toMatchObject([{ isPaused: false }]);
  });

  test('ends with the person', async () => {
    const who = await person('1');
    await watch(wish(who));
    await env.DB.prepare(`DELETE FROM people WHERE id = ?1`).bind(who).run();
    expect(await branches()).toEqual([]);
  });
});

describe('a branch that others watch already', () => {
  test('keeps the head they were told of', async () => {
    const [one, two] = [await person('1'), await person('2')];
    await watch(wish(one, 1, { head: 'c1' }));
    await watch(wish(two, 1, { head: 'c2' }));
    expect(await branches()).toMatchObject([{ head: 'c1' }]);
  });

  test('starts afresh when nobody watches it any more', async () => {
    const [one, two] = [await person('1'), await person('2')];
    const id = await watch(wish(one, 1, { head: 'c1' }));
    await removeWatch(env.DB, one, id);
    await watch(wish(two, 1, { head: 'c9' }), {}, NOW + 90 * DAY_MS);
    const after = await branches(NOW + 90 * DAY_MS);
    expect(after).toMatchObject([{ head: 'c9', changedAt: NOW + 90 * DAY_MS, depth: null }]);
  });

  test('is one branch, whoever watches it', async () => {
    await watch(wish(await person('1')));
    await watch(wish(await person('2')));
    await watch(wish(await person('3'), 1, { branch: 'dev' }));
    const [, dev] = await branches();
    expect(await branches()).toHaveLength(2);
    expect(dev).toMatchObject({ name: 'dev', repository: { id: 1 } });
  });
});

describe('releases', () => {
  test('are news from the instant on at which somebody begins to want them', async () => {
    const who = await person('1');
    const id = await watch(wish(who));
    await setWatchOptions(env.DB, who, id, { ...DEFAULTS, releases: true }, NOW + 5999);
    expect(await branches()).toMatchObject([
      { wantsReleases: true, repository: { releasesSeen: `since ${NOW + 5000}` } },
    ]);
  });

  test('that others are still to be told of are not forgotten by a new watcher', async () => {
    const [one, two] = [await person('1'), await person('2')];
    await watch(wish(one), { releases: true });
    await watch(wish(two), { releases: true }, NOW + 99_000);
    expect((await branches())[0]?.repository.releasesSeen).toBe(`since ${NOW}`);
  });
});

test('a nickname is compared by what is seen of it', () => {
  expect(nicknameKey(' Ｍy   Repo ')).toBe(nicknameKey('my repo'));
  expect(nicknameKey('내 레포')).not.toBe(nicknameKey('내레포'));
});

test('a person who begins to watch at a head that others still wait for is not told of it', async () => {
  const [one, two] = [await person('1'), await person('2')];
  await watch(wish(one, 1, { head: 'c1' }));
  await watch(wish(two, 1, { head: 'c2' }), {}, NOW + 1);
  const [before] = await branches();
  if (!before) throw new Error('it is watched');
  expect(await push(before, 'c2', NOW + 2)).toHaveLength(1);
  const [after] = await branches();
  if (!after) throw new Error('it is watched');
  // Back and forth again is news to both.
  await push(after, 'c1', NOW + 3);
  const [back] = await branches();
  if (!back) throw new Error('it is watched');
  expect(await push(back, 'c2', NOW + 4)).toHaveLength(2);
});
