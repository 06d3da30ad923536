import { describe, expect, test } from 'vitest';
import {
  decide as decideAt,
  decideCommits,
  decideStuck,
  defaultChanged,
} from '../../../../src/features/repositories/polling/decide.ts';
import type { PolledBranch } from '../../../../src/features/repositories/store/branches.ts';
import { HOUR_MS } from '../../../../src/lib/time.ts';
import { branch, commit, found, NOW, repository } from './samples.ts';

/** A look by the clock, which is sure of nothing. */
const decide = (
  of: PolledBranch,
  seen: Parameters<typeof decideAt>[1],
  now: number,
  renamedTo: string | null = null,
) => decideAt(of, seen, renamedTo, { now, isSure: false });

const GONE = { kind: 'no-repository' } as const;
const DELETED = { kind: 'no-branch', repository } as const;

function told(decision: ReturnType<typeof decide>): unknown {
  return decision === null || decision === 'moved' || decision.change === null
    ? null
    : JSON.parse(decision.change.notice);
}

describe('a look at a branch', () => {
  test('that stands where it stood writes nothing', () => {
    expect(decide(branch(), found('c3'), NOW)).toBeNull();
  });

  test('that has another head asks for its commits', () => {
    expect(decide(branch(), found('c4'), NOW)).toBe('moved');
  });

  test('that has its first commit asks for its commits', () => {
    expect(decide(branch({ head: null, nodeId: null }), found('c1'), NOW)).toBe('moved');
  });

  test('of a repository that is still empty writes nothing', () => {
    const empty = branch({ head: null, nodeId: null, depth: null });
    expect(decide(empty, DELETED, NOW)).toBeNull();
  });

  test('found by its name keeps the new id, untold', () => {
    const decision = decide(branch({ nodeId: null }), found('c3'), NOW);
    expect(decision).toMatchObject({ change: null, move: { nodeId: 'REF_1', head: 'c3' } });
  });
});

/** What becomes of a branch over looks that find it missing, at these hours after the first. */
function missed(seen: typeof GONE | typeof DELETED, hours: readonly number[]) {
  let now: PolledBranch = branch();
  const words: unknown[] = [];
  let writes = 0;
  for (const hour of hours) {
    const decision = decide(now, seen, NOW + hour * HOUR_MS);
    if (decision === null || decision === 'moved') continue;
    writes += 1;
    now = { ...now, ...decision.move };
    if (decision.change !== null) words.push(JSON.parse(decision.change.notice));
  }
  return { branch: now, words, writes };
}

describe('a branch that is not found', () => {
  test.each([
    ['once', [0]],
    ['twice, a day apart', [0, 25]],
    ['three times within a day', [0, 12, 23.9]],
  ])('%s is not given up', (_times, hours) => {
    const { branch: after, words } = missed(DELETED, hours);
    expect(after.state).toBe('missing');
    expect(words).toEqual([]);
  });

  test('three times over a day is told as deleted, once', () => {
    const { branch: after, words } = missed(DELETED, [0, 12, 24, 36, 48]);
    expect(after.state).toBe('gone');
    expect(words).toMatchObject([{ kind: 'repository', what: 'branch-deleted' }]);
  });

  test('because its repository is not there is told as gone', () => {
    const { words } = missed(GONE, [0, 12, 24]);
    expect(words).toMatchObject([{ what: 'gone', repository: 'hana/notes' }]);
  });

  test('writes a few rows only, however often it is looked for', () => {
    const hours = Array.from({ length: 100 }, (_, index) => index / 2);
    expect(missed(DELETED, hours).writes).toBe(4);
  });

  test('and comes back within a day goes on as if nothing had been', () => {
    const { branch: missing } = missed(DELETED, [0, 2]);
    const decision = decide(missing, found('c3'), NOW + 3 * HOUR_MS);
    expect(decision).toMatchObject({ change: null, move: { state: 'ok', misses: 0 } });
    expect(decide(missing, found('c4'), NOW + 3 * HOUR_MS)).toBe('moved');
  });

  test('and comes back later is told as back, from its new head on', () => {
    const { branch: gone } = missed(DELETED, [0, 12, 24]);
    const decision = decide(gone, found('x1'), NOW + 99 * HOUR_MS);
    expect(told(decision)).toMatchObject({ what: 'back' });
    expect(decision).toMatchObject({ move: { state: 'ok', head: 'x1', missingSince: null } });
  });

  test('hears of a repository that is gone once for all its branches', () => {
    const subjects = [1, 2].map((id) => {
      const missing = branch({ id, state: 'missing', misses: 2, missingSince: NOW - 25 * HOUR_MS });
      const decision = decide(missing, GONE, NOW);
      return decision === null || decision === 'moved' ? null : decision.change?.subject;
    });
    expect(subjects[0]).toBeTypeOf('string');
    expect(subjects[1]).toBe(subjects[0]);
  });
});

