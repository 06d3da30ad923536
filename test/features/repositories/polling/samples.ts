import type { PolledBranch } from '../../../../src/features/repositories/store/branches.ts';
import type {
  Commit,
  Head,
  HeadRepository,
  History,
  NamedHead,
} from '../../../../src/platforms/github/api/types.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
export const NOW = Date.UTC(2026, 10, 22, 3);

export const repository: HeadRepository = {
  owner: 'hana',
  name: 'notes',
  isPrivate: false,
  isArchived: false,
  defaultBranch: 'main',
};

export function branch(change: Partial<PolledBranch> = {}): PolledBranch {
  const { owner, name } = repository;
  return {
    id: 1,
    name: 'main',
    isPattern: false,
    nodeId: 'REF_1',
    head: 'c3',
    depth: 3,
    changedAt: NOW - 1000,
    state: 'ok',
    misses: 0,
    missingSince: null,
    stuckSince: null,
    wantsReleases: false,
    leavesOut: false,
    leavesOutMerges: false,
    hasFollowers: false,
    seesPrivate: false,
    repository: {
      id: 7,
      nodeId: 'R_7',
      owner,
      name,
      releasesSeen: 'm1',
      isArchived: false,
      isPrivate: false,
      changedAt: NOW - 5000,
    },
    ...change,
  };
}

export function found(head: string, change: Partial<Head> = {}): NamedHead {
  return { kind: 'found', nodeId: 'REF_1', branch: 'main', head, repository, ...change };
}

export function commit(sha: string, message = `Change ${sha}`, isMerge = false): Commit {
  const url = `https://github.com/hana/notes/commit/${sha}`;
  const who = { author: 'hana', login: 'hana', email: 'hana@example.com' };
  return { sha, message, body: '', ...who, isMerge, at: NOW, url };
}

/** Of a branch whose newest commits these are, `total` in all. */
export function history(shas: readonly string[], total = shas.length): History {
  return { commits: shas.slice(0, 20).map((sha) => commit(sha)), total, isPrivate: false };
}
