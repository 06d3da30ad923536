import { describe, expect, test } from 'vitest';
import { API_URL, json, NOW_MS, network, question } from './network.ts';

const at = new Date(NOW_MS).toISOString();
const row = {
  oid: 'a1',
  messageHeadline: '한 줄',
  committedDate: at,
  url: 'https://github.com/o/r/commit/a1',
  author: { name: '김개발', email: 'dev@example.com' },
};
const commit = {
  sha: 'a1',
  message: '한 줄',
  author: '김개발',
  email: 'dev@example.com',
  at: NOW_MS,
  url: 'https://github.com/o/r/commit/a1',
};

const asked = (key: string, branch = 'main') => ({ key, owner: 'o', name: 'r', branch });
const log = (nodes: readonly object[] | null) => ({
  ref: { target: { history: { totalCount: 7, nodes } } },
});

describe('histories', () => {
  test('of several branches are one call, each under its key', async () => {
    const { client, sent } = network(() =>
      json({
        data: {
          r0: log([row, { ...row, oid: 'a0', author: { name: null, email: null } }]),
          r1: { ref: null },
          r2: null,
          r3: { ref: { target: {} } },
          r4: log([{ ...row, author: null }]),
          r5: log(null),
        },
        errors: [{ type: 'NOT_FOUND', path: ['r2'], message: 'Could not resolve' }],
      }),
    );
    const keys = ['found', 'no-branch', 'gone', 'no-commit', 'no-author', 'no-list'];
    const told = await client.histories(keys.map((key, i) => asked(key, i === 0 ? 'feat/x' : 'b')));
    const nobody = { author: '', email: '' };
    expect(told.ok && [...told.value]).toEqual([
      ['found', { total: 7, commits: [commit, { ...commit, ...nobody, sha: 'a0' }] }],
      ['no-branch', null],
      ['gone', null],
      ['no-commit', null],
      ['no-author', { total: 7, commits: [{ ...commit, ...nobody }] }],
      ['no-list', { total: 7, commits: [] }],
    ]);
    expect(sent).toHaveLength(1);
    expect(question(sent[0]).variables).toMatchObject({
      first: 20,
      o0: 'o',
      n0: 'r',
      b0: 'refs/heads/feat/x',
    });
  });

  test('are at most forty, and of none no call is made', async () => {
    const { client, sent } = network(() => json({}));
    const many = Array.from({ length: 41 }, (_, index) => asked(String(index)));
    expect(await client.histories(many)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await client.histories([])).toMatchObject({ ok: true });
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
    author: null,
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
    const told = await client.compare({ owner: 'o', name: 'r', base: 'old', head: 'new' });
    expect(told).toEqual({
      ok: true,
      value: {
        status: 'diverged',
        aheadBy: 1,
        behindBy: 3,
        total: 1,
        commits: [commit],
        raw: [entry],
        url: body.html_url,
      },
    });
  });

  test('names branches so that a slash, a hash and a question mark stay theirs', async () => {
    const { client, sent } = network(() => json(body));
    await client.compare({ owner: 'o', name: 'r', base: 'feat/x#1', head: '기능/a%2F' });
    expect(sent[0]?.url).toBe(
      `${API_URL}/repos/o/r/compare/feat%2Fx%231...%EA%B8%B0%EB%8A%A5%2Fa%252F`,
    );
  });

  test('with a commit that nobody holds any more is not found', async () => {
    const { client } = network(() => json({ message: 'Not Found' }, 404));
    const told = await client.compare({ owner: 'o', name: 'r', base: 'old', head: 'new' });
    expect(told).toMatchObject({ ok: false, reason: 'not-found' });
  });

  test('lives with a commit that says neither author nor date', async () => {
    const bare = { ...entry, commit: { message: '', author: null } };
    const { client } = network(() => json({ ...body, commits: [bare] }));
    const told = await client.compare({ owner: 'o', name: 'r', base: 'old', head: 'new' });
    expect(told.ok && told.value.commits).toMatchObject([{ message: '', author: '', at: 0 }]);
  });
});
