import { type BranchBefore, type BranchMove, branchIsAsBefore, moveBranches } from './branches.ts';
import {
  moveRepositories,
  type RepositoryBefore,
  type RepositoryMove,
  repositoryIsAsBefore,
} from './repositories.ts';

/** Something that happened in a repository, and is told to everyone who watches it. */
export type Change = {
  /** Unique for what happened. */
  readonly key: string;
  /** What a person is told of once, though several changes are about it. */
  readonly subject: string;
  readonly kind: 'commits' | 'release' | 'repository';
  /** GitHub's number of the repository. */
  readonly repository: number;
  /** JSON of the notice, without what is a person's own (language, nickname, branch). */
  readonly notice: string;
  /** Of a release: the step of its version. */
  readonly step: 'major' | 'minor' | 'patch' | null;
} & (
  | {
      /** Id of the branch it happened on. */
      readonly branch: number;
      readonly was: BranchBefore;
      /** The newest of the commits told; `null` when it is not about commits. */
      readonly head: string | null;
    }
  | { readonly branch: null; readonly was: RepositoryBefore }
);

/** All that a look at GitHub found. */
export interface Findings {
  readonly changes: readonly Change[];
  readonly branches: readonly BranchMove[];
  readonly repositories: readonly RepositoryMove[];
}

/**
 * SQL condition on `watches` and `changes`: this watcher wants to hear of this change. What is
 * paused is not told.
 */
export const IS_WANTED = `watches.paused_at IS NULL AND CASE changes.kind
    WHEN 'commits' THEN watches.commits = 1
    WHEN 'release' THEN watches.releases = 1
      AND (watches.prereleases = 1 OR NOT changes.notice->>'isPrerelease')
      AND (watches.tag_pattern IS NULL OR changes.notice->>'tag' GLOB watches.tag_pattern)
      AND (watches.smallest_step = 'any' OR changes.step = 'major'
           OR (watches.smallest_step = 'minor' AND changes.step = 'minor'))
    ELSE 1 END`;

/** SQL: the branches a change is about, to be found from `changes`. */
const ITS_BRANCHES = `branches ON branches.repository = changes.repository
    AND (changes.branch IS NULL OR branches.id = changes.branch)`;

/** SQL: the notice of a change as its watcher reads it. */
export const ITS_NOTICE = `json_set(changes.notice, '$.language', routes.language,
    '$.nickname', watches.nickname, '$.branch', branches.name)`;

/** How many of each go into one transaction: D1 takes values of 2 MB. */
const MOST_AT_ONCE = 100;

const IS_AS_BEFORE = `CASE WHEN asked.value->>'branch' IS NULL
    THEN EXISTS (SELECT 1 FROM repositories WHERE ${repositoryIsAsBefore('asked', 'repository')})
    ELSE EXISTS (SELECT 1 FROM branches WHERE ${branchIsAsBefore('asked', 'branch')}) END`;

/**
 * Hands what was found to the outbox and moves branches and repositories on, each in the same
 * transaction, and only where it is still as it was when GitHub was asked: whoever comes second, or
 * again after a crash, tells nothing. What is told at once is written as deliveries here; digests
 * find the changes later.
 *
 * @param channels ids of the channels that are configured: news for others is not kept
 * @returns ids of the new deliveries
 */
export async function tell(
  db: D1Database,
  { changes, branches, repositories }: Findings,
  channels: readonly string[],
  now: number,
): Promise<number[]> {
  const ids: number[] = [];
  const byBranch = Map.groupBy(changes, ({ branch }) => branch);
  for (let start = 0; start < branches.length; start += MOST_AT_ONCE) {
    const moves = branches.slice(start, start + MOST_AT_ONCE);
    const told = moves.flatMap(({ id }) => byBranch.get(id) ?? []);
    const statements = told.length === 0 ? [] : tellings(db, told, channels, now);
    ids.push(...(await idsOf(db, [...statements, moveBranches(db, moves)])));
  }
  const byRepository = Map.groupBy(byBranch.get(null) ?? [], ({ repository }) => repository);
  for (let start = 0; start < repositories.length; start += MOST_AT_ONCE) {
    const moves = repositories.slice(start, start + MOST_AT_ONCE);
    const told = moves.flatMap(({ id }) => byRepository.get(id) ?? []);
    const statements = told.length === 0 ? [] : tellings(db, told, channels, now);
    ids.push(...(await idsOf(db, [...statements, moveRepositories(db, moves)])));
  }
  return ids;
}

async function idsOf(db: D1Database, statements: D1PreparedStatement[]): Promise<number[]> {
  const answers = await db.batch<{ id: number }>(statements);
  return answers.flatMap(({ results }) => results.map(({ id }) => id));
}

/** Statements: writes changes down, and a delivery for each watcher who is told at once. */
function tellings(
  db: D1Database,
  changes: readonly Change[],
  channels: readonly string[],
  now: number,
): D1PreparedStatement[] {
  const asked = JSON.stringify(changes);
  return [
    db
      .prepare(
        `INSERT INTO changes (repository, branch, kind, key, subject, step, notice, at)
         SELECT value->>'repository', value->>'branch', value->>'kind', value->>'key',
                value->>'subject', value->>'step', value->>'notice', ?2
         FROM json_each(?1) AS asked WHERE ${IS_AS_BEFORE}
         ON CONFLICT (key) DO NOTHING`,
      )
      .bind(asked, now),
    db
      .prepare(
        // A person who began to watch at the very head that is told now has seen it.
        `INSERT INTO deliveries
           (dedupe_key, channel, account, address, notice, state, due_at, created_at)
         SELECT 'change:' || changes.subject || ':' || routes.channel || ':' || routes.address,
                routes.channel, routes.account, routes.address, ${ITS_NOTICE}, 'waiting', ?2, ?2
         FROM json_each(?1) AS asked
         JOIN changes ON changes.key = asked.value->>'key'
         JOIN ${ITS_BRANCHES}
         JOIN watches ON watches.branch = branches.id
         JOIN routes ON routes.person = watches.person
         WHERE ${IS_AS_BEFORE} AND watches.digest = 'instant' AND ${IS_WANTED}
           AND (asked.value->>'head' IS NULL OR watches.first_head IS NOT asked.value->>'head'
                OR branches.changed_at >= watches.created_at)
           AND routes.channel IN (SELECT value FROM json_each(?3))
         ORDER BY changes.id, watches.id
         ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`,
      )
      .bind(asked, now, JSON.stringify(channels)),
  ];
}
