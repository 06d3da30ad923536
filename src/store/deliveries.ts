import { DAY_MS, HOUR_MS } from '../lib/time.ts';
import { STUCK_AFTER_MS } from './inbox.ts';

/** News is given up when it is so old. */
export const STALE_AFTER_MS = 3 * DAY_MS;
/** Nobody waits longer for a reply: a day, and until a limit of a day is over. */
export const REPLY_LASTS_MS = DAY_MS + HOUR_MS;

/**
 * What goes out in order to one address: `reply` (those that wait are said together) and `news` of
 * what somebody watches.
 */
export type DeliveryTopic = 'reply' | 'news';

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
  readonly topic?: DeliveryTopic;
  /** When it is worth nothing any more, epoch milliseconds; without it, news lasts for days. */
  readonly expiresAt?: number;
}

/** What must not be true when deliveries are stored; else none of them is. */
export interface Unless {
  /** A query that finds a row when it is true, over `json_each(<ids>)`. */
  readonly query: (ids: string) => string;
  readonly ids: readonly number[];
}

/** A delivery that waits, and the lane it waits in. */
export interface OpenDelivery {
  readonly id: number;
  readonly lane: string;
}

/**
 * Statement: stores deliveries, each once, in one statement. It gives those that are new as
 * {@link OpenDelivery}.
 *
 * @param unless nothing is stored when its query finds a row at that moment
 */
export function insertDeliveries(
  db: D1Database,
  deliveries: readonly NewDelivery[],
  now: number,
  unless?: Unless,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries
         (dedupe_key, channel, account, address, notice, follows, run, topic, expires_at, state,
          due_at, created_at)
       SELECT value->>'dedupeKey', value->>'channel', value->>'account', value->>'address',
              value->>'notice', value->>'follows', value->>'run', value->>'topic',
              value->>'expiresAt', 'waiting', ?2, ?2
       FROM json_each(?1)
       WHERE NOT EXISTS (${unless?.query('?3') ?? 'SELECT 1 FROM json_each(?3)'})
       ON CONFLICT (dedupe_key) DO NOTHING RETURNING id, lane`,
    )
    .bind(JSON.stringify(deliveries), now, JSON.stringify(unless?.ids ?? []));
}

/** The delivery under a dedupe key, while it is not over. */
export async function openDelivery(
  db: D1Database,
  dedupeKey: string,
): Promise<OpenDelivery | null> {
  return db
    .prepare(`SELECT id, lane FROM deliveries WHERE dedupe_key = ?1 AND finished_at IS NULL`)
    .bind(dedupeKey)
    .first<OpenDelivery>();
}

/** A run's deliveries that still wait, in the order they were written. */
export async function waitingOfRun(db: D1Database, run: string): Promise<OpenDelivery[]> {
  const { results } = await db
    .prepare(`SELECT id, lane FROM deliveries WHERE run = ?1 AND state = 'waiting' ORDER BY id`)
    .bind(run)
    .all<OpenDelivery>();
  return results;
}

/** How many of a run's deliveries still wait. */
export async function countWaitingOfRun(db: D1Database, run: string): Promise<number> {
  const count = await db
    .prepare(`SELECT count(*) AS count FROM deliveries WHERE run = ?1 AND state = 'waiting'`)
    .bind(run)
    .first<number>('count');
  return count ?? 0;
}

/** Whether nothing waits too long to be answered, or waits to be said, nor is given up for now. */
export async function isAllSaid(db: D1Database, now: number): Promise<boolean> {
  const left = await db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'waiting' AND received_at <= ?1)
         OR EXISTS (SELECT 1 FROM deliveries WHERE finished_at IS NULL)
         OR EXISTS (SELECT 1 FROM deliveries WHERE state = 'dead') AS some`,
    )
    .bind(now - STUCK_AFTER_MS)
    .first<number>('some');
  return left === 0;
}

/**
 * How many deliveries wait, and how many were given up and can be sent again.
 *
 * @param most of each that is looked at
 */
export async function countDeliveries(
  db: D1Database,
  most = -1,
): Promise<{ waiting: number; dead: number }> {
  const row = await db
    .prepare(
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE finished_at IS NULL LIMIT ?1)) AS waiting,
         (SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE state = 'dead' LIMIT ?1)) AS dead`,
    )
    .bind(most)
    .first<{ waiting: number; dead: number }>();
  return row ?? { waiting: 0, dead: 0 };
}

/**
 * Gives up what is too old: what lasts for a time only is over, other news is dead and can be sent
 * again.
 *
 * @returns how many
 */
export async function giveUpOld(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(
      `UPDATE deliveries SET finished_at = ?1, lease = NULL, ${GIVEN_UP}
       WHERE finished_at IS NULL AND state = 'waiting'
         AND ifnull(expires_at, created_at + ${STALE_AFTER_MS}) <= ?1`,
    )
    .bind(now)
    .run();
  return meta.changes;
}

/** SQL: what becomes of a delivery that is given up. */
export const GIVEN_UP = `
  state = iif(expires_at IS NULL, 'dead', 'expired'),
  notice = iif(expires_at IS NULL, notice, NULL),
  address = iif(topic = 'reply', '', address)`;

/**
 * Forgets deliveries that ended before an instant; dead ones stay, to be sent again. They are among
 * those with the lowest ids: about twice as many are looked at as ended in the hours that are
 * forgotten with them, and some thousands, as what was said together with another is in no hour.
 */
export async function forgetDeliveries(db: D1Database, before: number): Promise<number> {
  const hour = Math.floor(before / HOUR_MS);
  const [forgotten] = await db.batch([
    db
      .prepare(
        `DELETE FROM deliveries WHERE id IN (
           SELECT id FROM (
             SELECT id, finished_at FROM deliveries WHERE id > 0 AND state <> 'dead' ORDER BY id
             LIMIT 5000 + 2 * (SELECT total(sent + failed) FROM delivery_hours WHERE hour < ?2))
           WHERE finished_at < ?1)`,
      )
      .bind(before, hour),
    db.prepare(`DELETE FROM delivery_hours WHERE hour < ?1`).bind(hour),
  ]);
  return forgotten?.meta.changes ?? 0;
}
