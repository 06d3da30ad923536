import { titleKey } from '../../lib/text.ts';
import { insertDeliveries, type NewDelivery } from '../../store/deliveries.ts';
import type { Performance } from './api/kopis.ts';

/** A production as stored. */
export interface StoredProduction extends Production {
  readonly id: number;
  readonly announcedAt: number | null;
}

const COLUMNS = `id, key, name, venue, genre, area, starts_on AS "from", ends_on AS "to",
  poster_url AS posterUrl, announced_at AS announcedAt`;

/** Statement: writes productions down; what is known is written only where it changed. */
export function writeProductions(
  db: D1Database,
  productions: readonly Production[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO productions (key, name, venue, genre, area, starts_on, ends_on, poster_url,
         first_seen_at, changed_at)
       SELECT value->>'key', value->>'name', value->>'venue', value->>'genre', value->>'area',
         value->>'from', value->>'to', value->>'posterUrl', ?2, ?2
       FROM json_each(?1) WHERE true
       ON CONFLICT (key) DO UPDATE SET name = excluded.name, genre = excluded.genre,
         area = excluded.area, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
         poster_url = excluded.poster_url, changed_at = excluded.changed_at
       WHERE starts_on <> excluded.starts_on OR ends_on IS NOT excluded.ends_on
         OR poster_url IS NOT excluded.poster_url OR name <> excluded.name
         OR area <> excluded.area`,
    )
    .bind(JSON.stringify(productions), now);
}

/** A production that was announced and now ends on another day. */
export interface MovedProduction {
  readonly name: string;
  readonly venue: string;
  readonly genre: Production['genre'];
  /** Its last day as it was announced, and as it is now; `null`: an open run. */
  readonly was: string | null;
  readonly to: string | null;
}

/** Of these productions, those that were announced with another last day. */
export async function movedProductions(
  db: D1Database,
  productions: readonly Production[],
): Promise<readonly MovedProduction[]> {
  const { results } = await db
    .prepare(
      `SELECT known.name, known.venue, known.genre, known.ends_on AS was, value->>'to' AS "to"
       FROM json_each(?1) AS asked JOIN productions AS known ON known.key = asked.value->>'key'
       WHERE known.announced_at IS NOT NULL AND known.ends_on IS NOT asked.value->>'to'`,
    )
    .bind(JSON.stringify(productions.map(({ key, to }) => ({ key, to }))))
    .all<MovedProduction>();
  return results;
}

/** What may be announced on a day: it never was, is not over, and opens by `until`. */
export async function unannouncedProductions(
  db: D1Database,
  {
    today,
    until,
    limit,
  }: { readonly today: string; readonly until: string; readonly limit: number },
): Promise<readonly StoredProduction[]> {
  const open = `announced_at IS NULL AND (ends_on IS NULL OR ends_on >= ?1)`;
  const { results } = await db
    .prepare(
      // Each part by its own index, so that what opens and what ends is found among thousands.
      `SELECT * FROM (SELECT ${COLUMNS} FROM productions
         WHERE ${open} AND starts_on <= ?2 ORDER BY starts_on DESC LIMIT ?3)
       UNION
       SELECT * FROM (SELECT ${COLUMNS} FROM productions
         WHERE ${open} AND starts_on <= ?1 AND ends_on >= ?1 ORDER BY ends_on LIMIT ?3)`,
    )
    .bind(today, until, limit)
    .all<StoredProduction>();
  return results;
}

/** What somebody asks for. */
export interface StageQuestion {
  readonly today: string;
  readonly until: string;
  /** `null`: both. */
  readonly genre: Production['genre'] | null;
  /** How `area` begins in a region; none: everywhere. */
  readonly areas: readonly string[];
  readonly limit: number;
}

/** What is on or opens by a day: the newest first, then what opens soon. */
export async function productionsOn(
  db: D1Database,
  { today, until, genre, areas, limit }: StageQuestion,
): Promise<{ readonly productions: readonly StoredProduction[]; readonly total: number }> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM productions
       WHERE starts_on <= ?2 AND (ends_on IS NULL OR ends_on >= ?1)
         AND (?3 IS NULL OR genre = ?3)
         AND (?4 = '[]' OR area = '' OR EXISTS (
           SELECT 1 FROM json_each(?4) WHERE substr(area, 1, length(value)) = value))
       ORDER BY starts_on > ?1, CASE WHEN starts_on > ?1 THEN starts_on END, starts_on DESC, id
       LIMIT ?5`,
    )
    .bind(today, until, genre, JSON.stringify(areas), limit)
    .all<StoredProduction & { readonly total: number }>();
  return { productions: results, total: results[0]?.total ?? 0 };
}

/** The poster of a production; `null` when there is none. */
export async function posterOfProduction(db: D1Database, id: number): Promise<string | null> {
  return db
    .prepare(`SELECT poster_url FROM productions WHERE id = ?1`)
    .bind(id)
    .first<string>('poster_url');
}

/**
 * Hands productions over to be posted, tells followers and marks them as announced, in one
 * transaction.
 *
 * @param told the statements that tell followers
 * @returns what those statements gave
 */
export async function announceProductions(
  db: D1Database,
  deliveries: readonly NewDelivery[],
  told: readonly D1PreparedStatement[],
  ids: readonly number[],
  now: number,
): Promise<readonly D1Result[]> {
  const results = await db.batch([
    ...told,
    insertDeliveries(db, deliveries, now),
    db
      .prepare(
        `UPDATE productions SET announced_at = ?2
         WHERE id IN (SELECT value FROM json_each(?1)) AND announced_at IS NULL`,
      )
      .bind(JSON.stringify(ids), now),
  ]);
  return results.slice(0, told.length);
}

/** Statement: forgets what was over before a day and was never announced. */
export function forgetProductions(db: D1Database, before: string): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM productions WHERE announced_at IS NULL AND ends_on < ?1`)
    .bind(before);
}

/** What people go to see: one name at one venue, however many rows KOPIS has of it. */
export interface Production extends Omit<Performance, 'id'> {
  /** The same whatever KOPIS's ids are. */
  readonly key: string;
}

/** Name and venue as they are compared. */
function productionKey({ name, venue }: Pick<Performance, 'name' | 'venue'>): string {
  // Letters and digits only; a name made of signs alone keeps them.
  return `${titleKey(name) || name}|${titleKey(venue) || venue}`;
}

/**
 * The productions in a list of performances, in its order. Rows of one production become one, from
 * the first day of any to the last day of any; an open run has none.
 */
export function mergeRows(performances: readonly Performance[]): readonly Production[] {
  const merged = new Map<string, Production>();
  for (const { id: _, ...row } of performances) {
    const key = productionKey(row);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined
        ? { ...row, key }
        : {
            ...known,
            from: row.from < known.from ? row.from : known.from,
            to: later(known.to, row.to),
            posterUrl: known.posterUrl ?? row.posterUrl,
            area: known.area === '' ? row.area : known.area,
          },
    );
  }
  return [...merged.values()];
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one > other ? one : other;
}
