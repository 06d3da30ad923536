import type { Ids } from './ids.ts';
import { fullNameOf, type NewRepository, type NodeObject, type Repository } from './types.ts';

export type Repositories = ReturnType<typeof createRepositories>;

/** A repository somebody starred, and when. */
export interface Star {
  readonly repository: Repository;
  readonly at: number;
}

/** Every repository, by name (old names too), number and node id. */
export function createRepositories(ids: Ids, now: () => number) {
  const byName = new Map<string, Repository>();
  const byId = new Map<number, Repository>();
  const nodes = new Map<string, NodeObject>();

  /** By login in lower case, the newest first. */
  const starred = new Map<string, Star[]>();
  /** Logins in lower case of those who show nobody what they do. */
  const hidden = new Set<string>();

  /** By its name now or before; null when there is none. */
  function find(fullName: string): Repository | null {
    return byName.get(fullName.toLowerCase()) ?? null;
  }

  function isTaken(fullName: string): boolean {
    const holder = find(fullName);
    return holder !== null && fullNameOf(holder).toLowerCase() === fullName.toLowerCase();
  }

  return {
    find,
    byId: (id: number): Repository | null => byId.get(id) ?? null,
    /** What a node id stands for; refs and releases are kept here by those who make them. */
    nodes,

    /** In the order they were made. */
    list: (): readonly Repository[] => [...byId.values()],

    /** By name; throws in words when there is none. */
    get(fullName: string): Repository {
      const repository = find(fullName);
      if (!repository) throw new Error(`The sandbox's GitHub has no repository ${fullName}.`);
      return repository;
    },

    /** What an account starred, the newest first; null when there is no such account. */
    starredBy(login: string): readonly Star[] | null {
      const key = login.toLowerCase();
      const stars = starred.get(key);
      const isOwner = [...byId.values()].some(({ owner }) => owner.toLowerCase() === key);
      if (stars === undefined && !isOwner && !hidden.has(key)) return null;
      return hidden.has(key) ? [] : (stars ?? []);
    },

    star(login: string, repository: Repository): void {
      const before = starred.get(login.toLowerCase()) ?? [];
      const others = before.filter((one) => one.repository !== repository);
      starred.set(login.toLowerCase(), [{ repository, at: now() }, ...others]);
    },

    hideStars: (login: string) => hidden.add(login.toLowerCase()),

    /** An empty repository; it takes an old name of another one over. */
    add({ owner, name, isPrivate, stars, forks, description, branches }: NewRepository) {
      if (isTaken(`${owner}/${name}`)) throw new Error(`${owner}/${name} is there already.`);
      const id = ids.next() + 900_000_000;
      const nodeId = ids.nodeId('R_kgDO', id);
      const at = now();
      const repository: Repository = {
        id,
        nodeId,
        owner,
        name,
        isPrivate: isPrivate ?? false,
        isArchived: false,
        isDisabled: false,
        condition: 'ok',
        stars: stars ?? 0,
        forks: forks ?? 0,
        description: description ?? null,
        createdAt: at,
        updatedAt: at,
        pushedAt: at,
        defaultBranch: branches?.[0] ?? 'main',
        branches: new Map(),
        tags: new Map(),
        releases: [],
        commits: new Map(),
      };
      byName.set(`${owner}/${name}`.toLowerCase(), repository);
      byId.set(id, repository);
      nodes.set(nodeId, { kind: 'repository', repository });
      return repository;
    },

    /** The old name keeps leading here until another repository takes it. */
    rename(repository: Repository, owner: string, name: string): void {
      const isOwn = find(`${owner}/${name}`) === repository;
      if (!isOwn && isTaken(`${owner}/${name}`)) throw new Error(`${owner}/${name} is taken.`);
      repository.owner = owner;
      repository.name = name;
      byName.set(`${owner}/${name}`.toLowerCase(), repository);
    },

    remove(repository: Repository): void {
      for (const [name, held] of byName) if (held === repository) byName.delete(name);
      for (const [id, node] of nodes) if (node.repository === repository) nodes.delete(id);
      byId.delete(repository.id);
    },
  };
}
