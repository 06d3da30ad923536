import * as v from 'valibot';
import type { Text } from '../lib/text.ts';

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
