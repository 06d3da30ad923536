import { MINUTE_MS } from '../../../lib/time.ts';
import { IS_FOR_GOOD, type Pause, WAS_FOR_GOOD } from './options.ts';
import { IS_WANTED, ITS_NOTICE, ITS_WATCHES, isInQuiet, isQuiet, wasTold } from './wanted.ts';

/**
 * Which digests are due: those of a day whose hour (`?1`, a list) has begun, and those of every hour.
 * In quiet hours, and while a watch is quiet, none is; one of a day that falls into quiet hours comes
 * when they end.
 *
 * @param hour parameter that holds the present hour, as `now` holds the instant
 */
const isDue = (hour: string, now: string) => `NOT ${isQuiet(hour)}
  AND (watches.paused_until IS NULL OR watches.paused_until <= ${now}) AND (watches.digest = 'hourly'
  OR (watches.digest = 'daily' AND
      iif(${isQuiet('watches.digest_hour')}, person.quiet_to, watches.digest_hour)
        IN (SELECT value FROM json_each(?1))))`;

/** The most pieces of news in one message: no channel takes a longer one. */
const MOST_ENTRIES = 100;

/**
 * SQL: a change as a piece of news for an address. Of a thing told in several ways, or to a person
 * reached in several, the newest is the first copy.
 */
const AS_NEWS = `SELECT routes.channel, routes.account, routes.address, person.language,
  changes.id AS change, changes.key, ${ITS_NOTICE} AS notice,
  row_number() OVER (PARTITION BY routes.channel, routes.address, changes.subject
                     ORDER BY changes.id DESC, watches.id) AS copy`;

/**
 * SQL, behind a table `news`: a delivery for each address, and as many as it takes for all of its news.
 *
 * @param key what the dedupe key begins with, of the columns of `news` and of `part`, which is 0 for
 *   the first delivery
 * @param now parameter that holds the present instant
 */
const asDigests = (key: string, now: string) => `, entries AS (
    SELECT *, (row_number() OVER (PARTITION BY channel, address ORDER BY change) - 1)
                / ${MOST_ENTRIES} AS part
    FROM news WHERE copy = 1
  )
  INSERT INTO deliveries
    (dedupe_key, channel, account, address, notice, topic, state, due_at, created_at)
  SELECT ${key} || ':' || channel || ':' || address, channel, min(account), address,
         json_object('kind', 'digest', 'language', min(language),
                     'entries', json_group_array(json(notice) ORDER BY change)),
         'news', 'waiting', ${now}, ${now}
  FROM entries GROUP BY channel, address, part ORDER BY min(change)
  ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`;

/**
 * Writes the deliveries of what was held for those whose quiet is over, and lets go of it in the same
 * transaction.
 *
 * @param hour of the day now
 * @param channels ids of the channels that are configured
 * @returns ids of the new deliveries
 */
export async function tellHeld(
  db: D1Database,
  hour: number,
  channels: readonly string[],
  now: number,
): Promise<number[]> {
  const [written] = await db.batch<{ id: number }>([
    db
      .prepare(
        `WITH news AS (
           ${AS_NEWS}
           FROM held JOIN watches ON watches.id = held.watch
           JOIN changes ON changes.id = held.change
           JOIN repositories ON repositories.id = changes.repository
           JOIN people AS person ON person.id = watches.person
           JOIN routes ON routes.person = person.id
           WHERE NOT ${isInQuiet('?3', '?2')} AND ${IS_WANTED}
             AND routes.channel IN (SELECT value FROM json_each(?1))
         ) ${asDigests(`'held:' || min(key)`, '?2')}`,
      )
      .bind(JSON.stringify(channels), now, hour),
    db
      .prepare(
        `DELETE FROM held WHERE watch IN (
           SELECT watches.id FROM watches JOIN people AS person ON person.id = watches.person
           WHERE watches.id IN (SELECT watch FROM held) AND NOT ${isInQuiet('?2', '?1')})`,
      )
      .bind(now, hour),
  ]);
  return written?.results.map(({ id }) => id) ?? [];
}

/**
 * Writes one delivery for everyone who has a digest due and something in it, and moves their watches
 * on in the same transaction: a second run tells nothing.
 *
 * @param due the present hour of the day, and those that began since the last digests
 * @param channels ids of the channels that are configured
 * @param occasion names this round of digests
 * @returns ids of the new deliveries
 */
