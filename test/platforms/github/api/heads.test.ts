import { describe, expect, test } from 'vitest';
import {
  branchRow,
  json,
  NOW_MS,
  network,
  noNews,
  question,
  repository,
  repositoryRow,
} from './network.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW_MS - hours * HOUR_MS).toISOString();

function release(tag: string, hoursAgo: number, changes: object = {}) {
  return {
    id: `REL_${tag}`,
    tagName: tag,
    name: `Release ${tag}`,
    isDraft: false,
    isPrerelease: false,
    publishedAt: ago(hoursAgo),
    createdAt: ago(hoursAgo + 1),
    url: `https://github.com/o/r/releases/tag/${tag}`,
    ...changes,
  };
}

describe('heads by node id', () => {
  test('come in the order of the question, with the repository as it is called now', async () => {
    const renamed = repositoryRow({ name: 'new', owner: { login: 'p', avatarUrl: 'x' } });
    const { client, sent } = network(() =>
      json({
        data: {
          refs: [
            { ...branchRow('feat/x', 'b2'), repository: renamed },
            null,
            {},
            { id: 'REF_x', name: 'x', target: null, repository: renamed },
            { ...branchRow('main', 'a1'), repository: repositoryRow() },
            { ...branchRow('main', 'a1'), repository: repositoryRow({ databaseId: null }) },
          ],
        },
      }),
    );
    const refs = ['REF_feat/x', 'REF_gone', 'R_other', 'REF_x', 'REF_main', 'REF_odd'];
    expect(await client.heads({ refs, repositories: [] })).toEqual({
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
        releases: [],
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

  test('and releases of a repository that became private are not there, though the token sees it', async () => {
    const hidden = repositoryRow({ isPrivate: true });
    const { client } = network(() =>
      json({
        data: {
          refs: [{ ...branchRow('main', 'a1'), repository: hidden }],
          repositories: [{ id: 'R_1', ...noNews, isPrivate: true }],
        },
      }),
    );
    const told = await client.heads({ refs: ['REF_main'], repositories: ['R_1'] });
    expect(told).toMatchObject({ ok: true, value: { heads: [null], releases: [null] } });
    const named = network(() =>
      json({ data: { r0: { ...hidden, ref: branchRow('main', 'a1') } } }),
    );
    expect(await named.client.headsByName([{ owner: 'o', name: 'r', branch: 'main' }])).toEqual({
      ok: true,
      value: [{ kind: 'no-repository' }],
    });
  });

  test('and releases are one call; asking for nothing is none', async () => {
    const { client, sent } = network(() =>
      json({ data: { refs: [null], repositories: [{ id: 'R_1', ...noNews }] } }),
    );
    expect(await client.heads({ refs: [], repositories: [] })).toMatchObject({ ok: true });
    expect(sent).toHaveLength(0);
    expect(await client.heads({ refs: ['a'], repositories: ['R_1'] })).toMatchObject({ ok: true });
    expect(sent).toHaveLength(1);
  });

  test('are at most a hundred, and more are refused before GitHub is asked', async () => {
    const { client, sent } = network(() => json({}));
    const many = Array.from({ length: 101 }, (_, index) => String(index));
    const refusal = { ok: false, reason: 'invalid' };
    expect(await client.heads({ refs: many, repositories: [] })).toMatchObject(refusal);
    expect(await client.heads({ refs: [], repositories: many })).toMatchObject(refusal);
    const named = many.map((branch) => ({ repositoryId: 'R_1', branch }));
    expect(await client.headsByName(named)).toMatchObject(refusal);
    expect(sent).toEqual([]);
  });
});

async function releasesOf(releases: readonly object[], tags: readonly object[]) {
  const news = {
    url: 'https://github.com/o/r',
    releases: { nodes: releases },
    tags: { nodes: tags },
  };
  const { client } = network(() =>
    json({ data: { repositories: [{ id: 'R_1', isPrivate: false, ...news }, null] } }),
  );
  const told = await client.heads({ refs: [], repositories: ['R_1', 'R_gone'] });
  return told.ok ? told.value.releases : told;
}

describe('releases', () => {
  const commit = (hoursAgo: number) => ({ committedDate: ago(hoursAgo) });

  test('are told newest first, with the tags that have none of their own', async () => {
    expect(
      await releasesOf(
        [release('v2', 1), release('v1', 5, { isPrerelease: true, name: ' ' })],
        [
          { name: 'v2', target: commit(2) },
          { name: '@o/pkg@1.0', target: commit(3) },
          { name: 'v1', target: commit(6) },
        ],
      ),
    ).toEqual([
      [
        {
          kind: 'release',
          id: 'REL_v2',
          tag: 'v2',
          title: 'Release v2',
          isPrerelease: false,
          at: NOW_MS - HOUR_MS,
          url: 'https://github.com/o/r/releases/tag/v2',
        },
        {
          kind: 'tag',
          id: 'tag:@o/pkg@1.0',
          tag: '@o/pkg@1.0',
          title: '@o/pkg@1.0',
          isPrerelease: false,
          at: NOW_MS - 3 * HOUR_MS,
          url: 'https://github.com/o/r/releases/tag/%40o%2Fpkg%401.0',
        },
        {
          kind: 'release',
          id: 'REL_v1',
          tag: 'v1',
          title: 'v1',
          isPrerelease: true,
          at: NOW_MS - 5 * HOUR_MS,
          url: 'https://github.com/o/r/releases/tag/v1',
        },
      ],
      null,
    ]);
  });

  test('that are drafts are nobody else’s business, but their tag is there', async () => {
    const draft = release('v3', 1, { isDraft: true, publishedAt: null });
    expect(await releasesOf([draft], [{ name: 'v3', target: commit(1) }])).toMatchObject([
      [{ kind: 'tag', id: 'tag:v3' }],
      null,
    ]);
  });

  test.each([
    ['an annotated one by its maker', { tagger: { date: ago(4) } }, NOW_MS - 4 * HOUR_MS],
    ['one of a strange date', { tagger: { date: 'long ago' } }, 0],
    ['one without a maker', { tagger: null }, 0],
    ['one of a file', {}, 0],
    ['one of nothing', null, 0],
  ])('a tag is dated: %s', async (_name, target, at) => {
    expect(await releasesOf([], [{ name: 'v1', target }])).toMatchObject([[{ at }], null]);
  });
});

describe('heads by name', () => {
  test('tell a missing branch from a missing repository, by id and by name', async () => {
    const { client, sent } = network(() =>
      json({
        data: {
          r0: { ...repositoryRow(), ref: branchRow('feat/x', 'b2') },
          r1: { ...repositoryRow(), ref: null },
          r2: null,
          r3: { ...repositoryRow({ isEmpty: true, pushedAt: null }), ref: null },
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
        { kind: 'no-branch', repository: { ...repository, isEmpty: true, pushedAt: null } },
        { kind: 'no-repository' },
      ],
    });
    expect(question(sent[0]).variables).toEqual({
      i0: 'R_1',
      b0: 'refs/heads/feat/x',
      o1: 'o',
      n1: 'r',
      b1: 'refs/heads/gone',
      o2: 'o',
      n2: 'private',
      b2: 'refs/heads/main',
      o3: 'o',
      n3: 'empty',
      b3: 'refs/heads/main',
      i4: 'U_1',
      b4: 'refs/heads/main',
    });
  });
});
