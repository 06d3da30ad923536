import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { type Harness, START } from './harness.ts';
import { createPolled, halfHour, look, timesTold, told, watch, watched } from './repoPollSteps.ts';

/*
 * Kinds of faults that other people's bots were reported for, each by its number: releases judged by
 * dates, branches kept as names, commits miscounted.
 */

const REPOSITORY = 'hana/garden';
const RELEASES = { commits: false, releases: true } as const;

let harness: Harness;
beforeEach(async () => {
  harness = await createPolled();
});

const github = () => harness.world.github;
const ko = () => told(harness, 'ko');
const all = () => ko().join('\n');

/** The bot hears of everything that happens by GitHub's webhook. */
async function hook(): Promise<void> {
  github().reachBy((request) => harness.fetch(request));
  const secret = harness.env.GITHUB_WEBHOOK_SECRET ?? '';
  await github().connectWebhook(REPOSITORY, 'https://soshik.example/webhook/github', secret);
}

/** GitHub has told its webhook, and the bot has done what it has to. */
async function heard(): Promise<void> {
  await github().settled();
  await harness.settle(harness.world.clock.now() + MINUTE_MS);
}

describe('releases', () => {
  beforeEach(async () => {
    github().addRepository({ owner: 'hana', name: 'garden' });
    github().push(REPOSITORY, 'main', 4);
    harness.world.clock.advance(HOUR_MS);
  });

  test('W-2: a pre-release that is promoted is told to those who leave pre-releases out, and as such to the others', async () => {
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    await watch(harness, 'en', REPOSITORY, 'main', { ...RELEASES, prereleases: true });
    github().release(REPOSITORY, { tag: 'v2.0.0', isPrerelease: true });
    await halfHour(harness);
    expect([ko().length, told(harness, 'en').length]).toEqual([0, 1]);
    github().promote(REPOSITORY, 'v2.0.0');
    await halfHour(harness);
    await halfHour(harness);
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toContain('새 릴리스 v2.0.0');
    expect(told(harness, 'en')[1]).toContain('Now a full release: v2.0.0');
    expect(told(harness, 'en')).toHaveLength(2);
  });

  test('W-3: fifteen in half an hour are told all, in one message', async () => {
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    const tags = Array.from({ length: 25 }, (_, index) => `pkg-${index}@1.0.0`);
    for (const tag of tags) github().release(REPOSITORY, { tag });
    await halfHour(harness);
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toContain('새 릴리스 25개');
    const { results } = await harness.env.DB.prepare(`SELECT key FROM changes`).all();
    expect(results).toHaveLength(25);
  });

  test('W-3: a backport, a draft of long ago and a tag on an old commit are each told once', async () => {
    const [old = ''] = github().push(REPOSITORY, 'main', 1);
    github().release(REPOSITORY, { tag: 'v1.5.0', isDraft: true });
    for (let number = 0; number < 15; number++) {
      harness.world.clock.advance(24 * HOUR_MS);
      github().push(REPOSITORY, 'main', 1);
      github().release(REPOSITORY, { tag: `v2.${number}.0` });
    }
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    await halfHour(harness);
    expect(ko()).toEqual([]);
    github().tag(REPOSITORY, 'v2.9.9', null, old);
    github().release(REPOSITORY, { tag: 'v2.9.9' });
    github().publish(REPOSITORY, 'v1.5.0');
    github().tag(REPOSITORY, 'v0.9.1', null, old);
    await halfHour(harness);
    await halfHour(harness);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['v2.9.9', 'v1.5.0', 'v0.9.1'])).toEqual([1, 1, 1]);
  });

  test('W-3: a release that GitHub hands over is told at once, without a call, and not again', async () => {
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    await hook();
    const { graphql } = github().calls;
    github().release(REPOSITORY, { tag: 'v3.0.0', body: "## What's Changed\n* Roses\n* Tulips" });
    await heard();
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toMatch(/v3\.0\.0.*• Roses.*• Tulips/s);
    expect(github().calls.graphql - graphql).toBeLessThanOrEqual(2);
    await halfHour(harness);
    await halfHour(harness);
    expect(ko()).toHaveLength(1);
  });

  test('W-4: bare tags whose version says pre-release are left out, and a fresh tag waits for its release', async () => {
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    for (const tag of ['v2.0.0-rc.1', 'v2.0.0-beta.1', 'v2.0.0rc2']) github().tag(REPOSITORY, tag);
    github().tag(REPOSITORY, 'v2.0.0');
    await halfHour(harness);
    expect(ko()).toEqual([]);
    github().release(REPOSITORY, { tag: 'v2.0.0' });
    for (let slot = 0; slot < 3; slot++) await halfHour(harness);
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toContain('새 릴리스 v2.0.0');
  });

  test('W-5: a nightly is told each time it is made of another commit, once a day at most', async () => {
    github().release(REPOSITORY, { tag: 'nightly', isPrerelease: true });
    await watch(harness, 'ko', REPOSITORY, 'main', { ...RELEASES, prereleases: true });
    for (let night = 0; night < 3; night++) {
      github().push(REPOSITORY, 'main', 1);
      github().moveTag(REPOSITORY, 'nightly');
      harness.world.clock.advance(23 * HOUR_MS);
      await halfHour(harness);
      await halfHour(harness);
    }
    expect(timesTold(harness, 'ko', ['nightly'])[0]).toBeGreaterThanOrEqual(3);
    expect(ko()).toHaveLength(3);
  });

  test('W-11: a tag on an older commit, pushed before the next look, is told', async () => {
    const [old = ''] = github().push(REPOSITORY, 'main', 1);
    harness.world.clock.advance(24 * HOUR_MS);
    github().push(REPOSITORY, 'main', 1);
    await watch(harness, 'ko', REPOSITORY, 'main', RELEASES);
    github().tag(REPOSITORY, 'v0.1.0', null, old);
    await halfHour(harness);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['새 태그 v0.1.0'])).toEqual([1]);
  });
});

