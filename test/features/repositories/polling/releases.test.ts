import { describe, expect, test } from 'vitest';
import { releaseNews } from '../../../../src/features/repositories/polling/releases.ts';
import type { Release } from '../../../../src/platforms/github/source.ts';

const DAY = Date.UTC(2026, 10, 22);

function listed(kind: Release['kind'], tag: string, daysAgo = 0): Release {
  const url = `https://github.com/o/r/releases/tag/${tag}`;
  const at = DAY - daysAgo * 86_400_000;
  return { kind, id: `${kind}:${tag}`, tag, title: tag, isPrerelease: false, at, url };
}

function look(releasesKnown: string, releases: readonly Release[]) {
  const news = releaseNews({ id: 7, owner: 'o', name: 'r', releasesKnown }, 'o/r', releases);
  const told = news.changes.map((change) => JSON.parse(change.notice).tag);
  return { ...news, told };
}

/** Known after a first look at these. */
function known(...releases: Release[]): string {
  return look(`${DAY + 1}`, releases).releasesKnown;
}

/** `count` releases, the newest first: `v<count>.0.0` to `v1.0.0`. */
function many(count: number): Release[] {
  return Array.from({ length: count }, (_, index) =>
    listed('release', `v${count - index}.0.0`, index),
  );
}

describe('the first look at the releases of a repository', () => {
  test('tells what came since somebody wants them, and remembers all that is there', () => {
    const { told, releasesKnown } = look(`${DAY}`, [
      listed('release', 'v2.0.0'),
      listed('tag', 'nightly', 1),
    ]);
    expect(told).toEqual(['v2.0.0']);
    expect(JSON.parse(releasesKnown)).toEqual(['release:v2.0.0', 'tag:nightly']);
  });

  test('at one without any makes the very first release news', () => {
    expect(look(known(), [listed('release', 'v0.1.0')]).told).toEqual(['v0.1.0']);
  });
});

describe('a later look', () => {
  test('tells what was not there, oldest first, with the step of each', () => {
    const old = listed('release', 'v1.0.0', 9);
    const { changes, told } = look(known(old), [
      listed('release', 'v2.0.0'),
      listed('release', 'v1.1.0', 1),
      old,
    ]);
    expect(told).toEqual(['v1.1.0', 'v2.0.0']);
    expect(changes.map(({ step }) => step)).toEqual(['minor', 'major']);
  });

  test('writes nothing when nothing is new, in whatever order it is listed', () => {
    const two = [listed('release', 'v2.0.0'), listed('release', 'v1.0.0')];
    const before = known(...two);
    expect(look(before, two.toReversed())).toMatchObject({ told: [], releasesKnown: before });
  });

  test('tells a release whose tag was told before as another word on the same subject', () => {
    const tagged = look(known(), [listed('tag', 'v1.0.0')]);
    const released = look(tagged.releasesKnown, [listed('release', 'v1.0.0')]);
    const [tag, release] = [tagged.changes[0], released.changes[0]];
    expect(release?.subject).toBe(tag?.subject);
    expect(release?.key).not.toBe(tag?.key);
  });

  test('does not tell the tag of a release that has left the list', () => {
    const before = known(...many(10));
    const later = look(before, [...many(11).slice(0, 10), listed('tag', 'v1.0.0', 11)]);
    expect(later.told).toEqual(['v11.0.0']);
  });

  test('does not tell an old release that came into the list because one was deleted', () => {
    const [first, second, ...rest] = many(11);
    expect([first, second]).not.toContain(undefined);
    const before = known(...many(11).slice(0, 10));
    const afterwards = [first, ...rest].flatMap((release) => release ?? []);
    expect(look(before, afterwards).told).toEqual([]);
  });

  test('tells all of a list that is new from end to end', () => {
    const before = known(...many(12).slice(2));
    const next = Array.from({ length: 10 }, (_, index) => listed('release', `w${9 - index}.0.0`));
    expect(look(before, next).told).toHaveLength(10);
  });

  test('tells a tag on an old commit of a repository whose tags are all known', () => {
    const old = listed('tag', 'v1.0.0', 3);
    expect(look(known(old), [old, listed('tag', 'v0.9.1', 30)]).told).toEqual(['v0.9.1']);
  });

  test('remembers no more than it needs', () => {
    let releasesKnown = known(...many(10));
    for (let round = 0; round < 30; round++) {
      const releases = Array.from({ length: 10 }, (_, index) =>
        listed('release', `r${round}.${9 - index}`),
      );
      releasesKnown = look(releasesKnown, releases).releasesKnown;
      expect(look(releasesKnown, releases).told).toEqual([]);
    }
    expect(JSON.parse(releasesKnown)).toHaveLength(60);
  });
});
