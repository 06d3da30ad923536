import { DAY_MS } from '../../../lib/time.ts';
import type { RepositoryBefore } from './repositories.ts';

type BranchState = 'ok' | 'missing' | 'gone';

/** What was known of a branch when it was looked at. */
export interface BranchBefore {
  /** Commit the people were told of last; `null`: no commit yet. */
  readonly head: string | null;
  /** Epoch milliseconds; never the same twice for a branch, so it tells one state from another. */
  readonly changedAt: number;
  readonly state: BranchState;
  /** How often it was looked for in vain. */
  readonly misses: number;
}

/** A branch that is to be looked at. */
export interface PolledBranch extends BranchBefore {
  readonly id: number;
  readonly name: string;
  /** GitHub's id of the ref; `null` when it is not known. */
  readonly nodeId: string | null;
  /** How many commits the head can reach, itself included; `null` when it is not known. */
  readonly depth: number | null;
  /** Epoch milliseconds. */
  readonly missingSince: number | null;
  /** Whether somebody wants to hear of the repository's releases. */
  readonly wantsReleases: boolean;
  readonly repository: RepositoryBefore & { readonly id: number; readonly nodeId: string };
}

/** A branch that is to be watched, as GitHub tells it. */
export interface NewBranch {
  readonly name: string;
  readonly nodeId: string | null;
  /** `null`: no commit yet, the first one will be news. */
  readonly head: string | null;
}

/** What is known of a branch from now on, if it is still as it was. */
export interface BranchMove extends BranchBefore {
  readonly id: number;
  readonly was: BranchBefore;
  readonly nodeId: string | null;
  readonly depth: number | null;
  readonly missingSince: number | null;
}

/** Statement: writes a branch down. One that others watch keeps the head they were told of. */
export function meetBranch(
  db: D1Database,
  repository: number,
  branch: NewBranch,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO branches (repository, name, node_id, head, changed_at, state)
       VALUES (?1, ?2, ?3, ?4, ?5, 'ok')
       ON CONFLICT (repository, name) DO UPDATE
         SET node_id = ?3, head = ?4, depth = NULL, changed_at = max(?5, changed_at + 1),
             state = 'ok', misses = 0, missing_since = NULL
         WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`,
    )
    .bind(repository, branch.name, branch.nodeId, branch.head, now);
}

interface PolledRow {
  readonly id: number;
  readonly name: string;
  readonly node_id: string | null;
  readonly head: string | null;
  readonly depth: number | null;
  readonly changed_at: number;
  readonly state: BranchState;
  readonly misses: number;
  readonly missing_since: number | null;
  readonly wants_releases: number;
  readonly repository: number;
  readonly repository_node_id: string;
  readonly owner: string;
  readonly repository_name: string;
  readonly releases_known: string;
}

const POLLED = `SELECT branches.*, repositories.node_id AS repository_node_id, owner,
    repositories.name AS repository_name, releases_known,
    EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id AND watches.releases = 1)
      AS wants_releases
  FROM branches JOIN repositories ON repositories.id = branches.repository
  WHERE EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`;

/**
 * The watched branches of a range of ids that are due in a slot: every slot within a week of a
 * change, every 4th within a month, else every 12th; one that is missing every 4th. Nothing is
 * written for it: the id spreads them over the slots.
 *
 * @param range ids above `after` up to `upTo`
 * @param slot number of the slot, counted from any beginning
 */
export async function dueBranches(
  db: D1Database,
  range: { readonly after: number; readonly upTo: number },
  slot: number,
  now: number,
): Promise<PolledBranch[]> {
  const { results } = await db
    .prepare(
      `${POLLED} AND branches.id > ?1 AND branches.id <= ?2
       AND (branches.id + ?3) % CASE
         WHEN state = 'missing' THEN 4
         WHEN state = 'gone' THEN 12
         WHEN changed_at > ?4 THEN 1
         WHEN changed_at > ?5 THEN 4
         ELSE 12 END = 0`,
    )
    .bind(range.after, range.upTo, slot, now - 7 * DAY_MS, now - 30 * DAY_MS)
    .all<PolledRow>();
  return results.map(polled);
}

/** One watched branch, due or not. */
export async function branchToPoll(db: D1Database, id: number): Promise<PolledBranch | null> {
  const row = await db.prepare(`${POLLED} AND branches.id = ?1`).bind(id).first<PolledRow>();
  return row && polled(row);
}

function polled(row: PolledRow): PolledBranch {
  return {
    id: row.id,
    name: row.name,
    nodeId: row.node_id,
    head: row.head,
    depth: row.depth,
    changedAt: row.changed_at,
    state: row.state,
    misses: row.misses,
    missingSince: row.missing_since,
    wantsReleases: row.wants_releases === 1,
    repository: {
      id: row.repository,
      nodeId: row.repository_node_id,
      owner: row.owner,
      name: row.repository_name,
      releasesKnown: row.releases_known,
    },
  };
}

/** The highest id of a branch; 0 when there is none. */
export async function lastBranch(db: D1Database): Promise<number> {
  return (await db.prepare(`SELECT max(id) AS id FROM branches`).first<number | null>('id')) ?? 0;
}

/**
 * Ids of the branches of a repository to look at when something happened in it.
 *
 * @param branch where it happened; `null`: in the repository as a whole, one branch stands for all
 */
export async function watchedBranches(
  db: D1Database,
  repository: number,
  branch: string | null,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM branches
       WHERE repository = ?1 AND (?2 IS NULL OR name = ?2)
         AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
       ORDER BY (SELECT max(releases) FROM watches WHERE watches.branch = branches.id) DESC
       LIMIT 1`,
    )
    .bind(repository, branch)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Condition: the branch is as it was when `alias`.value was made, which names it in `key`. */
export function branchIsAsBefore(alias: string, key: string): string {
  return `branches.id = ${alias}.value->>'${key}'
    AND branches.head IS ${alias}.value->>'$.was.head'
    AND branches.changed_at = ${alias}.value->>'$.was.changedAt'
    AND branches.state = ${alias}.value->>'$.was.state'
    AND branches.misses = ${alias}.value->>'$.was.misses'`;
}

/** Statement: moves branches that are still as they were. */
export function moveBranches(db: D1Database, moves: readonly BranchMove[]): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE branches
       SET head = asked.value->>'head', depth = asked.value->>'depth',
           node_id = asked.value->>'nodeId', state = asked.value->>'state',
           misses = asked.value->>'misses', missing_since = asked.value->>'missingSince',
           changed_at = asked.value->>'changedAt'
       FROM json_each(?1) AS asked WHERE ${branchIsAsBefore('asked', 'id')}`,
    )
    .bind(JSON.stringify(moves));
}
