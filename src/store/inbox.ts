import { inBatches } from '../lib/batches.ts';
import { DAY_MS, MINUTE_MS } from '../lib/time.ts';

/** An accepted event as the owner may see it: nothing that anybody wrote. */
interface LoggedEvent {
  readonly type: string;
  /** The bot's account it was for. */
  readonly account: string | null;
  readonly receivedAt: number;
  readonly state: 'waiting' | 'done' | 'failed';
}

/** How many of a channel's newest events can be looked at. */
export const EVENT_LOG_SIZE = 1000;

/** The newest events of a channel, newest first, at most {@link EVENT_LOG_SIZE}. */
export async function recentEvents(
  db: D1Database,
  channel: string,
  limit = EVENT_LOG_SIZE,
): Promise<LoggedEvent[]> {
  const { results } = await db
    .prepare(
      `SELECT type, account, received_at AS receivedAt, state FROM inbox
       WHERE channel = ?1 ORDER BY received_at DESC LIMIT ?2`,
    )
    .bind(channel, Math.min(limit, EVENT_LOG_SIZE))
    .all<LoggedEvent>();
  return results;
}

interface EventCount {
  readonly type: string;
  readonly count: number;
}

/** How many events of each type a channel got since an instant, the most frequent first. */
export async function countEvents(
  db: D1Database,
  channel: string,
  since: number,
): Promise<EventCount[]> {
  const { results } = await db
    .prepare(
      `SELECT type, count(*) AS count FROM inbox
       WHERE channel = ?1 AND received_at >= ?2 GROUP BY type ORDER BY count DESC, type`,
    )
    .bind(channel, since)
    .all<EventCount>();
  return results;
}

/** An event as the webhook hands it over. */
export interface InboxEvent {
  /** Unique for the event: a second copy has the same. */
  readonly key: string;
  readonly channel: string;
  readonly type: string;
  readonly account: string | null;
  /** What the bot needs to act on it (JSON), or `null` when there is nothing to do but count it. */
  readonly content: string | null;
  /** The address the answer goes to; without it nobody's patience is counted. */
  readonly from?: string;
  /** When it happened, epoch milliseconds, where the platform says so. */
  readonly at?: number;
}

/** How long an event's key is kept; more than a month, so that its costs can be counted. */
export const EVENTS_KEPT_MS = 40 * DAY_MS;

/** How long one consumer may work on an event before another may take it. */
export const INBOX_LEASE_MS = MINUTE_MS;

/** Longer than that no queue keeps an event. */
export const STUCK_AFTER_MS = 2 * MINUTE_MS;

const MAX_ATTEMPTS = 8;

/** D1 takes no parameter over 2 MB. */
const EVENTS_PER_STATEMENT = 500;

/**
 * Stores events once each.
 *
 * @param wanted condition in SQL on `json_each.value`, the event as JSON: others are passed over
 * @returns the keys that wait for work: new ones, and copies of events that are not done yet
 */
export async function acceptEvents(
  db: D1Database,
  events: readonly InboxEvent[],
  now: number,
  wanted = 'true',
): Promise<Accepted> {
  const accepted = { fresh: new Set<string>(), copies: new Set<string>() };
  for (const chunk of inBatches(events, EVENTS_PER_STATEMENT)) {
    const { fresh, copies } = await acceptChunk(db, chunk, now, wanted);
    for (const key of fresh) accepted.fresh.add(key);
    for (const key of copies) accepted.copies.add(key);
  }
  return accepted;
}

/** Keys of events that wait for work: new ones, and copies of some that are not done yet. */
interface Accepted {
  readonly fresh: ReadonlySet<string>;
  readonly copies: ReadonlySet<string>;
}

/**
 * Events of somebody who writes too much: nothing is to be done about them, but to say so where an
 * instant is given, until which nothing else is said.
 */
export async function holdEvents(
  db: D1Database,
  events: ReadonlyMap<string, number | null>,
): Promise<void> {
  await db
    .prepare(
      `UPDATE inbox SET
         state = iif(held.value->>1 IS NULL, 'done', state),
         content = iif(held.value->>1 IS NULL, NULL,
                       json_set(content, '$.slowUntil', held.value->>1))
       FROM json_each(?1) AS held
       WHERE inbox.key = held.value->>0 AND inbox.state = 'waiting'`,
    )
    .bind(JSON.stringify([...events]))
    .run();
}

async function acceptChunk(
  db: D1Database,
  events: readonly InboxEvent[],
  now: number,
  wanted: string,
): Promise<Accepted> {
  // Not ON CONFLICT DO UPDATE: a copy must not cost a written row.
  const inserted = await db
    .prepare(
      `INSERT INTO inbox (key, channel, type, account, state, content, received_at)
       SELECT value->>'key', value->>'channel', value->>'type', value->>'account',
              iif(value->>'content' IS NULL, 'done', 'waiting'), value->>'content', ?2
       FROM json_each(?1) WHERE ${wanted}
       ON CONFLICT (key) DO NOTHING
       RETURNING key`,
    )
    .bind(JSON.stringify(events), now)
    .all<{ key: string }>();
  const fresh = new Set(inserted.results.map((row) => row.key));
  const work = events.filter((event) => event.content !== null).map((event) => event.key);
  const copies = work.filter((key) => !fresh.has(key));
  const open = copies.length === 0 ? [] : await waitingKeys(db, copies);
  return { fresh: new Set(work.filter((key) => fresh.has(key))), copies: new Set(open) };
}

