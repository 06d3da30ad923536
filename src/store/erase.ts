import { SESSION_GENERATION } from './settings.ts';

/**
 * Statements: forget everybody. What platforms keep of them is theirs to forget.
 *
 * @param publicAddress of deliveries that are for everyone to see: those stay
 */
export function erasePeople(db: D1Database, publicAddress: string): D1PreparedStatement[] {
  return [
    db.prepare(`DELETE FROM deliveries WHERE address <> ?1`).bind(publicAddress),
    db.prepare(`DELETE FROM waits WHERE address <> ''`),
    db.prepare(`DELETE FROM served`),
    // Keys of what is done stay: a copy that a platform sends again must not count as new.
    db.prepare(`DELETE FROM inbox WHERE state IN ('waiting', 'failed')`),
    // Watches and topics go with them.
    db.prepare(`DELETE FROM people`),
  ];
}

/**
 * Statements: forget all the bot knows, once nobody is left. What counts limits of platforms and tries
 * to log in stays, and so do the runs: nothing may be done twice for having been forgotten.
 */
export function eraseAll(db: D1Database): D1PreparedStatement[] {
  return [
    ...['changes', 'branches', 'repositories', 'items', 'productions', 'feeds', 'sources'].map(
      (table) => db.prepare(`DELETE FROM ${table}`),
    ),
    ...['deliveries', 'delivery_hours', 'owner_news', 'accounts'].map((table) =>
      db.prepare(`DELETE FROM ${table}`),
    ),
    // Forgotten, it would bring sessions back that were ended.
    db.prepare(`DELETE FROM settings WHERE key <> ?1`).bind(SESSION_GENERATION),
  ];
}
