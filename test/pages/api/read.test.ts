import { beforeEach, describe, expect, test } from 'vitest';
import { meetPerson } from '../../../src/store/people.ts';
import { type ApiDesk, createApiDesk, garden, HOOK, KAKAO_ID, registered } from './apiDesk.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
});

const NO_PERSON = '등록되지 않은 아이디예요.';
const NO_WATCH = '등록되지 않은 별명이나 레파지토리예요.';
const id = KAKAO_ID;

function push(...commits: string[]) {
  const { github } = desk.harness.world;
  github.push(
    'hana/garden',
    'main',
    commits.map((message) => ({ message })),
  );
}

const commits = (values = {}) => desk.call('GET', '/api/', { ...garden, ...values });

describe('GET /api/', () => {
  test('gives GitHub’s own objects since the last time, newest first, once', async () => {
    await registered(desk);
    push('Plant roses', 'Water them');
    const { status, body } = await commits();
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { commit: { message: 'Water them', author: { name: '하나' } }, parents: [{}] },
      { commit: { message: 'Plant roses' }, html_url: expect.stringContaining('/commit/') },
    ]);
    expect((await commits()).body).toEqual([]);
  });

  test('gives what there is after the history was rewritten and the old commit is gone', async () => {
    await registered(desk);
    const { github } = desk.harness.world;
    github.forcePush('hana/garden', 'main', ['Start over']);
    github.collectGarbage('hana/garden');
    expect((await commits()).body).toMatchObject([
      {
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        html_url: expect.stringContaining('/commit/'),
        commit: { message: 'Start over', author: { date: expect.stringMatching(/Z$/) } },
      },
    ]);
  });

  test('finds a repository by the name it had and by the one it has', async () => {
    await registered(desk);
    push('Plant roses');
    desk.harness.world.github.rename('hana/garden', 'park');
    expect((await commits({ fav_repository: 'github.com/hana/park' })).body).toHaveLength(1);
    expect((await commits()).body).toEqual([]);
  });

  test.each([
    [{ id: 'nobody' }, NO_PERSON],
    [{ type: 'telegram', id: '1' }, NO_PERSON],
    [{ branch: 'dev' }, NO_WATCH],
    [{ nick_name: '뜰' }, NO_WATCH],
    [{ fav_repository: 'hana/nothing' }, '정상적이지 않은 레파지토리명 입니다'],
  ])('knows nothing of %j', async (values, message) => {
    await registered(desk);
    expect(await commits(values)).toMatchObject({ status: 404, body: { code: 404, message } });
  });

  test('loses no commit while GitHub is away', async () => {
    await registered(desk);
    push('Plant roses');
    const { faults } = desk.harness.world;
    faults.add({ host: 'api.github.com', kind: 'status', status: 502, times: 9 });
    expect(await commits()).toMatchObject({
      status: 502,
      body: { message: 'GITHUB API 호출할때 문제가 생겼습니다.' },
    });
    faults.clear();
    expect((await commits()).body).toHaveLength(1);
  });

  test('is not consumed by HEAD', async () => {
    await registered(desk);
    push('Plant roses');
    const url = `https://soshik.example/api/?${new URLSearchParams(garden).toString()}`;
    expect((await desk.fetch(new Request(url, { method: 'HEAD' }))).status).toBe(405);
    expect((await commits()).body).toHaveLength(1);
  });
});

describe('GET /api/info/', () => {
  test('gives the seed’s members, the default branch first', async () => {
    expect(await desk.call('GET', '/api/info/', { id: 'hana', repo: 'garden' })).toMatchObject({
      status: 200,
      body: {
        code: 200,
        message: '정상적으로 api 호출 완료',
        avatar_url: expect.stringMatching(/^https:/),
        name: 'garden',
        owner: 'hana',
        created_at: expect.stringMatching(/Z$/),
        updated_at: expect.stringMatching(/Z$/),
        stargazers_count: 12,
        forks: 3,
        branch_lists: ['main', 'dev', 'feat/roses'],
      },
    });
  });

  test.each([
    [{ repo: 'garden' }, 400, '아이디는 비어 있으면 안됩니다.'],
    [{ id: 'hana' }, 400, '레파지토리명은 비어 있으면 안됩니다.'],
    [{ id: 'hana/garden', repo: 'x' }, 400, '정상적이지 않은 레파지토리명 입니다'],
    [{ id: 'hana', repo: '..' }, 400, '정상적이지 않은 레파지토리명 입니다'],
    [{ id: 'hana', repo: 'nothing' }, 404, '정상적이지 않은 레파지토리명 입니다'],
  ])('refuses %j', async (values, status, message) => {
    const answer = await desk.call('GET', '/api/info', values);
    expect(answer).toMatchObject({ status, body: { code: status, message } });
  });

  test('shows nothing of a private repository', async () => {
    desk.harness.world.github.addRepository({ owner: 'hana', name: 'secret', isPrivate: true });
    const answer = await desk.call('GET', '/api/info', { id: 'hana', repo: 'secret' });
    expect(answer).toMatchObject({ status: 404, body: { code: 404 } });
  });
});

