import { describe, expect, test } from 'vitest';
import { branchRow, homeRow, json, network, noMark, question, repository } from './network.ts';

const NOTHING = { refs: [], repositories: [], patterns: [] };

describe('heads by node id', () => {
  test('come in the order of the question, with the repository as it is called now', async () => {
    const renamed = homeRow({ nameWithOwner: 'p/new' });
    const { client, sent } = network(() =>
      json({
        data: {
          refs: [
            { name: 'feat/x', target: { oid: 'b2' }, repository: renamed },
            null,
            {},
            { name: 'x', target: null, repository: renamed },
            { name: 'main', target: { oid: 'a1' }, repository: homeRow() },
            { name: 'main', target: { oid: 'a1' }, repository: homeRow({ isPrivate: null }) },
          ],
        },
      }),
    );
    const refs = ['REF_feat/x', 'REF_gone', 'R_other', 'REF_x', 'REF_main', 'REF_odd'];
    expect(await client.heads({ ...NOTHING, refs })).toEqual({
      ok: true,
      value: {
        heads: [
          {
            nodeId: 'REF_feat/x',
            branch: 'feat/x',
            head: 'b2',
            repository: { ...repository, owner: 'p', name: 'new' },
          },
          null,
          null,
          null,
          { nodeId: 'REF_main', branch: 'main', head: 'a1', repository },
          null,
        ],
        marks: [],
        patterns: [],
        budget: null,
      },
    });
    expect(question(sent[0]).variables).toEqual({
      refs,
      repositories: [],
      hasRefs: true,
      hasRepositories: false,
    });
  });

  test('say what is private, by id and by name: who may know is for others to decide', async () => {
    const hidden = homeRow({ isPrivate: true });
    const { client } = network(() =>
      json({ data: { refs: [{ name: 'main', target: { oid: 'a1' }, repository: hidden }] } }),
    );
    expect(await client.heads({ ...NOTHING, refs: ['REF_main'] })).toMatchObject({
      value: { heads: [{ repository: { isPrivate: true } }] },
    });
    const named = network(() =>
      json({ data: { r0: { ...hidden, ref: branchRow('main', 'a1') } } }),
    );
    const asked = await named.client.headsByName([{ owner: 'o', name: 'r', branch: 'main' }]);
    expect(asked).toMatchObject({ value: [{ repository: { isPrivate: true } }] });
  });

  test('marks and patterns are one call; asking for nothing is none', async () => {
    const list = { nodes: [branchRow('rel/1', 'a1'), null], pageInfo: { hasNextPage: false } };
    const { client, sent } = network(() =>
      json({
        data: {
          refs: [null],
          repositories: [noMark],
          p0: { ...homeRow(), refs: { ...list, pageInfo: { hasNextPage: true, endCursor: 'c' } } },
          p1: null,
        },
      }),
    );
    expect(await client.heads(NOTHING)).toMatchObject({ ok: true });
    expect(sent).toHaveLength(0);
    const patterns = [
      { repositoryId: 'R_1', part: 'rel/' },
      { repositoryId: 'R_2', part: '' },
    ];
    expect(await client.heads({ refs: ['a'], repositories: ['R_1'], patterns })).toMatchObject({
      ok: true,
      value: {
        patterns: [
          { repository, branches: [{ nodeId: 'REF_rel/1', name: 'rel/1', head: 'a1' }], next: 'c' },
          null,
        ],
      },
    });
    expect(sent).toHaveLength(1);
    const { variables } = question(sent[0]);
    expect(variables).toMatchObject({ i0: 'R_1', q0: 'rel/', i1: 'R_2', q1: null });
  });

  test('are at most a hundred, and more are refused before GitHub is asked', async () => {
    const { client, sent } = network(() => json({}));
    const many = Array.from({ length: 101 }, (_, index) => String(index));
    const refusal = { ok: false, reason: 'invalid' };
    expect(await client.heads({ ...NOTHING, refs: many })).toMatchObject(refusal);
    expect(await client.heads({ ...NOTHING, repositories: many })).toMatchObject(refusal);
    const named = many.map((branch) => ({ repositoryId: 'R_1', branch }));
    expect(await client.headsByName(named)).toMatchObject(refusal);
    expect(sent).toEqual([]);
  });
});

const markOf = async (row: object) => {
  const { client } = network(() => json({ data: { repositories: [row] } }));
  const told = await client.heads({ ...NOTHING, repositories: ['R_1'] });
  return told.ok ? told.value.marks[0] : null;
};
const flags = (...list: boolean[]) => list.map((isPrerelease) => ({ isPrerelease }));

describe('the mark of a repository', () => {
  const row = { ...noMark, releases: { totalCount: 2, nodes: flags(true, false) } };

  test('is the same as long as nothing happened', async () => {
    expect(await markOf(row)).toBe(await markOf({ ...row }));
  });

  test.each([
    [
      'a release more, wherever it stands',
      { releases: { totalCount: 3, nodes: flags(true, false) } },
    ],
    [
      'a pre-release that was promoted',
      { releases: { totalCount: 2, nodes: flags(false, false) } },
    ],
    ['another newest release', { latestRelease: { id: 'RE_9' } }],
    ['a tag more', { refs: { totalCount: 1, nodes: [] } }],
    ['a tag that moved', { refs: { totalCount: 0, nodes: [{ target: { oid: 'f'.repeat(40) } }] } }],
  ])('is another one after %s', async (_what, change) => {
    expect(await markOf({ ...row, ...change })).not.toBe(await markOf(row));
  });
});

describe('heads by name', () => {
  test('tell a missing branch from a missing repository, by id and by name', async () => {
    const { client, sent } = network(() =>
      json({
        data: {
          r0: { ...homeRow(), ref: branchRow('feat/x', 'b2') },
          r1: { ...homeRow(), ref: null },
          r2: null,
          r3: { ...homeRow({ defaultBranchRef: null }), ref: null },
          r4: {},
        },
        errors: [{ type: 'NOT_FOUND', path: ['r2'], message: 'Could not resolve' }],
      }),
    );
    const told = await client.headsByName([
      { repositoryId: 'R_1', branch: 'feat/x' },
      { owner: 'o', name: 'r', branch: 'gone' },
      { owner: 'o', name: 'private', branch: 'main' },
      { owner: 'o', name: 'empty', branch: 'main' },
      { repositoryId: 'U_1', branch: 'main' },
    ]);
    expect(told).toEqual({
      ok: true,
      value: [
        { kind: 'found', nodeId: 'REF_feat/x', branch: 'feat/x', head: 'b2', repository },
        { kind: 'no-branch', repository },
        { kind: 'no-repository' },
        { kind: 'no-branch', repository: { ...repository, defaultBranch: null } },
        { kind: 'no-repository' },
      ],
    });
    expect(question(sent[0]).variables).toMatchObject({
      i0: 'R_1',
      b0: 'refs/heads/feat/x',
      o1: 'o',
      n1: 'r',
      b1: 'refs/heads/gone',
      i4: 'U_1',
    });
  });
});