describe('repositories live', () => {
  test('W-7: the default branch is followed to its new name, its commits are told, and who named it is asked', async () => {
    github().addRepository({ owner: 'hana', name: 'garden', branches: ['master'] });
    github().push(REPOSITORY, 'master', 3);
    const branch = await watch(harness, 'ko', REPOSITORY, 'master');
    await harness.env.DB.prepare(`UPDATE watches SET follows_default = 1`).run();
    await watch(harness, 'en', REPOSITORY, 'master');
    github().renameBranch(REPOSITORY, 'master', 'main');
    github().push(REPOSITORY, 'main', [{ message: 'After the rename' }]);
    await halfHour(harness);
    for (const hours of [12, 12, 12]) await look(harness, hours, branch);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['기본 브랜치가 바뀌었어요', 'After the rename'])).toEqual([
      1, 1,
    ]);
    expect(told(harness, 'en')).toHaveLength(1);
    expect(told(harness, 'en')[0]).toContain('watch hana/garden main');
    github().push(REPOSITORY, 'main', [{ message: 'Later' }]);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['Later', '삭제됐어요'])).toEqual([1, 0]);
  });

  test('W-10: the first merge after registering counts all its commits, whatever it is called', async () => {
    github().addRepository({ owner: 'hana', name: 'garden' });
    github().createBranch(REPOSITORY, 'side');
    const old = harness.world.clock.now() - HOUR_MS;
    github().push(REPOSITORY, 'side', [
      { message: 'One', at: old },
      { message: 'Two', at: old },
    ]);
    await watch(harness, 'ko', REPOSITORY);
    github().merge(REPOSITORY, 'side', 'main', 'Plant roses (#12)');
    await halfHour(harness);
    expect(ko()[0]).toContain('새 커밋 3개');
  });

  test('W-12: the first line of a commit is told whole up to 200 characters', async () => {
    await watched(harness);
    const line = `Plant ${'roses and '.repeat(14)}tulips`;
    github().push(REPOSITORY, 'main', [{ message: `${line}\n\nAnd more.` }]);
    await halfHour(harness);
    expect(line.length).toBeGreaterThan(140);
    expect(ko()[0]).toContain(line);
    expect(ko()[0]).not.toContain('And more.');
  });

  test('W-21: archived and open again are each said once', async () => {
    await watched(harness);
    github().archive(REPOSITORY);
    await halfHour(harness);
    await halfHour(harness);
    github().archive(REPOSITORY, false);
    await halfHour(harness);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['저장소가 보관됐어요', '보관이 풀렸어요'])).toEqual([1, 1]);
  });

  test('a branch that GitHub says is deleted is told at once', async () => {
    await watched(harness);
    github().createBranch(REPOSITORY, 'short');
    await watch(harness, 'ko', REPOSITORY, 'short');
    await hook();
    github().deleteBranch(REPOSITORY, 'short');
    await heard();
    expect(timesTold(harness, 'ko', ['브랜치가 삭제됐어요'])).toEqual([1]);
  });
});

describe('comparisons that fail', () => {
  test('T-3: an answer that cannot be read is asked for again, and no old commit is told as new', async () => {
    await watched(harness);
    github().push(REPOSITORY, 'main', 30);
    harness.world.clock.advance(8 * HOUR_MS);
    const fault = { host: 'api.github.com', path: /compare/, kind: 'status', status: 200 } as const;
    harness.world.faults.add({ ...fault, body: '<html>', times: 3 });
    for (let slot = 0; slot < 3; slot++) await halfHour(harness);
    expect(ko()).toEqual([]);
    await halfHour(harness);
    await halfHour(harness);
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toContain('새 커밋 30개');
  });

  test('T-4: GitHub answering 502 is asked a few times an hour', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      await watched(harness, `hana/${name}`);
    harness.world.faults.add({
      host: 'api.github.com',
      kind: 'status',
      status: 502,
      times: 10_000,
    });
    const before = harness.world.requests.length;
    await halfHour(harness);
    await halfHour(harness);
    expect(harness.world.requests.length - before).toBeLessThan(100);
  });

  test('T-11: who begins at a head that others still wait for hears of what comes after it only', async () => {
    github().addRepository({ owner: 'hana', name: 'garden' });
    await watch(harness, 'ko', REPOSITORY);
    github().push(REPOSITORY, 'main', [{ message: 'Before you came' }]);
    await watch(harness, 'en', REPOSITORY);
    github().push(REPOSITORY, 'main', [{ message: 'After you came' }]);
    await halfHour(harness);
    expect(ko()[0]).toContain('새 커밋 2개');
    expect(told(harness, 'en')[0]).toMatch(/1 new commit.*After you came/s);
    expect(told(harness, 'en')[0]).not.toContain('Before you came');
  });
});

