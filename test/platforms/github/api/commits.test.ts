import { describe, expect, test } from 'vitest';
import { API_URL, json, NOW_MS, network, question } from './network.ts';

const at = new Date(NOW_MS).toISOString();
const row = {
  oid: 'a1',
  message: '한 줄\n\n그리고 더',
  committedDate: at,
  url: 'https://github.com/o/r/commit/a1',
  author: { name: '김개발', email: 'dev@example.com', user: { login: 'dev' } },
};
const commit = {
  sha: 'a1',
  message: '한 줄',
  body: '그리고 더',
  author: '김개발',
  login: 'dev',
  email: 'dev@example.com',
  isMerge: null,
  at: NOW_MS,
  url: 'https://github.com/o/r/commit/a1',
};

const asked = (key: string, branch = 'main') => ({ key, repositoryId: 'R_1', branch });
const log = (nodes: readonly object[] | null) => ({
  isPrivate: false,
  ref: { target: { history: { totalCount: 7, nodes } } },
});

describe('histories', () => {
  test('of several branches are one call, each under its key, with whole messages', async () => {
    const nobody = { name: null, email: null, user: null };
    const { client, sent } = network(() =>
      json({
        data: {
          r0: log([row, { ...row, oid: 'a0', author: nobody, parents: { totalCount: 2 } }]),
          r1: { isPrivate: false, ref: null },
          r2: null,
          r3: { isPrivate: false, ref: { target: {} } },
          r4: log([{ ...row, author: null }]),
          r5: log(null),
        },
        errors: [{ type: 'NOT_FOUND', path: ['r2'], message: 'Could not resolve' }],
      }),
    );
    const keys = ['found', 'no-branch', 'gone', 'no-commit', 'no-author', 'no-list'];
    const told = await client.news({
      histories: keys.map((key, i) => asked(key, i === 0 ? 'feat/x' : 'b')),
      hasParents: true,
      releases: [],
    });
    const none = { author: '', login: '', email: '' };
    const shown = { total: 7, isPrivate: false };
    expect(told.ok && [...told.value.histories]).toEqual([
      ['found', { ...shown, commits: [commit, { ...commit, ...none, sha: 'a0', isMerge: true }] }],
      ['no-branch', null],
      ['gone', null],
      ['no-commit', null],
      ['no-author', { ...shown, commits: [{ ...commit, ...none }] }],
      ['no-list', { ...shown, commits: [] }],
    ]);
    expect(sent).toHaveLength(1);
    expect(question(sent[0]).variables).toMatchObject({
      first: 20,
      i0: 'R_1',
      b0: 'refs/heads/feat/x',
    });
  });

  test('and releases are at most forty, and of none no call is made', async () => {
    const { client, sent } = network(() => json({}));
    const histories = Array.from({ length: 41 }, (_, index) => asked(String(index)));
    const nothing = { histories: [], hasParents: false, releases: [] };
    expect(await client.news({ ...nothing, histories })).toMatchObject({ reason: 'invalid' });
    expect(await client.news(nothing)).toMatchObject({ ok: true });
    expect(sent).toEqual([]);
  });
});

describe('a comparison', () => {
  const entry = {
    sha: 'a1',
    html_url: commit.url,
    commit: {
      message: '한 줄\n\n그리고 더',
      author: { name: '김개발', email: 'dev@example.com', date: '2020-01-01T00:00:00Z' },
      committer: { name: 'GitHub', date: at },
    },
    author: { login: 'dev' },
    parents: [{ sha: 'a0' }],
  };
  const body = {
    status: 'diverged',
    ahead_by: 1,
    behind_by: 3,
    total_commits: 1,
    commits: [entry],
    files: [{ filename: 'x' }],
    html_url: 'https://github.com/o/r/compare/old...new',
  };

  test('tells what the new head has, as people read it and as GitHub wrote it', async () => {
    const { client } = network(() => json(body));
    const told = await client.compare({ repository: 7, base: 'old', head: 'new' });
    expect(told).toEqual({
      ok: true,
      value: {
        status: 'diverged',
        total: 1,
        commits: [{ ...commit, isMerge: false }],
        raw: [entry],
        url: body.html_url,
      },
    });
  });

  test('names branches so that a slash, a hash and a question mark stay theirs', async () => {
    const { client, sent } = network(() => json(body));
    await client.compare({ repository: 7, base: 'feat/x#1', head: '기능/a%2F' });
    expect(sent[0]?.url).toBe(
      `${API_URL}/repositories/7/compare/feat%2Fx%231...%EA%B8%B0%EB%8A%A5%2Fa%252F`,
    );
  });

  test('with a commit that nobody holds any more is not found', async () => {
    const { client } = network(() => json({ message: 'Not Found' }, 404));
    const told = await client.compare({ repository: 7, base: 'old', head: 'new' });
    expect(told).toMatchObject({ ok: false, reason: 'not-found' });
  });

  test('lives with a commit that says neither author nor date', async () => {
    const bare = { ...entry, commit: { message: '', author: null } };
    const { client } = network(() => json({ ...body, commits: [bare] }));
    const told = await client.compare({ repository: 7, base: 'old', head: 'new' });
    expect(told.ok && told.value.commits).toMatchObject([{ message: '', author: '', at: 0 }]);
  });
});
