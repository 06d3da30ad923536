import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/time.ts';
import { claimRun, failedTwice, finishRun, noteIdle, openSlots } from '../../src/store/runs.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;
const NOW = Date.UTC(2026, 10, 22, 3);

beforeEach(emptyStorage);

/** So many runs of a job that ended in these states, newest first, an hour apart. */
async function ended(job: string, states: readonly string[], newest = NOW): Promise<void> {
  const add = DB.prepare(
    `INSERT INTO runs (job, slot, state, leased_until, started_at) VALUES (?1, ?2, ?3, 0, ?2)`,
  );
  await DB.batch(states.map((state, index) => add.bind(job, newest - index * HOUR_MS, state)));
}

test('a job fails when its two newest runs that ended have failed, and only then', async () => {
  await ended('failing', ['running', 'failed', 'failed', 'done']);
  await ended('failed-once', ['failed', 'done', 'failed']);
  await ended('new', ['failed']);
  await ended('recovered', ['done', 'failed', 'failed']);
  await ended('no-more', ['failed', 'failed'], NOW - 20 * DAY_MS);
  await ended('well', ['done', 'done']);
  expect(await failedTwice(DB, NOW - 15 * DAY_MS)).toEqual(['failing']);
});

test('finding failing jobs reads no more rows when months of runs are kept', async () => {
  let rows = 0;
  const counting = new Proxy(DB, {
    get(db, key) {
      if (key !== 'prepare') return Reflect.get(db, key, db);
      return (sql: string) => ({
        bind: (...values: readonly unknown[]) => ({
          all: async () => {
            const answer = await db
              .prepare(sql)
              .bind(...values)
              .all();
            rows += answer.meta.rows_read;
            return answer;
          },
        }),
      });
    },
  });
  for (const job of ['sweep', 'repo-poll', 'feeds']) await ended(job, Array(900).fill('done'));
  await failedTwice(counting, 0);
  expect(rows).toBeLessThan(60);
});

test('of runs in a row that had nothing to do the last one stays, and each that had is kept', async () => {
  const slot = (hour: number) => NOW + hour * HOUR_MS;
  const sweep = (hour: number) => ({ job: 'sweep', slot: slot(hour) });
  const idle = (hour: number) =>
    noteIdle(DB, [sweep(hour), { job: 'feeds', slot: slot(hour) }], slot(hour));
  await idle(0);
  await idle(1);
  await claimRun(DB, 'sweep', slot(2), slot(2), HOUR_MS);
  expect(await noteIdle(DB, [sweep(2)], slot(2))).toEqual([sweep(2)]);
  const end = { state: 'done', counts: { events: 1 }, reason: null } as const;
  await finishRun(DB, sweep(2), end, slot(2)).run();
  await idle(3);
  await idle(4);
  const { results } = await DB.prepare(
    `SELECT job, (slot - ?1) / ?2 AS hour, started_at = slot AS moved FROM runs ORDER BY job, slot`,
  )
    .bind(NOW, HOUR_MS)
    .all();
  expect(results).toEqual([
    { job: 'feeds', hour: 4, moved: 1 },
    { job: 'sweep', hour: 1, moved: 1 },
    { job: 'sweep', hour: 2, moved: 1 },
    { job: 'sweep', hour: 4, moved: 1 },
  ]);
  expect(await openSlots(DB, [sweep(4)], slot(4))).toEqual([]);
});
