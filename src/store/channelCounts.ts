/** Nothing is counted further: D1 bills by rows read, and a page must not read a whole table. */
export const COUNTED_TO = 1000;

/** What is stored of each, up to one more than {@link COUNTED_TO}. */
export interface ChannelCounts {
  readonly repositories: number;
  readonly branches: number;
  readonly watches: number;
  /** Addresses that news is posted to. */
  readonly webhooks: number;
}

/** What people watch, and the addresses that news is posted to. Reads few rows however many there are. */
export async function countWatched(db: D1Database): Promise<ChannelCounts> {
  const counts = await db
    .prepare(
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM repositories LIMIT ?1)) AS repositories,
         (SELECT count(*) FROM (SELECT 1 FROM branches LIMIT ?1)) AS branches,
         (SELECT count(*) FROM (SELECT 1 FROM watches LIMIT ?1)) AS watches,
         (SELECT count(*) FROM (SELECT 1 FROM people WHERE channel = 'webhook' LIMIT ?1))
           AS webhooks`,
    )
    .bind(COUNTED_TO + 1)
    .first<ChannelCounts>();
  return counts ?? { repositories: 0, branches: 0, watches: 0, webhooks: 0 };
}

/** Kakao logins by state, and those that end soon. */
export interface KakaoLoginCounts {
  readonly connected: number;
  readonly logInAgain: number;
  readonly gone: number;
  readonly endSoon: number;
  /** True when there are more logins than were looked at. */
  readonly hasMore: boolean;
}

/**
 * How people's Kakao logins are. Reads few rows however many there are.
 *
 * @param endsBefore epoch milliseconds: a login that ends before it ends soon
 */
export async function countKakaoLogins(
  db: D1Database,
  endsBefore: number,
): Promise<KakaoLoginCounts> {
  const { results } = await db
    .prepare(
      `SELECT state, count(*) AS count FROM (SELECT state FROM kakao_logins LIMIT ?1) GROUP BY state
       UNION ALL
       SELECT 'end-soon', count(*) FROM (
         SELECT 1 FROM kakao_logins
         WHERE state = 'connected' AND refresh_expires_at < ?2 LIMIT ?1)`,
    )
    .bind(COUNTED_TO + 1, endsBefore)
    .all<{ state: string; count: number }>();
  const of = (state: string) => results.find((row) => row.state === state)?.count ?? 0;
  const [connected, logInAgain, gone] = [of('connected'), of('log-in-again'), of('gone')];
  const hasMore = connected + logInAgain + gone > COUNTED_TO;
  return { connected, logInAgain, gone, endSoon: of('end-soon'), hasMore };
}
