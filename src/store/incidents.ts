import * as v from 'valibot';
import type { Text } from '../lib/text.ts';

/** Something the owner has to know. */
export interface OwnerNews {
  readonly id: number;
  readonly kind: string;
  /** Ids and codes, never a secret or what people wrote. */
  readonly detail: Readonly<Record<string, string>>;
  readonly at: number;
  readonly seenAt: number | null;
}

interface NewsRow {
  readonly id: number;
  readonly kind: string;
  readonly detail: string;
  readonly at: number;
  readonly seen_at: number | null;
}

const detailSchema = v.record(v.string(), v.string());

/**
 * Tells the owner something once.
 *
 * @param news.key unique for what happened: a second one under the same key tells nothing
 * @returns true when it is news
 */
export async function tellOwner(
  db: D1Database,
  news: { readonly key: string } & Pick<OwnerNews, 'kind' | 'detail'>,
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO owner_news (key, kind, detail, at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (key) DO NOTHING`,
    )
    .bind(news.key, news.kind, JSON.stringify(news.detail), now)
    .run();
  return meta.changes === 1;
}

/** The newest news first; only those the owner has not seen when `unseen` is set. */
export async function readOwnerNews(
  db: D1Database,
  { limit, unseen = false }: { readonly limit: number; readonly unseen?: boolean },
): Promise<OwnerNews[]> {
  const { results } = await db
    .prepare(
      `SELECT id, kind, detail, at, seen_at FROM owner_news
       ${unseen ? 'WHERE seen_at IS NULL' : ''} ORDER BY at DESC, id DESC LIMIT ?1`,
    )
    .bind(limit)
    .all<NewsRow>();
  return results.map((row) => ({
    id: row.id,
    kind: row.kind,
    detail: v.parse(detailSchema, JSON.parse(row.detail)),
    at: row.at,
    seenAt: row.seen_at,
  }));
}

/** The owner has seen everything up to this piece of news. */
export async function markNewsSeen(db: D1Database, upToId: number, now: number): Promise<void> {
  await db
    .prepare(`UPDATE owner_news SET seen_at = ?2 WHERE seen_at IS NULL AND id <= ?1`)
    .bind(upToId, now)
    .run();
}

/** Forgets news from before an instant. */
export async function forgetOwnerNews(db: D1Database, before: number): Promise<number> {
  const { meta } = await db.prepare(`DELETE FROM owner_news WHERE at < ?1`).bind(before).run();
  return meta.changes;
}

/** Something that was wrong for a time. */
export interface Incident {
  readonly id: number;
  readonly key: string;
  readonly feature: string;
  readonly reason: string;
  readonly what: Text;
  readonly advice: Text;
  readonly page: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** `null` while it is wrong. */
  readonly closedAt: number | null;
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly feature: string;
  readonly reason: string;
  readonly words: string;
  readonly page: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
}

const text = v.object({ ko: v.string(), en: v.string() });
const wordsSchema = v.object({ what: text, advice: text });

/** Incidents that are not over, the oldest first. */
export async function openIncidents(db: D1Database): Promise<Incident[]> {
  const { results } = await db
    .prepare(`SELECT * FROM incidents WHERE closed_at IS NULL ORDER BY opened_at, id`)
    .all<Row>();
  return results.map(incidentOf);
}

/** The newest incidents, open ones first. */
export async function latestIncidents(db: D1Database, limit: number): Promise<Incident[]> {
  const { results } = await db
    .prepare(`SELECT * FROM incidents ORDER BY closed_at IS NOT NULL, opened_at DESC LIMIT ?1`)
    .bind(limit)
    .all<Row>();
  return results.map(incidentOf);
}

/** How many incidents began since an instant. */
export async function countIncidents(db: D1Database, since: number): Promise<number> {
  const count = await db
    .prepare(`SELECT count(*) AS count FROM incidents WHERE opened_at >= ?1`)
    .bind(since)
    .first<number>('count');
  return count ?? 0;
}

/** Statement: an incident begins, unless one with its key is open. */
export function openIncident(
  db: D1Database,
  incident: Omit<Incident, 'id' | 'openedAt' | 'closedAt'>,
  now: number,
): D1PreparedStatement {
  const { key, feature, reason, what, advice, page } = incident;
  return db
    .prepare(
      `INSERT INTO incidents (key, feature, reason, words, page, opened_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`,
    )
    .bind(key, feature, reason, JSON.stringify({ what, advice }), page, now);
}

/** Statement: an incident is over. */
export function closeIncident(db: D1Database, id: number, now: number): D1PreparedStatement {
  return db
    .prepare(`UPDATE incidents SET closed_at = ?2 WHERE id = ?1 AND closed_at IS NULL`)
    .bind(id, now);
}

/** Forgets incidents that were over before an instant. */
export async function forgetIncidents(db: D1Database, before: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM incidents WHERE closed_at < ?1`)
    .bind(before)
    .run();
  return meta.changes;
}

function incidentOf({ words, opened_at, closed_at, ...row }: Row): Incident {
  return {
    ...row,
    ...v.parse(wordsSchema, JSON.parse(words)),
    openedAt: opened_at,
    closedAt: closed_at,
  };
}
