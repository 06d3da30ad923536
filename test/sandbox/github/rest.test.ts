import { describe, expect, test } from 'vitest';
import { headOf, setUp } from './client.ts';

describe('what every call needs', () => {
  test.each([
    ['no User-Agent', { 'user-agent': null }, 403, /User-Agent/],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401, /Bad credentials/],
    ['an unknown API version', { 'x-github-api-version': '2031-01-01' }, 400, /not a supported/],
  ])('%s is refused', async (_, headers, status, words) => {
    const told = await setUp().get('/repos/hana/garden', headers);
    expect(told.status).toBe(status);
    expect(told.text).toMatch(words);
  });

  test('without a token public data is given, 60 times an hour', async () => {
    const { get } = setUp();
    const anonymous = { authorization: null };
    const first = await get('/repos/hana/garden', anonymous);
    expect(first.status).toBe(200);
    expect(first.headers.get('x-ratelimit-limit')).toBe('60');
    for (let call = 2; call <= 60; call += 1) await get('/repos/hana/garden', anonymous);
    const over = await get('/repos/hana/garden', anonymous);
    expect(over.status).toBe(403);
    expect(over.headers.get('x-ratelimit-remaining')).toBe('0');
  });
});

describe('repositories', () => {
  test('are found whatever the case of their name', async () => {
    const { get } = setUp();
    const { status, json } = await get('/repos/HANA/Garden');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      full_name: 'hana/garden',
      default_branch: 'main',
      private: false,
      stargazers_count: 3,
    });
  });

  test.each([
    '/repos/hana/none',
    '/repos/hana/garden/',
    '/repos/hana/garden/branches/feat/x',
    '/repos/hana/garden/branches/nope',
    '/repos/hana/garden/compare/main...nope',
    '/repos/hana',
    '/nothing',
  ])('%s is 404', async (path) => {
    expect((await setUp().get(path)).status).toBe(404);
  });

  test('a private one is 404, not 403', async () => {
    const { get, github } = setUp();
    github.makePrivate('hana/garden');
    const { status, json } = await get('/repos/hana/garden');
    expect([status, json]).toMatchObject([404, { message: 'Not Found' }]);
  });

  test('an old name is redirected to the number, with the rest of the path', async () => {
    const { get, github } = setUp();
    github.rename('hana/garden', 'yard');
    const { id } = github.repository('hana/yard');
    const told = await get('/repos/hana/garden/branches/feat%2Fx?page=1');
    expect(told.status).toBe(301);
    const url = `https://api.github.com/repositories/${id}/branches/feat%2Fx?page=1`;
    expect(told.headers.get('location')).toBe(url);
    expect((await get(`/repositories/${id}/branches/feat%2Fx`)).json).toMatchObject({
      name: 'feat/x',
    });
  });

  test('a new repository takes an old name over, and a removed one has none', async () => {
    const { get, github } = setUp();
    github.rename('hana/garden', 'sam', 'garden');
    github.addRepository({ owner: 'hana', name: 'garden' });
    expect((await get('/repos/hana/garden')).json).toMatchObject({ full_name: 'hana/garden' });
    github.remove('sam/garden');
    expect((await get('/repos/sam/garden')).status).toBe(404);
  });

  test('a blocked one is 403, a broken one 500', async () => {
    const { get, github } = setUp();
    const repository = github.repository('hana/garden');
    repository.condition = 'blocked';
    expect((await get('/repos/hana/garden')).json).toMatchObject({
      message: 'Repository access blocked',
    });
    repository.condition = 'broken';
    expect((await get('/repos/hana/garden')).status).toBe(500);
  });

  test('an empty one has no commits (409) and no branches', async () => {
    const { get, github } = setUp();
    github.addRepository({ owner: 'hana', name: 'new', isEmpty: true });
    for (const path of ['commits', 'commits/main', 'git/ref/heads/main']) {
      const { status, json } = await get(`/repos/hana/new/${path}`);
      expect([status, json]).toMatchObject([409, { message: 'Git Repository is empty.' }]);
    }
    expect((await get('/repos/hana/new/branches')).json).toEqual([]);
    const [sha] = github.push('hana/new', 'trunk', 1);
    expect((await get('/repos/hana/new')).json).toMatchObject({ default_branch: 'trunk' });
    expect((await get('/repos/hana/new/git/ref/heads/trunk')).json).toMatchObject({
      object: { sha },
    });
  });
});

