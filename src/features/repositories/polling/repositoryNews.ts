import { dayOf } from '../../../lib/time.ts';
import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import type { HeadRepository } from '../../../platforms/github/api/types.ts';
import type { PolledBranch } from '../store/branches.ts';
import type { RepositoryMove } from '../store/repositories.ts';
import type { Change } from '../store/tell.ts';
import { fullNameOf, nextChange, type RepositoryEvent, repositoryNotice } from './decide.ts';
import type { Seen } from './look.ts';
import {
  type Answers,
  type Listed,
  listReleases,
  readMemory,
  type Stirred,
  writeMemory,
} from './news.ts';
import { pageOf } from './refUpdate.ts';
import { meetReleases, releaseNews } from './releases.ts';
import type { Talk } from './talk.ts';

/** In `repositories.releases_seen`: nobody has looked since this instant. */
const SINCE = /^since (\d+)$/;
/** Whether nobody has looked yet at the releases. */
export function isSince(releasesSeen: string): boolean {
  return releasesSeen === '' || SINCE.test(releasesSeen);
}

/** Behind a mark: a tag waits for its release. */
const WAITS = '+';

/** A repository that was looked at, by its number. */
function homes(
  branches: readonly PolledBranch[],
  { heads }: Seen,
): Map<number, { readonly stored: PolledBranch['repository']; readonly found: HeadRepository }> {
  const found = new Map<
    number,
    { readonly stored: PolledBranch['repository']; readonly found: HeadRepository }
  >();
  for (const { id, repository } of branches) {
    const head = heads.get(id);
    if (!head || head.kind === 'no-repository' || found.has(repository.id)) continue;
    found.set(repository.id, { stored: repository, found: head.repository });
  }
  return found;
}

/** The numbers of repositories that are private. */
export function privateIn(branches: readonly PolledBranch[], seen: Seen): ReadonlySet<number> {
  return new Set(
    [...homes(branches, seen)].flatMap(([id, { found }]) => (found.isPrivate ? id : [])),
  );
}

/** The numbers of repositories of whose releases something is another than at the last look. */
export function stirredIds(branches: readonly PolledBranch[], seen: Seen): number[] {
  return [...homes(branches, seen)].flatMap(([id, { stored }]) => {
    const mark = seen.marks.get(id);
    return mark !== undefined && mark !== stored.releasesSeen ? id : [];
  });
}

export function stirredIn(
  branches: readonly PolledBranch[],
  seen: Seen,
  known: ReadonlyMap<number, string>,
): Stirred[] {
  const all = homes(branches, seen);
  return stirredIds(branches, seen).flatMap((id) => {
    const stored = all.get(id)?.stored;
    if (!stored) return [];
    const { releasesSeen, nodeId } = stored;
    const isFirst = isSince(releasesSeen);
    return { id, nodeId, stored: readMemory(isFirst ? undefined : known.get(id)), isFirst };
  });
}

/** Names, state and releases of the repositories that were seen. */
export async function repositoryNews(
  talk: Talk,
  github: GitHubClient,
  branches: readonly PolledBranch[],
  seen: Seen,
  { stirred, pages }: { readonly stirred: readonly Stirred[]; readonly pages: Answers['pages'] },
  now: number,
): Promise<{ readonly changes: Change[]; readonly repositories: RepositoryMove[] }> {
  const changes: Change[] = [];
  const repositories: RepositoryMove[] = [];
  const stirredById = new Map(stirred.map((one) => [one.id, one]));
  for (const [id, { stored, found }] of homes(branches, seen)) {
    const one = stirredById.get(id);
    const page = one && pages.get(one);
    const listed = one && page ? await listReleases(talk, github, one, page) : null;
    const released =
      one && listed ? releasedOf(stored, found, one, listed, seen.marks.get(id) ?? '', now) : null;
    const events = eventsOf(stored, found, now);
    const move: RepositoryMove = {
      id,
      was: { changedAt: stored.changedAt, isPrivate: stored.isPrivate },
      owner: found.owner,
      name: found.name,
      isArchived: found.isArchived,
      isPrivate: found.isPrivate,
      releasesSeen: released?.releasesSeen ?? stored.releasesSeen,
      releasesKnown: released?.releasesKnown ?? null,
      changedAt: nextChange(stored, now),
    };
    changes.push(...events, ...(released?.changes ?? []));
    const isSame =
      move.owner === stored.owner &&
      move.name === stored.name &&
      move.isArchived === stored.isArchived &&
      move.isPrivate === stored.isPrivate &&
      released === null;
    if (!isSame) repositories.push(move);
  }
  return { changes, repositories };
}

/** What is new among the releases of a repository, and what is known of them from now on. */
function releasedOf(
  stored: PolledBranch['repository'],
  found: HeadRepository,
  { stored: { memory }, isFirst }: Stirred,
  listed: Listed,
  mark: string,
  now: number,
) {
  const since = Number(SINCE.exec(stored.releasesSeen)?.[1] ?? now);
  if (listed.isWhole && !isFirst) {
    const there = new Set(listed.tags.map(({ name }) => name));
    for (const tag of memory.keys()) if (!there.has(tag)) memory.set(tag, ['x']);
  }
  const fresh = isFirst ? meetReleases(memory, listed, since) : listed;
  const home = { id: stored.id, fullName: fullNameOf(found), was: { changedAt: stored.changedAt } };
  const { changes, isWaiting } = releaseNews(home, memory, fresh, now);
  return {
    changes,
    releasesKnown: writeMemory({ memory, beyond: listed.beyond }),
    releasesSeen: mark + (isWaiting ? WAITS : ''),
  };
}

/** Another case of the letters is no other name. */
function eventsOf(
  stored: PolledBranch['repository'],
  found: HeadRepository,
  now: number,
): Change[] {
  const [was, is] = [fullNameOf(stored), fullNameOf(found)];
  const event = (what: RepositoryEvent, former?: string): Change => {
    const key = `${what}:${stored.id}:${now}`;
    return {
      key,
      subject: key,
      kind: 'repository',
      repository: stored.id,
      branch: null,
      was: { changedAt: stored.changedAt },
      step: null,
      notice: repositoryNotice(what, is, {
        ...(former !== undefined && { was: former }),
        url: pageOf(found),
      }),
    };
  };
  // For those who may not see it any more; its new name is not theirs to know.
  const hidden = () => ({
    ...event('gone'),
    subject: `gone:${stored.id}:${dayOf(now, 'Asia/Seoul')}`,
    notice: repositoryNotice('gone', was, { url: pageOf(stored) }),
  });
  const isMoved = stored.owner.toLowerCase() !== found.owner.toLowerCase();
  return [
    ...(found.isPrivate && !stored.isPrivate ? [hidden()] : []),
    ...(was.toLowerCase() === is.toLowerCase()
      ? []
      : [event(isMoved ? 'transferred' : 'renamed', was)]),
    ...(stored.isArchived === found.isArchived
      ? []
      : [event(found.isArchived ? 'archived' : 'unarchived')]),
  ];
}
