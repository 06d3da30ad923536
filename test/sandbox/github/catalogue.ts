import type { Branches } from './branches.ts';
import { type Emit, pushEvent, refEvent, releaseEvent, repositoryEvent } from './events.ts';
import type { Ids } from './ids.ts';
import type { Repositories } from './repositories.ts';
import type { NewRelease, NewRepository, Release, Repository, Tag } from './types.ts';

export interface CatalogueOptions {
  readonly repositories: Repositories;
  readonly branches: Branches;
  readonly ids: Ids;
  readonly now: () => number;
  readonly emit: Emit;
}

export type Catalogue = ReturnType<typeof createCatalogue>;

/** What owners do to whole repositories, their tags and releases. */
export function createCatalogue({ repositories, branches, ids, now, emit }: CatalogueOptions) {
  function addRepository(made: NewRepository): Repository {
    const repository = repositories.add(made);
    if (made.isEmpty) return repository;
    const [head] = branches.commitAll(repository, null, [{ message: 'Initial commit' }]);
    for (const name of made.branches ?? ['main']) branches.open(repository, name, head ?? '');
    return repository;
  }

  function addTag(repository: Repository, name: string, annotation: string | null, sha?: string) {
    const commit = sha ?? repository.branches.get(repository.defaultBranch)?.head;
    if (!commit) throw new Error('An empty repository has nothing to tag.');
    const at = now();
    const tag: Tag = {
      name,
      nodeId: ids.nodeId('REF_kwDO', ids.next()),
      commit,
      annotation:
        annotation === null ? null : { oid: ids.sha(ids.next()), message: annotation, at },
    };
    repository.tags.set(name, tag);
    repositories.nodes.set(tag.nodeId, { kind: 'tag', repository, tag });
    repository.pushedAt = at;
    const after = tag.annotation?.oid ?? commit;
    repositories.nodes.set(tag.nodeId, { kind: 'tag', repository, tag });
    const push = { ref: `refs/tags/${name}`, before: null, after, isForced: false, commits: [] };
    emit(repository, () => pushEvent(repository, push));
    emit(repository, () => refEvent(repository, 'create', 'tag', name));
  }

  function findRelease(fullName: string, tag: string) {
    const repository = repositories.get(fullName);
    const release = repository.releases.find((one) => one.tag === tag);
    if (!release) throw new Error(`${fullName} has no release ${tag}.`);
    return { repository, release };
  }

  function setFlag(fullName: string, flag: 'isArchived' | 'isPrivate', value: boolean): void {
    const repository = repositories.get(fullName);
    repository[flag] = value;
    repository.updatedAt = now();
    const actions = {
      isArchived: value ? 'archived' : 'unarchived',
      isPrivate: value ? 'privatized' : 'publicized',
    } as const;
    emit(repository, () => repositoryEvent(repository, actions[flag]));
  }

  return {
    addRepository,

    /** Adds `fleet/r0001` and so on, each with one branch `main` and one commit. */
    fill(count: number): void {
      for (let number = 1; number <= count; number += 1) {
        addRepository({ owner: 'fleet', name: `r${String(number).padStart(4, '0')}` });
      }
    },

    rename(fullName: string, owner: string, name: string): void {
      const repository = repositories.get(fullName);
      const old = { owner: repository.owner, name: repository.name };
      repositories.rename(repository, owner, name);
      repository.updatedAt = now();
      if (old.owner !== owner) {
        const changes = { owner: { from: { user: { login: old.owner } } } };
        emit(repository, () => repositoryEvent(repository, 'transferred', changes));
      }
      if (old.name !== name) {
        const changes = { repository: { name: { from: old.name } } };
        emit(repository, () => repositoryEvent(repository, 'renamed', changes));
      }
    },

    remove(fullName: string): void {
      const repository = repositories.get(fullName);
      emit(repository, () => repositoryEvent(repository, 'deleted'));
      repositories.remove(repository);
    },

    archive: (fullName: string, value = true) => setFlag(fullName, 'isArchived', value),
    makePrivate: (fullName: string, value = true) => setFlag(fullName, 'isPrivate', value),

    /** @param annotation makes it an annotated tag; `commit`: default the default branch's head */
    tag(fullName: string, name: string, annotation: string | null = null, commit?: string): void {
      const repository = repositories.get(fullName);
      if (repository.tags.has(name)) throw new Error(`There is a tag ${name} already.`);
      addTag(repository, name, annotation, commit);
    },

    /** Publishes a release, and its tag when that is new; a draft makes no tag. */
    release(fullName: string, made: NewRelease): Release {
      const repository = repositories.get(fullName);
      const { tag, title = tag, body = '', isPrerelease = false, isDraft = false } = made;
      if (!isDraft && !repository.tags.has(tag)) addTag(repository, tag, null);
      const commit = repository.tags.get(tag)?.commit ?? '';
      const id = ids.next() + 100_000_000;
      const release: Release = {
        id,
        nodeId: ids.nodeId('RE_kwDO', id),
        tag,
        title,
        body,
        isPrerelease,
        isDraft,
        createdAt: isDraft ? now() : (repository.commits.get(commit)?.at ?? now()),
        publishedAt: isDraft ? null : now(),
      };
      repository.releases.unshift(release);
      repositories.nodes.set(release.nodeId, { kind: 'release', repository, release });
      emit(repository, () => releaseEvent(repository, release, 'created'));
      if (isDraft) return release;
      emit(repository, () => releaseEvent(repository, release, 'published'));
      const last = isPrerelease ? 'prereleased' : 'released';
      emit(repository, () => releaseEvent(repository, release, last));
      return release;
    },

    /** A draft becomes a release, with the tag it names; it keeps the date of its draft. */
    publish(fullName: string, tag: string): void {
      const { repository, release } = findRelease(fullName, tag);
      if (!repository.tags.has(tag)) addTag(repository, tag, null);
      release.isDraft = false;
      release.publishedAt = now();
      emit(repository, () => releaseEvent(repository, release, 'published'));
      if (!release.isPrerelease)
        emit(repository, () => releaseEvent(repository, release, 'released'));
    },

    /** A pre-release becomes a full one. */
    promote(fullName: string, tag: string): void {
      const { repository, release } = findRelease(fullName, tag);
      release.isPrerelease = false;
      emit(repository, () => releaseEvent(repository, release, 'released'));
    },

    /** The tag stands at another commit from now on, by default the default branch's head. */
    moveTag(fullName: string, name: string, commit?: string): void {
      const repository = repositories.get(fullName);
      const tag = repository.tags.get(name);
      const to = commit ?? repository.branches.get(repository.defaultBranch)?.head;
      if (!tag || !to) throw new Error(`There is no tag ${name} to move.`);
      tag.commit = to;
      repository.pushedAt = now();
    },

    deleteTag(fullName: string, name: string): void {
      const repository = repositories.get(fullName);
      const tag = repository.tags.get(name);
      if (tag) repositories.nodes.delete(tag.nodeId);
      repository.tags.delete(name);
      emit(repository, () => refEvent(repository, 'delete', 'tag', name));
    },

    star(login: string, fullName: string): void {
      repositories.star(login, repositories.get(fullName));
    },

    /** A private profile: its stars are shown to nobody. */
    hideStars(login: string): void {
      repositories.hideStars(login);
    },

    /** Unlike the tag, which stays. */
    deleteRelease(fullName: string, tag: string): void {
      const { releases } = repositories.get(fullName);
      const index = releases.findIndex((release) => release.tag === tag);
      const [gone] = index < 0 ? [] : releases.splice(index, 1);
      if (gone) repositories.nodes.delete(gone.nodeId);
    },
  };
}
