import { DAY_MS, HOUR_MS } from '../../../lib/time.ts';
import { reserve, unreserve } from '../../../store/budgets.ts';

/**
 * Messages a day (docs/platforms/kakao.md, Quota). A friend's uuid is this sender's name for him,
 * so the pair's limit stands for the receiver's (100) too.
 */
const KAKAO_LIMITS = { app: 30_000, sender: 100, pair: 20 } as const;

/**
 * Kakao does not say when its day begins, so no 24 hours may hold more than a day's messages. The
 * app's window begins with its first message: 24 hours touch two of them at most.
 */
const APP_WINDOW = { spanMs: DAY_MS, limit: KAKAO_LIMITS.app / 2, per: 'app' } as const;
const APP_CALL = { account: 'kakao', kind: 'message', allowances: [APP_WINDOW] } as const;
const LOOK_AGAIN_MS = HOUR_MS;
/** As long as deliveries: one that waits must find whom it was told to. */
const KEEP_MS = 40 * DAY_MS;

/** Messages to be sent together. */
interface KakaoSends {
  /** App user id. */
  readonly sender: string;
  /** Uuids of friends, or the sender alone for a message to oneself. */
  readonly receivers: readonly string[];
  /** What is told to friends, the same for every try; `null` for a message to oneself. */
  readonly message: string | null;
}

/** Who may be written to now, and in how many milliseconds to ask again about who has to wait. */
interface KakaoRoom {
  readonly now: readonly string[];
  /** Those without room; who was told this message before is in neither. */
  readonly later: readonly string[];
  readonly waitMs: number;
}

/**
 * Counts messages before they are sent, as one that is not answered may have been taken: to each
 * receiver for whom the limits of the last 24 hours leave room, in one statement, so that senders at
 * the same time cannot both take the last place.
 * Whether a message to oneself counts is not documented: it is counted, but not as a pair.
 */
export async function reserveKakaoSends(
  db: D1Database,
  { sender, receivers, message }: KakaoSends,
  now: number,
): Promise<KakaoRoom> {
  const { results } = await db
    .prepare(
      `INSERT INTO kakao_sends (sender, receiver, message, at)
       SELECT ?1, asked.value, ?5, ?3 FROM json_each(?2) AS asked
       WHERE asked.key < ${KAKAO_LIMITS.sender}
         - (SELECT count(*) FROM kakao_sends WHERE sender = ?1 AND at > ?4)
         AND (asked.value = ?1 OR ${KAKAO_LIMITS.pair}
           > (SELECT count(*) FROM kakao_sends
              WHERE sender = ?1 AND receiver = asked.value AND at > ?4))
       ON CONFLICT DO NOTHING
       RETURNING receiver`,
    )
    .bind(sender, JSON.stringify(receivers), now, now - DAY_MS, message)
    .all<{ receiver: string }>();
  const room = results.map((row) => row.receiver);
  const waitMs = await reserveOfApp(db, room.length, now);
  if (waitMs === 0 && room.length === receivers.length) return { now: room, later: [], waitMs };
  if (waitMs > 0 && room.length > 0) {
    await (message === null
      ? forgetMemo(db, sender, now)
      : forgetReceivers(db, message, room)
    ).run();
  }
  const told = message === null ? null : await toldTo(db, message);
  return {
    now: waitMs > 0 ? [] : room,
    later: receivers.filter((receiver) => !told?.has(receiver)),
    waitMs: waitMs || LOOK_AGAIN_MS,
  };
}

async function reserveOfApp(db: D1Database, count: number, now: number): Promise<number> {
  for (let index = 0; index < count; index++) {
    const { waitMs } = await reserve(db, APP_CALL, now);
    if (waitMs > 0) {
      if (index > 0) await unreserve(db, APP_CALL, index, now).run();
      return waitMs;
    }
  }
  return 0;
}

/** Who was or is about to be told a message. */
async function toldTo(db: D1Database, message: string): Promise<Set<string>> {
  const { results } = await db
    .prepare(`SELECT receiver FROM kakao_sends WHERE message = ?1`)
    .bind(message)
    .all<{ receiver: string }>();
  return new Set(results.map((row) => row.receiver));
}

/**
 * A message to oneself that was counted at an instant, and that Kakao surely did not take, counts no
 * longer.
 */
export async function uncountKakaoMemo(db: D1Database, sender: string, at: number): Promise<void> {
  await db.batch([forgetMemo(db, sender, at), unreserve(db, APP_CALL, 1, at)]);
}

function forgetMemo(db: D1Database, sender: string, at: number): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM kakao_sends WHERE id = (
         SELECT max(id) FROM kakao_sends
         WHERE sender = ?1 AND at = ?2 AND receiver = ?1 AND message IS NULL)`,
    )
    .bind(sender, at);
}

/**
 * Friends who surely were not told, and are not to be told either, count no longer: they were asked
 * about a day before, as far as the limits go, and are known as long as everybody.
 */
export async function uncountKakaoSends(
  db: D1Database,
  message: string,
  receivers: readonly string[],
  now: number,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE kakao_sends SET at = at - ${DAY_MS}
         WHERE message = ?1 AND receiver IN (SELECT value FROM json_each(?2))`,
      )
      .bind(message, JSON.stringify(receivers)),
    unreserve(db, APP_CALL, receivers.length, now),
  ]);
}

/** Takes back what was reserved for friends who surely were not reached and are tried again. */
export async function releaseKakaoSends(
  db: D1Database,
  message: string,
  receivers: readonly string[],
  now: number,
): Promise<void> {
  await db.batch([
    forgetReceivers(db, message, receivers),
    unreserve(db, APP_CALL, receivers.length, now),
  ]);
}

function forgetReceivers(
  db: D1Database,
  message: string,
  receivers: readonly string[],
): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM kakao_sends
       WHERE message = ?1 AND receiver IN (SELECT value FROM json_each(?2))`,
    )
    .bind(message, JSON.stringify(receivers));
}

/** Forgets messages that nobody asks about any more. */
export async function forgetKakaoSends(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM kakao_sends WHERE at <= ?1 AND (message IS NULL OR at <= ?2)`)
    .bind(now - DAY_MS, now - KEEP_MS)
    .run();
  return meta.changes;
}

/** Whether a delivery was written under a dedupe key, whatever became of it. */
export async function isDeliveryWritten(db: D1Database, dedupeKey: string): Promise<boolean> {
  const found = db.prepare(`SELECT 1 FROM deliveries WHERE dedupe_key = ?1`).bind(dedupeKey);
  return (await found.first()) !== null;
}
