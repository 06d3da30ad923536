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

/** A branch, or a pattern that stands for several, that is to be looked at. */
export interface PolledBranch extends BranchBefore {
  readonly id: number;
  readonly name: string;
  readonly isPattern: boolean;
  /** GitHub's id of the ref; `null` when it is not known. */
  readonly nodeId: string | null;
  /** How many commits the head can reach, itself included; `null` when it is not known. */
  readonly depth: number | null;
  /** Epoch milliseconds. */
  readonly missingSince: number | null;
  readonly stuckSince: number | null;
  /** Whether somebody wants to hear of the repository's releases. */
  readonly wantsReleases: boolean;
  /** Whether somebody leaves out some of the commits, or merges: more of them are kept then. */
  readonly leavesOut: boolean;
  readonly leavesOutMerges: boolean;
  /** Whether somebody named no branch, and follows the default one. */
  readonly hasFollowers: boolean;
  /** Whether the owner watches it though it is private. */
  readonly seesPrivate: boolean;
  readonly repository: RepositoryBefore & { readonly id: number; readonly nodeId: string };
}

/** A branch that is to be watched, as GitHub tells it. */
export interface NewBranch {
  readonly name: string;
  readonly nodeId: string | null;
  /** `null`: no commit yet, the first one will be news. */
  readonly head: string | null;
  /** `null`: not known. */
  readonly depth: number | null;
  readonly isPattern: boolean;
}

/** Condition: somebody hears of the branch in the row of `branches` around it. */
export const IS_WATCHED = `(EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
  OR EXISTS (SELECT 1 FROM covered JOIN watches ON watches.branch = covered.pattern
             WHERE covered.branch = branches.id))`;

/**
 * Statement: writes branches down. One that others watch keeps the head they were told of.
 *
 * @param branches each with GitHub's number of its repository, which is written down
 */
