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

/** The first deliveries of each run (`job@slot`, up to `most`), by state and note. */
export async function deliveriesOfRuns(
  db: D1Database,
  runs: readonly string[],
  most: number,
): Promise<RunDeliveries[][]> {
  if (runs.length === 0) return [];
  const ofRun = db.prepare(
    `SELECT state, note, count(*) AS count
     FROM (SELECT state, note FROM deliveries WHERE run = ?1 LIMIT ?2)
     GROUP BY state, note ORDER BY state, note`,
  );
  const read = await db.batch<RunDeliveries>(runs.map((run) => ofRun.bind(run, most)));
  return read.map(({ results }) => results);
}
