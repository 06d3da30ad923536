import type { Language } from '../lib/time.ts';

export interface Person {
  readonly id: number;
  readonly language: Language;
  /** Ids of the cat facts told last, newest last. */
  readonly recentFacts: readonly string[];
}

/** The person at an address of a channel; written down at the first word. */
export async function meetPerson(
  db: D1Database,
  who: { channel: string; address: string; language: Language },
  now: number,
): Promise<Person> {
  const find = db
    .prepare(`SELECT id, language, recent_facts FROM people WHERE channel = ?1 AND address = ?2`)
    .bind(who.channel, who.address);
  const add = db
    .prepare(
      `INSERT INTO people (channel, address, language, created_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (channel, address) DO NOTHING`,
    )
    .bind(who.channel, who.address, who.language, now);
  type Row = { id: number; language: Language; recent_facts: string };
  let row = await find.first<Row>();
  if (!row) {
    await add.run();
    row = await find.first<Row>();
  }
  if (!row) throw new Error('person vanished while being met');
  const recent: unknown = JSON.parse(row.recent_facts);
  return {
    id: row.id,
    language: row.language,
    recentFacts: Array.isArray(recent) ? recent.filter((id) => typeof id === 'string') : [],
  };
}

/** Statement: remembers the language a person speaks and the cat facts told. */
export function rememberPerson(
  db: D1Database,
  person: Pick<Person, 'id' | 'language' | 'recentFacts'>,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE people SET language = ?2, recent_facts = ?3 WHERE id = ?1`)
    .bind(person.id, person.language, JSON.stringify(person.recentFacts));
}
