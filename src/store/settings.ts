import * as v from 'valibot';

/** Key: counts how often all sessions of the owner were ended; one of an earlier count is over. */
export const SESSION_GENERATION = 'admin-session-generation';

/** Key: the owner's second factor. */
export const SECOND_FACTOR = 'admin-second-factor';

/**
 * Reads what was kept under a key.
 *
 * @returns `null` when nothing is kept, or what is kept is not of this form (any more)
 */
export async function readSetting<Schema extends v.GenericSchema>(
  db: D1Database,
  key: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | null> {
  const value = await readKept(db, key);
  if (value === null) return null;
  const parsed = v.safeParse(schema, JSON.parse(value));
  return parsed.success ? parsed.output : null;
}

/** The JSON that is kept under a key, as it is; `null`: nothing. */
export async function readKept(db: D1Database, key: string): Promise<string | null> {
  return db.prepare(`SELECT value FROM settings WHERE key = ?1`).bind(key).first<string>('value');
}

/**
 * Keeps a value in the place of another.
 *
 * @param kept JSON that has to be there still, see {@link readKept}
 * @returns false when it is not, and nothing was written
 */
export async function swapSetting(
  db: D1Database,
  key: string,
  kept: string,
  value: unknown,
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(`UPDATE settings SET value = ?3, changed_at = ?4 WHERE key = ?1 AND value = ?2`)
    .bind(key, kept, JSON.stringify(value), now)
    .run();
  return meta.changes > 0;
}

/** Keeps a value under a key; writes only when it differs from what is kept. */
export async function writeSetting(
  db: D1Database,
  key: string,
  value: unknown,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO settings (key, value, changed_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (key) DO UPDATE SET value = ?2, changed_at = ?3 WHERE value <> ?2`,
    )
    .bind(key, JSON.stringify(value), now)
    .run();
}

/** Statement: forgets what is kept under a key. */
export function deleteSetting(db: D1Database, key: string): D1PreparedStatement {
  return db.prepare(`DELETE FROM settings WHERE key = ?1`).bind(key);
}
