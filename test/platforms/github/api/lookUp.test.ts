import { describe, expect, test } from 'vitest';
import { API_URL, branchRow, json, network, question, repositoryRow } from './network.ts';

const row = {
  ...repositoryRow(),
  isPrivate: false,
  stargazerCount: 5,
  forkCount: 2,
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  description: '설명',
  defaultBranchRef: branchRow('main', 'a1'),
};
const details = {
  id: 1,
  nodeId: 'R_1',
  owner: 'o',
  name: 'r',
  isEmpty: false,
  isArchived: false,
  isDisabled: false,
  isPrivate: false,
  stars: 5,
  forks: 2,
  avatarUrl: 'https://avatars.example/o',
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  description: '설명',
  defaultBranch: 'main',
};

async function lookedUp(branch: string | readonly string[] | null, changes: object = {}) {
  const { client, sent } = network(() => json({ data: { repository: { ...row, ...changes } } }));
  const told = await client.lookUp({ owner: 'o', name: 'r', branch });
  return { told, variables: question(sent[0]).variables, calls: sent.length };
}

describe('a repository that is looked up', () => {
  test('without a branch comes with its default one', async () => {
    const { told, calls } = await lookedUp(null);
    const branch = { nodeId: 'REF_main', name: 'main', head: 'a1', depth: null };
    expect(told).toEqual({ ok: true, value: { ...details, branch } });
    expect(calls).toBe(1);
  });

  test('with a branch comes with that one, or with none where there is none', async () => {
    const found = await lookedUp('feat/x', { b0: branchRow('feat/x', 'b2') });
    const branch = { nodeId: 'REF_feat/x', name: 'feat/x', head: 'b2', depth: null };
    expect(found.told).toEqual({ ok: true, value: { ...details, branch } });
    expect(found.variables).toEqual({ owner: 'o', name: 'r', b0: 'refs/heads/feat/x' });
    const missing = await lookedUp('gone', { b0: null });
    expect(missing.told).toEqual({ ok: true, value: { ...details, branch: null } });
  });

  test('with candidates comes with the one that exists, in one call', async () => {
    const { told, variables, calls } = await lookedUp(['feat/x/src', 'feat/x', 'feat'], {
      b0: null,
      b1: branchRow('feat/x', 'b2'),
      b2: null,
    });
    expect(told).toMatchObject({ value: { branch: { name: 'feat/x' } } });
    expect(variables).toMatchObject({ b0: 'refs/heads/feat/x/src', b2: 'refs/heads/feat' });
    expect(calls).toBe(1);
  });

  test('of a path without end is asked about with its twenty shortest candidates', async () => {
    const parts = Array.from({ length: 30 }, () => 'x');
    const { variables } = await lookedUp(parts.map((_, i) => parts.slice(i).join('/')));
    expect(variables).toMatchObject({ b19: 'refs/heads/x' });
    expect(variables).not.toHaveProperty('b20');
  });

  test('with a name no branch can have is not asked about it', async () => {
    const { told, variables } = await lookedUp('a..b');
    expect(told).toEqual({ ok: true, value: { ...details, branch: null } });
    expect(variables).toEqual({ owner: 'o', name: 'r' });
  });

  test('and is empty has neither default branch nor head', async () => {
    const { told } = await lookedUp(null, { isEmpty: true, defaultBranchRef: null });
    expect(told).toMatchObject({ value: { isEmpty: true, defaultBranch: null, branch: null } });
  });

  test('and is only told in part is not taken for one without the branch', async () => {
    const errors = [{ path: ['repository', 'b0'], message: 'x' }];
    const { client } = network(() => json({ data: { repository: row }, errors }));
    const told = await client.lookUp({ owner: 'o', name: 'r', branch: 'main' });
    expect(told).toMatchObject({ ok: false, reason: 'unavailable' });
  });

  test('and is not there is not found', async () => {
    const { client } = network(() => json({ data: { repository: null } }));
    const told = await client.lookUp({ owner: 'o', name: 'r', branch: null });
    expect(told).toMatchObject({ ok: false, reason: 'not-found' });
  });
});

test('branches are told with the default one first, each once', async () => {
  const nodes = [{ name: 'dev' }, { name: 'main' }, null];
  const found = { defaultBranchRef: { name: 'main' }, refs: { nodes } };
  const { client } = network(() => json({ data: { repository: found } }));
  expect(await client.branchNames('o', 'r')).toEqual({ ok: true, value: ['main', 'dev'] });
});

test('an empty repository has no branches', async () => {
  const found = { defaultBranchRef: null, refs: { nodes: [] } };
  const { client } = network(() => json({ data: { repository: found } }));
  expect(await client.branchNames('o', 'r')).toEqual({ ok: true, value: [] });
});

test('a repository is found by its number under the name it has now', async () => {
  const { client, sent } = network(() => json({ id: 7, full_name: 'o/new' }));
  expect(await client.fullNameOf(7)).toEqual({ ok: true, value: 'o/new' });
  expect(sent[0]?.url).toBe(`${API_URL}/repositories/7`);
});
