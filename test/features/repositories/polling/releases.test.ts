import { beforeEach, describe, expect, test } from 'vitest';
import {
  type ReleaseMemory,
  readMemory,
  writeMemory,
} from '../../../../src/features/repositories/polling/news.ts';
import {
  meetReleases,
  releaseNews,
} from '../../../../src/features/repositories/polling/releases.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/time.ts';
import type { Release, Tag } from '../../../../src/platforms/github/api/types.ts';

const NOW = Date.UTC(2026, 10, 22);
const HOME = { id: 7, fullName: 'o/r', was: { changedAt: 1 } };

function release(tag: string, change: Partial<Release> = {}): Release {
  const url = `https://github.com/o/r/releases/tag/${tag}`;
  const base = { id: `RE_${tag}`, tag, title: tag, isPrerelease: false, at: NOW, url };
  return { ...base, target: 'a'.repeat(40), notes: '', ...change };
}

const nightly = (target: string) => release('nightly', { isPrerelease: true, target });

function bare(name: string, at = NOW): Tag {
  return { name, at, url: `https://github.com/o/r/releases/tag/${name}` };
}

let memory: ReleaseMemory;
beforeEach(() => {
  memory = new Map();
});

function look(releases: readonly Release[], tags: readonly Tag[] = [], now = NOW) {
  const { changes, isWaiting } = releaseNews(HOME, memory, { releases, tags }, now);
  const notices = changes.map(({ notice }) => JSON.parse(notice));
  return { changes, isWaiting, notices, told: notices.map((notice) => notice.tag) };
}

describe('the first look at the releases of a repository', () => {
  test('takes what is there for known, but for what came since somebody wants them', () => {
    const fresh = meetReleases(
      memory,
      {
        releases: [release('v2', { at: NOW + 1 }), release('v1', { at: NOW - 9 })],
        tags: [bare('old', NOW - 9), bare('v1', NOW - 9), bare('new', NOW + 1)],
      },
      NOW,
    );
    expect(fresh.releases.map((one) => one.tag)).toEqual(['v2']);
    expect(fresh.tags.map(({ name }) => name)).toEqual(['new']);
    expect([...memory.keys()].toSorted()).toEqual(['old', 'v1']);
  });
});