const update = {
  change: 'pushed',
  commits: [commit('c4', `${'가'.repeat(299)}😀`)],
  total: 1,
  url: 'https://github.com/hana/notes/compare/c3...c4',
} as const;

function pushed(from: PolledBranch) {
  const seen = found('c4');
  if (seen.kind !== 'found') throw new Error('it is there');
  return decideCommits(from, seen, { head: 'c4', depth: 4, update }, NOW);
}

describe('commits', () => {
  test('are told under a key of their own for every move, also back and forth', () => {
    const first = pushed(branch());
    const again = pushed(branch({ changedAt: NOW }));
    expect(first.change?.key).not.toBe(again.change?.key);
  });

  test('move the head on, at an instant later than the last', () => {
    const { move } = pushed(branch({ changedAt: NOW + 5 }));
    expect(move).toMatchObject({ head: 'c4', depth: 4, state: 'ok', changedAt: NOW + 6 });
  });

  test('with long messages are cut to whole characters', () => {
    const notice = JSON.parse(pushed(branch()).change?.notice ?? '');
    expect(notice.commits[0].message).toBe('가'.repeat(299));
  });
});

describe('what GitHub itself says is gone', () => {
  test('is told at the first look', () => {
    const decision = decideAt(branch(), DELETED, null, { now: NOW, isSure: true });
    expect(told(decision)).toMatchObject({ what: 'branch-deleted' });
  });
});

describe('a branch that has another name now', () => {
  test('is told with both at the first look, and given up', () => {
    const decision = decide(branch({ name: 'master' }), DELETED, NOW, 'main');
    expect(told(decision)).toMatchObject({ what: 'branch-renamed', was: 'master', to: 'main' });
    expect(decision).toMatchObject({ move: { state: 'gone' } });
  });
});

/** What of a branch the write rests on: it is made only where all of it is still as it was. */
const WAS = { head: 'c3', changedAt: NOW - 1000, state: 'ok', misses: 0 };
const OK = { state: 'ok', misses: 0, missingSince: null, stuckSince: null };
const PAGE = 'https://github.com/hana/notes';

function changeOf(decision: ReturnType<typeof decide>) {
  if (decision === null || decision === 'moved' || decision.change === null) return null;
  return { ...decision.change, notice: JSON.parse(decision.change.notice) };
}

