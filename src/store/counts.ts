import { HOUR_MS, MINUTE_MS } from '../lib/time.ts';

/**
 * Adds to the counts of a run what one of its parts did after the run itself was over.
 *
 * @param counts of a part: branches looked at, changes found, deliveries written, calls made
 * @param problem why the owner has to act: the run counts as failed then
 */
export async function addToRun(
  db: D1Database,
  run: { readonly job: string; readonly slot: number },
  counts: {
    readonly branches: number;
    readonly changed: number;
    readonly told: number;
    readonly calls: number;
    /** 1 when the part came to its end. */
    readonly looked: number;
  },
  problem: string | null,
): Promise<void> {
  await db
    .prepare(
      `UPDATE runs
       SET counts = json_set(counts,
             '$.branches', coalesce(counts->>'branches', 0) + ?3,
             '$.changed', coalesce(counts->>'changed', 0) + ?4,
             '$.told', coalesce(counts->>'told', 0) + ?5,
             '$.calls', coalesce(counts->>'calls', 0) + ?6,
             '$.looked', coalesce(counts->>'looked', 0) + ?8),
           state = iif(?7 IS NULL, state, 'failed'), reason = coalesce(?7, reason)
       WHERE job = ?1 AND slot = ?2`,
    )
    .bind(
      run.job,
      run.slot,
      counts.branches,
      counts.changed,
      counts.told,
      counts.calls,
      problem,
      counts.looked,
    )
    .run();
}

/** How far what a run says has come. */
export interface RunProgress {
  /** Of many, up to {@link PROGRESS_TO}. */
  readonly total: number;
  readonly waiting: number;
}

/** Of a run's deliveries, so many are looked at: D1 bills by rows read. */
export const PROGRESS_TO = 1000;

/**
 * How many deliveries runs have, and how many of them wait.
 *
 * @param runs as `job@slot`
 */
export async function runProgress(
  db: D1Database,
  runs: readonly string[],
): Promise<ReadonlyMap<string, RunProgress>> {
  const its = `(SELECT finished_at FROM deliveries WHERE run = asked.value LIMIT ?2)`;
  const { results } = await db
    .prepare(
      `SELECT asked.value AS run, (SELECT count(*) FROM ${its}) AS total,
         (SELECT count(*) FROM ${its} WHERE finished_at IS NULL) AS waiting
       FROM json_each(?1) AS asked`,
    )
    .bind(JSON.stringify(runs), PROGRESS_TO)
    .all<RunProgress & { readonly run: string }>();
  return new Map(results.map((row) => [row.run, row]));
}

/** What became of the deliveries of one run. */
export interface RunDeliveries {
  readonly state: string;
  readonly note: string | null;
  readonly count: number;
}

/** The first deliveries of a run (`job@slot`, up to `most`), by state and note. */
export async function deliveriesOfRun(
  db: D1Database,
  run: string,
  most: number,
): Promise<RunDeliveries[]> {
  const { results } = await db
    .prepare(
      `SELECT state, note, count(*) AS count
       FROM (SELECT state, note FROM deliveries WHERE run = ?1 LIMIT ?2)
       GROUP BY state, note ORDER BY state, note`,
    )
    .bind(run, most)
    .all<RunDeliveries>();
  return results;
}

/** By then an end is written down: it bears the time at which its sender looked at the clock. */
const WRITTEN_AFTER_MS = 10 * MINUTE_MS;

/**
 * SQL: what ended and is not counted yet. Ids begin anew below those that were deleted last, so it is
 * looked a little further back.
 */
const UNCOUNTED = `FROM deliveries
  WHERE deliveries.id >= ifnull((SELECT from_id FROM counted WHERE one = 1), 0) - 200
    AND finished_at >= ifnull((SELECT until FROM counted WHERE one = 1), 0) AND state <> 'merged'`;

/** SQL: how many deliveries ended in which hour (counted from the epoch), as rows to be added up. */
export const ENDED = `(
  SELECT hour, channel, sent, failed FROM delivery_hours
  UNION ALL
  SELECT finished_at / ${HOUR_MS}, channel, state = 'sent', state <> 'sent' ${UNCOUNTED})`;

/**
 * Counts what has ended since the last time, so that no page counts the deliveries of weeks. Once an
 * hour: with each delivery it would be a row written more for each.
 */
export async function countHours(db: D1Database, now: number): Promise<void> {
  const until = now - WRITTEN_AFTER_MS;
  await db.batch([
    db
      .prepare(
        `INSERT INTO delivery_hours (hour, channel, sent, failed)
         SELECT finished_at / ${HOUR_MS}, channel, sum(state = 'sent'), sum(state <> 'sent')
         ${UNCOUNTED} AND finished_at < ?1 GROUP BY 1, 2
         ON CONFLICT (hour, channel) DO UPDATE
           SET sent = sent + excluded.sent, failed = failed + excluded.failed`,
      )
      .bind(until),
    db
      .prepare(
        `INSERT INTO counted (one, from_id, until)
         SELECT 1, coalesce(
             (SELECT id FROM deliveries
              WHERE id >= ifnull((SELECT from_id FROM counted WHERE one = 1), 0) - 200
                AND (finished_at IS NULL OR finished_at >= ?1)
              ORDER BY id LIMIT 1),
             (SELECT max(id) FROM deliveries), 0), ?1
         WHERE EXISTS (SELECT 1 ${UNCOUNTED} AND finished_at < ?1)
         ON CONFLICT (one) DO UPDATE SET from_id = excluded.from_id, until = excluded.until
           WHERE excluded.until > until`,
      )
      .bind(until),
  ]);
}

/** Statement: the ids of deliveries begin anew. */
export function countFromStart(db: D1Database): D1PreparedStatement {
  return db.prepare(`UPDATE counted SET from_id = 0 WHERE one = 1 AND from_id > 0`);
}
