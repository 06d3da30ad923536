import { HOUR_MS, type Language, minuteOf } from '../lib/time.ts';
import type { Unless } from './deliveries.ts';

/** What somebody wants to hear of a topic. */
export interface Wanted {
  /** The only kind of it that is wanted; `null`: every kind. */
  readonly choice: string | null;
}

/**
 * Statement: switches a topic on or off for a person; written only when it is a change.
 *
 * @param choice the only kind of it that is wanted; `null`: every kind
 */
export function setTopic(
  db: D1Database,
  topic: string,
  person: number,
  isOn: boolean,
  now: number,
  choice: string | null = null,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO topics (topic, person, is_on, choice, changed_at) VALUES (?1, ?2, ?3, ?5, ?4)
       ON CONFLICT (topic, person) DO UPDATE SET is_on = ?3, choice = ?5, changed_at = ?4
         WHERE is_on <> ?3 OR choice IS NOT ?5`,
    )
    .bind(topic, person, isOn ? 1 : 0, now, choice);
}

/** What a person wants to hear of a topic; `null`: nothing, as everybody until they say so. */
export async function wantedOf(
  db: D1Database,
  topic: string,
  person: number,
): Promise<Wanted | null> {
  return db
    .prepare(`SELECT choice FROM topics WHERE topic = ?1 AND person = ?2 AND is_on = 1`)
    .bind(topic, person)
    .first<Wanted>();
}

/** What a person said of a topic, whether it is on or not; `null`: nothing yet. */
export async function topicOf(
  db: D1Database,
  topic: string,
  person: number,
): Promise<(Wanted & { readonly isOn: boolean }) | null> {
  const row = await db
    .prepare(`SELECT choice, is_on FROM topics WHERE topic = ?1 AND person = ?2`)
    .bind(topic, person)
    .first<Wanted & { readonly is_on: number }>();
  return row && { choice: row.choice, isOn: row.is_on === 1 };
}

/** The choices of those who want to hear of a topic, each once. */
export async function choicesOf(db: D1Database, topic: string): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT choice FROM topics WHERE topic = ?1 AND is_on = 1 AND choice IS NOT NULL
       ORDER BY choice`,
    )
    .bind(topic)
    .all<{ choice: string }>();
  return results.map(({ choice }) => choice);
}

/** Whether a person wants to hear of a topic; nobody does until they say so. */
export async function isTopicOn(db: D1Database, topic: string, person: number): Promise<boolean> {
  return (await wantedOf(db, topic, person)) !== null;
}

/** The topics that are on for a person, of those that begin with a prefix. */
export async function topicsOn(
  db: D1Database,
  person: number,
  prefix: string,
): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      `SELECT topic FROM topics
       WHERE person = ?1 AND is_on = 1 AND substr(topic, 1, length(?2)) = ?2 ORDER BY changed_at`,
    )
    .bind(person, prefix)
    .all<{ topic: string }>();
  return results.map(({ topic }) => topic);
}

/** Somebody who hears of a topic: who they are, and where. */
export interface Listener {
  readonly channel: string;
  readonly account: string;
  readonly address: string;
  readonly language: Language;
}

