import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import type { Release, Tag } from '../../../platforms/github/api/types.ts';
import type { Change } from '../store/tell.ts';
import type { Known, ReleaseMemory } from './releaseMemory.ts';
import { isPrereleaseTag, type Versions, versionsOf } from './versions.ts';

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
    changes: told.toSorted((one, other) => one.at - other.at).map(({ change }) => change),
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