describe('a later look', () => {
  test('tells what is not known by name, whatever its date, oldest first, with its step', () => {
    look([release('v1.0.0')]);
    const { told, changes } = look([
      release('v2.0.0', { at: NOW - 1 }),
      release('v1.1.0', { at: NOW - 99 * HOUR_MS }),
      release('v1.0.0'),
    ]);
    expect(told).toEqual(['v1.1.0', 'v2.0.0']);
    expect(changes.map(({ step }) => step)).toEqual(['minor', 'major']);
  });

  test('tells nothing twice', () => {
    look([release('v1')], [bare('v1')]);
    expect(look([release('v1')], [bare('v1')])).toMatchObject({ told: [], isWaiting: false });
  });

  test('lets a fresh tag wait a slot for its release, which is told in its place (W-4)', () => {
    expect(look([], [bare('v1')])).toMatchObject({ told: [], isWaiting: true });
    const later = NOW + 30 * MINUTE_MS;
    expect(look([release('v1')], [bare('v1')], later).notices).toMatchObject([{ what: 'release' }]);
    expect(look([release('v1')], [bare('v1')], later + 1).told).toEqual([]);
  });

  test('tells a tag that got no release, as a pre-release when its version says so (W-4)', () => {
    const tags = ['v2.0.0-rc.1', 'v2.0.0-beta.1', 'v2.0.0rc2', 'v1.9.0'].map((name) => bare(name));
    look([], tags);
    const { notices, isWaiting } = look([], tags, NOW + 30 * MINUTE_MS);
    // Of one instant, what GitHub lists last comes first.
    expect(notices.map((notice) => [notice.tag, notice.isPrerelease])).toEqual([
      ['v1.9.0', false],
      ['v2.0.0rc2', true],
      ['v2.0.0-beta.1', true],
      ['v2.0.0-rc.1', true],
    ]);
    expect(isWaiting).toBe(false);
  });

  test('tells a release whose tag was told before as another word on the same subject', () => {
    look([], [bare('v1')]);
    const tagged = look([], [bare('v1')], NOW + HOUR_MS);
    const released = look([release('v1')], [bare('v1')], NOW + 9 * HOUR_MS);
    expect(released.changes[0]?.subject).toBe(tagged.changes[0]?.subject);
    expect(released.changes[0]?.key).not.toBe(tagged.changes[0]?.key);
  });

  test('tells a pre-release that became a full one, as something new (W-2)', () => {
    const before = look([release('v2', { isPrerelease: true })]);
    const after = look([release('v2')]);
    expect(after.notices).toMatchObject([{ isPrerelease: false, isPromoted: true }]);
    expect(after.changes[0]?.subject).not.toBe(before.changes[0]?.subject);
    expect(look([release('v2')]).told).toEqual([]);
  });

  test('tells a nightly each time it is made of another commit, once a day (W-5)', () => {
    expect(look([nightly('a1')]).told).toEqual(['nightly']);
    expect(look([nightly('a1')], [], NOW + 24 * HOUR_MS).told).toEqual([]);
    expect(look([nightly('b2')], [], NOW + 25 * HOUR_MS).told).toEqual(['nightly']);
    expect(look([nightly('c3')], [], NOW + 26 * HOUR_MS)).toMatchObject({
      told: [],
      isWaiting: true,
    });
    expect(look([nightly('c3')], [], NOW + 46 * HOUR_MS).told).toEqual(['nightly']);
  });

  test('tells no release that was gone and is there again', () => {
    memory.set('v1', ['x']);
    memory.set('v0', ['x']);
    expect(look([release('v1')], [bare('v1'), bare('v0')]).told).toEqual([]);
  });
});

