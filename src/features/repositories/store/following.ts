import type { BranchBefore } from './branches.ts';
import { branchIsAsBefore } from './branchMoves.ts';

/** The default branch is another one now: whoever named none goes with it. */
export interface Following {
  /** Id of the branch that was the default one. */
  readonly from: number;
  readonly was: BranchBefore;
  readonly repository: number;
  /** The default branch as it is now. */
  readonly name: string;
  readonly nodeId: string;
  /** What of it is no news: where the old one was told last when it was renamed, else its head. */
  readonly head: string | null;
  readonly depth: number | null;
}

/** Statements: those who follow the default branch watch the new one from now on. */
export function followStatements(
  db: D1Database,
  following: Following,
  now: number,
): D1PreparedStatement[] {
  const { from, was, repository, name, nodeId, head, depth } = following;
  const guard = JSON.stringify([{ from, was }]);
  const isAsBefore = `EXISTS (SELECT 1 FROM json_each(?2) AS asked
    JOIN branches ON ${branchIsAsBefore('asked', 'from')})`;
  const target = `(SELECT id FROM branches WHERE repository = ?3 AND name = ?4)`;
  return [
    db
      .prepare(
        `INSERT INTO branches (repository, name, node_id, head, depth, changed_at, state)
         SELECT ?3, ?4, ?5, ?6, ?7, ?1, 'ok' WHERE ${isAsBefore}
         ON CONFLICT (repository, name) DO UPDATE
           SET node_id = excluded.node_id, head = excluded.head, depth = excluded.depth,
               changed_at = max(excluded.changed_at, changed_at + 1), state = 'ok', misses = 0,
               missing_since = NULL, stuck_since = NULL
           WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`,
      )
      .bind(now, guard, repository, name, nodeId, head, depth),
    // Who watches the new one already keeps that watch.
    db
      .prepare(
        `UPDATE OR IGNORE watches SET branch = ${target}, first_head = ?5
         WHERE branch = ?1 AND follows_default = 1 AND ${isAsBefore}`,
      )
      .bind(from, guard, repository, name, head),
    db
      .prepare(
        `DELETE FROM watches WHERE branch = ?1 AND follows_default = 1 AND ${isAsBefore}
           AND EXISTS (SELECT 1 FROM watches AS other
                       WHERE other.person = watches.person AND other.branch = ${target})`,
      )
      .bind(from, guard, repository, name),
  ];
}
