import * as v from 'valibot';

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
