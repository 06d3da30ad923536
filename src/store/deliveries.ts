import { isOver } from '../features/titles/store/items.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/time.ts';

/** Something to say, to be said once. */
export interface NewDelivery {
  /** Unique for what is said to whom: a second insert with the same key does nothing. */
  readonly dedupeKey: string;
  readonly channel: string;
  /** The bot's account that speaks. */
  readonly account: string;
  /** The person or place spoken to, in the channel's own terms. */
  readonly address: string;
  /** JSON of the neutral notice. */
  readonly notice: string;
  /** Dedupe key of the delivery this one continues (a thread). */
  readonly follows?: string;
  /** The run that caused it, as `job@slot`. */
  readonly run?: string;
}

/** How long one sender may work on a delivery before another may take it. */
export const DELIVERY_LEASE_MS = 2 * MINUTE_MS;

/**
 * Statement: stores deliveries, each once, in one statement.
 *
 * @param titles ids of titles they tell of: nothing is stored when one was posted or skipped
 */
export function insertDeliveries(
  db: D1Database,
  deliveries: readonly NewDelivery[],
  now: number,
  titles: readonly number[] = [],
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries
         (dedupe_key, channel, account, address, notice, follows, run, state, due_at, created_at)
       SELECT value->>'dedupeKey', value->>'channel', value->>'account', value->>'address',
              value->>'notice', value->>'follows', value->>'run', 'waiting', ?2, ?2
       FROM json_each(?1) WHERE NOT EXISTS (
         SELECT 1 FROM items WHERE id IN (SELECT value FROM json_each(?3)) AND ${isOver('items')})
       ON CONFLICT (dedupe_key) DO NOTHING`,
    )
    .bind(JSON.stringify(deliveries), now, JSON.stringify(titles));
}

/** Id of the delivery under a dedupe key, while it is not over. */
export async function openDelivery(db: D1Database, dedupeKey: string): Promise<number | null> {
  return db
    .prepare(`SELECT id FROM deliveries WHERE dedupe_key = ?1 AND state IN ('waiting', 'sending')`)
    .bind(dedupeKey)
    .first<number>('id');
}

/** Ids of a run's deliveries that still wait, in the order they were written. */
export async function waitingOfRun(db: D1Database, run: string): Promise<number[]> {
  const { results } = await db
    .prepare(`SELECT id FROM deliveries WHERE run = ?1 AND state = 'waiting' ORDER BY id`)
    .bind(run)
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

export interface LeasedDelivery {
  readonly id: number;
  readonly dedupeKey: string;
  readonly lease: string;
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly notice: string;
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** True when an earlier try may have reached the platform without an answer reaching us. */
  readonly uncertain: boolean;
  readonly createdAt: number;
  /** What became of the delivery this one continues; `null` when it continues none. */
  readonly predecessor: {
    readonly finished: boolean;
    readonly externalId: string | null;
    /** When it is tried next, while it is not finished. */
    readonly dueAt: number;
  } | null;
}

interface LeaseRow {
  readonly id: number;
  readonly dedupe_key: string;
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly notice: string;
  readonly attempts: number;
  readonly uncertain: number;
  readonly created_at: number;
  readonly follows: string | null;
  readonly follows_state: string | null;
  readonly follows_external_id: string | null;
  readonly follows_due_at: number | null;
}

/**
 * Takes a delivery that is due for {@link DELIVERY_LEASE_MS}; at most one sender holds it. A row
 * found in the middle of sending had a sender that died: it is uncertain from then on.
 *
 * @param lease random text that names this taker; only its holder can record the outcome
 * @returns `busy` while somebody else holds it, `null` when it is over or not due
 */
export async function leaseDelivery(
  db: D1Database,
  id: number,
  lease: string,
  now: number,
): Promise<LeasedDelivery | 'busy' | null> {
  const row = await db
    .prepare(
      `UPDATE deliveries
       SET uncertain = uncertain OR state = 'sending', state = 'sending', lease = ?2,
           attempts = attempts + 1, due_at = ?3 + ?4
       WHERE id = ?1 AND state IN ('waiting', 'sending') AND due_at <= ?3
       RETURNING id, dedupe_key, channel, account, address, notice, attempts, uncertain, created_at, follows,
         (SELECT state FROM deliveries AS before
          WHERE before.dedupe_key = deliveries.follows) AS follows_state,
         (SELECT external_id FROM deliveries AS before
          WHERE before.dedupe_key = deliveries.follows) AS follows_external_id,
         (SELECT due_at FROM deliveries AS before
          WHERE before.dedupe_key = deliveries.follows) AS follows_due_at`,
    )
    .bind(id, lease, now, DELIVERY_LEASE_MS)
    .first<LeaseRow>();
  if (!row) {
    const held = db.prepare(`SELECT 1 FROM deliveries WHERE id = ?1 AND state = 'sending'`);
    return (await held.bind(id).first()) ? 'busy' : null;
  }
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    lease,
    channel: row.channel,
    account: row.account,
    address: row.address,
    notice: row.notice,
    attempts: row.attempts,
    uncertain: row.uncertain === 1,
    createdAt: row.created_at,
    predecessor:
      row.follows === null
        ? null
        : {
            finished: row.follows_state !== 'waiting' && row.follows_state !== 'sending',
            externalId: row.follows_external_id,
            dueAt: row.follows_due_at ?? 0,
          },
  };
}

export type FinalState = 'sent' | 'gone' | 'refused' | 'dead';

/**
 * Records how a leased delivery ended. What was sent is no longer needed and is forgotten; of a reply
 * so is to whom, as they may have asked to be forgotten.
 */
export async function finishDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'lease'>,
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
       SET state = ?3, external_id = ?4, note = ?5, finished_at = ?6, lease = NULL,
           notice = iif(?3 = 'sent', NULL, notice), charges = ?7,
           address = iif(?3 = 'sent' AND dedupe_key LIKE 'reply:%', '', address)
       WHERE id = ?1 AND lease = ?2 AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      end.state,
      end.externalId,
      end.note,
      now,
      end.charges && JSON.stringify(end.charges),
    )
    .run();
}

/** Puts a leased delivery back to be tried again at `dueAt`. */
export async function postponeDelivery(
  db: D1Database,
  delivery: Pick<LeasedDelivery, 'id' | 'lease'>,
  next: {
    dueAt: number;
    note: string | null;
    uncertain: boolean;
    /** False when nothing was tried, so that waiting never uses up the attempts. */
    countsAsAttempt: boolean;
  },
): Promise<void> {
  await db
    .prepare(
      `UPDATE deliveries
       SET state = 'waiting', due_at = ?3, note = ?4, uncertain = ?5, lease = NULL,
           attempts = attempts - ?6
       WHERE id = ?1 AND lease = ?2 AND state = 'sending'`,
    )
    .bind(
      delivery.id,
      delivery.lease,
      next.dueAt,
      next.note,
      next.uncertain ? 1 : 0,
      next.countsAsAttempt ? 0 : 1,
    )
    .run();
}

/** Ids of deliveries that are due for longer than a queue would take. Oldest first. */
export async function overdueDeliveries(
  db: D1Database,
  now: number,
  limit: number,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM deliveries
       WHERE state IN ('waiting', 'sending') AND due_at <= ?1 ORDER BY due_at LIMIT ?2`,
    )
    .bind(now - MINUTE_MS, limit)
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

