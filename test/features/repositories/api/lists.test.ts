import { beforeEach, describe, expect, test } from 'vitest';
import { watchesOf } from '../../../../src/features/repositories/store/watches.ts';
import { findPerson } from '../../../../src/store/people.ts';
import { type ApiDesk, createApiDesk, KAKAO_ID, type Values } from '../../../pages/api/apiDesk.ts';
import { START } from '../../../worker/harness.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
  desk.harness.world.github.fill(130);
});

const github = () => desk.harness.world.github;
const list = (values: Values) =>
  desk.call('POST', '/api/list/', { id: KAKAO_ID, type: 'kakao', ...values });
const fleet = (from: number, to: number) =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `fleet/r${String(from + index).padStart(4, '0')}`,
  );

async function watched(channel = 'kakao', address: string = KAKAO_ID): Promise<string[]> {
  const { DB } = desk.harness.env;
  const person = await findPerson(DB, channel, address);
  const watches = person === null ? [] : await watchesOf(DB, person.id, START);
  return watches.map(
    ({ repository: { owner, name }, options: { commits, releases } }) =>
      `${owner}/${name}${commits ? ' c' : ''}${releases ? ' r' : ''}`,
  );
}
const released = (names: readonly string[]) => names.map((name) => `${name} r`);
const NONE = {
  already: [],
  missing: [],
  archived: [],
  unsure: [],
  names: [],
  elsewhere: [],
  left: [],
};

describe('POST /api/list/', () => {
  test('with preview tells what would be watched, and watches nothing', async () => {
    github().archive('fleet/r0003');
    const file = `fleet/r0001\r\nFLEET/R0002\nfleet/r0003\nhana/none\ngitlab.com/x/y\nreact`;
    expect(await list({ list: file, preview: 'true' })).toMatchObject({
      status: 200,
      body: {
        ...NONE,
        repositories: ['fleet/r0001', 'fleet/r0002'],
        missing: ['hana/none'],
        archived: ['fleet/r0003'],
        names: ['react'],
        elsewhere: ['gitlab.com/x/y'],
      },
    });
    expect(await findPerson(desk.harness.env.DB, 'kakao', KAKAO_ID)).toBeNull();
  });

  test('watches a list for releases, once, and tells the rest by what a person may have', async () => {
    const names = fleet(1, 110);
    const first = await list({ list: names.join('\n') });
    expect(first).toMatchObject({ status: 200, body: { left: names.slice(100) } });
    expect(await watched()).toEqual(released(names.slice(0, 100)));
    expect(await list({ list: names.slice(95).join('\n') })).toMatchObject({
      body: { repositories: [], already: names.slice(95, 100), left: names.slice(100) },
    });
    expect(await watched()).toHaveLength(100);
  });

  test('watches what an account starred, over all pages, with options', async () => {
    for (const name of fleet(1, 101).toReversed()) github().star('mina', name);
    const { status, body } = await list({ stars: 'mina', options: 'both' });
    expect({ status, body }).toMatchObject({ status: 200, body: { left: fleet(101, 101) } });
    expect((await watched()).slice(0, 2)).toEqual(['fleet/r0001 c r', 'fleet/r0002 c r']);
  });

  test.each([
    ['nothing', {}, 400],
    ['an empty file', { list: '# nothing\n' }, 400],
    ['an account that is not there', { stars: 'nobody' }, 404],
    ['words that are no options', { list: 'fleet/r0001', options: 'whatever' }, 400],
    ['a text that is too long', { list: 'x'.repeat(30_001) }, 400],
  ])('refuses %s', async (_, values, status) => {
    expect(await list(values)).toMatchObject({ status, body: { code: status } });
    expect(await watched()).toEqual([]);
  });

  test('of a room elsewhere waits for its proof', async () => {
    const [hook] = desk.harness.world.discord.hooks;
    const id = hook?.url ?? '';
    const asked = await list({ id, type: 'discord', list: fleet(1, 3).join('\n') });
    expect(asked).toMatchObject({
      status: 200,
      body: { proof: 'code', repositories: fleet(1, 3) },
    });
    const code = /\d{6}/.exec(hook?.messages[0]?.content ?? '')?.[0] ?? '';
    const proof = { id, type: 'discord', code };
    expect(await desk.call('POST', '/api/proof/', proof)).toMatchObject({ status: 200 });
    const { results } = await desk.harness.env.DB.prepare(
      `SELECT count(*) AS count FROM watches WHERE releases = 1 AND commits = 0`,
    ).all();
    expect(results).toEqual([{ count: 3 }]);
  });
});