export function meetBranches(
  db: D1Database,
  branches: readonly (NewBranch & { readonly repository: number })[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO branches (repository, name, node_id, head, depth, changed_at, state, is_pattern)
       SELECT value->>'repository', value->>'name', value->>'nodeId', value->>'head',
              value->>'depth', ?2, 'ok', value->>'isPattern'
       FROM json_each(?1) WHERE true
       ON CONFLICT (repository, name) DO UPDATE
         SET node_id = excluded.node_id, head = excluded.head, depth = excluded.depth,
             changed_at = max(?2, changed_at + 1), state = 'ok', misses = 0, missing_since = NULL,
             stuck_since = NULL
         WHERE NOT ${IS_WATCHED}`,
    )
    .bind(JSON.stringify(branches), now);
}

interface PolledRow {
  readonly id: number;
  readonly name: string;
  readonly is_pattern: number;
  readonly node_id: string | null;
  readonly head: string | null;
  readonly depth: number | null;
  readonly changed_at: number;
  readonly state: BranchState;
  readonly misses: number;
  readonly missing_since: number | null;
  readonly stuck_since: number | null;
  /** Bits: releases, leaves out some, merges, follows, sees what is private. */
  readonly wishes: number | null;
  readonly repository: number;
  readonly repository_node_id: string;
  readonly owner: string;
  readonly repository_name: string;
  readonly releases_seen: string;
  readonly is_archived: number;
  readonly is_private: number;
  readonly repository_changed_at: number;
}

const WISHES = `max(watches.releases) + 2 * max(watches.bots = 0 OR watches.merges = 0
    OR watches.without_authors IS NOT NULL) + 4 * max(watches.merges = 0)
    + 8 * max(watches.follows_default) + 16 * max(watches.sees_private)`;
const COLUMNS = `branches.id, branches.name, branches.is_pattern, branches.node_id, branches.head,
    branches.depth, branches.changed_at, branches.state, branches.misses, branches.missing_since,
    branches.stuck_since, branches.repository, repositories.node_id AS repository_node_id, owner,
    repositories.name AS repository_name, releases_seen, is_archived, is_private,
    repositories.changed_at AS repository_changed_at`;
const DIRECT = `SELECT ${COLUMNS}, (SELECT ${WISHES} FROM watches
      WHERE watches.branch = branches.id) AS wishes
  FROM branches JOIN repositories ON repositories.id = branches.repository
  WHERE EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`;

/**
 * The watched branches of a range of ids that are due in a slot: every slot within a week of a
 * change, every 4th within a month, else every 12th; one that is missing every 4th, one whose tag
 * waits for its release every slot. Nothing is written for it: the id spreads them over the slots.
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
      `${DIRECT} AND branches.id > ?1 AND branches.id <= ?2
       AND (branches.id + ?3) % CASE
         WHEN state = 'missing' THEN 4
         WHEN state = 'gone' THEN 12
         WHEN branches.changed_at > ?4 OR releases_seen LIKE '%+' THEN 1
         WHEN branches.changed_at > ?5 THEN 4
         ELSE 12 END = 0`,
    )
    .bind(range.after, range.upTo, slot, now - 7 * DAY_MS, now - 30 * DAY_MS)
    .all<PolledRow>();
  return results.map(polled);
}

/** One watched branch or pattern, due or not. */
export async function branchToPoll(db: D1Database, id: number): Promise<PolledBranch | null> {
  const row = await db.prepare(`${DIRECT} AND branches.id = ?1`).bind(id).first<PolledRow>();
  return row && polled(row);
}

/** The branches for which patterns stand, by the pattern's id. */
export async function coveredBranches(
  db: D1Database,
  patterns: readonly number[],
): Promise<ReadonlyMap<number, readonly PolledBranch[]>> {
  if (patterns.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS}, covered.pattern,
              (SELECT ${WISHES} FROM watches WHERE watches.branch IN (covered.pattern, branches.id))
                AS wishes
       FROM covered JOIN branches ON branches.id = covered.branch
       JOIN repositories ON repositories.id = branches.repository
       WHERE covered.pattern IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(patterns))
    .all<PolledRow & { readonly pattern: number }>();
  const byPattern = Map.groupBy(results, ({ pattern }) => pattern);
  return new Map([...byPattern].map(([pattern, rows]) => [pattern, rows.map(polled)]));
}

function polled(row: PolledRow): PolledBranch {
  const wishes = row.wishes ?? 0;
  return {
    id: row.id,
    name: row.name,
    isPattern: row.is_pattern === 1,
    nodeId: row.node_id,
    head: row.head,
    depth: row.depth,
    changedAt: row.changed_at,
    state: row.state,
    misses: row.misses,
    missingSince: row.missing_since,
    stuckSince: row.stuck_since,
    wantsReleases: (wishes & 1) > 0,
    leavesOut: (wishes & 2) > 0,
    leavesOutMerges: (wishes & 4) > 0,
    hasFollowers: (wishes & 8) > 0,
    seesPrivate: (wishes & 16) > 0,
    repository: {
      id: row.repository,
      nodeId: row.repository_node_id,
      owner: row.owner,
      name: row.repository_name,
      releasesSeen: row.releases_seen,
      isArchived: row.is_archived === 1,
      isPrivate: row.is_private === 1,
      changedAt: row.repository_changed_at,
    },
  };
}

/** The highest id of a branch; 0 when there is none. */
export async function lastBranch(db: D1Database): Promise<number> {
  return (await db.prepare(`SELECT max(id) AS id FROM branches`).first<number | null>('id')) ?? 0;
}

/** Names of those of these branches of a repository that somebody hears of already. */
export async function watchedNames(
  db: D1Database,
  repository: number,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `SELECT name FROM branches
       WHERE repository = ?1 AND name IN (SELECT value FROM json_each(?2)) AND ${IS_WATCHED}`,
    )
    .bind(repository, JSON.stringify(names))
    .all<{ name: string }>();
  return new Set(results.map(({ name }) => name));
}

/** What is known of a branch from now on, if it is still as it was. */
export interface BranchMove extends BranchBefore {
  readonly id: number;
  readonly was: BranchBefore;
  readonly nodeId: string | null;
  readonly depth: number | null;
  readonly missingSince: number | null;
  readonly stuckSince: number | null;
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
           stuck_since = asked.value->>'stuckSince', changed_at = asked.value->>'changedAt'
       FROM json_each(?1) AS asked WHERE ${branchIsAsBefore('asked', 'id')}`,
    )
    .bind(JSON.stringify(moves));
}