async function stateOf(): Promise<string | undefined> {
  const response = await harness.fetch(new Request('https://soshik.example/healthz'));
  const { features }: { features: Record<string, { state: string }> } = await response.json();
  return features['repositories']?.state;
}

/** How many incidents are open about the token. */
async function incidents() {
  return harness.env.DB.prepare(
    `SELECT count(*) AS count FROM incidents WHERE key = 'github:token' AND closed_at IS NULL`,
  ).first('count');
}

describe('W-16: a token that GitHub does not take', () => {
  test.each(['nobody watches anything yet', 'somebody watches', 'nobody watches any more'])(
    'is seen on /healthz and by the owner when %s, until the next one',
    async (who) => {
      if (!who.includes('yet')) await watched(harness);
      if (who.includes('more')) await harness.env.DB.prepare(`DELETE FROM watches`).run();
      const good = harness.env.GITHUB_TOKEN;
      await halfHour(harness);
      expect(await stateOf()).toBe('on');
      harness.redeploy({ GITHUB_TOKEN: 'sandbox-revoked-token' });
      for (let slot = 0; slot < 3; slot++) await halfHour(harness);
      expect([await stateOf(), await incidents()]).toEqual(['failing', 1]);
      harness.redeploy({ GITHUB_TOKEN: good });
      for (let slot = 0; slot < 3; slot++) await halfHour(harness);
      expect([await stateOf(), await incidents()]).toEqual(['on', 0]);
    },
  );
});

describe('what people leave out', () => {
  test('bots, authors and merges are neither told nor counted, and a look of nothing else is no news', async () => {
    await watched(harness);
    const options = { bots: false, merges: false, withoutAuthors: ['sam'] };
    await watch(harness, 'ko', REPOSITORY, 'main', options);
    github().push(REPOSITORY, 'main', [{ message: 'Bump x', author: 'dependabot[bot]' }]);
    await halfHour(harness);
    expect(ko()).toEqual([]);
    expect(told(harness, 'en')).toHaveLength(1);
    github().createBranch(REPOSITORY, 'side');
    github().push(REPOSITORY, 'side', [{ message: 'By hand', author: '하나' }]);
    github().push(REPOSITORY, 'main', [{ message: 'Of Sam', author: 'Sam' }]);
    github().merge(REPOSITORY, 'side', 'main', 'Join (#3)');
    await halfHour(harness);
    expect(ko()[0]).toMatch(/새 커밋 1개.*By hand/s);
    expect(all()).not.toMatch(/Join|Of Sam|Bump/);
    expect(told(harness, 'en')[1]).toContain('3 new commits');
  });

  test('whole messages are told to those who want them', async () => {
    await watched(harness);
    await watch(harness, 'ko', REPOSITORY, 'main', { wholeMessages: true });
    github().push(REPOSITORY, 'main', [{ message: 'Title\n\nThe reason why.' }]);
    await halfHour(harness);
    expect(ko()[0]).toContain('The reason why.');
    expect(told(harness, 'en')[0]).not.toContain('The reason why.');
  });

  test('several releases of one look come one by one to those who want that', async () => {
    await watched(harness);
    await watch(harness, 'ko', REPOSITORY, 'main', { ...RELEASES, together: false });
    for (const tag of ['v1.0.0', 'v1.1.0', 'v1.2.0']) github().release(REPOSITORY, { tag });
    await halfHour(harness);
    expect(ko()).toHaveLength(3);
  });

  test('quiet hours lose nothing: all of the night comes in one message when they end', async () => {
    const id = await watched(harness);
    // It is noon in Korea.
    await harness.env.DB.prepare(
      `UPDATE people SET quiet_from = 12, quiet_to = 18 WHERE language = 'ko'`,
    ).run();
    for (const message of ['One', 'Two', 'Three']) {
      github().push(REPOSITORY, 'main', [{ message }]);
      harness.world.clock.advance(HOUR_MS / 2);
      await harness.env.POLLS.sendBatch([{ body: { branch: id } }]);
      await harness.settle(harness.world.clock.now() + MINUTE_MS);
    }
    expect(ko()).toEqual([]);
    expect(told(harness, 'en')).toHaveLength(3);
    await harness.cron(START + 6 * HOUR_MS);
    await harness.settle();
    expect(ko()).toHaveLength(1);
    expect(ko()[0]).toMatch(/Three.*Two.*One/s);
  });
});
