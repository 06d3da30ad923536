/** A row of `watches` with all its columns, as it is kept to be brought back. */
export type WatchRow = Readonly<Record<string, unknown>>;

/** The rows of some watches of a person, as they are before they are removed. */
export async function removedWatch(
  db: D1Database,
  person: number,
  ids: readonly number[],
): Promise<WatchRow[]> {
  const { results } = await db
    .prepare(
      `SELECT * FROM watches WHERE person = ?1 AND id IN (SELECT value FROM json_each(?2))
       ORDER BY created_at, id`,
    )
    .bind(person, JSON.stringify(ids))
    .all<WatchRow>();
  return results;
}

const COLUMN = /^[a-z_]{1,40}$/;

/**
 * Statement: brings a watch back as it was, in its place of the list. What happened in the meantime
 * is not told. A branch that nobody watched in between may be forgotten already: nothing is written
 * then.
 */
export function restoreWatch(db: D1Database, person: number, row: WatchRow): D1PreparedStatement {
  const columns = Object.keys(row).filter((name) => COLUMN.test(name));
  const values = columns.map((name) => (name === 'person' ? person : primitive(row[name])));
  const places = columns.map((_, index) => `?${index + 1}`);
  const branch = columns.indexOf('branch') + 1;
  return db
    .prepare(
      `INSERT INTO watches (${columns.join(', ')})
       SELECT ${places.join(', ')} WHERE EXISTS (SELECT 1 FROM branches WHERE id = ?${branch})
       ON CONFLICT DO NOTHING`,
    )
    .bind(...values);
}

function primitive(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
