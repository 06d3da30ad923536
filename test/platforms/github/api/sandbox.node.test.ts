import { schema } from '@octokit/graphql-schema';
import { expect, test } from 'vitest';
import {
  createGitHubSource,
  type GitHubApp,
} from '../../../../src/platforms/github/api/appAuth.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createGitHub } from '../../../sandbox/github/sandbox.ts';

// The client against a GitHub that checks every question by the published schema.
const START = Date.UTC(2026, 10, 22, 3);
const HOUR_MS = 3_600_000;
const TOKEN = 'fake-user-token';
const GARDEN = 'hana/garden';
const clock = createClock(START, false);
const sharedSchema = schema.idl;

function start() {
  const { sandbox, handle } = createGitHub(clock, { token: TOKEN, schema: () => sharedSchema });
  sandbox.addRepository({ owner: 'hana', name: 'garden', branches: ['main', 'feat/x'], stars: 3 });
  const clientOf = (app: GitHubApp | null) =>
    createGitHubSource({
      runtime: { now: () => clock.now(), fetch: handle },
      apiUrl: 'https://api.github.com',
      contact: 'owner@example.com',
      token: app === null ? TOKEN : null,
      app,
    });
  return { sandbox, clientOf, client: clientOf(null) };
}

const at = (name: string) => ({ owner: 'hana', name });

test('a repository is looked up with a branch that has a slash in it', async () => {
  const { client } = start();
  const branch = ['feat/x/src', 'feat/x', 'feat'];
  expect(await client.lookUp({ ...at('garden'), branch })).toMatchObject({
    ok: true,
    value: {
      owner: 'hana',
      name: 'garden',
      stars: 3,
      isEmpty: false,
      defaultBranch: 'main',
      branch: { name: 'feat/x', head: expect.stringMatching(/^[0-9a-f]{40}$/) },
    },
  });
  expect(await client.branchNames('hana', 'garden')).toEqual({
    ok: true,
    value: ['main', 'feat/x'],
  });
});

test('private, missing, empty and taken down repositories each say so', async () => {
  const { client, sandbox } = start();
  sandbox.addRepository({ ...at('secret'), isPrivate: true });
  sandbox.addRepository({ ...at('empty'), isEmpty: true });
  const look = (name: string) => client.lookUp({ ...at(name), branch: null });
  expect(await look('secret')).toMatchObject({ ok: false, reason: 'not-found' });
  expect(await look('missing')).toMatchObject({ ok: false, reason: 'not-found' });
  expect(await look('empty')).toMatchObject({ value: { isEmpty: true, branch: null } });
  sandbox.repository(GARDEN).condition = 'blocked';
  expect(await look('garden')).toMatchObject({ ok: false, reason: 'blocked' });
});

test('a push is seen at the head, in the history and in the comparison', async () => {
  const { client, sandbox } = start();
  const before = await client.lookUp({ ...at('garden'), branch: 'feat/x' });
  if (!before.ok || !before.value.branch?.head) throw new Error('no branch');
  const { nodeId, head: base } = before.value.branch;
  const shas = sandbox.push(GARDEN, 'feat/x', [
    { message: '하나\n\n설명', author: '김개발', email: 'dev@example.com' },
    { message: '둘' },
  ]);
  const newest = shas.at(-1) ?? '';

  expect(
    await client.heads({ refs: [nodeId, 'REF_gone'], repositories: [], patterns: [] }),
  ).toMatchObject({
    value: {
      heads: [{ branch: 'feat/x', head: newest, repository: { name: 'garden' } }, null],
      budget: { remaining: expect.any(Number), resetAt: expect.any(Number) },
    },
  });
  const { id: repository, nodeId: repositoryId } = sandbox.repository(GARDEN);
  const histories = [
    { key: 'a', repositoryId, branch: 'feat/x' },
    { key: 'b', repositoryId, branch: 'gone' },
    { key: 'c', repositoryId: 'R_gone', branch: 'main' },
  ];
  const told = await client.news({ histories, hasParents: true, releases: [] });
  if (!told.ok) throw new Error(told.detail);
  expect(told.value.histories.get('a')).toMatchObject({
    total: 3,
    commits: [
      { sha: newest, message: '둘', isMerge: false },
      { message: '하나', body: '설명', author: '김개발' },
      {},
    ],
  });
  expect([told.value.histories.get('b'), told.value.histories.get('c')]).toEqual([null, null]);
  const compared = await client.compare({ repository, base, head: 'feat/x' });
  expect(compared).toMatchObject({
    value: {
      status: 'ahead',
      total: 2,
      commits: [
        { message: '하나', email: 'dev@example.com', at: START },
        { sha: newest, message: '둘' },
      ],
    },
  });
});

