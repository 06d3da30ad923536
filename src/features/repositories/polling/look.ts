import type { GitHubSource, NamedHead, Releases } from '../../../platforms/github/source.ts';
import type { PolledBranch } from '../store/branches.ts';
import { askInBatches, type Talk } from './talk.ts';

/** Both of GitHub's questions take so many. */
const AT_ONCE = 100;

/** When not one of so many can be seen, it is the token that sees nothing. */
const BLIND = 10;

/** What a look at GitHub showed; what it left open is missing. */
export interface Sight {
  /** GitHub showed no repository at all: nothing is to be believed. */
  readonly isBlind: boolean;
  /** By id of the branch. */
  readonly heads: ReadonlyMap<number, NamedHead>;
  /** By GitHub's number of the repository. */
  readonly releases: ReadonlyMap<number, Releases>;
}

/**
 * Looks where branches stand: a hundred a call by node id, by name those whose node id is not known
 * or leads nowhere. Releases that somebody wants to hear of ride in the same calls.
 */
export async function look(
  talk: Talk,
  github: GitHubSource,
  branches: readonly PolledBranch[],
): Promise<Sight> {
  const heads = new Map<number, NamedHead>();
  const releases = new Map<number, Releases>();
  const open = new Set(branches.filter(({ nodeId }) => nodeId === null));
  await askInBatches(
    talk,
    questions(branches),
    AT_ONCE,
    (batch) =>
      github.heads({
        refs: batch.flatMap(({ branch }) => branch.nodeId ?? []),
        repositories: batch.flatMap(({ branch, asksReleases }) =>
          asksReleases ? branch.repository.nodeId : [],
        ),
      }),
    (batch, told) => {
      talk.budget = told.budget ?? talk.budget;
      const named = batch.flatMap(({ branch }) => (branch.nodeId === null ? [] : branch));
      for (const [index, branch] of named.entries()) {
        const head = told.heads[index] ?? null;
        // A ref keeps its id when its branch gets another name: then it is another branch.
        if (head?.branch === branch.name) heads.set(branch.id, { kind: 'found', ...head });
        else open.add(branch);
      }
      const asked = batch.flatMap(({ branch, asksReleases }) =>
        asksReleases ? branch.repository.id : [],
      );
      for (const [index, repository] of asked.entries()) {
        const known = told.releases[index] ?? null;
        if (known !== null) releases.set(repository, known);
      }
    },
  );
  await askInBatches(
    talk,
    [...open],
    AT_ONCE,
    (batch) =>
      github.headsByName(
        batch.map(({ name, repository }) => ({ branch: name, repositoryId: repository.nodeId })),
      ),
    (batch, told) => {
      for (const [index, branch] of batch.entries()) {
        const head = told[index];
        if (head) heads.set(branch.id, head);
      }
    },
  );
  const hidden = branches.filter(
    ({ id, state }) => state !== 'gone' && heads.get(id)?.kind === 'no-repository',
  );
  const seesNone = [...heads.values()].every(({ kind }) => kind === 'no-repository');
  return hidden.length >= BLIND && seesNone
    ? { isBlind: true, heads: new Map(), releases: new Map() }
    : { isBlind: false, heads, releases };
}

interface Question {
  readonly branch: PolledBranch;
  /** True for the one branch of a repository that asks for its releases. */
  readonly asksReleases: boolean;
}

function questions(branches: readonly PolledBranch[]): Question[] {
  const asked = new Set<number>();
  return branches.flatMap((branch) => {
    const asksReleases = branch.wantsReleases && !asked.has(branch.repository.id);
    if (asksReleases) asked.add(branch.repository.id);
    return asksReleases || branch.nodeId !== null ? { branch, asksReleases } : [];
  });
}
