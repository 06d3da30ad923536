import type { Language } from '../lib/time.ts';

/** News that people switch on or off for themselves. */
export type Topic = 'menu' | 'owner';

/** Statement: switches a topic on or off for a person; written only when it is a change. */
export function setTopic(
  db: D1Database,
  topic: Topic,
  person: number,
  isOn: boolean,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO topics (topic, person, is_on, changed_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (topic, person) DO UPDATE SET is_on = ?3, changed_at = ?4 WHERE is_on <> ?3`,
    )
    .bind(topic, person, isOn ? 1 : 0, now);
}

/** Whether a person wants to hear of a topic; nobody does until they say so. */
export async function isTopicOn(db: D1Database, topic: Topic, person: number): Promise<boolean> {
  const row = await db
    .prepare(`SELECT 1 FROM topics WHERE topic = ?1 AND person = ?2 AND is_on = 1`)
    .bind(topic, person)
    .first();
  return row !== null;
}

/** Somebody who hears of a topic: who they are, and where. */
export interface Listener {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly language: Language;
}

/** Where those are reached who want to hear of a topic, the oldest first. */
export async function topicAddresses(db: D1Database, topic: Topic): Promise<Listener[]> {
  const { results } = await db
    .prepare(
      `SELECT routes.channel, routes.account, routes.address, routes.language
       FROM topics JOIN routes ON routes.person = topics.person
       WHERE topics.topic = ?1 AND topics.is_on = 1 ORDER BY topics.changed_at, topics.person`,
    )
    .bind(topic)
    .all<Listener>();
  return results;
}

/** The channel over which a person's news goes; `null` when they cannot be reached. */
export async function newsChannelOf(db: D1Database, person: number): Promise<string | null> {
  return db
    .prepare(`SELECT channel FROM routes WHERE person = ?1`)
    .bind(person)
    .first<string>('channel');
}

/**
 * Statement: writes a delivery to everybody who wants a topic and can be reached, in one go and
 * each once.
 *
 * @param news.key what is told; with the address it names a delivery, so telling it again does
 *   nothing
 * @param news.channels ids of the channels that are configured; others get nothing
 * @param news.notices JSON of the notice in each language
 */
export function tellTopic(
  db: D1Database,
  news: {
    readonly topic: Topic;
    readonly key: string;
    readonly channels: readonly string[];
    readonly notices: Readonly<Record<Language, string>>;
    /** The run that tells it, as `job@slot`. */
    readonly run: string;
  },
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO deliveries
         (dedupe_key, channel, account, address, notice, run, state, due_at, created_at)
       SELECT ?2 || ':' || routes.channel || ':' || routes.address,
              routes.channel, routes.account, routes.address,
              iif(routes.language = 'ko', ?4, ?5), ?6, 'waiting', ?7, ?7
       FROM topics JOIN routes ON routes.person = topics.person
       WHERE topics.topic = ?1 AND topics.is_on = 1
         AND routes.channel IN (SELECT value FROM json_each(?3))
       ON CONFLICT (dedupe_key) DO NOTHING`,
    )
    .bind(
      news.topic,
      news.key,
      JSON.stringify(news.channels),
      news.notices.ko,
      news.notices.en,
      news.run,
      now,
    );
}
