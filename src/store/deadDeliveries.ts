/**
 * Gives dead deliveries another life, the longest dead first.
 *
 * @returns their ids
 */
export async function reviveDeliveries(
  db: D1Database,
  limit: number,
  now: number,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = ?2, created_at = ?2,
              finished_at = NULL
       WHERE id IN (SELECT id FROM deliveries WHERE state = 'dead' ORDER BY finished_at LIMIT ?1)
       RETURNING id`,
    )
    .bind(limit, now)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/**
 * Forgets dead deliveries: they are never sent.
 *
 * @param id of one; `null`: all there are
 * @returns how many there were
 */
export async function dropDeliveries(db: D1Database, id: number | null): Promise<number> {
  const { meta } = await (id === null
    ? db.prepare(`DELETE FROM deliveries WHERE state = 'dead'`)
    : db.prepare(`DELETE FROM deliveries WHERE state = 'dead' AND id = ?1`).bind(id)
  ).run();
  return meta.changes;
}
