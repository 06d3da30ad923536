import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  updateFromComparison,
  updateFromGrowth,
  updateFromHistory,
  updateOfLostHead,
} from '../../../../src/features/repositories/polling/refUpdate.ts';
import type { Comparison } from '../../../../src/platforms/github/api/types.ts';
import { branch, commit, history } from './samples.ts';

const PAGE = 'https://github.com/hana/notes';

function shas(update: ReturnType<typeof updateFromHistory>): string[] | undefined {
  return update?.commits.map(({ sha }) => sha);
}

describe('the newest commits of a branch', () => {
  test('tell every commit since the old head, not only the newest one', () => {
    const update = updateFromHistory(branch(), history(['c5', 'c4', 'c3', 'c2', 'c1']), PAGE);
    expect(update).toMatchObject({ change: 'pushed', total: 2 });
    expect(shas(update)).toEqual(['c5', 'c4']);
    expect(update?.url).toBe(`${PAGE}/compare/c3...c5`);
  });

  test('tell all of them for a branch that had none', () => {
    const empty = branch({ head: null, depth: null, name: '기능/새 것' });
    const update = updateFromHistory(empty, history(['c2', 'c1']), PAGE);
    expect(update).toMatchObject({ change: 'pushed', total: 2 });
    expect(update?.url).toBe(`${PAGE}/commits/%EA%B8%B0%EB%8A%A5/%EC%83%88%20%EA%B2%83`);
  });

  test('do not tell enough without the old head: it was rewritten, or more than twenty came', () => {
    expect(updateFromHistory(branch(), history(['x2', 'x1']), PAGE)).toBeNull();
  });

  test('do not tell enough when a merge brought commits older than the old head', () => {
    // m joins c3 with o2 and o1, which are dated before c3.
    const merged = history(['m', 'c3', 'o2', 'o1', 'c2', 'c1']);
    expect(updateFromHistory(branch(), merged, PAGE)).toBeNull();
    const unknown = branch({ depth: null });
    // Whatever its message says: GitHub may write the title of the pull request there (W-10).
    const named = { ...merged, commits: [commit('m', 'Plant roses (#1)', true), commit('c3')] };
    expect(updateFromHistory(unknown, named, PAGE)).toBeNull();
  });

  test('tell enough of a merge when the numbers agree', () => {
    const merged = history(['m', 'o2', 'o1', 'c3', 'c2', 'c1']);
    expect(updateFromHistory(branch(), merged, PAGE)).toMatchObject({ total: 3 });
  });

  test('tell nothing when the branch is back where it was', () => {
    expect(updateFromHistory(branch(), history(['c3', 'c2', 'c1']), PAGE)).toBeNull();
  });

  test('leave out none and double none, however many were pushed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (old, fresh) => {
          const all = Array.from({ length: old + fresh }, (_, index) => `c${old + fresh - index}`);
          const before = branch({ head: `c${old}`, depth: old });
          const update = updateFromHistory(before, history(all, all.length), PAGE);
          if (fresh >= 20) expect(update).toBeNull();
          else expect([update?.total, shas(update)]).toEqual([fresh, all.slice(0, fresh)]);
        },
      ),
    );
  });
});

function comparison(change: Partial<Comparison>): Comparison {
  const commits = ['c4', 'c5', 'c6', 'c7', 'c8', 'c9'].map((sha) => commit(sha));
  const url = `${PAGE}/compare/c3...c9`;
  const base = { status: 'ahead', total: 6, raw: [] } as const;
  return { ...base, commits, url, ...change };
}

describe('a comparison', () => {
  test('ahead tells a push, newest first', () => {
    const update = updateFromComparison(comparison({ total: 300 }));
    expect(update).toMatchObject({ change: 'pushed', total: 300 });
    expect(shas(update)).toEqual(['c9', 'c8', 'c7', 'c6', 'c5', 'c4']);
  });

  test('diverged tells that the history was rewritten (the seed missed force-pushes)', () => {
    const update = updateFromComparison(comparison({ status: 'diverged' }));
    expect(update).toMatchObject({ change: 'rewritten', total: 6 });
  });

  test('behind tells a roll-back without a commit', () => {
    const update = updateFromComparison(comparison({ status: 'behind', total: 0, commits: [] }));
    expect(update).toMatchObject({ change: 'rolled-back', total: 0, commits: [] });
  });

  test('identical tells nothing', () => {
    expect(updateFromComparison(comparison({ status: 'identical', commits: [] }))).toBeNull();
  });
});

describe('heads that cannot be compared', () => {
  test('because GitHub lost the old one were rewritten: the newest commit is told', () => {
    const update = updateOfLostHead(branch(), history(['x2', 'x1']), PAGE);
    expect(update).toMatchObject({ change: 'rewritten', total: 1 });
    expect(shas(update)).toEqual(['x2']);
  });

  test('for hours are told by how much the branch has grown, never more (T-3)', () => {
    const all = Array.from({ length: 20 }, (_, index) => `x${20 - index}`);
    const grown = updateFromGrowth(branch({ depth: 895 }), history(all, 900), PAGE);
    expect([grown.total, shas(grown)]).toEqual([5, all.slice(0, 5)]);
    const unknown = updateFromGrowth(branch({ depth: null }), history(all, 900), PAGE);
    expect([unknown.total, shas(unknown)]).toEqual([1, ['x20']]);
    const told = updateFromGrowth(branch({ depth: 3 }), history(['x2', 'c3', 'c2'], 9), PAGE);
    expect(shas(told)).toEqual(['x2']);
  });

  test('are told even where no commit is to be seen', () => {
    const update = updateOfLostHead(branch(), null, PAGE);
    expect(update).toMatchObject({ change: 'rewritten', total: 1, commits: [] });
  });
});
