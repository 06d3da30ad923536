import { HOUR_MS, MINUTE_MS } from '../lib/time.ts';

const PER_SOURCE = { attempts: 5, windowMs: 15 * MINUTE_MS };
/** All sources together: guessing from many addresses must not pay either. */
const ALL = '*';
const OVERALL = { attempts: 100, windowMs: HOUR_MS };

/**
 * Counts a try to log in as the owner before its password is looked at, so that tries at the same
 * time do not slip through.
 *
 * @param source where it came from: the client's address
 * @returns how long this source has to wait first, or 0 when the try may go on
 */
export async function countLoginAttempt(
  db: D1Database,
  source: string,
  now: number,
): Promise<number> {
  const own = await countAttempt(db, source, PER_SOURCE, now);
  // One address that is stopped already must not use up everybody's tries, the owner's included.
  return own > 0 ? own : countAttempt(db, ALL, OVERALL, now);
}

/**
 * Counts one try of whatever `source` names, in a window that begins with its first.
 *
 * @returns milliseconds until the window is over when there were too many, else 0
 */
export async function countAttempt(
  db: D1Database,
  source: string,
  { attempts: most, windowMs }: { readonly attempts: number; readonly windowMs: number },
  now: number,
): Promise<number> {
  const row = await count(db, source, windowMs, now).first<{ attempts: number; ends_at: number }>();
  return row && row.attempts > most ? row.ends_at - now : 0;
}

function count(db: D1Database, source: string, windowMs: number, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO login_attempts (source, attempts, ends_at) VALUES (?1, 1, ?3 + ?2)
       ON CONFLICT (source) DO UPDATE SET
         attempts = iif(ends_at <= ?3, 1, attempts + 1),
         ends_at = iif(ends_at <= ?3, ?3 + ?2, ends_at)
       RETURNING attempts, ends_at`,
    )
    .bind(source, windowMs, now);
}

/** The right password: this source's tries are forgotten, and the last was no guess. */
export async function clearLoginAttempts(db: D1Database, source: string): Promise<void> {
  await db.batch([
    db.prepare(`DELETE FROM login_attempts WHERE source = ?1`).bind(source),
    db
      .prepare(`UPDATE login_attempts SET attempts = max(0, attempts - 1) WHERE source = ?1`)
      .bind(ALL),
  ]);
}

/** Forgets tries whose window is over. */
export async function forgetLoginAttempts(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM login_attempts WHERE ends_at <= ?1`)
    .bind(now)
    .run();
  return meta.changes;
}