describe('everything that is written down', () => {
  const URL = 'https://github.com/o/r/releases/tag/';
  const about = { kind: 'release', repository: 7, branch: null, was: HOME.was } as const;

  test('of a release', () => {
    const { changes, notices } = look([release('v1.2.0', { title: 'One', notes: 'New.' })]);
    expect(changes).toEqual([
      {
        ...about,
        key: 'release:7:release:v1.2.0',
        subject: 'release:7:v1.2.0',
        step: 'minor',
        notice: expect.any(String),
      },
    ]);
    expect(notices).toEqual([
      {
        kind: 'release',
        repository: 'o/r',
        what: 'release',
        tag: 'v1.2.0',
        title: 'One',
        isPrerelease: false,
        isPromoted: false,
        notes: 'New.',
        at: NOW,
        url: `${URL}v1.2.0`,
      },
    ]);
    expect([...memory]).toEqual([['v1.2.0', ['r']]]);
  });

  test('of a bare tag', () => {
    look([], [bare('v1.0.0')]);
    expect([...memory]).toEqual([['v1.0.0', ['w', NOW]]]);
    const { changes, notices } = look([], [bare('v1.0.0')], NOW + 20 * MINUTE_MS);
    expect(changes).toMatchObject([
      { key: 'release:7:tag:v1.0.0', subject: 'release:7:v1.0.0', step: 'major' },
    ]);
    expect(notices).toEqual([
      {
        kind: 'release',
        repository: 'o/r',
        what: 'tag',
        tag: 'v1.0.0',
        title: 'v1.0.0',
        isPrerelease: false,
        isPromoted: false,
        notes: '',
        at: NOW,
        url: `${URL}v1.0.0`,
      },
    ]);
    expect([...memory]).toEqual([['v1.0.0', ['t']]]);
  });

  test('of a pre-release that is made again, and then becomes a full one', () => {
    expect(look([nightly('a'.repeat(40))]).changes).toMatchObject([
      { key: 'release:7:prerelease:nightly', subject: 'release:7:nightly' },
    ]);
    expect([...memory]).toEqual([['nightly', ['p', 'a'.repeat(12), NOW]]]);
    const later = NOW + 20 * HOUR_MS;
    const suffix = 'b'.repeat(12);
    expect(look([nightly('b'.repeat(40))], [], later).changes).toMatchObject([
      { key: `release:7:prerelease:nightly:${suffix}`, subject: `release:7:nightly:${suffix}` },
    ]);
    expect([...memory]).toEqual([['nightly', ['p', suffix, later]]]);
    expect(look([release('nightly')], [], later + 1).changes).toMatchObject([
      { key: 'release:7:release:nightly', subject: 'release:7:nightly:full' },
    ]);
  });

  test.each([
    ['a tag that waits', ['w', NOW] as const, true],
    ['a tag that was told', ['t'] as const, true],
    ['a release that was told', ['r'] as const, false],
    ['a tag that was gone', ['x'] as const, false],
  ])('of a pre-release of %s', (_what, known, isTold) => {
    memory.set('v1-rc1', known);
    expect(look([release('v1-rc1', { isPrerelease: true })]).told).toEqual(
      isTold ? ['v1-rc1'] : [],
    );
    expect(memory.get('v1-rc1')).toEqual(['p', 'a'.repeat(12), isTold ? NOW : 0]);
  });

  test('of a pre-release whose commit was not known: nothing, but the commit', () => {
    memory.set('nightly', ['p', '', 5]);
    expect(look([nightly('c3')])).toMatchObject({ told: [], isWaiting: false });
    expect(memory.get('nightly')).toEqual(['p', 'c3', 5]);
    expect(look([nightly('')])).toMatchObject({ told: [], isWaiting: false });
    expect(memory.get('nightly')).toEqual(['p', 'c3', 5]);
  });

  test('of tags whose release is known, and of one that is gone and back: no wait', () => {
    memory.set('v1', ['r']);
    memory.set('v2', ['p', 'a', 1]);
    memory.set('v3', ['t']);
    memory.set('v4', ['x']);
    const tags = ['v1', 'v2', 'v3', 'v4'].map((name) => bare(name));
    expect(look([], tags, NOW + 9 * HOUR_MS)).toMatchObject({ told: [], isWaiting: false });
    expect([...memory]).toEqual([
      ['v1', ['r']],
      ['v2', ['p', 'a', 1]],
      ['v3', ['t']],
      ['v4', ['t']],
    ]);
  });

  test('of the first look', () => {
    memory.set('fresh', ['w', 1]);
    const pre = { isPrerelease: true, at: NOW };
    const releases = [
      release('v1', { at: NOW }),
      release('v2-rc1', pre),
      release('fresh', { at: NOW + 1 }),
    ];
    const met = meetReleases(memory, { releases, tags: [bare('t1', NOW)] }, NOW);
    expect([...memory]).toEqual([
      ['t1', ['t']],
      ['v1', ['r']],
      ['v2-rc1', ['p', 'a'.repeat(12), 0]],
    ]);
    expect(met).toEqual({ releases: [releases[2]], tags: [] });
  });
});

test('what is known is kept as text, at most a thousand tags, and read back', () => {
  for (let number = 0; number < 1200; number++) memory.set(`v${number}`, ['r']);
  memory.set('v3', ['p', 'abc', NOW]);
  memory.set('v4', ['w', NOW]);
  const stored = readMemory(writeMemory({ memory, beyond: 12 }));
  expect(stored.beyond).toBe(12);
  expect(stored.memory.size).toBe(1000);
  expect([stored.memory.get('v3'), stored.memory.get('v4')]).toEqual([
    ['p', 'abc', NOW],
    ['w', NOW],
  ]);
  expect(readMemory('nonsense').memory.size).toBe(0);
});
