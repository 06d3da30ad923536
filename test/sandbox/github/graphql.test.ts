import { describe, expect, test } from 'vitest';
import { headOf, setUp } from './client.ts';

const heads = `query($ids: [ID!]!) {
  rateLimit { cost remaining resetAt nodeCount }
  nodes(ids: $ids) { __typename ... on Ref { id name target { oid }
    repository { id nameWithOwner isDisabled isArchived pushedAt } } }
}`;
const branchOf = (github: ReturnType<typeof setUp>['github'], fullName: string, branch = 'main') =>
  github.repository(fullName).branches.get(branch)?.nodeId ?? '';

describe('heads by node id', () => {
  test('come in the order asked; what is not there is null with an error at its place', async () => {
    const { query, github } = setUp();
    github.addRepository({ owner: 'sam', name: 'secret', isPrivate: true });
    const ids = [
      branchOf(github, 'hana/garden', 'feat/x'),
      'REF_nothing',
      branchOf(github, 'sam/secret'),
      branchOf(github, 'hana/garden'),
    ];
    const { status, json } = await query(heads, { ids });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      data: {
        rateLimit: { cost: 1, remaining: 4999, nodeCount: 0, resetAt: '2026-11-22T04:00:00Z' },
        nodes: [
          { __typename: 'Ref', name: 'feat/x', repository: { nameWithOwner: 'hana/garden' } },
          null,
          null,
          { id: ids[3], target: { oid: headOf(github, 'hana/garden') } },
        ],
      },
      errors: [
        {
          type: 'NOT_FOUND',
          path: ['nodes', 1],
          message: expect.stringMatching(/global id of 'REF_nothing'/),
        },
        { type: 'NOT_FOUND', path: ['nodes', 2] },
      ],
    });
  });

  test('more than 100 ids are refused with no data', async () => {
    const { json } = await setUp().query(heads, { ids: Array(101).fill('x') });
    expect(json).toMatchObject({ data: null, errors: [{ type: 'ARGUMENT_LIMIT' }] });
  });

  test('a branch made anew has another id; a rename changes none', async () => {
    const { query, github } = setUp();
    const old = branchOf(github, 'hana/garden', 'feat/x');
    github.deleteBranch('hana/garden', 'feat/x');
    github.createBranch('hana/garden', 'feat/x');
    expect((await query(heads, { ids: [old] })).json).toMatchObject({ data: { nodes: [null] } });
    github.rename('hana/garden', 'sam', 'yard');
    const main = branchOf(github, 'sam/yard');
    expect((await query(heads, { ids: [main] })).json).toMatchObject({
      data: { nodes: [{ repository: { nameWithOwner: 'sam/yard' } }] },
    });
  });

  test('one broken or blocked repository hurts no other', async () => {
    const { query, github } = setUp();
    github.addRepository({ owner: 'sam', name: 'broken' }).condition = 'broken';
    github.addRepository({ owner: 'sam', name: 'blocked' }).condition = 'blocked';
    const names = ['sam/broken', 'sam/blocked', 'hana/garden'];
    const { json } = await query(heads, { ids: names.map((name) => branchOf(github, name)) });
    expect(json).toMatchObject({
      data: { nodes: [null, null, { name: 'main' }] },
      errors: [{ path: ['nodes', 0] }, { path: ['nodes', 1], type: 'FORBIDDEN' }],
    });
  });
});