describe('GET /api/alias/ and /api/git/', () => {
  test('give the nicknames in their order, and what is behind one', async () => {
    await registered(desk);
    await registered(desk, { ...garden, branch: 'feat/roses', nick_name: 'My Roses' });
    expect((await desk.call('GET', '/api/alias/', { id })).body).toEqual({
      code: 200,
      message: '정상적으로 api 호출 완료',
      alias: ['정원', 'My Roses'],
    });
    expect((await desk.call('GET', '/api/git', { id, nick_name: 'my  roses' })).body).toEqual({
      code: 200,
      message: '정상적으로 api 호출 완료',
      repoUrl: 'https://github.com/hana/garden',
      repoBranch: 'feat/roses',
    });
  });

  test('look for an id on Kakao, Telegram, X and at webhooks, unless the type is told', async () => {
    const { DB } = desk.harness.env;
    for (const type of ['twitter', 'telegram'] as const) {
      await registered(desk, { ...garden, type, id: '42', nick_name: `on ${type}` });
    }
    await registered(desk, { ...garden, type: 'webhook', id: HOOK });
    const alias = async (values: Record<string, string>) =>
      (await desk.call('GET', '/api/alias/', values)).body;
    expect(await alias({ id: '42' })).toMatchObject({ alias: ['on telegram'] });
    expect(await alias({ id: '42', type: 'twitter' })).toMatchObject({ alias: ['on twitter'] });
    expect(await alias({ id: HOOK })).toMatchObject({ alias: ['정원'] });
    await meetPerson(DB, { channel: 'kakao', address: '42', language: 'ko' }, 1);
    expect(await alias({ id: '42' })).toMatchObject({ alias: [] });
  });

  test.each([
    ['/api/alias/', {}, 400, '아이디는 비어 있으면 안됩니다.'],
    ['/api/alias/', { id: 'nobody' }, 404, NO_PERSON],
    ['/api/alias/', { id, type: 'smoke' }, 400, expect.stringContaining('타입은')],
    ['/api/git/', { id }, 400, '별명은 비어 있으면 안됩니다.'],
    ['/api/git/', { id, nick_name: '뜰' }, 404, NO_WATCH],
  ])('%s refuses %j', async (path, values, status, message) => {
    await registered(desk);
    const answer = await desk.call('GET', path, values);
    expect(answer).toMatchObject({ status, body: { code: status, message } });
  });
});

describe('DELETE /api/del/', () => {
  const DELETED = { code: 200, message: '삭제되었습니다' };
  const values = { id, nick_name: '정원' };
  const alias = async () => (await desk.call('GET', '/api/alias/', { id })).body;
  beforeEach(() => registered(desk));

  test('deletes for good, and only once', async () => {
    expect(await desk.call('DELETE', '/api/del/', values)).toMatchObject({
      status: 200,
      body: DELETED,
    });
    expect(await alias()).toMatchObject({ alias: [] });
    expect(await desk.call('DELETE', '/api/del', values)).toMatchObject({
      status: 404,
      body: { code: 404, message: NO_WATCH },
    });
  });

  test.each([
    ['application/x-www-form-urlencoded', new URLSearchParams(values).toString()],
    ['application/json', JSON.stringify(values)],
  ])('takes its fields from a body too (%s)', async (type, body) => {
    expect((await desk.send('DELETE', '/api/del/', type, body)).body).toEqual(DELETED);
    expect(await alias()).toMatchObject({ alias: [] });
  });

  test('deletes nothing when the nickname is of another repository', async () => {
    desk.harness.world.github.addRepository({ owner: 'hana', name: 'park' });
    const other = { ...values, fav_repository: 'hana/park' };
    expect(await desk.call('DELETE', '/api/del/', other)).toMatchObject({
      status: 404,
      body: { message: NO_WATCH },
    });
    expect(await alias()).toMatchObject({ alias: ['정원'] });
    const same = { ...values, fav_repository: 'https://github.com/HANA/Garden/tree/main' };
    expect(await desk.call('DELETE', '/api/del/', same)).toMatchObject({ body: DELETED });
  });

  test.each([
    [{ nick_name: '정원' }, 400, '아이디는 비어 있으면 안됩니다.'],
    [{ id }, 400, '별명은 비어 있으면 안됩니다.'],
    [{ ...values, id: 'nobody' }, 404, NO_PERSON],
    [{ ...values, fav_repository: 'x' }, 400, '정상적이지 않은 레파지토리명 입니다'],
  ])('refuses %j', async (given, status, message) => {
    const answer = await desk.call('DELETE', '/api/del/', given);
    expect(answer).toMatchObject({ status, body: { code: status, message } });
    expect(await alias()).toMatchObject({ alias: ['정원'] });
  });
});
