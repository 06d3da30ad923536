import { DAY_MS, MINUTE_MS } from '../lib/time.ts';

/** A place on the queue that is so late was lost. */
const LOST_AFTER_MS = MINUTE_MS;

/**
 * Takes the place on the queue for a lane at an instant, unless it has one that is not later.
 *
 * @returns false when it has
 */
export async function claimDrain(
  db: D1Database,
  lane: string,
  at: number,
  now: number,
): Promise<boolean> {
  const claimed = await db
    .prepare(
      `INSERT INTO lanes (lane, drain_at) VALUES (?1, ?2)
       ON CONFLICT (lane) DO UPDATE SET drain_at = ?2
         WHERE drain_at > ?2 OR drain_at <= ?3
       RETURNING lane`,
    )
    .bind(lane, at, now - LOST_AFTER_MS)
    .first();
  return claimed !== null;
}

/** The place on the queue is used up: from now on a new one can be taken. */
export async function beginDrain(db: D1Database, lane: string, now: number): Promise<void> {
  await db
    .prepare(`UPDATE lanes SET drain_at = 0 WHERE lane = ?1 AND drain_at BETWEEN 1 AND ?2`)
    .bind(lane, now)
    .run();
}

/** The lanes in which something waits, and how much of it is due since an instant. */
export async function openLanes(
  db: D1Database,
  at: number,
): Promise<{ readonly lane: string; readonly count: number }[]> {
  const { results } = await db
    .prepare(
      `SELECT lane, sum(due_at <= ?1) AS count FROM deliveries
       WHERE state IN ('waiting', 'sending') GROUP BY lane`,
    )
    .bind(at)
    .all<{ lane: string; count: number }>();
  return results;
}

/** Statement: an address of a lane was served now. */
export function noteServed(
  db: D1Database,
  lane: string,
  address: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO served (lane, address, at) VALUES (?1, ?2, ?3)
       ON CONFLICT (lane, address) DO UPDATE SET at = ?3`,
    )
    .bind(lane, address, now);
}

/** A place of the queue cannot be taken for later than this. */
export const LONGEST_DELAY_MS = DAY_MS;
