import type { Commit, Repository } from './types.ts';

type Commits = ReadonlyMap<string, Commit>;

/** Commits that can be reached from one, newest first by date, no parent before its child. */
export function history(commits: Commits, head: string): Commit[] {
  const seen = new Set([head]);
  const waiting = known(commits, [head]);
  const found: Commit[] = [];
  for (let commit = waiting.pop(); commit; commit = waiting.pop()) {
    found.push(commit);
    for (const parent of known(commits, commit.parents)) {
      if (seen.has(parent.sha)) continue;
      seen.add(parent.sha);
      const later = waiting.findIndex((other) => isOlder(parent, other));
      waiting.splice(later === -1 ? waiting.length : later, 0, parent);
    }
  }
  return found;
}

export interface Comparison {
  readonly status: 'ahead' | 'behind' | 'diverged' | 'identical';
  readonly behindBy: number;
  readonly mergeBase: Commit;
  /** What the head has and the base has not, oldest first. */
  readonly commits: readonly Commit[];
}

/** How a head stands to a base, or null when they have no commit in common. */
export function compare(commits: Commits, base: string, head: string): Comparison | null {
  const ofBase = history(commits, base);
  const ofHead = history(commits, head);
  const inBase = new Set(ofBase.map(({ sha }) => sha));
  const inHead = new Set(ofHead.map(({ sha }) => sha));
  const mergeBase = ofHead.find(({ sha }) => inBase.has(sha));
  if (!mergeBase) return null;
  const added = ofHead.filter(({ sha }) => !inBase.has(sha)).toReversed();
  const behindBy = ofBase.filter(({ sha }) => !inHead.has(sha)).length;
  const sides = behindBy > 0 ? 'behind' : 'identical';
  const status = added.length === 0 ? sides : behindBy > 0 ? 'diverged' : 'ahead';
  return { status, behindBy, mergeBase, commits: added };
}

/** The commit a branch, tag, full ref or object id (whole or its first digits) stands for. */
export function resolveCommit(repository: Repository, ref: string): Commit | null {
  const { branches, tags, commits } = repository;
  const name = ref.replace(/^refs\//, '');
  const head = branches.get(ref)?.head ?? branches.get(name.replace(/^heads\//, ''))?.head;
  const tagged = tags.get(ref)?.commit ?? tags.get(name.replace(/^tags\//, ''))?.commit;
  const commit = commits.get(head ?? tagged ?? ref);
  if (commit || !/^[0-9a-f]{7,39}$/.test(ref)) return commit ?? null;
  const meant = [...commits.values()].filter(({ sha }) => sha.startsWith(ref));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function known(commits: Commits, shas: readonly string[]): Commit[] {
  return shas.flatMap((sha) => commits.get(sha) ?? []);
}

function isOlder(one: Commit, other: Commit): boolean {
  return one.at === other.at ? one.serial < other.serial : one.at < other.at;
}
