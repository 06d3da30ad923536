import { insertDeliveries, type NewDelivery } from '../../../store/deliveries.ts';
import { isOver } from './items.ts';

/**
 * Hands titles over to be posted, in one transaction: all of them, or none when one of them was
 * posted or skipped meanwhile. So a title is handed over once, ever.
 *
 * @param ids of the titles in `deliveries`
 * @returns whether they were handed over
 */
export async function announce(
  db: D1Database,
  ids: readonly number[],
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<boolean> {
  const [, marked] = await db.batch<{ id: number }>([
    insertDeliveries(db, deliveries, now, ids),
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