/** How many deliveries wait, and how many were given up and can be sent again. */
export async function countDeliveries(db: D1Database): Promise<{ waiting: number; dead: number }> {
  const row = await db
    .prepare(
      `SELECT (SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')) AS waiting,
              (SELECT count(*) FROM deliveries WHERE state = 'dead') AS dead`,
    )
    .first<{ waiting: number; dead: number }>();
  return row ?? { waiting: 0, dead: 0 };
}

/** Gives a dead delivery another life. False when there is no such dead delivery. */
export async function reviveDelivery(db: D1Database, id: number, now: number): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = ?2, created_at = ?2,
              finished_at = NULL
       WHERE id = ?1 AND state = 'dead'`,
    )
    .bind(id, now)
    .run();
  // More than one: a trigger counts too.
  return meta.changes > 0;
}

/** Forgets deliveries that ended before an instant; dead ones stay, to be sent again. */
export async function forgetDeliveries(db: D1Database, before: number): Promise<number> {
  const [forgotten] = await db.batch([
    db
      .prepare(
        `DELETE FROM deliveries WHERE (state = 'sent' AND finished_at < ?1)
           OR (state IN ('gone', 'refused') AND finished_at < ?1)`,
      )
      .bind(before),
    db.prepare(`DELETE FROM delivery_hours WHERE hour < ?1`).bind(Math.floor(before / HOUR_MS)),
  ]);
  return forgotten?.meta.changes ?? 0;
}
