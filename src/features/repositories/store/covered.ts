import { IS_WATCHED, type NewBranch } from './branches.ts';

/** Statements: a pattern stands for these branches from now on; nothing of them is news. */
export function coverBranches(
  db: D1Database,
  repository: number,
  pattern: string,
  branches: readonly Pick<NewBranch, 'name' | 'nodeId' | 'head'>[],
  now: number,
): D1PreparedStatement[] {
  const asked = JSON.stringify(branches);
  return [
    db
      .prepare(
        `INSERT INTO branches (repository, name, node_id, head, changed_at, state)
         SELECT ?1, value->>'name', value->>'nodeId', value->>'head', ?3, 'ok' FROM json_each(?2)
         WHERE true ON CONFLICT (repository, name) DO UPDATE
           SET node_id = excluded.node_id, head = excluded.head, depth = NULL, state = 'ok',
               changed_at = max(excluded.changed_at, changed_at + 1), misses = 0,
               missing_since = NULL, stuck_since = NULL
           WHERE NOT ${IS_WATCHED}`,
      )
      .bind(repository, asked, now),
    db
      .prepare(
        `INSERT INTO covered (pattern, branch)
         SELECT pattern.id, branches.id FROM json_each(?3) AS asked
         JOIN branches ON branches.repository = ?1 AND branches.name = asked.value->>'name'
         JOIN branches AS pattern ON pattern.repository = ?1 AND pattern.name = ?2
         WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(repository, pattern, asked),
  ];
}

/** A branch for which a pattern stands. */
export interface CoveredBranch {
  readonly name: string;
  /** Epoch milliseconds of the last news of it; `null`: none yet. */
  readonly newsAt: number | null;
}

/** The branches for which a pattern stands, those with the latest news first. */
export async function branchesUnder(db: D1Database, pattern: number): Promise<CoveredBranch[]> {
  const { results } = await db
    .prepare(
      `SELECT name, newest.at AS newsAt FROM covered
       JOIN branches ON branches.id = covered.branch
       LEFT JOIN (SELECT branch, max(at) AS at FROM changes
                  WHERE repository = (SELECT repository FROM branches WHERE id = ?1)
                  GROUP BY branch) AS newest ON newest.branch = branches.id
       WHERE covered.pattern = ?1 ORDER BY newsAt DESC, name`,
    )
    .bind(pattern)
    .all<CoveredBranch>();
  return results;
}
