import * as v from 'valibot';

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

/**
 * Keeps a value where none is, or where one has been kept since before an instant.
 *
 * @returns false when somebody else's is there, and nothing was written
 */
export async function claimSetting(
  db: D1Database,
  key: string,
  value: unknown,
  { before, now }: { readonly before: number; readonly now: number },
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO settings (key, value, changed_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (key) DO UPDATE SET value = ?2, changed_at = ?3 WHERE changed_at <= ?4`,
    )
    .bind(key, JSON.stringify(value), now, before)
    .run();
  return meta.changes > 0;
}

/** What was kept under several keys, by key; one that is not there, or of another form, is left out. */
export async function readSettings<Schema extends v.GenericSchema>(
  db: D1Database,
  keys: readonly string[],
  schema: Schema,
): Promise<ReadonlyMap<string, v.InferOutput<Schema>>> {
  const { results } = await db
    .prepare(`SELECT key, value FROM settings WHERE key IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(keys))
    .all<{ key: string; value: string }>();
  return new Map(
    results.flatMap(({ key, value }) => {
      const parsed = v.safeParse(schema, JSON.parse(value));
      return parsed.success ? [[key, parsed.output] as const] : [];
    }),
  );
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

/** Statement: keeps values under several keys, as {@link writeSetting}. */
export function writeSettings(
  db: D1Database,
  values: ReadonlyMap<string, unknown>,
  now: number,
): D1PreparedStatement {
  const texts = [...values].map(([key, value]) => [key, JSON.stringify(value)] as const);
  return db
    .prepare(
      `INSERT INTO settings (key, value, changed_at)
       SELECT key, value, ?2 FROM json_each(?1) WHERE true
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = ?2
         WHERE settings.value <> excluded.value`,
    )
    .bind(JSON.stringify(Object.fromEntries(texts)), now);
}

/** Statement: forgets what is kept under a key. */
export function deleteSetting(db: D1Database, key: string): D1PreparedStatement {
  return db.prepare(`DELETE FROM settings WHERE key = ?1`).bind(key);
}

/** Statement: forgets what is kept under keys that begin so and has not changed since an instant. */
export function forgetSettings(
  db: D1Database,
  beginning: string,
  before: number,
): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM settings WHERE key >= ?1 AND key < ?1 || char(1114111) AND changed_at < ?2`,
    )
    .bind(beginning, before);
}
