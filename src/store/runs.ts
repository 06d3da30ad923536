import * as v from 'valibot';
import { MINUTE_MS } from '../lib/time.ts';

const countsSchema = v.record(v.string(), v.number());

/** One run of a job at its slot (the instant it was due). */
export interface Run {
  readonly job: string;
  readonly slot: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly attempts: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly reason: string | null;
}

interface RunRow {
  readonly job: string;
  readonly slot: number;
  readonly state: Run['state'];
  readonly attempts: number;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly counts: string;
  readonly reason: string | null;
}

/** A failed run is not taken again at once: a doubled trigger or message must not do it. */
const AGAIN_AFTER_MS = 15 * MINUTE_MS;

/** SQL condition: this run has failed, and may be tried again as often as `again` says. */
function isToRunAgain(alias: string, again: string, now: string): string {
  return `(${alias}.state = 'failed' AND ${alias}.attempts <= ${again}
    AND ${alias}.finished_at <= ${now} - ${AGAIN_AFTER_MS})`;
}

/**
 * Takes a job's slot. A slot whose runner died can be taken again when its lease is over.
 *
 * @param again how often a run that failed is tried again
 * @returns the number of this attempt (from 1), `'over'` when the slot has had its run, or
 *   `'busy'` while somebody runs it
 */
export async function claimRun(
  db: D1Database,
  job: string,
  slot: number,
  now: number,
  leaseMs: number,
  again = 0,
): Promise<number | 'over' | 'busy'> {
  const claimed = await db
    .prepare(
      `INSERT INTO runs (job, slot, state, leased_until, started_at)
       VALUES (?1, ?2, 'running', ?3 + ?4, ?3)
       ON CONFLICT (job, slot) DO UPDATE
         SET state = 'running', attempts = attempts + 1, leased_until = ?3 + ?4
         WHERE (state = 'running' AND leased_until <= ?3) OR ${isToRunAgain('runs', '?5', '?3')}
       RETURNING attempts`,
    )
    .bind(job, slot, now, leaseMs, again)
    .first<{ attempts: number }>();
  if (claimed) return claimed.attempts;
  const row = await db
    .prepare(`SELECT state FROM runs WHERE job = ?1 AND slot = ?2`)
    .bind(job, slot)
    .first<{ state: string }>();
  return row?.state === 'running' ? 'busy' : 'over';
}

/**
 * Writes down a run that somebody starts now; {@link claimRun} takes it.
 *
 * @returns false when the job has had a run for this slot
 */
export async function openRun(
  db: D1Database,
  run: { readonly job: string; readonly slot: number },
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO runs (job, slot, state, attempts, leased_until, started_at)
       VALUES (?1, ?2, 'running', 0, 0, ?3) ON CONFLICT (job, slot) DO NOTHING`,
    )
    .bind(run.job, run.slot, now)
    .run();
  return meta.changes > 0;
}

/**
 * Writes down runs that had nothing to do: of several in a row the last one stays. One whose runner
 * died is over by that, once its lease is.
 *
 * @returns those that somebody may still be at
 */
export async function noteIdle<Slot extends { readonly job: string; readonly slot: number }>(
  db: D1Database,
  runs: readonly Slot[],
  now: number,
): Promise<Slot[]> {
  const asked = JSON.stringify(runs);
  const [, noted] = await db.batch<{ job: string; slot: number; state: string }>([
    db
      .prepare(
        `UPDATE runs SET slot = asked.value->>'slot', started_at = ?2, finished_at = ?2
         FROM json_each(?1) AS asked
         WHERE runs.job = asked.value->>'job' AND runs.slot < asked.value->>'slot'
           AND runs.slot = (SELECT max(slot) FROM runs AS newest
                            WHERE newest.job = asked.value->>'job')
           AND runs.state = 'done' AND runs.leased_until = 0`,
      )
      .bind(asked, now),
    db
      .prepare(
        `INSERT INTO runs (job, slot, state, leased_until, started_at, finished_at)
         SELECT value->>'job', value->>'slot', 'done', 0, ?2, ?2 FROM json_each(?1) WHERE true
         ON CONFLICT (job, slot) DO UPDATE SET
           state = iif(leased_until <= ?2, 'done', state),
           finished_at = iif(leased_until <= ?2, ?2, finished_at)
           WHERE state = 'running'
         RETURNING job, slot, state`,
      )
      .bind(asked, now),
  ]);
  const going = (noted?.results ?? []).filter(({ state }) => state === 'running');
  return runs.filter(({ job, slot }) => going.some((it) => it.job === job && it.slot === slot));
}

/** Statement: the run has ended. */
export function finishRun(
  db: D1Database,
  run: { job: string; slot: number },
  end: {
    state: 'done' | 'failed';
    counts: Readonly<Partial<Record<string, number>>>;
    reason: string | null;
  },
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE runs SET state = ?3, counts = ?4, reason = ?5, finished_at = ?6
       WHERE job = ?1 AND slot = ?2`,
    )
    .bind(run.job, run.slot, end.state, JSON.stringify(end.counts), end.reason, now);
}

