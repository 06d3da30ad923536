import { DAY_MS } from '../lib/time.ts';

const LIFETIME_SECONDS = (30 * DAY_MS) / 1000;

/** A picture as fetched. */
interface StoredPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Reads `poster:<source>:<id>` from MEDIA; `null` when it is not there. */
export async function readPicture(media: KVNamespace, key: string): Promise<StoredPicture | null> {
  const { value, metadata } = await media.getWithMetadata<{ type: string }>(key, 'arrayBuffer');
  return value && metadata ? { bytes: new Uint8Array(value), type: metadata.type } : null;
}

/** Keeps a picture in MEDIA for 30 days. */
export async function writePicture(
  media: KVNamespace,
  key: string,
  picture: StoredPicture,
): Promise<void> {
  await media.put(key, picture.bytes, {
    expirationTtl: LIFETIME_SECONDS,
    metadata: { type: picture.type },
  });
}

/** How a source was at the last visit. */
export interface SourceRecord {
  readonly id: string;
  /** Kind of the last outcome that told something: `items`, `empty`, `broken` ... */
  readonly state: string;
  readonly detail: string | null;
  /** Since when it is in this state. */
  readonly stateSince: number;
  readonly visitedAt: number;
  /** The source's own memory, opaque JSON. */
  readonly memory: unknown;
}

interface SourceRow {
  readonly id: string;
  readonly state: string;
  readonly detail: string | null;
  readonly state_since: number;
  readonly visited_at: number;
  readonly memory: string;
}

/** All sources that have been visited. */
export async function readSources(db: D1Database): Promise<SourceRecord[]> {
  const { results } = await db.prepare(`SELECT * FROM sources ORDER BY id`).all<SourceRow>();
  return results.map((row) => ({
    id: row.id,
    state: row.state,
    detail: row.detail,
    stateSince: row.state_since,
    visitedAt: row.visited_at,
    memory: JSON.parse(row.memory),
  }));
}

/** Statement: writes down a visit; `state_since` moves only when the state changes. */
export function recordVisit(
  db: D1Database,
  visit: { id: string; state: string; detail: string | null; memory: unknown },
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO sources (id, memory, state, detail, state_since, visited_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?5)
       ON CONFLICT (id) DO UPDATE SET
         memory = ?2, detail = ?4, visited_at = ?5,
         state_since = iif(state = ?3, state_since, ?5), state = ?3`,
    )
    .bind(visit.id, JSON.stringify(visit.memory), visit.state, visit.detail, now);
}

/** Statement: forgets how a source was and what it remembers, as if it had never been visited. */
export function forgetSource(db: D1Database, id: string): D1PreparedStatement {
  return db.prepare(`DELETE FROM sources WHERE id = ?1`).bind(id);
}
