import { HOUR_MS } from '../lib/time.ts';

/** Wrong passwords and keys an address may try, at once or spread. */
const GUESSES = { attempts: 10, windowMs: HOUR_MS };

/**
 * Counts a try of the owner's password or key before it is looked at, so that tries at the same time
 * do not slip through. Each try counts for an hour from the last one; nobody is refused for what came
 * from elsewhere.
 *
 * @param source where it came from, see `sourceOf`
 * @returns how long this source has to wait first, or 0 when the try may go on
 */
export async function countGuess(db: D1Database, source: string, now: number): Promise<number> {
  return refusal(await count(db, source, GUESSES, now, true), GUESSES.attempts, now);
}

/** How long a source still has to wait for its wrong tries, 0 when it need not; counts nothing. */
export async function lockedMs(db: D1Database, source: string, now: number): Promise<number> {
  return Math.max(0, refusal(await readCount(db, source), GUESSES.attempts, now));
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
  return refusal(await count(db, source, { attempts: most, windowMs }, now, false), most, now);
}

interface Counted {
  readonly attempts: number;
  readonly ends_at: number;
}

function refusal(counted: Counted | null, most: number, now: number): number {
  return counted !== null && counted.attempts > most ? counted.ends_at - now : 0;
}

/** @param isSliding whether each try begins the window anew */
async function count(
  db: D1Database,
  source: string,
  { attempts: most, windowMs }: { readonly attempts: number; readonly windowMs: number },
  now: number,
  isSliding: boolean,
): Promise<Counted | null> {
  const counted = await db
    .prepare(
      `INSERT INTO login_attempts (source, attempts, ends_at) VALUES (?1, 1, ?3 + ?2)
       ON CONFLICT (source) DO UPDATE SET
         attempts = iif(ends_at <= ?3, 1, attempts + 1),
         ends_at = iif(ends_at <= ?3 OR ?5, ?3 + ?2, ends_at)
       -- Once over the limit nothing is written: refusals cost no rows.
       WHERE ends_at <= ?3 OR attempts <= ?4
       RETURNING attempts, ends_at`,
    )
    .bind(source, windowMs, now, most, isSliding ? 1 : 0)
    .first<Counted>();
  return counted ?? readCount(db, source);
}

async function readCount(db: D1Database, source: string): Promise<Counted | null> {
  return db
    .prepare(`SELECT attempts, ends_at FROM login_attempts WHERE source = ?1`)
    .bind(source)
    .first<Counted>();
}

/** The right one: this source's tries are forgotten. */
export async function forgetGuesses(db: D1Database, source: string): Promise<void> {
  await db.prepare(`DELETE FROM login_attempts WHERE source = ?1`).bind(source).run();
}

/** Forgets tries whose window is over. */
export async function forgetLoginAttempts(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM login_attempts WHERE ends_at <= ?1`)
    .bind(now)
    .run();
  return meta.changes;
}
