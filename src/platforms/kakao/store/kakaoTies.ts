import type { Language } from '../../../lib/time.ts';

/**
 * Statements: a chat's news goes to a Kakao login from now on. A direct login of the same person
 * hands its topics over and is heard no more.
 *
 * @param person the chat's person
 */
export function tieChat(
  db: D1Database,
  person: number,
  kakaoId: string,
  now: number,
): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `INSERT INTO topics (topic, person, is_on, changed_at)
         SELECT topics.topic, ?1, topics.is_on, ?3 FROM topics
         JOIN people ON people.id = topics.person
         WHERE people.kakao_id = ?2 AND people.channel = 'kakaotalk'
           AND EXISTS (SELECT 1 FROM people WHERE id = ?1)
         ON CONFLICT (topic, person) DO UPDATE SET
           is_on = max(is_on, excluded.is_on), changed_at = ?3`,
      )
      .bind(person, kakaoId, now),
    db
      .prepare(`UPDATE people SET kakao_id = NULL WHERE kakao_id = ?1 AND channel = 'kakaotalk'`)
      .bind(kakaoId),
    db
      .prepare(`UPDATE people SET kakao_id = ?2, blocked_at = NULL WHERE id = ?1`)
      .bind(person, kakaoId),
  ];
}

/**
 * Statements: somebody logged in without a chat. News goes to those tied to the login already, else
 * to a person of their own, who wants to hear of the menu until they say otherwise.
 */
export function tieDirectly(
  db: D1Database,
  kakaoId: string,
  language: Language,
  now: number,
): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `INSERT INTO people (channel, address, language, created_at, kakao_id)
         SELECT 'kakaotalk', ?1, ?2, ?3, ?1
         WHERE NOT EXISTS (SELECT 1 FROM people WHERE kakao_id = ?1)
         ON CONFLICT (channel, address) DO UPDATE SET kakao_id = ?1, language = ?2`,
      )
      .bind(kakaoId, language, now),
    db
      .prepare(
        `INSERT INTO topics (topic, person, is_on, changed_at)
         SELECT 'menu', id, 1, ?2 FROM people WHERE kakao_id = ?1 AND channel = 'kakaotalk'
         ON CONFLICT (topic, person) DO NOTHING`,
      )
      .bind(kakaoId, now),
    db
      .prepare(`UPDATE people SET blocked_at = NULL WHERE kakao_id = ?1 AND blocked_at IS NOT NULL`)
      .bind(kakaoId),
  ];
}

/**
 * Statement: what waits for a login that is over goes to the chat of those tied to it, if they have
 * one; to be done once the login is marked, and before it is untied.
 *
 * @param channels ids of the ways to speak that are configured
 */
export function sendToChatInstead(
  db: D1Database,
  kakaoId: string,
  channels: readonly string[],
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE deliveries
       SET channel = chat.channel, account = chat.account, address = chat.address,
         dedupe_key = 'moved:' || deliveries.id
       FROM (
         SELECT routes.channel, routes.account, routes.address FROM people
         JOIN routes ON routes.person = people.id
         WHERE people.kakao_id = ?1 AND routes.channel <> 'kakaotalk'
           AND routes.channel IN (SELECT value FROM json_each(?2))
         ORDER BY people.id LIMIT 1
       ) AS chat
       WHERE deliveries.lane = 'kakaotalk' AND deliveries.address = ?1
         AND deliveries.finished_at IS NULL`,
    )
    .bind(kakaoId, JSON.stringify(channels));
}

/** Statement: nobody's news goes to this login any more. What they want to hear of stays. */
export function untie(db: D1Database, kakaoId: string): D1PreparedStatement {
  return db.prepare(`UPDATE people SET kakao_id = NULL WHERE kakao_id = ?1`).bind(kakaoId);
}

/** Which chats are tied to a login: their channels, the first tied first. */
export async function tiedChannels(db: D1Database, kakaoId: string): Promise<string[]> {
  const { results } = await db
    .prepare(`SELECT channel FROM people WHERE kakao_id = ?1 ORDER BY id`)
    .bind(kakaoId)
    .all<{ channel: string }>();
  return results.map((row) => row.channel);
}

/** The channel a person chats on, or `null` when there is no such person. */
export async function channelOfPerson(db: D1Database, person: number): Promise<string | null> {
  return db
    .prepare(`SELECT channel FROM people WHERE id = ?1`)
    .bind(person)
    .first<string>('channel');
}

/** Whether any of a login's people wants to hear of a topic. */
export async function isKakaoTopicOn(
  db: D1Database,
  kakaoId: string,
  topic: string,
): Promise<boolean> {
  const isOn = await db
    .prepare(
      `SELECT max(topics.is_on) AS is_on FROM people JOIN topics ON topics.person = people.id
       WHERE people.kakao_id = ?1 AND topics.topic = ?2`,
    )
    .bind(kakaoId, topic)
    .first<number | null>('is_on');
  return isOn === 1;
}

/** Switches a topic on or off for all people of a login. */
export async function setKakaoTopic(
  db: D1Database,
  kakaoId: string,
  topic: string,
  isOn: boolean,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO topics (topic, person, is_on, changed_at)
       SELECT ?2, id, ?3, ?4 FROM people WHERE kakao_id = ?1
       ON CONFLICT (topic, person) DO UPDATE SET is_on = ?3, changed_at = ?4 WHERE is_on <> ?3`,
    )
    .bind(kakaoId, topic, isOn ? 1 : 0, now)
    .run();
}

