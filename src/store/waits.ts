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
       WHERE finished_at IS NULL GROUP BY lane`,
    )
    .bind(at)
    .all<{ lane: string; count: number }>();
  return results;
}

/** Statement: an address of a lane was served now; nothing is kept of somebody who was forgotten. */
export function noteServed(
  db: D1Database,
  lane: string,
  address: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO served (lane, address, at)
       SELECT channel, address, ?3 FROM people WHERE channel = ?1 AND address = ?2
       ON CONFLICT (lane, address) DO UPDATE SET at = ?3`,
    )
    .bind(lane, address, now);
}

/** A place of the queue cannot be taken for later than this. */
export const LONGEST_DELAY_MS = DAY_MS;

/** Why nothing is sent for a while. */
export interface Wait {
  /** See `deliveries.lane`: a channel, or a channel's posts. */
  readonly lane: string;
  /** The bot's account that waits; '' for all. */
  readonly account: string;
  /** To whom nothing is sent; '' for everybody. */
  readonly address: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** A code, such as `locked` or `no-answer`. */
  readonly reason: string;
  /** `limit`: the platform said so; `trouble`: it is away; `sender`: only the owner can help. */
  readonly cause: 'limit' | 'trouble' | 'sender';
  /** How often in a row. */
  readonly failures: number;
  /** When it began, however often it was prolonged. */
  readonly since: number;
}

/** A limit met so often in a row, though its wait was kept each time, is another one than was told. */
const BELIEVED_LIMITS = 4;
/** What is then waited for, doubled each time, and the most of it. */
const [LIMIT_MS, LONGEST_LIMIT_MS] = [MINUTE_MS, 20 * MINUTE_MS];

/** Notes a wait where every invocation sees it. A longer one that is known already stays. */
export async function keepWait(
  db: D1Database,
  wait: Omit<Wait, 'failures' | 'since'>,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO waits (lane, account, address, until, reason, cause, failures, since)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7)
       ON CONFLICT (lane, account, address) DO UPDATE SET
         failures = failures + 1,
         until = max(until, excluded.until,
           iif(excluded.cause = 'limit' AND failures >= ?8,
             ?7 + min(?10, ?9 << min(failures - ?8, 10)), 0)),
         reason = excluded.reason, cause = excluded.cause`,
    )
    .bind(
      wait.lane,
      wait.account,
      wait.address,
      wait.until,
      wait.reason,
      wait.cause,
      now,
      BELIEVED_LIMITS,
      LIMIT_MS,
      LONGEST_LIMIT_MS,
    )
    .run();
}

/** The wait of a lane, an account or an address, also one that is over but not yet proved so. */
export async function readWait(
  db: D1Database,
  { lane, account, address }: Pick<Wait, 'lane' | 'account' | 'address'>,
): Promise<Wait | null> {
  return db
    .prepare(`SELECT * FROM waits WHERE lane = ?1 AND account = ?2 AND address = ?3`)
    .bind(lane, account, address)
    .first<Wait>();
}

/**
 * Something went out: its lane, its account and its address have nothing to wait for. What was tried
 * in vain while the platform was away is due again with the others, the oldest first.
 */
export async function endWaits(
  db: D1Database,
  { lane, account, address }: Pick<Wait, 'lane' | 'account' | 'address'>,
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE deliveries SET due_at = ?2
         WHERE lane = ?1 AND finished_at IS NULL AND state = 'waiting' AND attempts > 0
           AND due_at > ?2 AND EXISTS (SELECT 1 FROM waits WHERE lane = ?1 AND address = '')`,
      )
      .bind(lane, now),
    db
      .prepare(`DELETE FROM waits WHERE lane = ?1 AND account IN ('', ?2) AND address IN ('', ?3)`)
      .bind(lane, account, address),
  ]);
}

/**
 * When several addresses of a lane were told to wait, all of it does: until the first of them may be
 * written to again.
 *
 * @param since only what was told since then counts
 * @returns whether it does
 */
export async function widenWait(
  db: D1Database,
  { lane, reason }: Pick<Wait, 'lane' | 'reason'>,
  several: number,
  since: number,
  now: number,
): Promise<boolean> {
  const widened = await db
    .prepare(
      `INSERT INTO waits (lane, account, address, until, reason, cause, failures, since)
       SELECT ?1, '', '', min(until), min(reason), 'limit', 1, ?4 FROM waits
       WHERE lane = ?1 AND address <> '' AND cause = 'limit' AND until > ?4 AND since >= ?3 AND reason = ?5
       -- Topics of one group are one.
       HAVING count(DISTINCT substr(address, 1, instr(address || '#', '#') - 1)) >= ?2
       ON CONFLICT (lane, account, address) DO UPDATE SET
         until = excluded.until, failures = failures + 1
       RETURNING lane`,
    )
    .bind(lane, several, since, now, reason)
    .first();
  return widened !== null;
}

/** All that waits for its lane or account now, or waited and was not proved well since. */
export async function readWaits(db: D1Database): Promise<Wait[]> {
  const { results } = await db
    .prepare(`SELECT * FROM waits WHERE address = '' ORDER BY since`)
    .all<Wait>();
  return results;
}

/** Forgets waits of addresses that are over for a day: nothing was sent there since. */
export async function forgetWaits(db: D1Database, before: number): Promise<void> {
  await db.batch([
    db.prepare(`DELETE FROM waits WHERE address <> '' AND until < ?1`).bind(before),
    db.prepare(`DELETE FROM served WHERE at < ?1`).bind(before),
  ]);
}

/** Statements: forgets what is known of an address of a channel. */
export function forgetAddress(
  db: D1Database,
  channel: string,
  address: string,
): D1PreparedStatement[] {
  return ['waits', 'served'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE lane = ?1 AND address = ?2`).bind(channel, address),
  );
}
