import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import type { Release, Tag } from '../../../platforms/github/api/types.ts';
import type { Change } from '../store/tell.ts';
import type { Known, ReleaseMemory } from './news.ts';

/** The version in a tag's name, as far as there is one. */
interface Version {
  /** What stands before it: versions of one package of a monorepo share it. */
  readonly prefix: string;
  /** Major, minor, patch, and 0 for a pre-release, 1 for what it leads to. */
  readonly parts: readonly [number, number, number, 0 | 1];
}

const DOTTED = /(?<!\d)(\d+)\.(\d+)(?:\.(\d+))?/;
const BARE = /(?<=^|[-_/@v])(\d+)(?![\d.])/;
/** After a version: `-beta.1` (semver), `rc1`, `.dev0` (Python). */
const PRERELEASE = /^(?:-|[._]?(?:a|alpha|b|beta|c|rc|pre|preview|dev|canary|next)[.-]?\d*$)/i;
/** After a version, with a hyphen, and yet no pre-release: builds and distributions. */
const BUILD =
  /^-(?:\d+|r\d+|p\d+|post\d*|final|release|stable|ga|lts|jre|jdk\d*|android|ubuntu|debian|alpine|linux|windows|macos)\b/i;

/**
 * Reads a version leniently: `v1.2.3`, `1.2`, `v2`, `pkg-v1.2.3-rc.1`, `@scope/pkg@1.2.3`,
 * `release-2024.05.01`.
 */
function versionOf(tag: string): Version | null {
  const match = DOTTED.exec(tag) ?? BARE.exec(tag);
  if (!match) return null;
  const [text, major = '0', minor = '0', patch = '0'] = match;
  const rest = tag.slice(match.index + text.length);
  const isPrerelease = PRERELEASE.test(rest) && !BUILD.test(rest);
  return {
    prefix: tag.slice(0, match.index).toLowerCase(),
    parts: [Number(major), Number(minor), Number(patch), isPrerelease ? 0 : 1],
  };
}

/** Whether a tag's name says that it is a pre-release: `v2.0.0-rc.1`, `2.0.0b3`, `nightly`. */
export function isPrereleaseTag(tag: string): boolean {
  return versionOf(tag)?.parts[3] === 0 || /^(?:nightly|canary|edge|tip|dev|next)\b/i.test(tag);
}

interface Versions {
  /**
   * How big a step a tag's version is from the highest one below it under the same prefix. A version
   * that is not a pre-release is compared with its like only, so 2.0.0 is a major step after
   * 2.0.0-rc.1. Where none below is known its own zeros tell: 3.0.0 is major, 3.1.0 minor.
   *
   * @returns `null` when no version is to be seen in the tag
   */
  readonly stepOf: (tag: string) => 'major' | 'minor' | 'patch' | null;
}

/** @param tags names of the tags known */
export function versionsOf(tags: readonly string[]): Versions {
  const known = tags.flatMap((tag) => {
    const version = versionOf(tag);
    return version === null ? [] : { tag, ...version };
  });
  return {
    stepOf: (tag) => {
      const version = versionOf(tag);
      if (version === null) return null;
      const { prefix, parts } = version;
      const below = known
        .filter((other) => other.tag !== tag && other.prefix === prefix)
        .filter((other) => other.parts[3] === 1 || parts[3] === 0)
        .map((other) => other.parts)
        .filter((other) => order(other, parts) <= 0)
        .toSorted(order)
        .at(-1);
      const [major, minor, patch] = parts;
      if (below === undefined)
        return minor + patch === 0 ? 'major' : patch === 0 ? 'minor' : 'patch';
      if (below[0] !== major) return 'major';
      return below[1] === minor ? 'patch' : 'minor';
    },
  };
}

function order(one: Version['parts'], other: Version['parts']): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3];
}

/** A fresh tag waits so long for its release: the next look is half an hour later. */
const WAIT_MS = 20 * MINUTE_MS;
/** What is made anew under one tag is told so often at most. */
const AGAIN_MS = 20 * HOUR_MS;

/** The repository whose releases they are. */
export interface ReleaseHome {
  readonly id: number;
  /** `owner/name` as it is now. */
  readonly fullName: string;
  /** As it is stored. */
  readonly was: { readonly changedAt: number };
}

interface ReleaseNews {
  /** Oldest first. */
  readonly changes: readonly Change[];
  /** Something waits: look again though GitHub shows nothing new. */
  readonly isWaiting: boolean;
}

/**
 * What is new among releases and tags, judged by what is known by name: dates say nothing, as a
 * release has that of its commit or draft. `memory` is brought up to date.
 *
 * - A tag waits a slot for its release; then it is told as a tag.
 * - A pre-release that became a full release is told as one.
 * - A pre-release that was made anew of another commit is told again, once a day at most.
 *
 * A change about a tag and one about its release have the same subject: who was told of the tag is
 * not told again, who did not want a bare tag (filters) is.
 *
 * @param releases and tags in any order; those known already are passed over
 */
