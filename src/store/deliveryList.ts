import { DAY_MS, dayOf, HOUR_MS } from '../lib/time.ts';
import { readWaits } from './waits.ts';

/** How many deliveries of a channel ended on one day. */
export interface DeliveryDay {
  /** `YYYY-MM-DD` in the owner's time zone. */
  readonly day: string;
  readonly sent: number;
  readonly failed: number;
}

/** What became of a channel's deliveries. */
export interface ChannelDeliveries {
  readonly channel: string;
  /** How many wait now; of many, only as many as {@link WAITING_TO} are looked at. */
  readonly waiting: number;
  /** Every day there was, oldest first. */
  readonly days: readonly DeliveryDay[];
}

/** Of all that waits, so many deliveries are counted by channel. */
export const WAITING_TO = 5000;

/**
 * Deliveries by channel over the last days, today included. Channels that said nothing are left out.
 * Reads the hours counted, not the deliveries.
 *
 * @param timeZone IANA name: an hour belongs to the day in which it begins there
 */
export async function deliveryChart(
  db: D1Database,
  days: number,
  timeZone: string,
  now: number,
): Promise<ChannelDeliveries[]> {
  const [counted, waiting] = await db.batch<{
    hour: number;
    channel: string;
    sent: number;
    failed: number;
  }>([
    db
      .prepare(`SELECT hour, channel, sent, failed FROM delivery_hours WHERE hour >= ?1`)
      .bind(Math.floor((now - days * DAY_MS) / HOUR_MS)),
    db
      .prepare(
        `SELECT 0 AS hour, channel, count(*) AS sent, 0 AS failed FROM (
           SELECT channel FROM deliveries
           WHERE finished_at IS NULL ORDER BY due_at LIMIT ?1) GROUP BY channel`,
      )
      .bind(WAITING_TO),
  ]);
  const all = Array.from({ length: days }, (_, index) =>
    dayOf(now - (days - 1 - index) * DAY_MS, timeZone),
  );
  const rows = (counted?.results ?? []).map((row) => ({
    ...row,
    day: dayOf(row.hour * HOUR_MS, timeZone),
  }));
  const waits = new Map(waiting?.results.map(({ channel, sent }) => [channel, sent]));
  const channels = new Set([
    ...rows.filter(({ day }) => all.includes(day)).map(({ channel }) => channel),
    ...waits.keys(),
  ]);
  return [...channels].toSorted().map((channel) => ({
    channel,
    waiting: waits.get(channel) ?? 0,
    days: all.map((day) => {
      const its = rows.filter((row) => row.day === day && row.channel === channel);
      return {
        day,
        sent: its.reduce((sum, row) => sum + row.sent, 0),
        failed: its.reduce((sum, row) => sum + row.failed, 0),
      };
    }),
  }));
}

/** Of what waits so many are looked at. */
const LOOKED_AT = 1000;

/** Why channels wait for the owner: the outcome's code, such as `credits-depleted 402` or `locked 403`. */
export async function waitingForOwner(db: D1Database): Promise<ReadonlyMap<string, string>> {
  const waits = await readWaits(db);
  return new Map(
    waits
      .filter(({ cause }) => cause === 'sender')
      .map(({ lane, reason }) => [lane.split('/')[0] ?? lane, reason]),
  );
}

/** A lane that was away so often in a row, each time longer, is away. */
const AWAY_AFTER = 4;

/** So many addresses must fail before it is the channel's trouble and not a person's. */
const MANY = 2;

