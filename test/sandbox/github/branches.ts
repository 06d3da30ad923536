import { type Emit, pushEvent, refEvent, repositoryEvent } from './events.ts';
import { compare, history } from './history.ts';
import type { Ids } from './ids.ts';
import type { Repositories } from './repositories.ts';
import type { Branch, Commit, NewCommit, Repository } from './types.ts';

export interface BranchesOptions {
  readonly repositories: Repositories;
  readonly ids: Ids;
  readonly now: () => number;
  readonly emit: Emit;
}

export type Branches = ReturnType<typeof createBranches>;
export type BranchVerbs = Branches['verbs'];

/** What people do to branches with git; throws in words when it cannot be done. */
export function createBranches({ repositories, ids, now, emit }: BranchesOptions) {
  function commit(repository: Repository, parents: readonly string[], made: NewCommit): Commit {
    const serial = ids.next();
    const { message, author: name = '하나', email = 'hana@example.com', login = null } = made;
    const author = { name, email, login };
    const at = made.at ?? now();
    const one: Commit = { sha: ids.sha(serial), parents, message, author, at, serial };
    repository.commits.set(one.sha, one);
    return one;
  }

  /** Each on the one before it; the shas, oldest first. */
  function commitAll(repository: Repository, parent: string | null, made: readonly NewCommit[]) {
    const shas: string[] = [];
    for (const one of made) {
      const before = shas.at(-1) ?? parent;
      shas.push(commit(repository, before === null ? [] : [before], one).sha);
    }
    return shas;
  }

  function open(repository: Repository, name: string, head: string): Branch {
    if (repository.branches.has(name)) throw new Error(`There is a branch ${name} already.`);
    const branch: Branch = { name, nodeId: ids.nodeId('REF_kwDO', ids.next()), head };
    repository.branches.set(name, branch);
    repositories.nodes.set(branch.nodeId, { kind: 'branch', repository, branch });
    return branch;
  }

  function find(fullName: string, name: string): { repository: Repository; branch: Branch } {
    const repository = repositories.get(fullName);
    const branch = repository.branches.get(name);
    if (!branch) throw new Error(`${fullName} has no branch ${name}.`);
    return { repository, branch };
  }

  function told(repository: Repository, name: string, before: string | null, after: string | null) {
    repository.pushedAt = now();
    repository.updatedAt = now();
    emit(repository, () => {
      const difference = before && after ? compare(repository.commits, before, after) : null;
      const isForced = Boolean(before && after) && (difference?.behindBy ?? 1) > 0;
      const first = after ? history(repository.commits, after).toReversed() : [];
      const commits = difference?.commits ?? first;
      return pushEvent(repository, { ref: `refs/heads/${name}`, before, after, isForced, commits });
    });
    if (before === null || after === null) {
      const what = before === null ? 'create' : 'delete';
      emit(repository, () => refEvent(repository, what, 'branch', name));
    }
  }

  function move(repository: Repository, branch: Branch, head: string): void {
    const before = branch.head;
    branch.head = head;
    told(repository, branch.name, before, head);
  }

  const verbs = {
    /** Commits on a branch's head; the first push to an empty repository makes the branch. */
    push(fullName: string, name: string, what: readonly NewCommit[] | number): string[] {
      const repository = repositories.get(fullName);
      const made = typeof what === 'number' ? numbered(what, repository.commits.size) : what;
      if (repository.branches.size === 0) {
        const shas = commitAll(repository, null, made);
        const head = shas.at(-1);
        if (head === undefined) return [];
        repository.defaultBranch = name;
        open(repository, name, head);
        told(repository, name, null, head);
        return shas;
      }
      const { branch } = find(fullName, name);
      const shas = commitAll(repository, branch.head, made);
      move(repository, branch, shas.at(-1) ?? branch.head);
      return shas;
    },

    /** Puts commits in the place of the last `messages.length` ones, or of all there are. */
    forcePush(fullName: string, name: string, messages: readonly string[]): string[] {
      const { repository, branch } = find(fullName, name);
      const kept = history(repository.commits, branch.head)[messages.length]?.sha ?? null;
      const made = messages.map((message) => ({ message }));
      const shas = commitAll(repository, kept, made);
      move(repository, branch, shas.at(-1) ?? branch.head);
      return shas;
    },

    /** Back by this many commits. */
    rollBack(fullName: string, name: string, count: number): string {
      const { repository, branch } = find(fullName, name);
      const target = history(repository.commits, branch.head)[count];
      if (!target) throw new Error(`${name} has no ${count} commits to go back by.`);
      move(repository, branch, target.sha);
      return target.sha;
    },

    /** A merge commit on `into`. */
    merge(fullName: string, from: string, into: string, message = `Merge ${from}`): string {
      const { branch: source } = find(fullName, from);
      const { repository, branch } = find(fullName, into);
      const { sha } = commit(repository, [branch.head, source.head], { message });
      move(repository, branch, sha);
      return sha;
    },

    /** At the head of another branch, by default the default one. */
    createBranch(fullName: string, name: string, from?: string): void {
      const repository = repositories.get(fullName);
      const { head } = find(fullName, from ?? repository.defaultBranch).branch;
      open(repository, name, head);
      told(repository, name, null, head);
    },

    /** The ref keeps its id; when it was the default branch, it still is. */
    renameBranch(fullName: string, from: string, to: string): void {
      const { repository, branch } = find(fullName, from);
      if (repository.branches.has(to)) throw new Error(`There is a branch ${to} already.`);
      repository.branches.delete(from);
      branch.name = to;
      repository.branches.set(to, branch);
      if (repository.defaultBranch === from) verbs.setDefaultBranch(fullName, to);
    },

    /** Another one becomes the default branch. */
    setDefaultBranch(fullName: string, name: string): void {
      const repository = repositories.get(fullName);
      find(fullName, name);
      const changes = { default_branch: { from: repository.defaultBranch } };
      repository.defaultBranch = name;
      emit(repository, () => repositoryEvent(repository, 'edited', changes));
    },

    deleteBranch(fullName: string, name: string): void {
      const { repository, branch } = find(fullName, name);
      repository.branches.delete(name);
      repositories.nodes.delete(branch.nodeId);
      told(repository, name, branch.head, null);
    },

    /** GitHub forgets commits that no branch or tag reaches. */
    collectGarbage(fullName: string): void {
      const repository = repositories.get(fullName);
      const { branches, tags, commits } = repository;
      const heads = [...branches.values()].map(({ head }) => head);
      const roots = [...heads, ...[...tags.values()].map((tag) => tag.commit)];
      const reached = new Set(roots.flatMap((sha) => history(commits, sha).map((one) => one.sha)));
      for (const sha of commits.keys()) if (!reached.has(sha)) commits.delete(sha);
    },
  };

  return { open, commitAll, verbs };
}

function numbered(count: number, from: number): NewCommit[] {
  return Array.from({ length: count }, (_, index) => ({ message: `Change ${from + index + 1}` }));
}
