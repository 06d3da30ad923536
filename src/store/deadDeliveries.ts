/** One that died again and again comes back only when the owner says so. */
const MOST_REVIVALS = 10;
/** So many at once; the next success in the lane brings the next. */
const REVIVED_AT_ONCE = 500;
/** They come back a little apart from each other. */
const JITTER_MS = 60_000;

const ALIVE = `state = 'waiting', attempts = 0, note = NULL, created_at = ?1, finished_at = NULL`;

/** Gives a dead delivery another life. False when there is no such dead delivery. */
export async function reviveDelivery(db: D1Database, id: number, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare(`UPDATE deliveries SET ${ALIVE}, due_at = ?1 WHERE id = ?2 AND state = 'dead'`)
    .bind(now, id)
    .run();
  // More than one: a trigger counts too.
  return meta.changes > 0;
}

/**
 * Gives dead deliveries another life, the longest dead first.
 *
 * @param only those of a channel, and that died since an instant
 * @returns how many
 */
export async function reviveDeliveries(
  db: D1Database,
  limit: number,
  now: number,
  only: { readonly channel?: string; readonly since?: number } = {},
): Promise<number> {
  const { results } = await db
    .prepare(
      `UPDATE deliveries SET ${ALIVE}, due_at = ?1
       WHERE id IN (SELECT id FROM deliveries
         WHERE state = 'dead' AND finished_at >= ?3 AND (?4 IS NULL OR channel = ?4)
         ORDER BY finished_at LIMIT ?2)
       RETURNING id`,
    )
    .bind(now, limit, only.since ?? 0, only.channel ?? null)
    .all();
  return results.length;
}

/**
 * The platform of a lane answers again: what was given up there goes out after all, the oldest
 * first.
 *
 * @param limit 1: only to see whether it answers
 */
export async function reviveLane(
  db: D1Database,
  lane: string,
  now: number,
  limit = REVIVED_AT_ONCE,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries SET ${ALIVE}, revivals = revivals + 1,
         due_at = ?1 + abs(random() % ${JITTER_MS})
       WHERE id IN (SELECT id FROM deliveries
         WHERE state = 'dead' AND finished_at > 0 AND lane = ?2 AND revivals < ${MOST_REVIVALS}
         ORDER BY finished_at LIMIT ?3)`,
    )
    .bind(now, lane, limit)
    .run();
}

/** Lanes in which something is dead and nothing waits: nobody would notice that they answer again. */
export async function silentLanes(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT lane FROM deliveries AS d WHERE state = 'dead' AND finished_at > 0
         AND revivals < ${MOST_REVIVALS} AND NOT EXISTS (
           SELECT 1 FROM deliveries AS open WHERE open.lane = d.lane
             AND open.finished_at IS NULL)`,
    )
    .all<{ lane: string }>();
  return results.map(({ lane }) => lane);
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
