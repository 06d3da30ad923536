import type { LeasedDelivery } from './leases.ts';

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
             AND open.state IN ('waiting', 'sending'))`,
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

type FinalState = 'sent' | 'gone' | 'refused' | 'dead';

/**
 * Records how a leased delivery ended. What was sent is no longer needed and is forgotten; of a reply
 * so is to whom, as they may have asked to be forgotten. One that is given up for good (`dead`) but
 * lasts for a time only has expired.
 */
export async function finishDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>,
  end: {
    state: FinalState;
    externalId: string | null;
    note: string | null;
    /** What the platform charges for it: item of its price list -> how often. */
    charges: Readonly<Record<string, number>> | null;
  },
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = CASE WHEN ?3 = 'sent' AND id <> ?1 THEN 'merged'
                        WHEN ?3 = 'dead' AND expires_at IS NOT NULL THEN 'expired' ELSE ?3 END,
           external_id = ?4, note = ?5, finished_at = ?6, lease = NULL,
           notice = iif(?3 = 'sent' OR ?3 = 'dead' AND expires_at IS NOT NULL, NULL, notice),
           charges = iif(id = ?1, ?7, NULL),
           address = iif(?3 IN ('sent', 'dead') AND topic = 'reply', '', address)
       WHERE id IN (SELECT ?1 UNION SELECT value FROM json_each(?8)) AND lease = ?2
         AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      end.state,
      end.externalId,
      end.note,
      now,
      end.charges && JSON.stringify(end.charges),
      JSON.stringify(delivery.merged),
    )
    .run();
}

/** Statement: news that waits for an address that cannot be reached any more ends with it. */
export function endWaiting(
  db: D1Database,
  { lane, address }: Pick<LeasedDelivery, 'lane' | 'address'>,
  note: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE deliveries SET state = 'gone', note = ?3, finished_at = ?4
       WHERE lane = ?1 AND address = ?2 AND state = 'waiting' AND topic IS NOT 'reply'`,
    )
    .bind(lane, address, note, now);
}

/** Puts a leased delivery back to be tried again at `dueAt`. */
export async function postponeDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>,
  next: {
    dueAt: number;
    note: string | null;
    uncertain: boolean;
    /** False when nothing was tried. */
    countsAsAttempt: boolean;
  },
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = 'waiting', due_at = ?3, note = ?4, uncertain = ?5, lease = NULL,
           attempts = attempts - ?6
       WHERE id IN (SELECT ?1 UNION SELECT value FROM json_each(?7)) AND lease = ?2
         AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      next.dueAt,
      next.note,
      next.uncertain ? 1 : 0,
      next.countsAsAttempt ? 0 : 1,
      JSON.stringify(delivery.merged),
    )
    .run();
}

/** Puts back all that one taker holds and has not tried. */
export async function releaseDeliveries(
  db: D1Database,
  deliveries: readonly Pick<LeasedDelivery, 'id' | 'merged' | 'lease'>[],
  now: number,
): Promise<void> {
  const [first] = deliveries;
  if (!first) return;
  const ids = deliveries.flatMap(({ id, merged }) => [id, ...merged]);
  await db
    .prepare(
      `UPDATE deliveries
       SET state = 'waiting', due_at = ?3, lease = NULL, attempts = attempts - 1
       WHERE id IN (SELECT value FROM json_each(?1)) AND lease = ?2 AND state = 'sending'`,
    )
    .bind(JSON.stringify(ids), first.lease, now)
    .run();
}
