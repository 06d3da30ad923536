import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  storyOfComparison,
  storyOfHistory,
  storyWithoutComparison,
} from '../../../../src/features/repositories/polling/story.ts';
import type { Comparison } from '../../../../src/platforms/github/source.ts';
import { branch, commit, history } from './samples.ts';

const PAGE = 'https://github.com/hana/notes';

function shas(story: ReturnType<typeof storyOfHistory>): string[] | undefined {
  return story?.commits.map(({ sha }) => sha);
}

describe('the newest commits of a branch', () => {
  test('tell every commit since the old head, not only the newest one', () => {
    const story = storyOfHistory(branch(), history(['c5', 'c4', 'c3', 'c2', 'c1']), PAGE);
    expect(story).toMatchObject({ change: 'pushed', total: 2 });
    expect(shas(story)).toEqual(['c5', 'c4']);
    expect(story?.url).toBe(`${PAGE}/compare/c3...c5`);
  });

  test('are told by name up to five, the others by number', () => {
    const all = Array.from({ length: 20 }, (_, index) => `c${20 - index}`);
    const story = storyOfHistory(branch(), history(all, 20), PAGE);
    expect(story).toMatchObject({ total: 17 });
    expect(shas(story)).toEqual(['c20', 'c19', 'c18', 'c17', 'c16']);
  });

  test('tell all of them for a branch that had none', () => {
    const empty = branch({ head: null, depth: null, name: '기능/새 것' });
    const story = storyOfHistory(empty, history(['c2', 'c1']), PAGE);
    expect(story).toMatchObject({ change: 'pushed', total: 2 });
    expect(story?.url).toBe(`${PAGE}/commits/%EA%B8%B0%EB%8A%A5/%EC%83%88%20%EA%B2%83`);
  });

  test('do not tell enough without the old head: it was rewritten, or more than twenty came', () => {
    expect(storyOfHistory(branch(), history(['x2', 'x1']), PAGE)).toBeNull();
  });

  test('do not tell enough when a merge brought commits older than the old head', () => {
    // m joins c3 with o2 and o1, which are dated before c3.
    const merged = history(['m', 'c3', 'o2', 'o1', 'c2', 'c1']);
    expect(storyOfHistory(branch(), merged, PAGE)).toBeNull();
    const unknown = branch({ depth: null });
    const named = { ...merged, commits: [commit('m', 'Merge pull request #1'), commit('c3')] };
    expect(storyOfHistory(unknown, named, PAGE)).toBeNull();
  });

  test('tell enough of a merge when the numbers agree', () => {
    const merged = history(['m', 'o2', 'o1', 'c3', 'c2', 'c1']);
    expect(storyOfHistory(branch(), merged, PAGE)).toMatchObject({ total: 3 });
  });

  test('tell nothing when the branch is back where it was', () => {
    expect(storyOfHistory(branch(), history(['c3', 'c2', 'c1']), PAGE)).toBeNull();
  });

  test('leave out none and double none, however many were pushed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (old, fresh) => {
          const all = Array.from({ length: old + fresh }, (_, index) => `c${old + fresh - index}`);
          const before = branch({ head: `c${old}`, depth: old });
          const story = storyOfHistory(before, history(all, all.length), PAGE);
          if (fresh >= 20) expect(story).toBeNull();
          else
            expect([story?.total, shas(story)]).toEqual([fresh, all.slice(0, Math.min(5, fresh))]);
        },
      ),
    );
  });
});

function comparison(change: Partial<Comparison>): Comparison {
  const commits = ['c4', 'c5', 'c6', 'c7', 'c8', 'c9'].map((sha) => commit(sha));
  const url = `${PAGE}/compare/c3...c9`;
  const base = { status: 'ahead', aheadBy: 6, behindBy: 0, total: 6, raw: [] } as const;
  return { ...base, commits, url, ...change };
}

describe('a comparison', () => {
  test('ahead tells a push, newest first', () => {
    const story = storyOfComparison(comparison({ total: 300 }));
    expect(story).toMatchObject({ change: 'pushed', total: 300 });
    expect(shas(story)).toEqual(['c9', 'c8', 'c7', 'c6', 'c5']);
  });

  test('diverged tells that the history was rewritten (the seed missed force-pushes)', () => {
    const story = storyOfComparison(comparison({ status: 'diverged', behindBy: 2 }));
    expect(story).toMatchObject({ change: 'rewritten', total: 6 });
  });

  test('behind tells a roll-back without a commit', () => {
    const story = storyOfComparison(
      comparison({ status: 'behind', aheadBy: 0, behindBy: 2, total: 0, commits: [] }),
    );
    expect(story).toMatchObject({ change: 'rolled-back', total: 0, commits: [] });
  });

  test('identical tells nothing', () => {
    expect(storyOfComparison(comparison({ status: 'identical', commits: [] }))).toBeNull();
  });
});

describe('heads that cannot be compared', () => {
  test('because GitHub lost the old one were rewritten: the newest commit is told', () => {
    const story = storyWithoutComparison(branch(), history(['x2', 'x1']), true, PAGE);
    expect(story).toMatchObject({ change: 'rewritten', total: 1 });
    expect(shas(story)).toEqual(['x2']);
  });

  test('because they are too far apart are told by the newest commits', () => {
    const all = Array.from({ length: 20 }, (_, index) => `x${20 - index}`);
    const story = storyWithoutComparison(branch(), history(all, 900), false, PAGE);
    expect(story).toMatchObject({ change: 'pushed', total: 20 });
  });

  test('are told even where no commit is to be seen', () => {
    const story = storyWithoutComparison(branch(), null, true, PAGE);
    expect(story).toMatchObject({ change: 'rewritten', total: 1, commits: [] });
  });
});
