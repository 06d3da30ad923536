import type { Language } from '../lib/time.ts';
import { forgetAddress } from './waits.ts';

export interface Person {
  readonly id: number;
  readonly channel: string;
  /** Where they are on their channel. */
  readonly address: string;
  readonly language: Language;
  /** Ids of the cat facts told last, newest last. */
  readonly recentFacts: readonly string[];
  /** The Kakao login tied to this person. */
  readonly kakaoId: string | null;
  /** The question the bot asked last and waits on; JSON as the conversation wrote it. */
  readonly asking: unknown;
}

/** Who wrote to the bot. */
export interface Encounter {
  readonly channel: string;
  readonly address: string;
  /** Another name of the same person on the same channel. */
  readonly secondAddress?: string | null;
  /** The bot's account they wrote to. */
  readonly account?: string;
  /** The language to begin with. */
  readonly language: Language;
}

interface Row {
  readonly id: number;
  readonly channel: string;
  readonly address: string;
  readonly language: Language;
  readonly recent_facts: string;
  readonly kakao_id: string | null;
  readonly asking: string | null;
}

const COLUMNS = 'id, channel, address, language, recent_facts, kakao_id, asking';

/**
 * The person at an address of a channel; written down at the first word. Who writes can be reached
 * again, at the account they wrote to.
 */
export async function meetPerson(db: D1Database, who: Encounter, now: number): Promise<Person> {
  const { channel, address, secondAddress = null, account = '', language } = who;
  const find = db
    .prepare(
      `SELECT ${COLUMNS}, account, second_address, blocked_at FROM people WHERE id = (${FIND})`,
    )
    .bind(channel, address, secondAddress);
  const known = await find.first<MeetingRow>();
  if (known) {
    // Known by the other name only, such as somebody whom the API registered under it.
    const isNamed = known.address === address || known.second_address === address;
    const isNews =
      !isNamed ||
      known.account !== account ||
      known.blocked_at !== null ||
      (known.second_address === null && secondAddress !== null);
    if (!isNews) return personOf(known);
    const met = { ...known, address: isNamed ? known.address : address };
    await db
      .prepare(
        `UPDATE people SET address = ?4, account = ?2, blocked_at = NULL,
           -- Two people may not share a name: it stays with who had it first.
           second_address = ifnull(second_address, (SELECT ?3 WHERE NOT EXISTS (
             SELECT 1 FROM people WHERE channel = ?5 AND second_address = ?3)))
         WHERE id = ?1`,
      )
      .bind(known.id, account, secondAddress, met.address, channel)
      .run();
    return personOf(met);
  }
  await db
    .prepare(
      `INSERT INTO people (channel, address, account, second_address, language, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`,
    )
    .bind(channel, address, account, secondAddress, language, now)
    .run();
  const added = await find.first<MeetingRow>();
  if (!added) throw new Error('person vanished while being met');
  return personOf(added);
}

interface MeetingRow extends Row {
  readonly account: string;
  readonly second_address: string | null;
  readonly blocked_at: number | null;
}

/** Id of the person with one of two names (`?2`, `?3`) on a channel (`?1`), their own name first. */
const FIND = `
  SELECT id FROM (
    SELECT id, 1 AS rank FROM people WHERE channel = ?1 AND address = ?2
    UNION ALL SELECT id, 2 FROM people WHERE channel = ?1 AND second_address = ?3
    UNION ALL SELECT id, 3 FROM people WHERE channel = ?1 AND address = ?3
    UNION ALL SELECT id, 4 FROM people WHERE channel = ?1 AND second_address = ?2
  ) ORDER BY rank LIMIT 1`;

/** The person at an address of a channel (either of their names); `null` when nobody is known there. */
export async function findPerson(
  db: D1Database,
  channel: string,
  address: string,
): Promise<Person | null> {
  const row = await db
    .prepare(`SELECT ${COLUMNS} FROM people WHERE id = (${FIND})`)
    .bind(channel, address, address)
    .first<Row>();
  return row && personOf(row);
}

/** The person with an id; `null` when there is none (any more). */
export async function readPerson(db: D1Database, id: number): Promise<Person | null> {
  const row = await db.prepare(`SELECT ${COLUMNS} FROM people WHERE id = ?1`).bind(id).first<Row>();
  return row && personOf(row);
}

function personOf(row: Row): Person {
  const recent: unknown = JSON.parse(row.recent_facts);
  return {
    id: row.id,
    channel: row.channel,
    address: row.address,
    language: row.language,
    recentFacts: Array.isArray(recent) ? recent.filter((id) => typeof id === 'string') : [],
    kakaoId: row.kakao_id,
    asking: row.asking === null ? null : JSON.parse(row.asking),
  };
}

