import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import type {
  FittingBranches,
  HeadRepository,
  ListedBranch,
  NamedHead,
} from '../../../platforms/github/api/types.ts';
import type { PolledBranch } from '../store/branches.ts';
import { fits, fixedPart } from '../watching/options.ts';
import { ask, askInBatches, slices, type Talk } from './talk.ts';

/** Both of GitHub's questions take so many. */
const AT_ONCE = 100;
/** A pattern brings up to a hundred branches, and counts as so many of them. */
const PATTERN_WEIGHT = 5;
/** So many pages of a pattern's branches are read. */
const MOST_PAGES = 3;

/** When not one of so many can be seen, it is the token that sees nothing. */
const BLIND = 10;

/** What a look at GitHub showed; what it left open is missing. */
export interface Seen {
  /** GitHub showed no repository at all: nothing is to be believed. */
  readonly isBlind: boolean;
  /** By id of the branch. */
  readonly heads: ReadonlyMap<number, NamedHead>;
  /** By id of a branch that has another name now. */
  readonly renamed: ReadonlyMap<number, ListedBranch>;
  /** By id of a branch that is not the default one any more, though some follow that: the new one. */
  readonly defaults: ReadonlyMap<number, ListedBranch>;
  /** By id of the pattern: the branches that fit it now. */
  readonly fitting: ReadonlyMap<number, readonly ListedBranch[]>;
  /** By GitHub's number of the repository: what is another when there may be a new release. */
  readonly marks: ReadonlyMap<number, string>;
}

/**
 * Looks where branches stand: a hundred a call by node id, by name those whose node id is not known
 * or leads nowhere. Marks of releases that somebody wants to hear of, and the branches that fit
 * patterns, ride in the same calls.
 */
export async function look(
  talk: Talk,
  github: GitHubClient,
  branches: readonly PolledBranch[],
): Promise<Seen> {
  const heads = new Map<number, NamedHead>();
  const renamed = new Map<number, ListedBranch>();
  const fitting = new Map<number, readonly ListedBranch[]>();
  const marks = new Map<number, string>();
  const open = new Set(branches.filter(({ nodeId, isPattern }) => nodeId === null && !isPattern));
  const unfinished: { readonly branch: PolledBranch; readonly first: FittingBranches }[] = [];
  const take = (branch: PolledBranch, repository: HeadRepository, listed: ListedBranch[]) => {
    heads.set(branch.id, { kind: 'no-branch', repository });
    fitting.set(
      branch.id,
      listed.filter(({ name }) => fits(branch.name, name)),
    );
  };
  await askInBatches(
    talk,
    weighed(questions(branches)),
    (batch) => github.heads(headsQuestion(batch)),
    (batch, told) => {
      talk.budget = told.budget ?? talk.budget;
      const { named, patterns, asked } = partsOf(batch);
      for (const [index, branch] of named.entries()) {
        const head = told.heads[index] ?? null;
        if (head?.branch === branch.name) heads.set(branch.id, { kind: 'found', ...head });
        else {
          open.add(branch);
          // A ref keeps its id when its branch gets another name.
          if (head !== null) {
            renamed.set(branch.id, { nodeId: head.nodeId, name: head.branch, head: head.head });
          }
        }
      }
      for (const [index, branch] of patterns.entries()) {
        const first = told.patterns[index] ?? null;
        if (first === null) open.add(branch);
        else if (first.next === null) take(branch, first.repository, [...first.branches]);
        else unfinished.push({ branch, first });
      }
      for (const [index, branch] of asked.entries()) {
        const mark = told.marks[index] ?? null;
        if (mark !== null) marks.set(branch.repository.id, mark);
      }
    },
  );
  for (const { branch, first } of unfinished) {
    const listed = [...first.branches];
    let next = first.next;
    for (let page = 1; page < MOST_PAGES && next !== null; page += 1) {
      const after: string = next;
      const question = { repositoryId: branch.repository.nodeId, part: fixedPart(branch.name) };
      const told = await ask(talk, () => github.fittingBranches(question, after));
      if (!told?.ok || told.value === null) break;
      listed.push(...told.value.branches);
      next = told.value.next;
      // Only a whole list says which branches are gone.
      if (next === null || page + 1 === MOST_PAGES) take(branch, first.repository, listed);
    }
  }
  await askByName(
    talk,
    github,
    [...open],
    ({ name }) => name,
    (branch, head) => {
      heads.set(branch.id, head);
    },
  );
  const seenBranches = hidePrivate(branches, heads);
  const defaults = new Map<number, ListedBranch>();
  await askByName(
    talk,
    github,
    leftBehind(branches, heads, renamed, defaults),
    defaultOf(heads),
    (branch, head) => {
      if (head.kind === 'found') {
        defaults.set(branch.id, { nodeId: head.nodeId, name: head.branch, head: head.head });
      }
    },
  );
  const hidden = branches.filter(
    ({ id, state }) => state !== 'gone' && seenBranches.get(id)?.kind === 'no-repository',
  );
  const seesNone = [...seenBranches.values()].every(({ kind }) => kind === 'no-repository');
  if (hidden.length >= BLIND && seesNone) {
    const none = new Map<never, never>();
    return {
      isBlind: true,
      heads: none,
      renamed: none,
      defaults: none,
      fitting: none,
      marks: none,
    };
  }
  return { isBlind: false, heads: seenBranches, renamed, defaults, fitting, marks };
}

