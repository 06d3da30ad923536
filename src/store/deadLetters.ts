/** Statement: a queue gave a message up. */
export function noteDeadLetter(
  db: D1Database,
  queue: string,
  message: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO dead_letters (queue, message, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING`,
    )
    .bind(queue, message, now);
}

/** How many messages the queues gave up since an instant. */
export async function countDeadLetters(db: D1Database, since: number): Promise<number> {
  const count = await db
    .prepare(`SELECT count(*) AS count FROM dead_letters WHERE at >= ?1`)
    .bind(since)
    .first<number>('count');
  return count ?? 0;
}

/** Forgets what was given up before an instant. */
export async function forgetDeadLetters(db: D1Database, before: number): Promise<number> {
  const { meta } = await db.prepare(`DELETE FROM dead_letters WHERE at < ?1`).bind(before).run();
  return meta.changes;
}