describe('commits', () => {
  test('are listed newest first, in pages that lead on', async () => {
    const { get, github } = setUp();
    const shas = github.push('hana/garden', 'main', 34);
    const first = await get('/repos/hana/garden/commits?sha=main');
    const newest = shas.slice(-30).toReversed();
    expect(first.json).toMatchObject(newest.map((sha) => ({ sha })));
    expect(first.headers.get('link')).toMatch(/page=2>; rel="next"/);
    const second = await get('/repos/hana/garden/commits?sha=main&page=2');
    expect(second.json).toHaveLength(5);
    expect(second.headers.get('link')).not.toMatch(/rel="next"/);
    expect((await get('/repos/hana/garden/commits?per_page=500')).json).toHaveLength(35);
  });

  test('`since` filters by commit date: an old commit pushed late is missed', async () => {
    const { get, github, clock } = setUp();
    clock.advance(60_000);
    const since = new Date(clock.now()).toISOString();
    github.push('hana/garden', 'main', [
      { message: 'written long ago', at: clock.now() - 86_400_000 },
      { message: 'written now' },
    ]);
    const { json } = await get(`/repos/hana/garden/commits?since=${since}`);
    expect(json).toMatchObject([{ commit: { message: 'written now' } }]);
    expect(json).toHaveLength(1);
  });

  test('the bare object id is a text whose ETag is the id itself', async () => {
    const { get, github } = setUp();
    const sha = headOf(github, 'hana/garden');
    const accept = 'application/vnd.github.sha';
    const told = await get('/repos/hana/garden/commits/main', { accept });
    expect(told.text).toBe(sha);
    const known = { accept, 'if-none-match': `"${sha}"` };
    expect((await get('/repos/hana/garden/commits/main', known)).status).toBe(304);
    expect((await get('/repos/hana/garden/commits/deadbeef')).status).toBe(422);
  });
});

describe('releases and tags', () => {
  test('drafts are hidden, pre-releases are never the latest', async () => {
    const { get, github } = setUp();
    github.release('hana/garden', { tag: 'v1' });
    github.release('hana/garden', { tag: 'v2-rc', isPrerelease: true });
    github.release('hana/garden', { tag: 'v3', isDraft: true });
    const tags = { tag_name: 'v2-rc', prerelease: true };
    const { json } = await get('/repos/hana/garden/releases');
    expect(json).toMatchObject([tags, { tag_name: 'v1' }]);
    expect((await get('/repos/hana/garden/releases/latest')).json).toMatchObject({
      tag_name: 'v1',
    });
    expect((await get('/repos/hana/garden/tags')).json).toMatchObject([
      { name: 'v2-rc' },
      { name: 'v1' },
    ]);
  });
});

/** A GitHub on which mina starred so many repositories, a second apart. */
function starred(count: number) {
  const setup = setUp();
  for (let index = 0; index < count; index += 1) {
    setup.github.addRepository({ owner: 'fleet', name: `r${index}` });
    setup.github.star('mina', `fleet/r${index}`);
    setup.clock.advance(1000);
  }
  return setup;
}

function namesOf(json: unknown): string[] {
  return (Array.isArray(json) ? json : []).map((one: { full_name: string }) => one.full_name);
}

describe('stars of an account', () => {
  test('come newest first, thirty a page and at most a hundred, with a way on', async () => {
    const { get } = starred(130);
    const first = await get('/users/Mina/starred');
    expect(namesOf(first.json)).toHaveLength(30);
    expect(namesOf(first.json)[0]).toBe('fleet/r129');
    expect(first.headers.get('link')).toContain('page=2>; rel="next"');
    expect(first.headers.get('link')).toContain('page=5>; rel="last"');
    const most = await get('/users/mina/starred?per_page=500&direction=asc');
    expect(namesOf(most.json)).toHaveLength(100);
    expect(namesOf(most.json)[0]).toBe('fleet/r0');
    const last = await get('/users/mina/starred?per_page=100&page=2');
    expect(namesOf(last.json)).toHaveLength(30);
    expect(last.headers.get('link')).not.toContain('rel="next"');
    expect((await get('/users/mina/starred?per_page=100&page=3')).json).toEqual([]);
  });

  test('tell when they were given to whoever asks for that kind of answer', async () => {
    const accept = 'application/vnd.github.star+json';
    const { json } = await starred(1).get('/users/mina/starred', { accept });
    expect(json).toMatchObject([
      { starred_at: '2026-11-22T03:00:00Z', repo: { full_name: 'fleet/r0' } },
    ]);
  });

  test('of nobody are 404, of a private profile and of one who gave none an empty list', async () => {
    const { get, github } = starred(2);
    expect((await get('/users/nobody/starred')).status).toBe(404);
    expect((await get('/users/hana/starred')).json).toEqual([]);
    github.makePrivate('fleet/r1');
    expect(namesOf((await get('/users/mina/starred')).json)).toEqual(['fleet/r0']);
    github.hideStars('mina');
    expect((await get('/users/mina/starred')).json).toEqual([]);
  });
});
