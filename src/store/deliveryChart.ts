import { DAY_MS, dayOf, HOUR_MS } from '../lib/time.ts';

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
           WHERE state IN ('waiting', 'sending') ORDER BY due_at LIMIT ?1) GROUP BY channel`,
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
