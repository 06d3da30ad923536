import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { notice } from '../../../../src/bot/notice/notice.ts';
import type { PolledBranch } from '../../../../src/features/repositories/store/branches.ts';
import type { WatchOptions } from '../../../../src/features/repositories/store/options.ts';
import { tell } from '../../../../src/features/repositories/store/tell.ts';
import {
  branches,
  CHANNELS,
  deliveries,
  freshDatabase,
  NOON,
  NOTHING,
  NOW,
  pause,
  person,
  push,
  pushed,
  release,
  watch,
  wish,
} from './repositorySteps.ts';

beforeEach(freshDatabase);

async function only(): Promise<PolledBranch> {
  const [branch] = await branches();
  if (!branch) throw new Error('nothing is watched');
  return branch;
}

async function kakaoLogin(id: string): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since)
     VALUES (?1, '[]', 0, 'connected', 0)`,
  )
    .bind(id)
    .run();
}

const addresses = async () => (await deliveries()).map(({ address }) => address).toSorted();

describe('a new commit', () => {
  test('is one change, told to everyone who watches, in their language, by their nickname', async () => {
    await watch(wish(await person('1'), 1, { nickname: '메모' }));
    await watch(wish(await person('2', { language: 'en' }), 1, { nickname: 'notes' }));
    await push(await only(), 'c2');
    const told = await deliveries();
    expect(told).toMatchObject([
      { channel: 'telegram', address: '1', notice: { language: 'ko', nickname: '메모' } },
      { channel: 'telegram', address: '2', notice: { language: 'en', nickname: 'notes' } },
    ]);
    for (const one of told) expect(v.safeParse(notice, one.notice).success).toBe(true);
    expect(await env.DB.prepare(`SELECT count(*) AS n FROM changes`).first('n')).toBe(1);
  });

  test('moves the head on, so that a second look tells nothing', async () => {
    await watch(wish(await person('1')));
    const before = await only();
    expect(await push(before, 'c2')).toHaveLength(1);
    expect(await push(before, 'c2')).toHaveLength(0);
    expect(await push(before, 'c3')).toHaveLength(0);
    expect(await only()).toMatchObject({ head: 'c2' });
    expect(await push(await only(), 'c3', NOW + 2000)).toHaveLength(1);
  });

  test('that two find at the same instant is told by one of them', async () => {
    await watch(wish(await person('1')));
    const before = await only();
    const told = await Promise.all(['c2', 'c2', 'c2'].map((head) => push(before, head)));
    expect(told.flat()).toHaveLength(1);
  });

  test('is not told to those who came after it', async () => {
    await watch(wish(await person('1')));
    const before = await only();
    await push(before, 'c2');
    await watch(wish(await person('2')));
    expect(await push(before, 'c2')).toEqual([]);
    expect(await addresses()).toEqual(['1']);
  });

  test('is told once to a person who is reached by two ways', async () => {
    await kakaoLogin('77');
    await watch(wish(await person('1', { kakaoId: '77' })));
    await watch(wish(await person('x', { channel: 'twitter', kakaoId: '77' })));
    await push(await only(), 'c2');
    expect(await deliveries()).toMatchObject([{ channel: 'kakaotalk', address: '77' }]);
  });

  test('is told to nobody who is blocked, paused, waiting for a digest, or wants releases only', async () => {
    const blocked = await person('blocked');
    await watch(wish(blocked));
    await env.DB.prepare(`UPDATE people SET blocked_at = 1 WHERE id = ?1`).bind(blocked).run();
    const paused = await person('paused');
    await pause(paused, await watch(wish(paused)));
    await watch(wish(await person('digest')), { digest: 'hourly' });
    await watch(wish(await person('releases')), { commits: false, releases: true });
    await watch(wish(await person('all')));
    await push(await only(), 'c2');
    expect(await addresses()).toEqual(['all']);
  });

  test('waits on no channel that is not configured', async () => {
    await watch(wish(await person('1', { channel: 'kakao' })));
    expect(await push(await only(), 'c2')).toEqual([]);
    expect(await only()).toMatchObject({ head: 'c2' });
  });

  test('on another branch of the repository is told to the watchers of that branch', async () => {
    await watch(wish(await person('1'), 1, { branch: 'main' }));
    await watch(wish(await person('2'), 1, { branch: 'dev' }));
    const [, dev] = await branches();
    if (!dev) throw new Error('two are watched');
    await push(dev, 'c2');
    expect(await addresses()).toEqual(['2']);
  });
});

describe('many changes at once', () => {
  test('take a handful of statements, and one that came too late stops no other', async () => {
    const who = await person('1');
    for (let number = 1; number <= 50; number++) await watch(wish(who, number));
    for (let number = 51; number <= 100; number++)
      await watch(wish(await person(`p${number}`), number));
    const before = await branches();
    const [late] = before;
    if (!late) throw new Error('a hundred are watched');
    await push(late, 'other');
    let statements = 0;
    const counting = new Proxy(env.DB, {
      get: (db, key) => {
        if (key === 'prepare') statements += 1;
        const value: unknown = Reflect.get(db, key, db);
        return typeof value === 'function' ? value.bind(db) : value;
      },
    });
    const findings = {
      ...NOTHING,
      changes: before.map((branch) => pushed(branch, 'c2')),
      branches: before.map((branch) => ({
        ...branch,
        was: branch,
        head: 'c2',
        changedAt: NOW + 9,
      })),
    };
    const ids = await tell(counting, findings, CHANNELS, NOW + 9, NOON);
    expect(ids).toHaveLength(99);
    expect(statements).toBe(4);
    expect((await branches()).filter(({ head }) => head === 'c2')).toHaveLength(99);
  });

  test('of a branch and of its repository are told all', async () => {
    await watch(wish(await person('1')), { releases: true });
    const before = await only();
    await push(before, 'c2');
    expect(await release(before, 'v1.0.0')).toHaveLength(1);
    expect(await only()).toMatchObject({
      head: 'c2',
      repository: { releasesSeen: 'v1.0.0' },
    });
  });
});

type Wanted = Partial<WatchOptions>;

function tag(tagPattern: string): Wanted {
  return { tagPattern };
}

describe('a release', () => {
  test.each<[string, Wanted, string, Parameters<typeof release>[2], number]>([
    ['is told to those who want releases', {}, 'v1.0.0', {}, 1],
    ['is not told to others', { releases: false }, 'v1.0.0', {}, 0],
    ['that is a pre-release is left out', {}, 'v2-rc.1', { isPrerelease: true }, 0],
    ['that is one is told when wanted', { prereleases: true }, 'v2', { isPrerelease: true }, 1],
    ['of the package that is wanted is told', tag('@scope/pkg@*'), '@scope/pkg@1.0.0', {}, 1],
    ['of another package is not', tag('@scope/pkg@*'), '@scope/web@1.0.0', {}, 0],
    ['matches a pattern as a whole', tag('v2.*'), 'pkg-v2.0.0', {}, 0],
    ['matches a pattern of characters', tag('v[0-9].?'), 'v2.1', {}, 1],
    ['that is a patch is no minor step', { smallestStep: 'minor' }, 'v1', { step: 'patch' }, 0],
    ['that is minor is a minor step', { smallestStep: 'minor' }, 'v1', { step: 'minor' }, 1],
    ['that is major is a minor step too', { smallestStep: 'minor' }, 'v1', { step: 'major' }, 1],
    ['that is minor is no major step', { smallestStep: 'major' }, 'v1', { step: 'minor' }, 0],
    ['that is major is a major step', { smallestStep: 'major' }, 'v1', { step: 'major' }, 1],
    ['without a version is no step', { smallestStep: 'major' }, 'nightly', { step: null }, 0],
    ['without a version is told to those who want any', {}, 'nightly', { step: null }, 1],
  ])('%s', async (_rule, wanted, name, told, count) => {
    await watch(wish(await person('1')), { releases: true, ...wanted });
    expect(await release(await only(), name, told)).toHaveLength(count);
  });

  test('is told once to a person who watches two branches', async () => {
    const who = await person('1');
    await watch(wish(who, 1, { nickname: 'first' }), { releases: true });
    await watch(wish(who, 1, { nickname: 'second', branch: 'dev' }), { releases: true });
    await release(await only(), 'v1.0.0');
    expect(await deliveries()).toMatchObject([{ notice: { nickname: 'first', branch: 'main' } }]);
  });

  test('that follows its tag is told to those who were not told of the tag', async () => {
    await watch(wish(await person('any')), { releases: true });
    await watch(wish(await person('major')), { releases: true, smallestStep: 'major' });
    await release(await only(), 'v1', { kind: 'tag', step: null });
    expect(await addresses()).toEqual(['any']);
    await release(await only(), 'v1', { kind: 'release', step: 'major' });
    expect(await addresses()).toEqual(['any', 'major']);
  });

  test('that two find at the same instant is told by one of them', async () => {
    await watch(wish(await person('1')), { releases: true });
    const before = await only();
    const told = await Promise.all([release(before, 'v1'), release(before, 'v1')]);
    expect(told.flat()).toHaveLength(1);
  });
});

test('a commit that ten thousand watch is told to each of them once', async () => {
  await watch(wish(await person('first')));
  await env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
       INSERT INTO people (channel, address, language, created_at)
       SELECT 'telegram', 'p' || i, 'ko', 0 FROM n`,
    ),
    env.DB.prepare(
      `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
       SELECT people.id, branches.id, 'r', 'r', 0 FROM people, branches WHERE address <> 'first'`,
    ),
  ]);
  const before = await only();
  expect(await push(before, 'c2')).toHaveLength(10_000);
  expect(await push(before, 'c2')).toHaveLength(0);
  expect(new Set(await addresses()).size).toBe(10_000);
});
