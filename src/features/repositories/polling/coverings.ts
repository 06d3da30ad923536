import type { GitHubClient } from '../../../platforms/github/api/client.ts';
import type { ListedBranch } from '../../../platforms/github/api/types.ts';
import type { PolledBranch } from '../store/branches.ts';
import type { Change, Covering } from '../store/tell.ts';
import { MOST_COVERED } from '../watching/options.ts';
import { commitsNotice, fullNameOf } from './decide.ts';
import type { Seen } from './look.ts';
import { updateOfNewBranch } from './news.ts';
import { pageOf } from './refUpdate.ts';
import type { Talk } from './talk.ts';

/** The commits of so many new branches are read at one look; the others are told by their name. */
const MOST_READ = 10;

/** What became of the branches that a pattern stands for. */
export interface CoverChange {
  /** Those that are there, and where they stand. */
  readonly present: readonly { readonly branch: PolledBranch; readonly listed: ListedBranch }[];
  /** `null`: they are the same ones. */
  readonly covering: Covering | null;
  /** Those of the new ones that are new at GitHub too, not only to the pattern. */
  readonly created: readonly ListedBranch[];
}

/**
 * Compares the branches that fit a pattern now with those it stood for. One that has another name
 * now is the same branch, and no news.
 *
 * @param isWatched whether somebody hears of a branch of this name already
 */
export function coverChange(
  pattern: PolledBranch,
  covered: readonly PolledBranch[],
  fitting: readonly ListedBranch[],
  isWatched: (name: string) => boolean,
): CoverChange {
  const byName = new Map(covered.map((branch) => [branch.name, branch]));
  const names = new Set(fitting.map(({ name }) => name));
  const isAll = fitting.length < MOST_COVERED;
  const lost = isAll ? covered.filter(({ name }) => !names.has(name)) : [];
  const lostIds = new Set(lost.flatMap(({ nodeId }) => nodeId ?? []));
  const added = fitting
    .filter(({ name }) => !byName.has(name))
    .slice(0, Math.max(0, MOST_COVERED - covered.length + lost.length));
  const { id, name, head, changedAt, state, misses, repository } = pattern;
  return {
    present: fitting.flatMap((listed) => {
      const branch = byName.get(listed.name);
      return branch ? { branch, listed } : [];
    }),
    covering:
      added.length + lost.length === 0
        ? null
        : {
            id,
            name,
            was: { head, changedAt, state, misses },
            repository: repository.id,
            added,
            removed: lost.map((branch) => branch.id),
          },
    created: added.filter((one) => !lostIds.has(one.nodeId) && !isWatched(one.name)),
  };
}

/** The news that branches are new, with the commits that only they have. */
export async function createdNews(
  talk: Talk,
  github: GitHubClient,
  pattern: PolledBranch,
  created: readonly ListedBranch[],
  seen: Seen,
): Promise<Change[]> {
  const found = seen.heads.get(pattern.id);
  if (!found || found.kind === 'no-repository') return [];
  const { repository } = found;
  const { id, head, changedAt, state, misses } = pattern;
  const page = pageOf(repository);
  const changes: Change[] = [];
  for (const [index, { name, nodeId, head: at }] of created.entries()) {
    const home = {
      id: pattern.repository.id,
      page,
      defaultBranch: index < MOST_READ ? repository.defaultBranch : null,
    };
    const update = await updateOfNewBranch(talk, github, home, { name, head: at });
    changes.push({
      key: `created:${id}:${name}:${nodeId}`,
      // No key is like it: they begin with the pattern's id.
      subject: `created-in:${pattern.repository.id}:${name}:${nodeId}`,
      kind: 'commits',
      repository: pattern.repository.id,
      branch: id,
      covers: name,
      was: { head, changedAt, state, misses },
      step: null,
      notice: commitsNotice(update, fullNameOf(repository), { name, leavesOut: pattern.leavesOut }),
    });
  }
  return changes;
}