/** Where those are reached who want to hear of a topic, the oldest first. */
export async function topicAddresses(db: D1Database, topic: string): Promise<Listener[]> {
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

/** Where a person's news goes; where they chat, if they are not to be reached. `null`: no such person. */
export async function listenerOf(db: D1Database, person: number): Promise<Listener | null> {
  return db
    .prepare(
      `SELECT ifnull(routes.channel, people.channel) AS channel,
         ifnull(routes.account, people.account) AS account,
         ifnull(routes.address, people.address) AS address, people.language AS language
       FROM people LEFT JOIN routes ON routes.person = people.id WHERE people.id = ?1`,
    )
    .bind(person)
    .first<Listener>();
}

/** The channel over which a person's news goes; `null` when they cannot be reached. */
export async function newsChannelOf(db: D1Database, person: number): Promise<string | null> {
  return db
    .prepare(`SELECT channel FROM routes WHERE person = ?1`)
    .bind(person)
    .first<string>('channel');
}

/** Hours of the day between which news waits. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Statement: news waits for a person between these hours, or never (`null`). */
export function setQuietHours(
  db: D1Database,
  person: number,
  hours: QuietHours | null,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE people SET quiet_from = ?2, quiet_to = ?3 WHERE id = ?1`)
    .bind(person, hours?.from ?? null, hours?.to ?? null);
}

/** When news waits for a person; `null`: never. */
export async function quietHoursOf(db: D1Database, person: number): Promise<QuietHours | null> {
  const row = await db
    .prepare(`SELECT quiet_from, quiet_to FROM people WHERE id = ?1`)
    .bind(person)
    .first<{ quiet_from: number | null; quiet_to: number | null }>();
  if (!row || row.quiet_from === null || row.quiet_to === null) return null;
  return { from: row.quiet_from, to: row.quiet_to };
}

/** SQL: hours from the present one (`?8`) to the end of a person's quiet hours; 0 outside of them. */
const QUIET_HOURS = `CASE
    WHEN people.quiet_from IS NULL OR people.quiet_to IS NULL THEN 0
    WHEN (?8 - people.quiet_from + 24) % 24 < (people.quiet_to - people.quiet_from + 24) % 24
      THEN (people.quiet_to - ?8 + 24) % 24
    ELSE 0 END`;

/**
 * Statement: writes a delivery to everybody who wants a topic and can be reached, in one go and
 * each once. It gives the ids of those that are due now.
 *
 * @param news.key what is told; with the address it names a delivery, so telling it again does
 *   nothing
 * @param news.channels ids of the channels that are configured; others get nothing
 * @param news.notices JSON of the notice in each language, for those who want every kind of it;
 *   `null`: they are told nothing
 * @param news.kinds the same for those who want one kind; of a kind that is not there they are told
 *   nothing
 * @param news.timeZone IANA name: quiet hours are of the day there; absent: it cannot wait
 * @param news.unless nobody is told when its query finds a row at that moment
 */
export function tellTopic(
  db: D1Database,
  news: {
    readonly topic: string;
    readonly key: string;
    readonly channels: readonly string[];
    readonly notices: Readonly<Record<Language, string>> | null;
    readonly kinds?: Readonly<Record<string, Readonly<Record<Language, string>>>>;
    /** The run that tells it, as `job@slot`. */
    readonly run: string;
    readonly timeZone?: string;
    /** When it is worth nothing any more, epoch milliseconds. */
    readonly expiresAt?: number;
    readonly unless?: Unless;
  },
  now: number,
): D1PreparedStatement {
  const clock = news.timeZone === undefined ? '' : minuteOf(now, news.timeZone).slice(11);
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const toFullHour = HOUR_MS - minute * 60_000 - (now % 60_000);
  return db
    .prepare(
      `INSERT INTO deliveries
         (dedupe_key, channel, account, address, notice, run, expires_at, state, due_at,
          created_at)
       SELECT ?2 || ':' || routes.channel || ':' || routes.address,
              routes.channel, routes.account, routes.address,
              json_extract(?4, '$."' || ifnull(topics.choice, '') || '".' || routes.language),
              ?5, ?10, 'waiting',
              ?6 + CASE WHEN ?9 AND ${QUIET_HOURS} > 0
                THEN (${QUIET_HOURS} - 1) * 3600000 + ?7 ELSE 0 END,
              ?6
       FROM topics
       JOIN routes ON routes.person = topics.person
       JOIN people ON people.id = topics.person
       WHERE topics.topic = ?1 AND topics.is_on = 1
         AND routes.channel IN (SELECT value FROM json_each(?3))
         AND json_extract(?4, '$."' || ifnull(topics.choice, '') || '".' || routes.language)
           IS NOT NULL
         AND NOT EXISTS (${news.unless?.query('?11') ?? 'SELECT 1 FROM json_each(?11)'})
       ON CONFLICT (dedupe_key) DO NOTHING
       RETURNING iif(due_at <= ?6, id, NULL) AS id`,
    )
    .bind(
      news.topic,
      news.key,
      JSON.stringify(news.channels),
      JSON.stringify({ ...news.kinds, ...(news.notices && { '': news.notices }) }),
      news.run,
      now,
      toFullHour,
      hour,
      news.timeZone === undefined ? 0 : 1,
      news.expiresAt ?? null,
      JSON.stringify(news.unless?.ids ?? []),
    );
}