async function waitingKeys(db: D1Database, keys: readonly string[]): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT key FROM inbox
       WHERE state = 'waiting' AND key IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(keys))
    .all<{ key: string }>();
  return results.map((row) => row.key);
}

export type EventLease =
  | {
      readonly kind: 'leased';
      readonly content: string;
      /** Whether one of the bot's own accounts said it. */
      readonly isOwn: boolean;
    }
  /** Done, given up, or never stored: nothing to do. */
  | { readonly kind: 'over' }
  /** Somebody works on it, or died doing so: look again when the lease is over. */
  | { readonly kind: 'busy' };

/** Takes an event for {@link INBOX_LEASE_MS}; at most one taker holds it at a time. */
export async function leaseEvent(db: D1Database, key: string, now: number): Promise<EventLease> {
  const leased = await db
    .prepare(
      `UPDATE inbox SET leased_until = ?2 + ?3, attempts = attempts + 1
       WHERE key = ?1 AND state = 'waiting' AND leased_until <= ?2
       RETURNING attempts, content, iif(json_valid(content), EXISTS (
         SELECT 1 FROM accounts
         WHERE platform = content->>'$.channel' AND id = content->>'$.address'), 0) AS is_own`,
    )
    .bind(key, now, INBOX_LEASE_MS)
    .first<{ attempts: number; content: string | null; is_own: number }>();
  if (leased !== null && leased.attempts > MAX_ATTEMPTS) {
    // Apart from the lease: to touch the state of each event would write a row of its index.
    await db
      .prepare(
        `UPDATE inbox SET state = 'failed', content = NULL WHERE key = ?1 AND state = 'waiting'`,
      )
      .bind(key)
      .run();
    return { kind: 'over' };
  }
  if (leased !== null) {
    const { content, is_own: isOwn } = leased;
    return content === null ? { kind: 'over' } : { kind: 'leased', content, isOwn: isOwn === 1 };
  }
  const row = await db
    .prepare(`SELECT 1 FROM inbox WHERE key = ?1 AND state = 'waiting'`)
    .bind(key)
    .first();
  return row ? { kind: 'busy' } : { kind: 'over' };
}

/** Statement: the event is done; its content is forgotten, its key stays. */
export function finishEvent(db: D1Database, key: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE inbox SET state = 'done', content = NULL, leased_until = 0 WHERE key = ?1`)
    .bind(key);
}

/** Gives a leased event back at once, after a failure that left nothing half done. */
export async function releaseEvent(db: D1Database, key: string): Promise<void> {
  await db
    .prepare(`UPDATE inbox SET leased_until = 0 WHERE key = ?1 AND state = 'waiting'`)
    .bind(key)
    .run();
}

/** Keys of events that wait for longer than a queue would take. Oldest first, at most `limit`. */
export async function stuckEvents(db: D1Database, now: number, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT key FROM inbox
       WHERE state = 'waiting' AND received_at <= ?1 AND leased_until <= ?2
       ORDER BY received_at LIMIT ?3`,
    )
    .bind(now - STUCK_AFTER_MS, now, limit)
    .all<{ key: string }>();
  return results.map((row) => row.key);
}

/**
 * Forgets events that are over and were received before an instant, given up ones included: they
 * hold people's words. X can replay the last 24 hours.
 */
export async function forgetEvents(db: D1Database, before: number): Promise<number> {
  const { meta } = await db
    .prepare(
      `WITH RECURSIVE channels (channel) AS (
         SELECT min(channel) FROM inbox
         UNION ALL
         SELECT (SELECT min(channel) FROM inbox WHERE inbox.channel > channels.channel)
         FROM channels WHERE channel IS NOT NULL)
       DELETE FROM inbox WHERE channel IN (SELECT channel FROM channels) AND received_at < ?1
         AND state IN ('done', 'failed')`,
    )
    .bind(before)
    .run();
  return meta.changes;
}

/** How many events wait, and how many were given up, each up to `most`. */
export async function countInbox(
  db: D1Database,
  most = -1,
): Promise<{ waiting: number; failed: number }> {
  const row = await db
    .prepare(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT ?1)) AS waiting,
         (SELECT count(*) FROM (SELECT 1 FROM inbox WHERE state = 'failed' LIMIT ?1)) AS failed`,
    )
    .bind(most)
    .first<{ waiting: number; failed: number }>();
  return row ?? { waiting: 0, failed: 0 };
}
