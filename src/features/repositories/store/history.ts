import { MINUTE_MS } from '../../../lib/time.ts';

/** A repository as its public page names it. */
export interface WatchedRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** Something that happened in a repository, as it was kept. */
export interface StoredChange {
  readonly id: number;
  /** JSON of the notice, without what is a person's own. */
  readonly notice: string;
  /** Epoch milliseconds at which the bot found it. */
  readonly at: number;
}

/** What happened within a quarter of an hour: every time zone of today begins its days with one. */
export interface ActiveQuarter {
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly commits: number;
  readonly releases: number;
}

const QUARTER_MS = 15 * MINUTE_MS;
/** More than this of one repository is not counted: what a page costs has an end. */
const MOST_COUNTED = 2000;

/**
 * A repository that somebody watches and that can still be seen at GitHub; `null` for any other:
 * one that was deleted or made private is nobody's to read about here.
 *
 * @param id GitHub's number
 */
export async function watchedRepository(
  db: D1Database,
  id: number,
): Promise<WatchedRepository | null> {
  return db
    .prepare(
      `SELECT id, owner, name FROM repositories
       WHERE id = ?1 AND EXISTS (
         SELECT 1 FROM branches WHERE branches.repository = repositories.id AND state <> 'gone'
           AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id))`,
    )
    .bind(id)
    .first<WatchedRepository>();
}

/**
 * What happened in a repository, newest first.
 *
 * @param before only what is older than the change with this id; `null`: from the newest on
 */
export async function changesOf(
  db: D1Database,
  repository: number,
  before: number | null,
  limit: number,
): Promise<StoredChange[]> {
  const { results } = await db
    .prepare(
      `SELECT id, notice, at FROM changes WHERE repository = ?1 AND id < ?2
       ORDER BY id DESC LIMIT ?3`,
    )
    .bind(repository, before ?? Number.MAX_SAFE_INTEGER, limit)
    .all<StoredChange>();
  return results;
}

/** How many commits and releases came since an instant, by quarters of an hour that have any. */
export async function activityOf(
  db: D1Database,
  repository: number,
  since: number,
): Promise<ActiveQuarter[]> {
  const { results } = await db
    .prepare(
      `SELECT at / ${QUARTER_MS} * ${QUARTER_MS} AS startsAt,
              sum(iif(kind = 'commits', notice->>'total', 0)) AS commits,
              sum(kind = 'release') AS releases
       FROM (SELECT kind, notice, at FROM changes WHERE repository = ?1
             ORDER BY id DESC LIMIT ${MOST_COUNTED})
       WHERE at >= ?2 GROUP BY 1`,
    )
    .bind(repository, since)
    .all<ActiveQuarter>();
  return results;
}
