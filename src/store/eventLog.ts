/** An accepted event as the owner may see it: nothing that anybody wrote. */
export interface LoggedEvent {
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

export interface EventCount {
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