/**
 * A person's news goes to their chat again; the Kakao login itself stays. That it was their wish is
 * kept as the topic `kakaotalk`, switched off.
 */
export function untiePerson(db: D1Database, person: number, now: number): D1PreparedStatement[] {
  return [
    db.prepare(`UPDATE people SET kakao_id = NULL WHERE id = ?1`).bind(person),
    db
      .prepare(
        `INSERT INTO topics (topic, person, is_on, changed_at) VALUES ('kakaotalk', ?1, 0, ?2)
         ON CONFLICT (topic, person) DO NOTHING`,
      )
      .bind(person, now),
  ];
}

/** Whether a person once wished to be tied to no Kakao login. */
export async function hasUntied(db: D1Database, person: number): Promise<boolean> {
  const find = db.prepare(`SELECT 1 FROM topics WHERE topic = 'kakaotalk' AND person = ?1`);
  return (await find.bind(person).first()) !== null;
}

/**
 * Uses a link up.
 *
 * @param nonce the number in the link
 * @param expiresAt until when the link would work, epoch milliseconds; then it is forgotten
 * @returns false when it was used before
 */
export async function claimKakaoLink(
  db: D1Database,
  nonce: string,
  expiresAt: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO kakao_links (nonce, expires_at) VALUES (?1, ?2) ON CONFLICT (nonce) DO NOTHING`,
    )
    .bind(nonce, expiresAt)
    .run();
  return meta.changes === 1;
}

export async function isKakaoLinkUsed(db: D1Database, nonce: string): Promise<boolean> {
  const found = db.prepare(`SELECT 1 FROM kakao_links WHERE nonce = ?1`).bind(nonce);
  return (await found.first()) !== null;
}

/** Forgets links that do not work any more by their age. */
export async function forgetKakaoLinks(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM kakao_links WHERE expires_at <= ?1`)
    .bind(now)
    .run();
  return meta.changes;
}

/**
 * Statements: forgets that somebody ever logged in, and all that carries their app user id; their
 * tokens are their keeper's to forget. Chats that were tied stay, as chats.
 */
export function forgetKakaoId(db: D1Database, id: string): D1PreparedStatement[] {
  return [
    // Also what went to their friends: those addresses begin with the id and a slash.
    `DELETE FROM deliveries
     WHERE lane = 'kakaotalk' AND (address = ?1 OR address >= ?1 || '/' AND address < ?1 || '0')`,
    `DELETE FROM kakao_sends WHERE sender = ?1`,
    `DELETE FROM waits WHERE lane = 'kakaotalk' AND ?1 IN (account, address)`,
    `DELETE FROM people WHERE channel = 'kakaotalk' AND address = ?1`,
    `UPDATE people SET kakao_id = NULL WHERE kakao_id = ?1`,
    `DELETE FROM kakao_logins WHERE id = ?1`,
  ].map((sql) => db.prepare(sql).bind(id));
}

/**
 * Ids of logins that ended at Kakao before an instant. Who only logged out keeps theirs, as they keep
 * what they want to hear of.
 */
export async function endedKakaoLogins(
  db: D1Database,
  before: number,
  limit: number,
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM kakao_logins
       WHERE state = 'gone' AND state_since < ?1 AND reason NOT IN ('logout', 'unreachable')
       ORDER BY state_since LIMIT ?2`,
    )
    .bind(before, limit)
    .all<{ id: string }>();
  return results.map((row) => row.id);
}

/** Who else is behind a login than a person: other chats tied to it, and whoever logged in directly. */
export async function othersOfLogin(
  db: D1Database,
  id: string,
  person: number,
): Promise<{ readonly tied: number; readonly direct: number }> {
  const others = await db
    .prepare(
      `SELECT (SELECT count(*) FROM people WHERE kakao_id = ?1 AND id <> ?2) AS tied,
         (SELECT count(*) FROM people WHERE channel = 'kakaotalk' AND address = ?1 AND id <> ?2)
           AS direct`,
    )
    .bind(id, person)
    .first<{ tied: number; direct: number }>();
  return others ?? { tied: 0, direct: 0 };
}

/** Statement: whoever logged in directly hears of what they chose again. */
export function tieBack(db: D1Database, id: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE people SET kakao_id = ?1 WHERE channel = 'kakaotalk' AND address = ?1`)
    .bind(id);
}
