import { insertDeliveries, type NewDelivery, type Unless } from '../../../store/deliveries.ts';

/** Sources that tell of Netflix titles, the one to believe first. */
export const NETFLIX_SOURCES = ['netflix', 'tmdb'] as const;

/** How far ahead the bot tells of titles. */
export const UPCOMING_DAYS = 14;

/** Title and season in one line, as the source has them or as the owner words them. */
export function fullTitle(item: Pick<StoredItem, 'title' | 'subtitle' | 'ownTitle'>): string {
  if (item.ownTitle !== null) return item.ownTitle;
  return item.subtitle === null ? item.title : `${item.title} ${item.subtitle}`;
}

const MAX_LENGTH = 300;

/** Zero-width and direction marks: unseen in a title, and able to turn a whole post around. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPACES = /[\p{Cc}\p{Z}]+/gu;

const MARKUP = /<\/?[a-z][^>]*>|<script|<!--/i;
/** What a program prints in place of a title it does not have. */
const ERROR_TEXT = /^(?:undefined|null|NaN|\[object \w+\]|Internal Server Error|\w*Error(?::.*)?)$/;

/**
 * A title as people may read it: NFC, one line, single spaces, no unseen marks.
 *
 * @returns the title, or `null` for what cannot be one: blank, over 300 characters, HTML, a
 *   program's error text, or text that was decoded wrongly
 */
export function cleanTitle(text: string): string | null {
  const title = text
    .toWellFormed()
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .trim();
  if (title === '' || title.length > MAX_LENGTH || title.includes('\ufffd')) return null;
  return MARKUP.test(title) || ERROR_TEXT.test(title) ? null : title;
}

/** What a title is, as its source says. */
export type ItemKind = 'film' | 'series' | 'special' | 'live' | 'game' | 'unknown';

/** A title as a source tells it. Days are `YYYY-MM-DD` in the owner's time zone. */
export interface Item {
  readonly source: string;
  /** Stable id of the title within its source. */
  readonly sourceId: string;
  readonly title: string;
  /** Season or second title; absent when it says the same as `title`. */
  readonly subtitle?: string;
  readonly kind: ItemKind;
  /** Epoch milliseconds; absent when the source knows the day only. */
  readonly startsAt?: number;
  readonly startsOn: string;
  readonly posterUrl?: string;
  readonly posterShape: 'portrait' | 'landscape' | 'unknown';
  readonly pageUrl?: string;
  /** The source's own row, for the owner and for later questions. */
  readonly raw: unknown;
}

/** A title as stored. Days are `YYYY-MM-DD` in the owner's time zone. */
export interface StoredItem {
  readonly id: number;
  readonly source: string;
  readonly sourceId: string;
  /** Counts the times a title came anew under the same id (a new season). */
  readonly revision: number;
  readonly title: string;
  readonly subtitle: string | null;
  /** The title as it is compared between sources. */
  readonly titleKey: string;
  readonly kind: ItemKind;
  readonly startsAt: number | null;
  readonly startsOn: string;
  readonly posterUrl: string | null;
  readonly pageUrl: string | null;
  readonly withdrawnAt: number | null;
  readonly announcedAt: number | null;
  /** The title as the owner wants it posted, season included. */
  readonly ownTitle: string | null;
  /** When the owner said that it is not to be posted. */
  readonly skippedAt: number | null;
}

/** A title to be written: a new one, or a stored one (`id`) with what is true of it now. */
export interface ItemChange
  extends Omit<StoredItem, 'id' | 'announcedAt' | 'ownTitle' | 'skippedAt'> {
  readonly id: number | null;
  /** JSON of the source's own row. */
  readonly raw: string;
}

const COLUMNS = `id, source, source_id AS sourceId, revision, title, subtitle,
  title_key AS titleKey, kind, starts_at AS startsAt, starts_on AS startsOn,
  poster_url AS posterUrl, page_url AS pageUrl, withdrawn_at AS withdrawnAt,
  announced_at AS announcedAt, own_title AS ownTitle, skipped_at AS skippedAt`;

/** SQL condition: this row of `items` will not be posted (again). */
export function isOver(alias: string): string {
  return `(${alias}.announced_at IS NOT NULL OR ${alias}.skipped_at IS NOT NULL)`;
}

