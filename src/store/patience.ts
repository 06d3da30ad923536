import { sha256Hex } from '../lib/encoding.ts';
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

/**
 * How long a source still has to wait for its tries, 0 when it need not; counts nothing.
 *
 * @param most tries it may make; by default wrong ones
 */
export async function lockedMs(
  db: D1Database,
  source: string,
  now: number,
  most = GUESSES.attempts,
): Promise<number> {
  return Math.max(0, refusal(await readCount(db, source), most, now));
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

/** The whole proof was right: this source's tries are forgotten. */
export async function forgetGuesses(db: D1Database, source: string): Promise<void> {
  await db.prepare(`DELETE FROM login_attempts WHERE source = ?1`).bind(source).run();
}

/** A try that was right but not the whole proof: it does not count itself, those before it do. */
export async function takeBackGuess(db: D1Database, source: string): Promise<void> {
  await db
    .prepare(`UPDATE login_attempts SET attempts = attempts - 1 WHERE source = ?1 AND attempts > 0`)
    .bind(source)
    .run();
}

/** Forgets tries whose window is over. */
export async function forgetLoginAttempts(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM login_attempts WHERE ends_at <= ?1`)
    .bind(now)
    .run();
  return meta.changes;
}

/**
 * Under which name what comes from an address is counted. An IPv6 network hands its customer
 * 2^64 addresses at least, so those count as one. Only a hash is kept.
 *
 * @param isAround all of what one customer is likely to have counts as one: a /24, or a /48 of IPv6
 */
export async function sourceOf(address: string, isAround = false): Promise<string> {
  const network = isAround ? `around ${networkOf(address, 3)}` : `login ${networkOf(address, 4)}`;
  return (await sha256Hex(network)).slice(0, 32);
}

/** @param parts of four: so many groups of an IPv6 address, and so many bytes of another one */
function networkOf(address: string, parts: number): string {
  if (!address.includes(':')) return address.split('.').slice(0, parts).join('.');
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = tail === undefined ? left : [...left, ...gap, ...right];
  return groups
    .slice(0, parts)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** How often somebody may do something. */
export interface Allowance {
  readonly most: number;
  readonly perMs: number;
}

/** Where somebody stands in a window of time. */
export interface Use {
  /** How often they did it in this window; once far over, only that they are. */
  readonly used: number;
  /** When the window ends, epoch milliseconds. */
  readonly resetsAt: number;
}

/** Who somebody is to the counters: nothing of their address can be read from it. */
export async function whoIs(channel: string, address: string): Promise<string> {
  return (await sha256Hex(`${channel}:${address}`)).slice(0, 32);
}

/**
 * Counts what somebody does; nothing is written any more once they are over the limit.
 *
 * @param times how often at once
 */
export async function countUse(
  db: D1Database,
  { who, kind }: { readonly who: string; readonly kind: string },
  { most, perMs }: Allowance,
  now: number,
  times = 1,
): Promise<Use> {
  const row = await db
    .prepare(
      `INSERT INTO patience (who, kind, used, resets_at) VALUES (?1, ?2, ?3, ?4 + ?5)
       ON CONFLICT (who, kind) DO UPDATE SET
         used = iif(resets_at <= ?4, excluded.used, used + excluded.used),
         resets_at = iif(resets_at <= ?4, excluded.resets_at, resets_at)
       WHERE used <= ?6 OR resets_at <= ?4
       RETURNING used, resets_at AS resetsAt`,
    )
    .bind(who, kind, times, now, perMs, most)
    .first<Use>();
  return row ?? { used: most + 1 + times, resetsAt: now + perMs };
}

/** Statement: somebody begins anew with something. */
export function forgetUse(db: D1Database, who: string, kind: string): D1PreparedStatement {
  return db.prepare(`DELETE FROM patience WHERE who = ?1 AND kind = ?2`).bind(who, kind);
}

/** Forgets windows that are over. */
export async function forgetUses(db: D1Database, now: number): Promise<void> {
  await db.prepare(`DELETE FROM patience WHERE resets_at <= ?1`).bind(now).run();
}
