/** A look that was asked for and did not come in this time was lost. */
const STALE_LOOK_MS = 10 * 60 * 1000;

/**
 * Id of the branch, or of the pattern, to look at when something happened in a repository, unless a
 * look is waiting already: it is asked for with this.
 *
 * @param branch where it happened; `null`: in the repository as a whole, one branch stands for all
 */
export async function askForLook(
  db: D1Database,
  repository: number,
  branch: string | null,
  now: number,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `UPDATE branches SET look_asked_at = ?3
       WHERE id IN (
         SELECT id FROM branches WHERE repository = ?1 AND name = ?2
           AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
         UNION SELECT id FROM branches WHERE repository = ?1 AND is_pattern = 1 AND ?2 GLOB name
           AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
         UNION SELECT * FROM (
           SELECT branches.id FROM branches JOIN watches ON watches.branch = branches.id
           WHERE ?2 IS NULL AND branches.repository = ?1
           GROUP BY branches.id ORDER BY max(watches.releases) DESC LIMIT 1))
         AND (look_asked_at IS NULL OR look_asked_at < ?3 - ${STALE_LOOK_MS})
       RETURNING id`,
    )
    .bind(repository, branch, now)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Somebody looks now: whatever happens from here on asks for another look. */
export async function beginLook(db: D1Database, id: number): Promise<void> {
  await db
    .prepare(`UPDATE branches SET look_asked_at = NULL WHERE id = ?1 AND look_asked_at IS NOT NULL`)
    .bind(id)
    .run();
}
