import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headOf, type Setup, setUp } from './client.ts';

const compare = async ({ get }: Setup, base: string, head: string, query = '') =>
  (await get(`/repos/hana/garden/compare/${base}...${head}${query}`)).json;

describe('compare', () => {
  test('a push is ahead, its commits oldest first', async () => {
    const setup = setUp();
    const old = headOf(setup.github, 'hana/garden');
    const shas = setup.github.push('hana/garden', 'main', 3);
    expect(await compare(setup, old, 'main')).toMatchObject({
      status: 'ahead',
      ahead_by: 3,
      behind_by: 0,
      total_commits: 3,
      commits: shas.map((sha) => ({ sha })),
      merge_base_commit: { sha: old },
    });
    expect(await compare(setup, 'main', 'main')).toMatchObject({ status: 'identical' });
  });

  test('a roll-back is behind, without commits', async () => {
    const setup = setUp();
    setup.github.push('hana/garden', 'main', 3);
    const old = headOf(setup.github, 'hana/garden');
    setup.github.rollBack('hana/garden', 'main', 2);
    expect(await compare(setup, old, 'main')).toMatchObject({
      status: 'behind',
      ahead_by: 0,
      behind_by: 2,
      commits: [],
    });
  });

  test('a force-push has diverged from the commit before the rewritten ones', async () => {
    const setup = setUp();
    const [kept] = setup.github.push('hana/garden', 'main', 3);
    const old = headOf(setup.github, 'hana/garden');
    const shas = setup.github.forcePush('hana/garden', 'main', ['better', 'best']);
    expect(await compare(setup, old, 'main')).toMatchObject({
      status: 'diverged',
      ahead_by: 2,
      behind_by: 2,
      merge_base_commit: { sha: kept },
      commits: shas.map((sha) => ({ sha })),
    });
  });

  test('histories without a common commit, and commits GitHub forgot, are 404', async () => {
    const setup = setUp();
    const { github, get } = setup;
    const old = headOf(github, 'hana/garden');
    github.forcePush('hana/garden', 'main', ['from scratch', 'again']);
    const path = `/repos/hana/garden/compare/${old}...main`;
    expect((await get(path)).json).toMatchObject({
      message: expect.stringMatching(/^No common ancestor/),
    });
    github.deleteBranch('hana/garden', 'feat/x');
    github.collectGarbage('hana/garden');
    expect((await get(path)).json).toMatchObject({ message: 'Not Found' });
  });

  test('a merge brings the other branch along', async () => {
    const setup = setUp();
    const old = headOf(setup.github, 'hana/garden');
    setup.github.push('hana/garden', 'feat/x', 2);
    setup.github.merge('hana/garden', 'feat/x', 'main');
    expect(await compare(setup, old, 'main')).toMatchObject({ status: 'ahead', ahead_by: 3 });
  });

  test('unpaged it gives the newest 250, paged it gives all', async () => {
    const setup = setUp();
    const old = headOf(setup.github, 'hana/garden');
    const shas = setup.github.push('hana/garden', 'main', 260);
    const unpaged = await compare(setup, old, 'main');
    expect(unpaged).toMatchObject({ total_commits: 260, commits: { length: 250 } });
    expect(unpaged).toMatchObject({ commits: { 249: { sha: shas.at(-1) } } });
    const page = await compare(setup, old, 'main', '?per_page=100&page=3');
    expect(page).toMatchObject({ total_commits: 260, commits: { length: 60 } });
  });

  test('whatever is pushed, merged, rewritten: ahead and behind change places', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('push'), count: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('rewrite'), count: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('merge'), count: fc.constant(1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const setup = setUp();
        const { github } = setup;
        const old = headOf(github, 'hana/garden');
        for (const { kind, count } of steps) {
          if (kind === 'push') github.push('hana/garden', 'main', count);
          else if (kind === 'rewrite') {
            github.forcePush('hana/garden', 'main', Array(count).fill('again'));
          } else github.merge('hana/garden', 'feat/x', 'main');
        }
        const there = Object(await compare(setup, old, 'main'));
        const back = Object(await compare(setup, 'main', old));
        expect([back.ahead_by, back.behind_by]).toEqual([there.behind_by, there.ahead_by]);
      }),
      { numRuns: 30 },
    );
  });
});