test('a force-push diverges, a roll-back is behind, a forgotten commit is not found', async () => {
  const { client, sandbox } = start();
  const [first = '', second = ''] = sandbox.push(GARDEN, 'main', 2);
  const { id: repository } = sandbox.repository(GARDEN);
  const compare = (base: string) => client.compare({ repository, base, head: 'main' });
  sandbox.rollBack(GARDEN, 'main', 1);
  expect(await compare(second)).toMatchObject({ value: { status: 'behind' } });
  expect(await compare(first)).toMatchObject({ value: { status: 'identical', commits: [] } });
  sandbox.forcePush(GARDEN, 'main', ['다시']);
  expect(await compare(first)).toMatchObject({ value: { status: 'diverged' } });
  expect(await compare('0'.repeat(40))).toMatchObject({ ok: false, reason: 'not-found' });
});

test('releases and tags come a page at a time, by the date of their commit or draft', async () => {
  const { client, sandbox } = start();
  const { nodeId } = sandbox.repository(GARDEN);
  sandbox.release(GARDEN, { tag: 'draft', isDraft: true });
  sandbox.tag(GARDEN, 'v0');
  clock.advance(HOUR_MS);
  sandbox.push(GARDEN, 'main', 1);
  const notes = "## What's Changed\n* Plant [roses](https://x.example)";
  sandbox.release(GARDEN, { tag: '@hana/seed@1.0.0-rc.1', isPrerelease: true, body: notes });
  clock.advance(HOUR_MS);
  sandbox.publish(GARDEN, 'draft');
  const ask = async (after: string | null) => {
    const page = {
      key: 'a',
      repositoryId: nodeId,
      most: 1,
      releases: { after },
      tags: { after: null },
    };
    const told = await client.news({ histories: [], hasParents: false, releases: [page] });
    return told.ok ? told.value.releases.get('a') : null;
  };
  const first = await ask(null);
  // The draft was written an hour before the commit, and published an hour after it.
  expect(first?.releases).toMatchObject({
    total: 2,
    items: [{ tag: '@hana/seed@1.0.0-rc.1', isPrerelease: true, notes: '• Plant roses' }],
  });
  expect(first?.tags).toMatchObject({ total: 3 });
  const second = await ask(first?.releases?.next ?? null);
  expect(second?.releases).toMatchObject({ next: null, items: [{ tag: 'draft' }] });
});

test('a renamed branch keeps its id, and branches are found by a part of their names', async () => {
  const { client, sandbox } = start();
  const { nodeId: repositoryId, branches } = sandbox.repository(GARDEN);
  const refs = [branches.get('main')?.nodeId ?? ''];
  sandbox.renameBranch(GARDEN, 'main', 'trunk');
  const patterns = [{ repositoryId, part: 'feat/' }];
  expect(await client.heads({ refs, repositories: [], patterns })).toMatchObject({
    value: {
      heads: [{ branch: 'trunk', repository: { defaultBranch: 'trunk' } }],
      patterns: [{ branches: [{ name: 'feat/x' }], next: null }],
    },
  });
});

test('stars come newest first, a hundred a page', async () => {
  const { client, sandbox } = start();
  sandbox.fill(101);
  for (const { owner, name } of sandbox.repositories()) sandbox.star('mina', `${owner}/${name}`);
  const first = await client.stars('mina', 1);
  expect(first).toMatchObject({ ok: true, value: { next: 2 } });
  expect(first.ok && first.value.names.slice(0, 2)).toEqual(['fleet/r0101', 'fleet/r0100']);
  expect(await client.stars('mina', 2)).toEqual({
    ok: true,
    value: { names: ['fleet/r0001', GARDEN], next: null },
  });
  expect(await client.stars('nobody', 1)).toMatchObject({ ok: false, reason: 'not-found' });
  expect(await client.stars('../user', 1)).toMatchObject({ ok: false, status: null });
});

