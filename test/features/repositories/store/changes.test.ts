import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { notice } from '../../../../src/bot/notice/notice.ts';
import { forgetChanges, tellDigests } from '../../../../src/features/repositories/store/history.ts';
import { setWatchOptions } from '../../../../src/features/repositories/store/options.ts';
import { forgetUnwatched } from '../../../../src/features/repositories/store/repositories.ts';
import { removeWatch } from '../../../../src/features/repositories/store/watches.ts';
import {
  branches,
  CHANNELS,
  DEFAULTS,
  deliveries,
  freshDatabase,
  NOW,
  pause,
  person,
  push,
  release,
  watch,
  wish,
} from './repositorySteps.ts';

beforeEach(freshDatabase);

let occasions = 0;

/** The digests of an hour of the day. */
function digest(hour: number, occasion = `o${occasions++}`): Promise<number[]> {
  return tellDigests(env.DB, { hour, begun: [hour] }, CHANNELS, occasion, NOW);
}

/** One more commit on every branch that is watched. */
async function pushAll(head: string): Promise<void> {
  for (const branch of await branches()) await push(branch, head, branch.changedAt + 1);
}

const digested = v.object({ entries: v.array(v.object({ compareUrl: v.string() })) });

/** Whom digests were written to, with the heads they tell of. */
async function entries(): Promise<{ address: string; told: unknown[] }[]> {
  return (await deliveries()).map((row) => ({
    address: row.address,
    told: v
      .parse(digested, row.notice)
      .entries.map(({ compareUrl }) => compareUrl.split('/').at(-1)),
  }));
}

describe('a digest', () => {
  test('is one message with everything since the last one, oldest first', async () => {
    const who = await person('1');
    await watch(wish(who, 1), { digest: 'hourly' });
    await watch(wish(who, 2), { digest: 'hourly' });
    await pushAll('c2');
    await pushAll('c3');
    expect(await digest(12)).toHaveLength(1);
    expect(await entries()).toEqual([{ address: '1', told: ['c2', 'c2', 'c3', 'c3'] }]);
    const [first] = await deliveries();
    expect(first).toMatchObject({ notice: { kind: 'digest', language: 'ko' } });
  });

  test('is a notice that channels understand', async () => {
    await watch(wish(await person('1')), { digest: 'hourly' });
    await pushAll('c2');
    await digest(12);
    const [first] = await deliveries();
    expect(v.safeParse(notice, first?.notice).success).toBe(true);
  });

  test('tells nothing twice, and without news nothing at all', async () => {
    await watch(wish(await person('1')), { digest: 'hourly' });
    expect(await digest(12)).toEqual([]);
    await pushAll('c2');
    expect(await digest(13)).toHaveLength(1);
    expect(await digest(14)).toEqual([]);
    await pushAll('c3');
    expect(await digest(15)).toHaveLength(1);
    expect((await entries()).map(({ told }) => told)).toEqual([['c2'], ['c3']]);
  });

  test('that runs twice at the same instant is written once', async () => {
    await watch(wish(await person('1')), { digest: 'hourly' });
    await pushAll('c2');
    const ids = await Promise.all([digest(12, 'slot'), digest(12, 'slot')]);
    expect(ids.flat()).toHaveLength(1);
  });

  test('of a day comes at its hour only', async () => {
    await watch(wish(await person('1')), { digest: 'daily', digestHour: 9 });
    await pushAll('c2');
    expect(await digest(8)).toEqual([]);
    expect(await digest(9)).toHaveLength(1);
  });

  test('goes to each person with their own watches', async () => {
    await watch(wish(await person('1'), 1), { digest: 'hourly' });
    await watch(wish(await person('2'), 2), { digest: 'hourly' });
    await watch(wish(await person('3'), 2), { digest: 'hourly' });
    await pushAll('c2');
    await digest(12);
    expect((await entries()).map(({ address }) => address).toSorted()).toEqual(['1', '2', '3']);
  });

  test('leaves out what is paused, and it is not told later either', async () => {
    const who = await person('1');
    const paused = await watch(wish(who, 1), { digest: 'hourly' });
    await watch(wish(who, 2), { digest: 'hourly' });
    await pause(who, paused);
    await pushAll('c2');
    await digest(12);
    await pause(who, paused, { isPaused: false, until: null });
    await digest(13);
    expect(await entries()).toEqual([{ address: '1', told: ['c2'] }]);
  });

  test('has nothing from before it was chosen: that was told at once', async () => {
    const who = await person('1');
    const id = await watch(wish(who));
    await pushAll('c2');
    await setWatchOptions(env.DB, who, id, { ...DEFAULTS, digest: 'hourly' }, NOW);
    await pushAll('c3');
    await digest(12);
    const [, last] = await deliveries();
    expect(last).toMatchObject({
      notice: { entries: [{ compareUrl: expect.stringMatching(/c3$/) }] },
    });
  });

  test('tells a release once, though its tag came before it, and two branches are watched', async () => {
    const who = await person('1');
    await watch(wish(who, 1, { nickname: 'one' }), { digest: 'hourly', releases: true });
    await watch(wish(who, 1, { nickname: 'two', branch: 'dev' }), {
      digest: 'hourly',
      releases: true,
    });
    for (const kind of ['tag', 'release']) {
      const [branch] = await branches();
      if (branch) await release(branch, 'v1.0.0', { kind });
    }
    await digest(12);
    expect(await deliveries()).toMatchObject([
      { notice: { entries: [{ kind: 'release', nickname: 'one' }] } },
    ]);
    const [first] = await deliveries();
    expect(first).toHaveProperty('notice.entries.length', 1);
  });

  test('leaves nothing out however much has happened, and no message grows over a hundred', async () => {
    await watch(wish(await person('1')), { digest: 'hourly' });
    for (let number = 0; number < 105; number++) await pushAll(`c${number}x`);
    await digest(12);
    const [first, rest, ...more] = await entries();
    expect([first?.told.length, rest?.told, more]).toEqual([
      100,
      ['c100x', 'c101x', 'c102x', 'c103x', 'c104x'],
      [],
    ]);
  });
});

async function forget(before: number): Promise<number> {
  return (await forgetChanges(env.DB, before).run()).meta.changes;
}

function count(table: string): Promise<number | null> {
  return env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n');
}

describe('what is old', () => {
  test('is forgotten, and what is younger is not', async () => {
    await watch(wish(await person('1')));
    await pushAll('c2');
    const at = await env.DB.prepare(`SELECT at FROM changes`).first<number>('at');
    expect(await forget(at ?? 0)).toBe(0);
    expect(await forget((at ?? 0) + 1)).toBe(1);
  });

  test('and watched by nobody is forgotten: branches, what happened there, repositories', async () => {
    const who = await person('1');
    const ids = [
      await watch(wish(who, 1)),
      await watch(wish(who, 1, { branch: 'dev', nickname: 'dev' })),
      await watch(wish(who, 2), { releases: true }),
    ];
    await pushAll('c2');
    const [, , last] = await branches();
    if (last) await release(last, 'v1');
    for (const id of ids.slice(1)) await removeWatch(env.DB, who, id);
    await env.DB.batch(forgetUnwatched(env.DB));
    expect(await Promise.all(['branches', 'repositories', 'changes'].map(count))).toEqual([
      1, 1, 1,
    ]);
    expect(await branches()).toMatchObject([{ name: 'main', repository: { id: 1 } }]);
  });
});