/**
 * Statement: remembers what a turn of a conversation changed about a person. An answer nobody
 * fetched is over with the next turn.
 */
export function rememberPerson(
  db: D1Database,
  person: Pick<Person, 'id' | 'language' | 'recentFacts' | 'asking'>,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE people SET language = ?2, recent_facts = ?3, asking = ?4, late_answer = NULL
       WHERE id = ?1 AND (language <> ?2 OR recent_facts <> ?3 OR asking IS NOT ?4
         OR late_answer IS NOT NULL)`,
    )
    .bind(
      person.id,
      person.language,
      JSON.stringify(person.recentFacts),
      person.asking === null ? null : JSON.stringify(person.asking),
    );
}

/** Keeps an answer that came too late for its platform, as JSON, until it is fetched. */
export async function keepLateAnswer(
  db: D1Database,
  person: number,
  answer: string,
): Promise<void> {
  await db.prepare(`UPDATE people SET late_answer = ?2 WHERE id = ?1`).bind(person, answer).run();
}

/** The late answer of a person, once; `null` when there is none (yet). */
export async function takeLateAnswer(db: D1Database, person: number): Promise<string | null> {
  const find = db.prepare(`SELECT late_answer FROM people WHERE id = ?1`).bind(person);
  const clear = db
    .prepare(`UPDATE people SET late_answer = NULL WHERE id = ?1 AND late_answer IS NOT NULL`)
    .bind(person);
  const [found] = await db.batch<{ late_answer: string | null }>([find, clear]);
  return found?.results[0]?.late_answer ?? null;
}

/**
 * Condition: the row's address is `?2`, or a place within it (`-100123#77`, a topic of that forum).
 * `$` is the sign after `#`.
 */
const WITHIN = `(address = ?2 OR (address > ?2 || '#' AND address < ?2 || '$'))`;

/** Stops news to somebody who cannot be reached any more, and to all places within a room. */
export async function blockAddress(
  db: D1Database,
  channel: string,
  address: string,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE people SET blocked_at = ?3
       WHERE channel = ?1 AND ${WITHIN} AND blocked_at IS NULL`,
    )
    .bind(channel, address, now)
    .run();
}

/** News may go to an address again, and to all places within it; what waits for it goes at once. */
export async function unblockAddress(
  db: D1Database,
  channel: string,
  address: string,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE people SET blocked_at = NULL
         WHERE channel = ?1 AND ${WITHIN} AND blocked_at IS NOT NULL`,
      )
      .bind(channel, address),
    db.prepare(`DELETE FROM waits WHERE lane = ?1 AND ${WITHIN}`).bind(channel, address),
  ]);
}

/** A place of a channel got another address; what waits for it goes there. */
export async function moveAddress(
  db: D1Database,
  channel: string,
  from: string,
  to: string,
): Promise<void> {
  await db.batch([
    db
      .prepare(`UPDATE OR IGNORE people SET address = ?3 WHERE channel = ?1 AND address = ?2`)
      .bind(channel, from, to),
    db
      .prepare(
        // What was sent there too: it is forgotten by the new address.
        `UPDATE deliveries SET address = ?3 WHERE lane = ?1 AND address = ?2`,
      )
      .bind(channel, from, to),
    ...forgetAddress(db, channel, from),
  ]);
}

/**
 * Statements: delete all there is about a person: the row, their watches and topics with it, what they said that
 * is not answered, and what was said to them, waiting or not, under either of their names.
 */
export function forgetPerson(db: D1Database, { id, channel }: Person): D1PreparedStatement[] {
  const names = `(SELECT address FROM people WHERE id = ?2
    UNION SELECT second_address FROM people WHERE id = ?2 AND second_address IS NOT NULL)`;
  return [
    db.prepare(`DELETE FROM deliveries WHERE lane = ?1 AND address IN ${names}`).bind(channel, id),
    ...['waits', 'served'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE lane = ?1 AND address IN ${names}`).bind(channel, id),
    ),
    ...['waiting', 'failed'].map((state) =>
      db
        .prepare(
          `UPDATE inbox SET state = 'done', content = NULL
           WHERE state = '${state}' AND channel = ?1 AND content->>'$.address' IN ${names}`,
        )
        .bind(channel, id),
    ),
    db.prepare(`DELETE FROM people WHERE id = ?1`).bind(id),
  ];
}