/** Channels on which more addresses wait after a failed try than messages went out since an instant. */
export async function failingChannels(db: D1Database, since: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT channel FROM (
         SELECT channel, count(DISTINCT address) AS fail FROM (
           SELECT channel, address, attempts, note FROM deliveries
           WHERE finished_at IS NULL LIMIT ?2)
         WHERE attempts > 0 AND note IS NOT NULL GROUP BY channel) AS failing
       WHERE fail >= ?3 AND fail > (
         SELECT total(sent) FROM delivery_hours WHERE hour >= ?1 AND channel = failing.channel)`,
    )
    .bind(Math.floor(since / HOUR_MS), LOOKED_AT, MANY)
    .all<{ channel: string }>();
  const away = (await readWaits(db)).filter(
    ({ cause, failures }) => cause === 'trouble' && failures >= AWAY_AFTER,
  );
  const channels = away.map(({ lane }) => lane.split('/')[0] ?? lane);
  return [...new Set([...results.map(({ channel }) => channel), ...channels])];
}

/** How many messages were sent since the hour of an instant began. */
export async function countSent(db: D1Database, since: number): Promise<number> {
  const count = await db
    .prepare(`SELECT total(sent) AS count FROM delivery_hours WHERE hour >= ?1`)
    .bind(Math.floor(since / HOUR_MS))
    .first<number>('count');
  return count ?? 0;
}

/** What a delivery may be. */
export type DeliveryState =
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'merged'
  | 'expired'
  | 'gone'
  | 'refused'
  | 'dead';

/** A message as the owner may see it: nothing that was said to a person. */
export interface LoggedMessage {
  readonly id: number;
  readonly channel: string;
  readonly account: string;
  /** As the channel knows the receiver; '' when it is forgotten. */
  readonly address: string;
  /** Kind of the notice; '' once it is sent. */
  readonly kind: string;
  /** `reply`, `news` or `null`. */
  readonly topic: string | null;
  /** Title of what is announced; `null` for anything said to a person. */
  readonly title: string | null;
  /** The run that caused it, as `job@slot`. */
  readonly run: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly finishedAt: number | null;
  /** A code: how the last try ended. */
  readonly note: string | null;
}

const COLUMNS = `id, channel, account, address, topic, run, state, attempts, note,
  created_at AS createdAt, due_at AS dueAt, finished_at AS finishedAt,
  ifnull(notice->>'$.kind', '') AS kind,
  coalesce(notice->>'$.titles[0].title', iif(notice->>'$.kind' = 'headline', notice->>'$.title', NULL))
    AS title`;

/** So many of the newest are looked through: D1 bills by rows read. */
const LOOKED_THROUGH = 5000;

/** Deliveries that wait or are being sent, the next one first. */
export async function openDeliveries(db: D1Database, limit: number): Promise<LoggedMessage[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM deliveries
       WHERE finished_at IS NULL ORDER BY due_at LIMIT ?1`,
    )
    .bind(limit)
    .all<LoggedMessage>();
  return results;
}

/** Deliveries that were given up and can be sent again, the newest first. */
export async function deadDeliveries(db: D1Database, limit: number): Promise<LoggedMessage[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM deliveries WHERE state = 'dead' ORDER BY finished_at DESC LIMIT ?1`,
    )
    .bind(limit)
    .all<LoggedMessage>();
  return results;
}

export interface MessageFilter {
  readonly channel: string | null;
  readonly state: string | null;
  /** Part of an address, a code or a run. */
  readonly search: string | null;
}

/**
 * Messages, the newest first.
 *
 * @param before only those older than the one with this id
 */
export async function listMessages(
  db: D1Database,
  { channel, state, search }: MessageFilter,
  before: number | null,
  limit: number,
): Promise<LoggedMessage[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM (
         SELECT * FROM deliveries WHERE id < ?1 ORDER BY id DESC LIMIT ${LOOKED_THROUGH})
       WHERE (?2 IS NULL OR channel = ?2) AND (?3 IS NULL OR state = ?3)
         AND (?4 IS NULL OR instr(address, ?4) OR instr(ifnull(note, ''), ?4)
           OR instr(ifnull(run, ''), ?4))
       ORDER BY id DESC LIMIT ?5`,
    )
    .bind(before ?? Number.MAX_SAFE_INTEGER, channel, state, search, limit)
    .all<LoggedMessage>();
  return results;
}

/** One message; `null` when it is not kept (any more). */
export async function readMessage(db: D1Database, id: number): Promise<LoggedMessage | null> {
  return db
    .prepare(`SELECT ${COLUMNS} FROM deliveries WHERE id = ?1`)
    .bind(id)
    .first<LoggedMessage>();
}

/** Messages of one kind that wait in one lane. */
export interface WaitingGroup {
  readonly channel: string;
  readonly lane: string;
  readonly topic: string | null;
  readonly kind: string;
  readonly count: number;
  /** Until when the lane or account waits, and why; `null`: it does not. */
  readonly until: number | null;
  readonly reason: string | null;
}

/** What waits, grouped by what it is and why it waits. Of many, the oldest are counted. */
export async function waitingGroups(db: D1Database): Promise<WaitingGroup[]> {
  const { results } = await db
    .prepare(
      `SELECT d.channel AS channel, d.lane AS lane, d.topic AS topic,
         ifnull(d.notice->>'$.kind', '') AS kind, count(*) AS count,
         waits.until AS until, ifnull(waits.reason, max(d.note)) AS reason
       FROM (SELECT * FROM deliveries WHERE finished_at IS NULL LIMIT ${LOOKED_THROUGH}) AS d
       LEFT JOIN waits ON waits.lane = d.lane AND waits.account IN ('', d.account)
         AND waits.address = ''
       GROUP BY d.lane, d.topic, kind ORDER BY count DESC`,
    )
    .all<WaitingGroup>();
  return results;
}

/** The channels that messages went to lately. */
export async function loggedChannels(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(`SELECT DISTINCT channel FROM delivery_hours ORDER BY channel`)
    .all<{ channel: string }>();
  return results.map(({ channel }) => channel);
}
