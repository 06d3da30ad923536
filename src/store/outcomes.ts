import type { LeasedDelivery } from './leases.ts';

interface Ending {
  readonly state: 'sent' | 'gone' | 'refused' | 'dead';
  readonly externalId: string | null;
  readonly note: string | null;
  /** What the platform charges for it: item of its price list -> how often. */
  readonly charges: Readonly<Record<string, number>> | null;
}

/**
 * Records how a leased delivery ended. What was sent, and what never can be, is no longer needed and is
 * forgotten; of a reply so is to whom, as they may have asked to be forgotten. One that is given up for
 * good (`dead`) but lasts for a time only has expired.
 */
export async function finishDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'merged' | 'lease' | 'topic'>,
  end: Ending,
  now: number,
): Promise<void> {
  // Only where it changes: an address that is written again is a row of its index more.
  const isToForget = delivery.topic === 'reply';
  await db
    .prepare(
      `UPDATE deliveries
       SET state = CASE WHEN ?3 = 'sent' AND id <> ?1 THEN 'merged'
                        WHEN ?3 = 'dead' AND expires_at IS NOT NULL THEN 'expired' ELSE ?3 END,
           external_id = ?4, note = ?5, finished_at = ?6, lease = NULL,
           notice = iif(?3 = 'dead' AND expires_at IS NULL, notice, NULL),
           charges = iif(id = ?1, ?7, NULL)${isToForget ? ", address = ''" : ''}
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

/**
 * A message told of a part of a delivery: what is left waits in its place. That it was sent is written
 * down beside it, as each message counts.
 *
 * @param rest JSON of a digest, what is left
 */
export async function keepRest(
  db: D1Database,
  { id, lease }: Pick<LeasedDelivery, 'id' | 'lease'>,
  rest: string,
  sent: Omit<Ending, 'state'>,
  now: number,
): Promise<void> {
  const isHeld = `id = ?1 AND lease = ?2 AND state = 'sending'`;
  await db.batch([
    db
      .prepare(
        `INSERT INTO deliveries (dedupe_key, channel, account, address, topic, run, state, attempts,
           due_at, created_at, finished_at, external_id, note, charges)
         SELECT dedupe_key || ':' || json_array_length(?7, '$.entries'), channel, account, address,
           topic, run, 'sent', attempts, due_at, created_at, ?3, ?4, ?5, ?6
         FROM deliveries WHERE ${isHeld}`,
      )
      .bind(
        id,
        lease,
        now,
        sent.externalId,
        sent.note,
        sent.charges && JSON.stringify(sent.charges),
        rest,
      ),
    db
      .prepare(
        `UPDATE deliveries SET state = 'waiting', notice = ?3, due_at = ?4, attempts = 0,
           uncertain = 0, note = NULL, lease = NULL
         WHERE ${isHeld}`,
      )
      .bind(id, lease, rest, now),
  ]);
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
       WHERE lane = ?1 AND address = ?2 AND finished_at IS NULL AND state = 'waiting'
         AND topic IS NOT 'reply'`,
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

/** What a try brought that did not end in `sent`. */
export type AttemptOutcome = 'retry' | 'sender' | 'gone' | 'refused';

/** A try that did not end in `sent`. */
interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly outcome: AttemptOutcome;
  /** A code: what the platform answered. */
  readonly note: string | null;
}

/** Writes down what a try brought, for the owner. */
export async function noteAttempt(
  db: D1Database,
  { delivery, outcome, note }: Omit<Attempt, 'at'> & { readonly delivery: number },
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO attempts (delivery, at, outcome, note) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO NOTHING`,
    )
    .bind(delivery, now, outcome, note)
    .run();
}

/** How many tries of a delivery, and of what is said with it, are written down since it began. */
export async function countEnded(
  db: D1Database,
  { id, merged, createdAt }: Pick<LeasedDelivery, 'id' | 'merged' | 'createdAt'>,
): Promise<number> {
  const count = await db
    .prepare(
      `SELECT count(*) AS count FROM attempts
       WHERE delivery IN (SELECT value FROM json_each(?1)) AND at >= ?2`,
    )
    .bind(JSON.stringify([id, ...merged]), createdAt)
    .first<number>('count');
  return count ?? 0;
}

/** What the tries of a delivery brought, the newest first. */
export async function attemptsOf(db: D1Database, delivery: number): Promise<Attempt[]> {
  const { results } = await db
    .prepare(
      `SELECT at, outcome, note FROM attempts WHERE delivery = ?1 ORDER BY at DESC LIMIT 100`,
    )
    .bind(delivery)
    .all<Attempt>();
  return results;
}
