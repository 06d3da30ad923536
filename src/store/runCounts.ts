/**
 * Adds to the counts of a run what one of its parts did after the run itself was over.
 *
 * @param counts of a part: branches looked at, changes found, deliveries written, calls made
 * @param problem why the owner has to act: the run counts as failed then
 */
export async function addToRun(
  db: D1Database,
  run: { readonly job: string; readonly slot: number },
  counts: {
    readonly branches: number;
    readonly changed: number;
    readonly told: number;
    readonly calls: number;
  },
  problem: string | null,
): Promise<void> {
  await db
    .prepare(
      `UPDATE runs
       SET counts = json_set(counts,
             '$.branches', coalesce(counts->>'branches', 0) + ?3,
             '$.changed', coalesce(counts->>'changed', 0) + ?4,
             '$.told', coalesce(counts->>'told', 0) + ?5,
             '$.calls', coalesce(counts->>'calls', 0) + ?6),
           state = iif(?7 IS NULL, state, 'failed'), reason = coalesce(?7, reason)
       WHERE job = ?1 AND slot = ?2`,
    )
    .bind(run.job, run.slot, counts.branches, counts.changed, counts.told, counts.calls, problem)
    .run();
}