/** Lets the run be taken again at `at`, with the reason why it did not end yet. */
export async function postponeRun(
  db: D1Database,
  run: { job: string; slot: number },
  at: number,
  reason: string,
): Promise<void> {
  await db
    .prepare(`UPDATE runs SET leased_until = ?3, reason = ?4 WHERE job = ?1 AND slot = ?2`)
    .bind(run.job, run.slot, at, reason)
    .run();
}

/** Of these slots, those that still need a run. */
export async function openSlots(
  db: D1Database,
  slots: readonly { job: string; slot: number; again?: number }[],
  now: number,
): Promise<{ job: string; slot: number }[]> {
  const { results } = await db
    .prepare(
      `SELECT asked.value->>'job' AS job, asked.value->>'slot' AS slot FROM json_each(?1) AS asked
       LEFT JOIN runs ON runs.job = asked.value->>'job' AND runs.slot = asked.value->>'slot'
       WHERE runs.job IS NULL OR (runs.state = 'running' AND runs.leased_until <= ?2)
         OR ${isToRunAgain('runs', "asked.value->>'again'", '?2')}`,
    )
    .bind(JSON.stringify(slots), now)
    .all<{ job: string; slot: number }>();
  return results;
}

/** The newest slot before another for which a job came to its end; `null` when there is none. */
export async function lastDone(
  db: D1Database,
  job: string,
  before: number,
): Promise<number | null> {
  return db
    .prepare(
      `SELECT slot FROM runs WHERE job = ?1 AND slot < ?2 AND state = 'done'
       ORDER BY slot DESC LIMIT 1`,
    )
    .bind(job, before)
    .first<number>('slot');
}

/** The job whose parts report to its run when it is over, and whose runs tell how GitHub is. */
export const REPO_POLL = 'repo-poll';

/** Why the newest run of a job that got as far as asking somebody failed; `null`: it did not. */
export async function lastProblem(db: D1Database, job: string): Promise<string | null> {
  return db
    .prepare(
      `SELECT iif(state = 'failed', reason, NULL) AS problem FROM runs
       WHERE job = ?1 AND (state = 'failed' OR counts->>'calls' > 0) ORDER BY slot DESC LIMIT 1`,
    )
    .bind(job)
    .first<string>('problem');
}

/** The newest run of each of these jobs. */
export async function latestRuns(db: D1Database, jobs: readonly string[]): Promise<Run[]> {
  const { results } = await db
    .prepare(
      `SELECT runs.* FROM json_each(?1) AS asked
       JOIN runs ON runs.job = asked.value
         AND runs.slot = (SELECT max(slot) FROM runs AS newest WHERE newest.job = asked.value)
       ORDER BY runs.started_at DESC`,
    )
    .bind(JSON.stringify(jobs))
    .all<RunRow>();
  return results.map((row) => ({
    job: row.job,
    slot: row.slot,
    state: row.state,
    attempts: row.attempts,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    counts: v.parse(countsSchema, JSON.parse(row.counts)),
    reason: row.reason,
  }));
}

/** Forgets runs that started before an instant. */
export async function forgetRuns(db: D1Database, before: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM runs WHERE started_at < ?1 AND (state <> 'running' OR leased_until < ?1)`)
    .bind(before)
    .run();
  return meta.changes;
}

/**
 * Jobs whose two newest ended runs both failed. Every cron asks: it reads a few rows of each job, of
 * the thousands that are kept.
 *
 * @param since slots before this instant, of jobs that are no more, do not count
 */
export async function failedTwice(db: D1Database, since: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE jobs (job) AS (
         SELECT min(job) FROM runs
         UNION ALL
         SELECT (SELECT min(job) FROM runs WHERE runs.job > jobs.job) FROM jobs WHERE job IS NOT NULL)
       SELECT job FROM jobs WHERE 2 = (
         SELECT count(*) FROM (
           SELECT state FROM runs
           WHERE runs.job = jobs.job AND slot >= ?1 AND state <> 'running' ORDER BY slot DESC LIMIT 2)
         WHERE state = 'failed')`,
    )
    .bind(since)
    .all<{ job: string }>();
  return results.map(({ job }) => job);
}

/**
 * How many parts of a job's newest run in a range did not report back: the run counts as `shards`
 * what it handed out, and as `looked` what came to its end.
 */
export async function missingReports(
  db: D1Database,
  job: string,
  slots: { readonly from: number; readonly to: number },
): Promise<number> {
  const missing = await db
    .prepare(
      `SELECT ifnull(counts->>'$.shards', 0) - ifnull(counts->>'$.looked', 0) AS missing
       FROM runs WHERE job = ?1 AND slot BETWEEN ?2 AND ?3 AND state = 'done'
       ORDER BY slot DESC LIMIT 1`,
    )
    .bind(job, slots.from, slots.to)
    .first<number>('missing');
  return Math.max(0, missing ?? 0);
}
