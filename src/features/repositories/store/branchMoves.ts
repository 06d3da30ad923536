import type { BranchBefore } from './branches.ts';

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
