import * as v from 'valibot';
import type { Language } from '../../../lib/time.ts';
import { COUNTED_TO } from '../../../store/ownerLists.ts';

/** Somebody who logged in with Kakao. Times in epoch milliseconds. */
export interface KakaoLogin {
  /** App user id: digits. */
  readonly id: string;
  readonly scopes: readonly string[];
  readonly connectedAt: number;
  readonly state: 'connected' | 'log-in-again' | 'gone';
  readonly stateSince: number;
  /** Why it is not connected: a code. */
  readonly reason: string | null;
  /** When the login ends unless it is renewed; `null`: Kakao did not tell. */
  readonly refreshExpiresAt: number | null;
  /** For which end the person was warned. */
  readonly warnedFor: number | null;
}

interface LoginRow {
  readonly id: string;
  readonly scopes: string;
  readonly connected_at: number;
  readonly state: KakaoLogin['state'];
  readonly state_since: number;
  readonly reason: string | null;
  readonly refresh_expires_at: number | null;
  readonly warned_for: number | null;
}

const scopesSchema = v.array(v.string());

function toLogin(row: LoginRow): KakaoLogin {
  return {
    id: row.id,
    scopes: v.parse(scopesSchema, JSON.parse(row.scopes)),
    connectedAt: row.connected_at,
    state: row.state,
    stateSince: row.state_since,
    reason: row.reason,
    refreshExpiresAt: row.refresh_expires_at,
    warnedFor: row.warned_for,
  };
}

/** One login, or `null` when this person never logged in. */
export async function readKakaoLogin(db: D1Database, id: string): Promise<KakaoLogin | null> {
  const row = await db
    .prepare(`SELECT * FROM kakao_logins WHERE id = ?1`)
    .bind(id)
    .first<LoginRow>();
  return row && toLogin(row);
}

/**
 * Statement: writes down a login, the first or another one.
 *
 * @param keepAt when upkeep is to look after it
 */
export function saveKakaoLogin(
  db: D1Database,
  login: Pick<KakaoLogin, 'id' | 'scopes' | 'refreshExpiresAt'>,
  keepAt: number,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO kakao_logins
         (id, scopes, connected_at, state, state_since, refresh_expires_at, keep_at)
       VALUES (?1, ?2, ?3, 'connected', ?3, ?4, ?5)
       ON CONFLICT (id) DO UPDATE SET scopes = ?2, connected_at = ?3, reason = NULL,
         state_since = iif(state = 'connected', state_since, ?3), state = 'connected',
         refresh_expires_at = ?4, warned_for = NULL, keep_at = ?5`,
    )
    .bind(login.id, JSON.stringify(login.scopes), now, login.refreshExpiresAt, keepAt);
}

/** Kind of news for the owner: a login ended, and there is no chat to tell its person in. */
export const UNTOLD_END = 'kakao-login-over';

/**
 * Statement, before a login is marked as over: the owner is told where its person has no chat with the
 * bot, as nobody else can tell them.
 *
 * @param key unique for this end
 */
export function tellOwnerOfEnd(
  db: D1Database,
  id: string,
  key: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO owner_news (key, kind, detail, at)
       SELECT ?2, '${UNTOLD_END}', '{}', ?3 FROM kakao_logins AS login
       WHERE login.id = ?1 AND login.state = 'connected'
         AND EXISTS (SELECT 1 FROM people WHERE channel = 'kakaotalk' AND address = login.id)
         AND NOT EXISTS (SELECT 1 FROM people WHERE kakao_id = login.id AND channel <> 'kakaotalk')
       ON CONFLICT (key) DO NOTHING`,
    )
    .bind(id, key, now);
}

/** Statement: a login that was connected until now does not work any more. */
export function markKakaoLogInAgain(
  db: D1Database,
  id: string,
  reason: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE kakao_logins SET state = 'log-in-again', state_since = ?3, reason = ?2
       WHERE id = ?1 AND state = 'connected'`,
    )
    .bind(id, reason, now);
}

/** Statement: the login is over, for good or until the person comes back. */
export function markKakaoGone(
  db: D1Database,
  id: string,
  reason: string,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE kakao_logins SET state = 'gone', state_since = ?3, reason = ?2
       WHERE id = ?1 AND state <> 'gone'`,
    )
    .bind(id, reason, now);
}