test('of several repositories each is told, or why not', async () => {
  const { client, sandbox } = start();
  sandbox.addRepository(at('old'));
  sandbox.rename('hana/old', 'mina', 'new');
  sandbox.addRepository({ ...at('empty'), isEmpty: true });
  sandbox.addRepository(at('shut'));
  sandbox.repository('hana/shut').condition = 'blocked';
  const told = await client.lookUpMany([
    'hana/Garden',
    'hana/old',
    'hana/none',
    'hana/empty',
    'hana/shut',
  ]);
  expect(told).toMatchObject({
    ok: true,
    value: [
      { name: 'garden', branch: { name: 'main', depth: 1 } },
      { owner: 'mina', name: 'new' },
      'not-found',
      { name: 'empty', isEmpty: true, branch: null },
      'blocked',
    ],
  });
});

test('a renamed repository is found under its old name and tells the new one', async () => {
  const { client, sandbox } = start();
  const { nodeId } = sandbox.repository(GARDEN);
  sandbox.rename(GARDEN, 'mina', 'forest');
  const renamed = { owner: 'mina', name: 'forest' };
  expect(await client.lookUp({ ...at('garden'), branch: null })).toMatchObject({ value: renamed });
  const named = await client.headsByName([
    { repositoryId: nodeId, branch: 'main' },
    { ...at('garden'), branch: 'gone' },
    { ...at('missing'), branch: 'main' },
  ]);
  expect(named).toMatchObject({
    value: [
      { kind: 'found', branch: 'main', repository: renamed },
      { kind: 'no-branch', repository: renamed },
      { kind: 'no-repository' },
    ],
  });
});

test('one broken repository hurts no other, and is not taken for a deleted one', async () => {
  const { client, sandbox } = start();
  const broken = sandbox.addRepository(at('broken'));
  broken.condition = 'broken';
  const refs = [broken, sandbox.repository(GARDEN)].map(
    ({ branches }) => branches.get('main')?.nodeId ?? '',
  );
  const good = { branch: 'main', repository: { name: 'garden' } };
  expect(await client.heads({ refs, repositories: [broken.nodeId], patterns: [] })).toMatchObject({
    value: { heads: [null, good], marks: [null] },
  });
  const named = ['broken', 'garden'].map((name) => ({ ...at(name), branch: 'main' }));
  expect(await client.headsByName(named)).toMatchObject({
    value: [null, { kind: 'found', ...good }],
  });
  const histories = [broken, sandbox.repository(GARDEN)].map(({ name, nodeId }) => ({
    key: name,
    repositoryId: nodeId,
    branch: 'main',
  }));
  const told = await client.news({ histories, hasParents: false, releases: [] });
  expect(told.ok && [...told.value.histories.keys()]).toEqual(['garden']);
  const alone = client.lookUp({ ...at('broken'), branch: null });
  expect(await alone).toMatchObject({ ok: false, reason: 'unavailable' });
});

test('a limit is told with the time to wait, however GitHub says it', async () => {
  const { client, sandbox } = start();
  const heads = () => client.heads({ refs: ['REF_x'], repositories: [], patterns: [] });
  sandbox.slowDown({ retryAfterSeconds: 30 });
  expect(await heads()).toMatchObject({ reason: 'rate-limited', retryAfterMs: 30_000 });
  sandbox.slowDown({ status: 200, retryAfterSeconds: 30 });
  expect(await heads()).toMatchObject({ reason: 'rate-limited', retryAfterMs: 30_000 });
  sandbox.limits.graphql.remaining = 0;
  const told = await heads();
  expect(told).toMatchObject({ reason: 'rate-limited' });
  expect(told.ok ? 0 : told.retryAfterMs).toBeGreaterThan(60_000);
});

test('the app reads what its installation may', async () => {
  const { clientOf, sandbox } = start();
  const privateKey = await sandbox.app.privateKey();
  const app = { appId: sandbox.app.id, privateKey, installationId: '5151' };
  const look = (as: GitHubApp) => clientOf(as).lookUp({ ...at('garden'), branch: null });
  expect(await look(app)).toMatchObject({ ok: true, value: { name: 'garden' } });
  expect(await look({ ...app, installationId: '1' })).toMatchObject({ reason: 'unauthorized' });
  expect(await look({ ...app, appId: '1' })).toMatchObject({ reason: 'unauthorized' });
});