describe('everything that is written down', () => {
  const about = { kind: 'repository', repository: 7, branch: 1, was: WAS, step: null } as const;

  test('of commits', () => {
    const decision = pushed(branch({ leavesOut: true }));
    const key = `commits:1:${NOW - 1000}`;
    expect(decision.move).toEqual({
      id: 1,
      was: WAS,
      ...OK,
      head: 'c4',
      depth: 4,
      nodeId: 'REF_1',
      changedAt: NOW,
    });
    expect(changeOf(decision)).toEqual({
      ...about,
      key,
      subject: key,
      kind: 'commits',
      notice: {
        kind: 'commits',
        repository: 'hana/notes',
        branch: 'main',
        change: 'pushed',
        commits: [expect.objectContaining({ sha: 'c4' })],
        total: 1,
        compareUrl: update.url,
      },
    });
  });

  test('of a move with nothing to tell', () => {
    const seen = found('c4');
    if (seen.kind !== 'found') throw new Error('it is there');
    const decision = decideCommits(branch(), seen, { head: 'c4', depth: 4, update: null }, NOW);
    expect(decision).toMatchObject({ change: null, move: { head: 'c4' } });
  });

  test('of a branch that is gone', () => {
    const since = NOW - 25 * HOUR_MS;
    const missing = branch({ state: 'missing', misses: 2, missingSince: since });
    const was = { ...WAS, state: 'missing', misses: 2 };
    const decision = decide(missing, DELETED, NOW);
    const key = `branch-deleted:1:${since}`;
    expect(changeOf(decision)).toEqual({
      ...about,
      was,
      key,
      subject: key,
      notice: {
        kind: 'repository',
        what: 'branch-deleted',
        repository: 'hana/notes',
        was: null,
        to: null,
        url: PAGE,
      },
    });
    expect(decision).toMatchObject({
      move: { was, state: 'gone', misses: 3, missingSince: since, stuckSince: null },
    });
    expect(changeOf(decide(missing, GONE, NOW))).toMatchObject({
      key: `gone:1:${since}`,
      subject: 'gone:7:2026-11-21',
      notice: { what: 'gone', url: PAGE },
    });
  });

  test('of a branch that is renamed, and of one that was given up before', () => {
    const key = `branch-renamed:1:${NOW - 1000}`;
    expect(changeOf(decide(branch(), DELETED, NOW, 'trunk'))).toEqual({
      ...about,
      key,
      subject: key,
      notice: {
        kind: 'repository',
        what: 'branch-renamed',
        repository: 'hana/notes',
        was: 'main',
        to: 'trunk',
        url: PAGE,
      },
    });
    expect(decide(branch(), DELETED, NOW, 'trunk')).toMatchObject({
      move: { state: 'gone', misses: 3, missingSince: NOW },
    });
    expect(decide(branch({ state: 'gone' }), DELETED, NOW, 'trunk')).toBeNull();
  });

  test('of a branch that is back', () => {
    const since = NOW - 99 * HOUR_MS;
    const gone = branch({ state: 'gone', misses: 3, missingSince: since });
    const decision = decide(gone, found('x1'), NOW);
    expect(changeOf(decision)).toEqual({
      ...about,
      was: { ...WAS, state: 'gone', misses: 3 },
      key: `back:1:${since}`,
      subject: 'back:7:2026-11-18',
      notice: {
        kind: 'repository',
        what: 'back',
        repository: 'hana/notes',
        was: null,
        to: null,
        url: PAGE,
      },
    });
    expect(decision).toMatchObject({ move: { depth: null, changedAt: NOW, ...OK } });
  });

  test('of commits that cannot be compared for now: once', () => {
    expect(decideStuck(branch({ misses: 1 }), NOW)).toEqual({
      move: {
        id: 1,
        was: { ...WAS, misses: 1 },
        head: 'c3',
        depth: 3,
        nodeId: 'REF_1',
        changedAt: NOW - 1000,
        state: 'ok',
        misses: 1,
        missingSince: null,
        stuckSince: NOW,
      },
      change: null,
    });
    expect(decideStuck(branch({ stuckSince: NOW - 1 }), NOW)).toBeNull();
  });

  test('of another default branch', () => {
    const change = defaultChanged(branch(), repository, 'trunk');
    expect({ ...change, notice: JSON.parse(change.notice) }).toEqual({
      ...about,
      key: `default:1:${NOW - 1000}:trunk`,
      subject: `default:7:trunk:${NOW - 1000}`,
      notice: {
        kind: 'repository',
        what: 'default-changed',
        repository: 'hana/notes',
        was: 'main',
        to: 'trunk',
        url: PAGE,
      },
    });
  });
});