/** What is stored of one source from a day on, or under one of these ids. */
export async function storedItems(
  db: D1Database,
  source: string,
  sourceIds: readonly string[],
  fromDay: string,
): Promise<StoredItem[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM items WHERE source = ?1 AND starts_on >= ?2
       UNION
       SELECT ${COLUMNS} FROM items
       WHERE source = ?1 AND source_id IN (SELECT value FROM json_each(?3))
       ORDER BY revision`,
    )
    .bind(source, fromDay, JSON.stringify(sourceIds))
    .all<StoredItem>();
  return results;
}

/** Statements: writes new titles and changes of known ones. */
export function writeItems(
  db: D1Database,
  changes: readonly ItemChange[],
  now: number,
): D1PreparedStatement[] {
  const rows = JSON.stringify(changes);
  return [
    db
      .prepare(
        `INSERT INTO items (source, source_id, revision, title, subtitle, title_key, kind, starts_at,
           starts_on, poster_url, page_url, raw, first_seen_at, changed_at)
         SELECT value->>'source', value->>'sourceId', value->>'revision', value->>'title',
           value->>'subtitle', value->>'titleKey', value->>'kind', value->>'startsAt',
           value->>'startsOn', value->>'posterUrl', value->>'pageUrl', value->>'raw', ?2, ?2
         FROM json_each(?1) WHERE value->>'id' IS NULL
         ON CONFLICT (source, source_id, revision) DO NOTHING`,
      )
      .bind(rows, now),
    db
      .prepare(
        `UPDATE items SET title = value->>'title', subtitle = value->>'subtitle',
           title_key = value->>'titleKey', kind = value->>'kind', starts_at = value->>'startsAt',
           starts_on = value->>'startsOn', poster_url = value->>'posterUrl',
           page_url = value->>'pageUrl', raw = value->>'raw', withdrawn_at = value->>'withdrawnAt',
           changed_at = ?2
         FROM json_each(?1) WHERE items.id = value->>'id'`,
      )
      .bind(rows, now),
  ];
}

/** Statement: these titles have left the source's list of what is to come. */
export function withdrawItems(
  db: D1Database,
  ids: readonly number[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE items SET withdrawn_at = ?2 WHERE id IN (SELECT value FROM json_each(?1))`)
    .bind(JSON.stringify(ids), now);
}

/**
 * Titles that start from `fromDay` to `toDay`, soonest first, at most `limit`. Of a title that two
 * sources tell, only one row comes back: the announced or skipped one, else the preferred source's.
 */
export async function upcomingItems(
  db: D1Database,
  sources: readonly [preferred: string, ...others: string[]],
  fromDay: string,
  toDay: string,
  limit: number,
): Promise<StoredItem[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM items
       WHERE starts_on BETWEEN ?2 AND ?3 AND withdrawn_at IS NULL
         AND source IN (SELECT value FROM json_each(?1))
         AND NOT EXISTS (
           SELECT 1 FROM items AS twin
           WHERE twin.title_key = items.title_key AND twin.source <> items.source
             AND abs(julianday(twin.starts_on) - julianday(items.starts_on)) <= 60
             AND (
               (${isOver('twin')} AND NOT ${isOver('items')})
               OR (${isOver('twin')} = ${isOver('items')}
                   AND twin.withdrawn_at IS NULL AND twin.source = ?4)))
       ORDER BY starts_on, starts_at, id LIMIT ?5`,
    )
    .bind(JSON.stringify(sources), fromDay, toDay, sources[0], limit)
    .all<StoredItem>();
  return results;
}

/**
 * Hands titles over to be posted, in one transaction: all of them, or none when one of them was
 * posted or skipped meanwhile. So a title is handed over once, ever.
 *
 * @param ids of the titles in `deliveries`
 * @param tell statements that tell followers of them, unless that is so
 * @returns whether they were handed over
 */
export async function announce(
  db: D1Database,
  ids: readonly number[],
  deliveries: readonly NewDelivery[],
  now: number,
  tell: (unless: Unless) => readonly D1PreparedStatement[],
): Promise<boolean> {
  const unless: Unless = {
    query: (list) => `SELECT 1 FROM items
              WHERE id IN (SELECT value FROM json_each(${list})) AND ${isOver('items')}`,
    ids,
  };
  const told = tell(unless);
  const results = await db.batch<{ id: number }>([
    insertDeliveries(db, deliveries, now, unless),
    ...told,
    db
      .prepare(
        `UPDATE items SET announced_at = ?2
         WHERE id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (
           SELECT 1 FROM items AS title
           WHERE title.id IN (SELECT value FROM json_each(?1)) AND ${isOver('title')})
         RETURNING id`,
      )
      .bind(JSON.stringify(ids), now),
  ]);
  const marked = results.at(-1);
  return marked !== undefined && marked.results.length > 0;
}

/**
 * The owner does not want a title posted, or wants it after all (`null`).
 *
 * @param skippedAt epoch milliseconds
 * @returns false when it is posted already, or there is no such title
 */
export async function skipTitle(
  db: D1Database,
  id: number,
  skippedAt: number | null,
): Promise<boolean> {
  const { meta } = await db
    .prepare(`UPDATE items SET skipped_at = ?2 WHERE id = ?1 AND announced_at IS NULL`)
    .bind(id, skippedAt)
    .run();
  return meta.changes > 0;
}

/**
 * The owner words a title, season included, or leaves it as the source has it (`null`).
 *
 * @returns false when it is posted already, or there is no such title
 */
export async function wordTitle(
  db: D1Database,
  id: number,
  ownTitle: string | null,
): Promise<boolean> {
  const { meta } = await db
    .prepare(`UPDATE items SET own_title = ?2 WHERE id = ?1 AND announced_at IS NULL`)
    .bind(id, ownTitle)
    .run();
  return meta.changes > 0;
}
