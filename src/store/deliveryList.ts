import { DAY_MS, dayOf, HOUR_MS } from '../lib/time.ts';
import { ENDED } from './deliveryHours.ts';
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
 * Reads the hours counted, and the deliveries of the last one only.
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
      .prepare(`SELECT hour, channel, sum(sent) AS sent, sum(failed) AS failed FROM ${ENDED}
         WHERE hour >= ?1 GROUP BY hour, channel`)
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

/** A delivery as the owner may see it: nothing that was said to a person. */
export interface ListedDelivery {
  readonly id: number;
  readonly channel: string;
  readonly account: string;
  /** Kind of the notice: `text` is a reply, anything else is for everyone to see. */
  readonly kind: string;
  /** Title of what is announced; `null` for a reply. */
  readonly title: string | null;
  readonly state: 'waiting' | 'sending' | 'dead';
  readonly attempts: number;
  readonly dueAt: number;
  readonly finishedAt: number | null;
  /** A code: how the last try ended. */
  readonly note: string | null;
}

const COLUMNS = `id, channel, account, state, attempts, note,
  due_at AS dueAt, finished_at AS finishedAt,
  ifnull(notice->>'$.kind', '') AS kind, notice->>'$.titles[0].title' AS title`;

/** Deliveries that wait or are being sent, the next one first. */
export async function openDeliveries(db: D1Database, limit: number): Promise<ListedDelivery[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM deliveries
       WHERE finished_at IS NULL ORDER BY due_at LIMIT ?1`,
    )
    .bind(limit)
    .all<ListedDelivery>();
  return results;
}

/** Deliveries that were given up and can be sent again, the newest first. */
export async function deadDeliveries(db: D1Database, limit: number): Promise<ListedDelivery[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM deliveries WHERE state = 'dead' ORDER BY finished_at DESC LIMIT ?1`,
    )
    .bind(limit)
    .all<ListedDelivery>();
  return results;
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
         SELECT total(sent) FROM ${ENDED} WHERE hour >= ?1 AND channel = failing.channel)`,
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
    .prepare(`SELECT total(sent) AS count FROM ${ENDED} WHERE hour >= ?1`)
    .bind(Math.floor(since / HOUR_MS))
    .first<number>('count');
  return count ?? 0;
}
