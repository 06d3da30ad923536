import { beforeEach, expect, test } from 'vitest';
import { type Browser, createDesk, csrfOf, type Desk, logIn, ORIGIN } from '../pages/admin/desk.ts';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

const empty = {
  soshik: 1,
  settings: [],
  kakaoLogins: [],
  repositories: [],
  titles: [],
  people: [],
};

async function bring(text: string): Promise<Response> {
  const form = new FormData();
  form.set('csrf', csrfOf(await owner.page('/admin/data')));
  form.set('file', new File([text], 'soshik.json', { type: 'application/json' }));
  const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
  return await desk.fetch(
    new Request(`${ORIGIN}/admin/data/import`, { method: 'POST', body: form, headers }),
  );
}

async function rows(table: string): Promise<unknown[]> {
  return (await desk.harness.env.DB.prepare(`SELECT * FROM ${table}`).all()).results;
}

test('S-18: a backup nested 20,000 deep is refused, and nothing of it is written', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const repository = { id: 5, nodeId: 'R_1', owner: 'hana', name: 'garden', releasesKnown: [] };
  const file = JSON.stringify({
    ...empty,
    repositories: [{ ...repository, addedAt: 1, branches: [] }],
    settings: [{ key: 'menu-page', value: 'DEEP' }],
  }).replace('"DEEP"', deep);
  expect((await bring(file)).status).toBe(303);
  expect(await rows('repositories')).toEqual([]);
});

test.each([
  ['..', 'user#'],
  ['../../user', 'x'],
  ['hana', 'a/b'],
  ['.', 'x'],
])('S-18: a repository %s/%s of a backup is not stored', async (name, other) => {
  const repository = { id: 5, nodeId: 'R_1', owner: name, name: other, releasesKnown: [] };
  const file = { ...empty, repositories: [{ ...repository, addedAt: 1, branches: [] }] };
  expect((await bring(JSON.stringify(file))).status).toBe(303);
  expect(await rows('repositories')).toEqual([]);
});

test('S-18: a backup ties no chat to a Kakao login that it does not bring', async () => {
  const person = {
    channel: 'telegram',
    address: '7',
    secondAddress: null,
    account: '',
    language: 'ko',
    kakaoId: '4242',
    blockedAt: null,
    createdAt: 1,
    topics: {},
    watches: [],
  };
  expect((await bring(JSON.stringify({ ...empty, people: [person] }))).status).toBe(303);
  expect(await rows('people')).toEqual([]);
});
