import { COUNTED_TO } from '../../../store/ownerLists.ts';

/** What is stored of each, up to one more than {@link COUNTED_TO}. */
export interface WatchedCounts {
  readonly repositories: number;
  readonly branches: number;
  readonly watches: number;
}

/** What people watch. Reads few rows however many there are. */
export async function countWatched(db: D1Database): Promise<WatchedCounts> {
  const counts = await db
    .prepare(
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM repositories LIMIT ?1)) AS repositories,
         (SELECT count(*) FROM (SELECT 1 FROM branches LIMIT ?1)) AS branches,
         (SELECT count(*) FROM (SELECT 1 FROM watches LIMIT ?1)) AS watches`,
    )
    .bind(COUNTED_TO + 1)
    .first<WatchedCounts>();
  return counts ?? { repositories: 0, branches: 0, watches: 0 };
}
