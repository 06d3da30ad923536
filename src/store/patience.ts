import { sha256Hex } from '../lib/encoding.ts';

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
