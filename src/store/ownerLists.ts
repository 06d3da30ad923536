import { SECOND_FACTOR } from './settings.ts';

/** Nothing is counted further: D1 bills by rows read, and a page must not read a whole table. */
export const COUNTED_TO = 1000;

/** Somebody as the owner may see them: nothing they said. */
export interface ListedPerson {
  readonly id: number;
  readonly channel: string;
  readonly address: string;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly isBlocked: boolean;
  /** Whether KakaoTalk carries their news. */
  readonly hasKakao: boolean;
  readonly wantsMenu: boolean;
  /** The first few of what they watch, `owner/name (branch)`. */
  readonly watches: readonly string[];
  readonly watchCount: number;
}

const WATCHES_SHOWN = 5;

interface PersonRow {
  readonly id: number;
  readonly channel: string;
  readonly address: string;
  readonly language: string;
  readonly created_at: number;
  readonly blocked_at: number | null;
  readonly kakao_id: string | null;
  readonly menu: number | null;
}

/**
 * People in the order they came, the newest first.
 *
 * @param before id of the last person of the page before; `null`: the first page
 */
export async function listPeople(
  db: D1Database,
  before: number | null,
  limit: number,
): Promise<ListedPerson[]> {
  const { results } = await db
    .prepare(
      `SELECT people.id, channel, address, language, created_at, blocked_at, kakao_id,
              topics.is_on AS menu
       FROM people LEFT JOIN topics ON topics.topic = 'menu' AND topics.person = people.id
       WHERE people.id < ?1 ORDER BY people.id DESC LIMIT ?2`,
    )
    .bind(before ?? Number.MAX_SAFE_INTEGER, limit)
    .all<PersonRow>();
  const watches = await watchesOfAll(
    db,
    results.map(({ id }) => id),
  );
  return results.map((row) => {
    const watched = watches.get(row.id) ?? [];
    return {
      id: row.id,
      channel: row.channel,
      address: row.address,
      language: row.language,
      createdAt: row.created_at,
      isBlocked: row.blocked_at !== null,
      hasKakao: row.kakao_id !== null,
      wantsMenu: row.menu === 1,
      watches: watched.slice(0, WATCHES_SHOWN),
      watchCount: watched.length,
    };
  });
}

async function watchesOfAll(
  db: D1Database,
  people: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const { results } = await db
    .prepare(
      `SELECT watches.person,
              repositories.owner || '/' || repositories.name || ' (' || branches.name || ')' AS name
       FROM json_each(?1) AS asked
       JOIN watches ON watches.person = asked.value
       JOIN branches ON branches.id = watches.branch
       JOIN repositories ON repositories.id = branches.repository
       ORDER BY watches.id`,
    )
    .bind(JSON.stringify(people))
    .all<{ person: number; name: string }>();
  const byPerson = new Map<number, string[]>();
  for (const { person, name } of results) {
    byPerson.set(person, [...(byPerson.get(person) ?? []), name]);
  }
  return byPerson;
}

/** How many people there are on each channel, each up to one more than {@link COUNTED_TO}. */
export async function countPeople(
  db: D1Database,
  channels: readonly string[],
): Promise<readonly { readonly channel: string; readonly count: number }[]> {
  const { results } = await db
    .prepare(
      `SELECT asked.value AS channel,
         (SELECT count(*) FROM (SELECT 1 FROM people WHERE channel = asked.value LIMIT ?2)) AS count
       FROM json_each(?1) AS asked`,
    )
    .bind(JSON.stringify(channels), COUNTED_TO + 1)
    .all<{ channel: string; count: number }>();
  return results;
}

/**
 * Statements: forget everybody. What platforms keep of them is theirs to forget.
 *
 * @param publicAddress of deliveries that are for everyone to see: those stay
 */
export function erasePeople(db: D1Database, publicAddress: string): D1PreparedStatement[] {
  return [
    db.prepare(`DELETE FROM deliveries WHERE address <> ?1`).bind(publicAddress),
    db.prepare(`DELETE FROM waits WHERE address <> ''`),
    db.prepare(`DELETE FROM served`),
    // Keys of what is done stay: a copy that a platform sends again must not count as new.
    db.prepare(`DELETE FROM inbox WHERE state IN ('waiting', 'failed')`),
    // Watches and topics go with them.
    db.prepare(`DELETE FROM people`),
  ];
}

/**
 * Statements: forget all the bot knows, once nobody is left. What counts limits of platforms and tries
 * to log in stays, and so do the runs: nothing may be done twice for having been forgotten.
 */
export function eraseAll(db: D1Database): D1PreparedStatement[] {
  return [
    ...['changes', 'branches', 'repositories', 'items', 'productions', 'feeds', 'sources'].map(
      (table) => db.prepare(`DELETE FROM ${table}`),
    ),
    ...['deliveries', 'delivery_hours', 'owner_news', 'accounts', 'api_keys'].map((table) =>
      db.prepare(`DELETE FROM ${table}`),
    ),
    db.prepare(`DELETE FROM settings WHERE key <> ?1`).bind(SECOND_FACTOR),
  ];
}

/**
 * Has exactly one address of a channel hear of a topic, as a setting names it; whatever another one was to be
 * told is over, and so is what the channel waits for because of it. Nothing is written when it is so.
 *
 * @param address `null`: nobody hears of it
 */
export async function keepOnly(
  db: D1Database,
  {
    channel,
    topic,
    address,
    language,
  }: {
    readonly channel: string;
    readonly topic: string;
    readonly address: string | null;
    readonly language: string;
  },
  now: number,
): Promise<void> {
  const { results } = await db
    .prepare(`SELECT address FROM people WHERE channel = ?1`)
    .bind(channel)
    .all<{ address: string }>();
  if (
    results.length === (address === null ? 0 : 1) &&
    results.every((one) => one.address === address)
  )
    return;
  await db.batch([
    // A lane of people is named as its channel.
    ...['deliveries WHERE lane', 'people WHERE channel'].map((place) =>
      db.prepare(`DELETE FROM ${place} = ?1 AND address IS NOT ?2`).bind(channel, address),
    ),
    db.prepare(`DELETE FROM waits WHERE lane = ?1`).bind(channel),
    db
      .prepare(
        `INSERT INTO people (channel, address, language, created_at)
         SELECT ?1, ?2, ?3, ?4 WHERE ?2 IS NOT NULL ON CONFLICT DO NOTHING`,
      )
      .bind(channel, address, language, now),
    db
      .prepare(
        `INSERT INTO topics (topic, person, is_on, changed_at)
         SELECT ?1, id, 1, ?2 FROM people WHERE channel = ?3 ON CONFLICT DO NOTHING`,
      )
      .bind(topic, now, channel),
  ]);
}