export function releaseNews(
  home: ReleaseHome,
  memory: ReleaseMemory,
  { releases, tags }: { readonly releases: readonly Release[]; readonly tags: readonly Tag[] },
  now: number,
): ReleaseNews {
  const told: { readonly at: number; readonly change: Change }[] = [];
  let isWaiting = false;
  let versions: Versions | null = null;
  const add = (one: Told) => {
    versions ??= versionsOf([...memory.keys(), ...releases.map(({ tag }) => tag)]);
    told.push({ at: one.at, change: changeOf(home, one, versions) });
  };
  for (const release of releases) {
    const known = memory.get(release.tag);
    const news = newsOf(release, known, now);
    if (news.isTold)
      add({ ...release, what: 'release', isPromoted: news.isPromoted, again: news.again });
    isWaiting ||= news.isWaiting;
    memory.set(release.tag, news.known);
  }
  const released = new Set(releases.map(({ tag }) => tag));
  for (const tag of tags) {
    const known = memory.get(tag.name);
    if (released.has(tag.name) || (known !== undefined && known[0] !== 'w' && known[0] !== 'x')) {
      continue;
    }
    if (known?.[0] === 'x') {
      memory.set(tag.name, ['t']);
    } else if (known?.[0] === 'w' && now - known[1] >= WAIT_MS) {
      memory.set(tag.name, ['t']);
      add({
        what: 'tag',
        tag: tag.name,
        title: tag.name,
        isPrerelease: isPrereleaseTag(tag.name),
        isPromoted: false,
        again: '',
        at: tag.at,
        url: tag.url,
        notes: '',
      });
    } else {
      memory.set(tag.name, known ?? ['w', now]);
      isWaiting = true;
    }
  }
  return {
    // GitHub lists the newest first, also of one second.
    changes: told
      .toReversed()
      .toSorted((one, other) => one.at - other.at)
      .map(({ change }) => change),
    isWaiting,
  };
}

/**
 * Takes what is there at the first look for known: it is no news, but for what was published since
 * somebody wanted to hear of it.
 *
 * @returns what is news all the same
 */
export function meetReleases(
  memory: ReleaseMemory,
  { releases, tags }: { readonly releases: readonly Release[]; readonly tags: readonly Tag[] },
  since: number,
): { readonly releases: readonly Release[]; readonly tags: readonly Tag[] } {
  for (const { name, at } of tags) if (at <= since) memory.set(name, ['t']);
  for (const { tag, isPrerelease, target, at } of releases) {
    if (at <= since) memory.set(tag, isPrerelease ? ['p', short(target), 0] : ['r']);
    else memory.delete(tag);
  }
  return {
    releases: releases.filter(({ at }) => at > since),
    tags: tags.filter(({ at }) => at > since),
  };
}

interface Verdict {
  readonly isTold: boolean;
  readonly isPromoted: boolean;
  /** Tells one making of a tag from the next. */
  readonly again: string;
  readonly isWaiting: boolean;
  readonly known: Known;
}

function newsOf({ isPrerelease, target }: Release, known: Known | undefined, now: number): Verdict {
  const quiet = { isTold: false, isPromoted: false, again: '', isWaiting: false };
  if (!isPrerelease) {
    const isPromoted = known?.[0] === 'p';
    const isTold = isPromoted || known === undefined || known[0] === 't' || known[0] === 'w';
    return { ...quiet, isTold, isPromoted, known: ['r'] };
  }
  const made = short(target);
  if (known?.[0] !== 'p') {
    const isTold = known === undefined || known[0] === 't' || known[0] === 'w';
    return { ...quiet, isTold, known: ['p', made, isTold ? now : 0] };
  }
  const [, before, toldAt] = known;
  if (made === '' || made === before) return { ...quiet, known };
  if (before === '') return { ...quiet, known: ['p', made, toldAt] };
  if (now - toldAt < AGAIN_MS) return { ...quiet, isWaiting: true, known };
  return { ...quiet, isTold: true, again: made, known: ['p', made, now] };
}

type Told = Pick<Release, 'tag' | 'title' | 'isPrerelease' | 'at' | 'url' | 'notes'> & {
  readonly what: 'release' | 'tag';
  readonly isPromoted: boolean;
  readonly again: string;
};

function changeOf({ id, fullName, was }: ReleaseHome, told: Told, versions: Versions): Change {
  const { what, tag, title, isPrerelease, isPromoted, again, at, url, notes } = told;
  const state = what === 'tag' ? 'tag' : isPrerelease ? 'prerelease' : 'release';
  const suffix = again === '' ? '' : `:${again}`;
  return {
    key: `release:${id}:${state}:${tag}${suffix}`,
    subject: `release:${id}:${tag}${isPromoted ? ':full' : suffix}`,
    kind: 'release',
    repository: id,
    branch: null,
    was,
    step: versions.stepOf(tag),
    notice: JSON.stringify({
      kind: 'release',
      repository: fullName,
      what,
      tag,
      title,
      isPrerelease,
      isPromoted,
      notes,
      at,
      url,
    }),
  };
}

/** Enough of a SHA to tell it from another one of the same tag. */
function short(sha: string): string {
  return sha.slice(0, 12);
}
