import type { PolledBranch } from '../../../../src/features/repositories/store/branches.ts';
import type {
  Commit,
  Head,
  HeadRepository,
  History,
  NamedHead,
} from '../../../../src/platforms/github/source.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
export const NOW = Date.UTC(2026, 10, 22, 3);

export const repository: HeadRepository = {
  id: 7,
  nodeId: 'R_7',
  owner: 'hana',
  name: 'notes',
  isEmpty: false,
  isArchived: false,
  isDisabled: false,
  pushedAt: new Date(NOW).toISOString(),
};

export function branch(change: Partial<PolledBranch> = {}): PolledBranch {
  const { id, nodeId, owner, name } = repository;
  return {
    id: 1,
    name: 'main',
    nodeId: 'REF_1',
    head: 'c3',
    depth: 3,
    changedAt: NOW - 1000,
    state: 'ok',
    misses: 0,
    missingSince: null,
    wantsReleases: false,
    repository: { id, nodeId, owner, name, releasesKnown: '[]' },
    ...change,
  };
}

export function found(head: string, change: Partial<Head> = {}): NamedHead {
  return { kind: 'found', nodeId: 'REF_1', branch: 'main', head, repository, ...change };
}

export function commit(sha: string, message = `Change ${sha}`): Commit {
  const url = `https://github.com/hana/notes/commit/${sha}`;
  return { sha, message, author: 'hana', email: 'hana@example.com', at: NOW, url };
}

/** Of a branch whose newest commits these are, `total` in all. */
export function history(shas: readonly string[], total = shas.length): History {
  return { commits: shas.slice(0, 20).map((sha) => commit(sha)), total };
}