/** What is private is not there, unless the owner watches it; a token may see it all the same. */
function hidePrivate(
  branches: readonly PolledBranch[],
  heads: ReadonlyMap<number, NamedHead>,
): Map<number, NamedHead> {
  const seesPrivate = new Set(branches.flatMap((one) => (one.seesPrivate ? one.id : [])));
  return new Map(
    [...heads].map(([id, head]) =>
      head.kind !== 'no-repository' && head.repository.isPrivate && !seesPrivate.has(id)
        ? [id, { kind: 'no-repository' }]
        : [id, head],
    ),
  );
}

/** Branches whose followers belong to another one now; those that were renamed need no question. */
function leftBehind(
  branches: readonly PolledBranch[],
  heads: ReadonlyMap<number, NamedHead>,
  renamed: ReadonlyMap<number, ListedBranch>,
  defaults: Map<number, ListedBranch>,
): PolledBranch[] {
  return branches.filter((branch) => {
    const name = defaultOf(heads)(branch);
    if (!branch.hasFollowers || name === '' || name === branch.name) return false;
    const now = renamed.get(branch.id);
    if (now?.name !== name) return true;
    defaults.set(branch.id, now);
    return false;
  });
}

function defaultOf(heads: ReadonlyMap<number, NamedHead>): (branch: PolledBranch) => string {
  return ({ id }) => {
    const head = heads.get(id);
    return head === undefined || head.kind === 'no-repository'
      ? ''
      : (head.repository.defaultBranch ?? '');
  };
}

async function askByName(
  talk: Talk,
  github: GitHubClient,
  branches: readonly PolledBranch[],
  nameOf: (branch: PolledBranch) => string,
  take: (branch: PolledBranch, head: NamedHead) => void,
): Promise<void> {
  await askInBatches(
    talk,
    slices(branches, AT_ONCE),
    (batch) =>
      github.headsByName(
        batch.map((branch) => ({
          branch: nameOf(branch),
          repositoryId: branch.repository.nodeId,
        })),
      ),
    (batch, told) => {
      for (const [index, branch] of batch.entries()) {
        const head = told[index];
        if (head) take(branch, head);
      }
    },
  );
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
    return asksReleases || branch.nodeId !== null || branch.isPattern
      ? { branch, asksReleases }
      : [];
  });
}

/** Batches of questions that GitHub answers in one call. */
function weighed(all: readonly Question[]): Question[][] {
  const batches: Question[][] = [];
  let room = 0;
  for (const question of all) {
    const weight = question.branch.isPattern ? PATTERN_WEIGHT : 1;
    if (room < weight) {
      batches.push([]);
      room = AT_ONCE;
    }
    room -= weight;
    batches.at(-1)?.push(question);
  }
  return batches;
}

function partsOf(batch: readonly Question[]) {
  const all = batch.map(({ branch }) => branch);
  return {
    named: all.filter(({ nodeId, isPattern }) => nodeId !== null && !isPattern),
    patterns: all.filter(({ isPattern }) => isPattern),
    asked: batch.flatMap(({ branch, asksReleases }) => (asksReleases ? branch : [])),
  };
}

function headsQuestion(batch: readonly Question[]) {
  const { named, patterns, asked } = partsOf(batch);
  return {
    refs: named.flatMap(({ nodeId }) => nodeId ?? []),
    repositories: asked.map(({ repository }) => repository.nodeId),
    patterns: patterns.map(({ name, repository }) => ({
      repositoryId: repository.nodeId,
      part: fixedPart(name),
    })),
  };
}