describe('by name', () => {
  const byName = `query($owner: String!, $name: String!, $branch: String!) {
    repository(owner: $owner, name: $name) {
      nameWithOwner isEmpty defaultBranchRef { name } ref(qualifiedName: $branch) { target { oid } }
    } }`;
  const ask = { owner: 'hana', name: 'garden', branch: 'refs/heads/main' };

  test('a missing branch is null without an error, a missing repository null with one', async () => {
    const { query } = setUp();
    const noBranch = await query(byName, { ...ask, branch: 'refs/heads/nope' });
    expect(noBranch.json).toMatchObject({ data: { repository: { ref: null } } });
    expect(noBranch.json).not.toHaveProperty('errors');
    expect((await query(byName, { ...ask, name: 'none' })).json).toMatchObject({
      data: { repository: null },
      errors: [
        {
          type: 'NOT_FOUND',
          path: ['repository'],
          message: "Could not resolve to a Repository with the name 'hana/none'.",
        },
      ],
    });
  });

  test('an old name leads to the new one, an empty repository says so', async () => {
    const { query, github } = setUp();
    github.rename('hana/garden', 'yard');
    expect((await query(byName, ask)).json).toMatchObject({
      data: { repository: { nameWithOwner: 'hana/yard' } },
    });
    github.addRepository({ owner: 'hana', name: 'new', isEmpty: true });
    expect((await query(byName, { ...ask, name: 'new' })).json).toMatchObject({
      data: { repository: { isEmpty: true, defaultBranchRef: null, ref: null } },
    });
  });

  test('history, releases and tags are pages of lists, newest first where asked', async () => {
    const { query, github, clock } = setUp();
    github.push('hana/garden', 'main', [
      { message: 'One\n\nbecause', author: 'Sam', email: 'sam@example.com', login: 'sam' },
      { message: 'Two' },
    ]);
    github.tag('hana/garden', 'v1', 'the first');
    clock.advance(1000);
    github.push('hana/garden', 'main', 1);
    github.release('hana/garden', { tag: 'v2', title: 'Two' });
    const { json } = await query(`{ repository(owner: "hana", name: "garden") {
      ref(qualifiedName: "refs/heads/main") { target { ... on Commit {
        history(first: 3) { totalCount pageInfo { hasNextPage endCursor }
          nodes { messageHeadline messageBody author { name email user { login } } } } } } }
      releases(first: 5) { nodes { tagName name isDraft publishedAt url } }
      refs(refPrefix: "refs/tags/", first: 5, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
        nodes { name target { __typename ... on Tag { message target { oid } } } } }
    } }`);
    expect(json).toMatchObject({
      data: {
        repository: {
          ref: {
            target: {
              history: {
                totalCount: 4,
                pageInfo: { hasNextPage: true },
                nodes: [
                  { author: { name: '하나', user: null } },
                  { messageHeadline: 'Two' },
                  {
                    messageHeadline: 'One',
                    messageBody: 'because',
                    author: { email: 'sam@example.com', user: { login: 'sam' } },
                  },
                ],
              },
            },
          },
          releases: { nodes: [{ tagName: 'v2', name: 'Two', isDraft: false }] },
          refs: {
            nodes: [
              { name: 'v2', target: { __typename: 'Commit' } },
              { name: 'v1', target: { __typename: 'Tag', message: 'the first' } },
            ],
          },
        },
      },
    });
  });

  test('`after` leads through a list to its end', async () => {
    const { query, github } = setUp();
    const shas = github.push('hana/garden', 'main', 4).toReversed();
    const page = `query($after: String) { repository(owner: "hana", name: "garden") {
      object(expression: "main") { ... on Commit { history(first: 2, after: $after) {
        nodes { oid } pageInfo { hasNextPage endCursor } } } } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const told: { json: unknown } = await query(page, { after });
      const { nodes, pageInfo } = Object(told.json).data.repository.object.history;
      for (const { oid } of nodes) seen.push(oid);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen.slice(0, 4)).toEqual(shas);
    expect(seen).toHaveLength(5);
  });
});

describe('what is refused', () => {
  test.each([
    ['no token', { authorization: null }, 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['no User-Agent', { 'user-agent': null }, 403],
  ])('%s', async (_, headers, status) => {
    const { query, github } = setUp();
    expect((await query('{ rateLimit { cost } }', {}, headers)).status).toBe(status);
    expect(github.calls.points).toBe(0);
  });

  test.each([
    ['a field that is not there', '{ repository(owner: "a", name: "b") { stars } }', /stars/],
    ['no query at all', '{', /Syntax Error/],
    ['a missing variable', 'query($id: ID!) { node(id: $id) { id } }', /\$id/],
  ])('%s is an error without data', async (_, query, words) => {
    const { status, json } = await setUp().query(query);
    expect(status).toBe(200);
    expect(json).toMatchObject({ errors: [{ message: expect.stringMatching(words) }] });
    expect(json).not.toHaveProperty('data');
  });

  test.each([
    ['', 'MISSING_PAGINATION_BOUNDARIES'],
    ['first: 101, ', 'EXCESSIVE_PAGINATION'],
  ])('refs(%s) is %s', async (size, type) => {
    const query = `{ repository(owner: "a", name: "b") { refs(${size}refPrefix: "refs/heads/") { totalCount } } }`;
    expect((await setUp().query(query)).json).toMatchObject({ errors: [{ type }] });
  });

  test('more than half a million nodes', async () => {
    const parts = Array.from({ length: 50 }, (_, index) => wide(`r${index}`));
    const query = `{ repository(owner: "hana", name: "garden") { ${parts.join(' ')} } }`;
    expect((await setUp().query(query)).json).toMatchObject({
      errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: expect.stringMatching(/505,000/) }],
    });
  });
});

describe('the price of a query', () => {
  test.each([
    [1, 1],
    [146, 1],
    [151, 2],
  ])('%i connections cost %i', async (count, cost) => {
    const query = `{ rateLimit { cost nodeCount } ${withReleases(count)} }`;
    const { json } = await setUp().query(query);
    expect(json).toMatchObject({ data: { rateLimit: { cost, nodeCount: 2 * count } } });
  });

  test('a connection of each of 100 nodes costs a point, one that is left out nothing', async () => {
    const { query, github } = setUp();
    const ids = Array(100).fill(github.repository('hana/garden').nodeId);
    const both = `query($ids: [ID!]!, $more: Boolean!) { rateLimit { cost }
      nodes(ids: $ids) { ... on Repository { releases(first: 1) { totalCount }
        refs(refPrefix: "refs/tags/", first: 1) @include(if: $more) { totalCount } } } }`;
    const told = async (more: boolean) => (await query(both, { ids, more })).json;
    expect(await told(true)).toMatchObject({ data: { rateLimit: { cost: 2 } } });
    expect(await told(false)).toMatchObject({ data: { rateLimit: { cost: 1 } } });
  });
});

function withReleases(count: number): string {
  const one = 'repository(owner: "hana", name: "garden") { releases(first: 2) { nodes { id } } }';
  return Array.from({ length: count }, (_, index) => `r${index}: ${one}`).join(' ');
}

function wide(name: string): string {
  return `${name}: refs(refPrefix: "refs/heads/", first: 100) { nodes {
    target { ... on Commit { history(first: 100) { nodes { oid } } } } } }`;
}