/**
 * Statement: tells everybody whose news goes to a login, once for each key and state of the login.
 * Not by the view `routes`: a login may be on paper and yet carry nothing.
 *
 * @param news.notices JSON of the notice in each language
 * @param news.byKakaoTalk true: by the login itself, which still works; false: by the chats
 * @param news.channels ids of the ways to speak that are configured
 */
export function tellKakaoPeople(
  db: D1Database,
  id: string,
  news: {
    readonly key: string;
    readonly notices: Readonly<Record<Language, string>>;
    readonly byKakaoTalk: boolean;
    readonly channels: readonly string[];
  },
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries
         (dedupe_key, channel, account, address, notice, state, due_at, created_at)
       SELECT ?2 || ':' || since || ':' || channel || ':' || address,
              channel, account, address, iif(language = 'ko', ?3, ?4), 'waiting', ?7, ?7
       FROM (
         SELECT login.state_since AS since, people.language AS language,
           iif(?5, 'kakaotalk', people.channel) AS channel,
           iif(?5, login.id, people.account) AS account,
           iif(?5, login.id, people.address) AS address
         FROM kakao_logins AS login JOIN people ON people.kakao_id = login.id
         WHERE login.id = ?1 AND people.blocked_at IS NULL
           AND (?5 OR people.channel <> 'kakaotalk')
       )
       WHERE channel IN (SELECT value FROM json_each(?6))
       ON CONFLICT (dedupe_key) DO NOTHING`,
    )
    .bind(
      id,
      news.key,
      news.notices.ko,
      news.notices.en,
      news.byKakaoTalk ? 1 : 0,
      JSON.stringify(news.channels),
      now,
    );
}

/**
 * Takes logins that want looking after, the longest due first.
 *
 * @param again when to look again at those that nothing more is noted about: none that fails comes
 *   before one that waits
 */
export async function takeKakaoLoginsToKeep(
  db: D1Database,
  limit: number,
  again: number,
  now: number,
): Promise<KakaoLogin[]> {
  const { results } = await db
    .prepare(
      `UPDATE kakao_logins SET keep_at = ?3 WHERE id IN (
         SELECT id FROM kakao_logins WHERE state = 'connected' AND keep_at <= ?1
         ORDER BY keep_at LIMIT ?2
       ) RETURNING *`,
    )
    .bind(now, limit, again)
    .all<LoginRow>();
  return results.map(toLogin);
}

/** Upkeep has looked after a login: its end as it is now, and when to look again. */
export async function noteKakaoKept(
  db: D1Database,
  id: string,
  refreshExpiresAt: number | null,
  keepAt: number,
): Promise<void> {
  await db
    .prepare(`UPDATE kakao_logins SET refresh_expires_at = ?2, keep_at = ?3 WHERE id = ?1`)
    .bind(id, refreshExpiresAt, keepAt)
    .run();
}

/** Statement: the person was warned of this end of the login. */
export function noteKakaoWarned(
  db: D1Database,
  id: string,
  refreshExpiresAt: number,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE kakao_logins SET warned_for = ?2 WHERE id = ?1`)
    .bind(id, refreshExpiresAt);
}

/** Ids of the connected people who let the bot write to their friends. */
export async function kakaoFriendSenders(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM kakao_logins
       WHERE state = 'connected' AND instr(scopes, '"friends"') > 0 ORDER BY connected_at`,
    )
    .all<{ id: string }>();
  return results.map((row) => row.id);
}

/** Ids of logins that nobody is tied to. */
export async function tielessKakaoLogins(db: D1Database, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM kakao_logins
       WHERE NOT EXISTS (SELECT 1 FROM people WHERE people.kakao_id = kakao_logins.id) LIMIT ?1`,
    )
    .bind(limit)
    .all<{ id: string }>();
  return results.map((row) => row.id);
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
