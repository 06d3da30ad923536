import { HOUR_MS, MINUTE_MS } from '../lib/time.ts';

/** By then an end is written down: it bears the time at which its sender looked at the clock. */
const WRITTEN_AFTER_MS = 10 * MINUTE_MS;

/**
 * SQL: what ended and is not counted yet. Ids begin anew below those that were deleted last, so it is
 * looked a little further back.
 */
const UNCOUNTED = `FROM deliveries
  WHERE deliveries.id >= ifnull((SELECT from_id FROM counted WHERE one = 1), 0) - 200
    AND finished_at >= ifnull((SELECT until FROM counted WHERE one = 1), 0) AND state <> 'merged'`;

/** SQL: how many deliveries ended in which hour (counted from the epoch), as rows to be added up. */
export const ENDED = `(
  SELECT hour, channel, sent, failed FROM delivery_hours
  UNION ALL
  SELECT finished_at / ${HOUR_MS}, channel, state = 'sent', state <> 'sent' ${UNCOUNTED})`;

/**
 * Counts what has ended since the last time, so that no page counts the deliveries of weeks. Once an
 * hour: with each delivery it would be a row written more for each.
 */
export async function countHours(db: D1Database, now: number): Promise<void> {
  const until = now - WRITTEN_AFTER_MS;
  await db.batch([
    db
      .prepare(
        `INSERT INTO delivery_hours (hour, channel, sent, failed)
         SELECT finished_at / ${HOUR_MS}, channel, sum(state = 'sent'), sum(state <> 'sent')
         ${UNCOUNTED} AND finished_at < ?1 GROUP BY 1, 2
         ON CONFLICT (hour, channel) DO UPDATE
           SET sent = sent + excluded.sent, failed = failed + excluded.failed`,
      )
      .bind(until),
    db
      .prepare(
        `INSERT INTO counted (one, from_id, until)
         SELECT 1, coalesce(
             (SELECT id FROM deliveries
              WHERE id >= ifnull((SELECT from_id FROM counted WHERE one = 1), 0) - 200
                AND (finished_at IS NULL OR finished_at >= ?1)
              ORDER BY id LIMIT 1),
             (SELECT max(id) FROM deliveries), 0), ?1
         WHERE EXISTS (SELECT 1 ${UNCOUNTED} AND finished_at < ?1)
         ON CONFLICT (one) DO UPDATE SET from_id = excluded.from_id, until = excluded.until
           WHERE excluded.until > until`,
      )
      .bind(until),
  ]);
}

/** Statement: the ids of deliveries begin anew. */
export function countFromStart(db: D1Database): D1PreparedStatement {
  return db.prepare(`UPDATE counted SET from_id = 0 WHERE one = 1 AND from_id > 0`);
}