export async function tellDigests(
  db: D1Database,
  due: { readonly hour: number; readonly begun: readonly number[] },
  channels: readonly string[],
  occasion: string,
  now: number,
): Promise<number[]> {
  const [written] = await db.batch<{ id: number }>([
    db
      .prepare(
        `WITH news AS (
           ${AS_NEWS}
           FROM watches JOIN branches AS own ON own.id = watches.branch
           JOIN changes ON changes.repository = own.repository AND changes.id > watches.digested
             AND ${ITS_WATCHES}
           JOIN repositories ON repositories.id = changes.repository
           JOIN people AS person ON person.id = watches.person
           JOIN routes ON routes.person = person.id
           WHERE watches.digest <> 'instant' AND ${isDue('?5', '?4')} AND ${IS_WANTED} AND NOT ${wasTold('earlier.id <= watches.digested')}
             AND routes.channel IN (SELECT value FROM json_each(?2))
         ) ${asDigests(`'digest:' || ?3 || iif(part = 0, '', ':' || part)`, '?4')}`,
      )
      .bind(JSON.stringify(due.begun), JSON.stringify(channels), occasion, now, due.hour),
    db
      .prepare(
        `UPDATE watches SET digested = (SELECT max(id) FROM changes)
         FROM people AS person
         WHERE person.id = watches.person AND watches.digest <> 'instant' AND ${isDue('?2', '?3')}
           AND EXISTS (SELECT 1 FROM branches AS own
                       JOIN changes ON changes.repository = own.repository
                         AND changes.id > watches.digested
                       WHERE own.id = watches.branch)`,
      )
      .bind(JSON.stringify(due.begun), due.hour, now),
  ]);
  return written?.results.map(({ id }) => id) ?? [];
}

/**
 * Statement, before watches are stopped: what was collected for those that are to be stopped for good, and
 * not told yet, is held, and told when they go on.
 *
 * @param pauses by the id of the watch
 */
export function holdCollected(
  db: D1Database,
  person: number,
  pauses: readonly (Pause & { readonly id: number })[],
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO held (watch, change)
       SELECT watches.id, changes.id FROM json_each(?2) AS asked
       JOIN watches ON watches.id = asked.value->>'id' AND watches.person = ?1
       JOIN branches AS own ON own.id = watches.branch
       JOIN changes ON changes.repository = own.repository AND changes.id > watches.digested
         AND ${ITS_WATCHES}
       JOIN repositories ON repositories.id = changes.repository
       JOIN people AS person ON person.id = watches.person
       WHERE watches.digest <> 'instant' AND ${IS_FOR_GOOD} AND NOT ${WAS_FOR_GOOD}
         AND ${IS_WANTED} AND NOT ${wasTold('earlier.id <= watches.digested')}
       ON CONFLICT DO NOTHING`,
    )
    .bind(person, JSON.stringify(pauses));
}

/** Statement: forgets what happened before an instant. */
export function forgetChanges(db: D1Database, before: number): D1PreparedStatement {
  return db
    .prepare(
      // From the oldest on, one after the other: an index by time would cost a row for each change.
      `WITH RECURSIVE oldest (id, at) AS (
         SELECT id, at FROM changes WHERE id = (SELECT min(id) FROM changes)
         UNION ALL
         SELECT next.id, next.at FROM oldest JOIN changes AS next
           ON next.id = (SELECT min(id) FROM changes WHERE id > oldest.id)
         WHERE oldest.at < ?1)
       DELETE FROM changes WHERE id IN (SELECT id FROM oldest WHERE at < ?1)`,
    )
    .bind(before);
}

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
    .prepare(`SELECT id, owner, name FROM repositories WHERE id = ?1 AND ${IS_WATCHED}`)
    .bind(id)
    .first<WatchedRepository>();
}

/**
 * Repositories as in {@link watchedRepository}, in the order of GitHub's numbers.
 *
 * @param after only those with a greater number
 */
export async function watchedRepositories(
  db: D1Database,
  after: number,
  limit: number,
): Promise<WatchedRepository[]> {
  const { results } = await db
    .prepare(
      `SELECT id, owner, name FROM repositories WHERE id > ?1 AND ${IS_WATCHED}
       ORDER BY id LIMIT ?2`,
    )
    .bind(after, limit)
    .all<WatchedRepository>();
  return results;
}

const IS_WATCHED = `is_private = 0 AND EXISTS (
  SELECT 1 FROM branches WHERE branches.repository = repositories.id AND state <> 'gone'
    AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id))`;

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
      `SELECT id, notice, at FROM changes WHERE repository = ?1 AND id < ?2 AND is_private = 0
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
       FROM (SELECT kind, notice, at FROM changes WHERE repository = ?1 AND is_private = 0
             ORDER BY id DESC LIMIT ${MOST_COUNTED})
       WHERE at >= ?2 GROUP BY 1`,
    )
    .bind(repository, since)
    .all<ActiveQuarter>();
  return results;
}
