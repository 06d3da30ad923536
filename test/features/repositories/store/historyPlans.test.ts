import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import {
  activityOf,
  changesOf,
  watchedRepository,
} from '../../../../src/features/repositories/store/history.ts';
import { freshDatabase, NOW, person, watch, wish } from './repositorySteps.ts';

beforeEach(freshDatabase);

type Ask = (db: D1Database) => Promise<unknown>;

const questions: [string, Ask][] = [
  ['finding a repository', (db) => watchedRepository(db, 1)],
  ['reading what happened', (db) => changesOf(db, 1, null, 20)],
  ['reading what happened before', (db) => changesOf(db, 1, 90_000, 20)],
  ['counting what happened', (db) => activityOf(db, 1, NOW)],
];

/** Carries out once more, with `prefix` before it, what is asked of the database. */
async function repeat(ask: Ask, prefix = ''): Promise<D1Result<{ detail: string }>[]> {
  const again: D1PreparedStatement[] = [];
  const prepare = (sql: string) => {
    const statement = env.DB.prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      again.push(env.DB.prepare(`${prefix} ${sql}`).bind(...values));
      return bind(...values);
    };
    return statement;
  };
  await ask(new Proxy(env.DB, { get: (_db, key): unknown => key === 'prepare' && prepare }));
  return env.DB.batch(again);
}

test.each(questions)('%s uses an index and sorts nothing by hand', async (_what, ask) => {
  const [plan] = await repeat(ask, 'EXPLAIN QUERY PLAN');
  const steps = plan?.results.map(({ detail }) => detail) ?? [];
  expect(steps.some((step) => step.startsWith('SEARCH '))).toBe(true);
  expect(steps.filter((step) => /^SCAN (?!\(subquery)|ORDER BY/.test(step))).toEqual([]);
});

test('a repository with a hundred thousand changes costs no more than one with few', async () => {
  await watch(wish(await person('1')));
  await env.DB.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
     INSERT INTO changes (repository, kind, key, subject, notice, at)
     SELECT 1, 'commits', n, n, '{"total":1}', ?1 FROM numbers`,
  )
    .bind(NOW)
    .run();
  const costs = [];
  for (const [, ask] of questions) costs.push((await repeat(ask))[0]?.meta.rows_read ?? Infinity);
  const counting = costs.pop();
  for (const cost of costs) expect(cost).toBeLessThan(50);
  expect(counting).toBeLessThan(10_000);
  expect(await activityOf(env.DB, 1, NOW - 1)).toEqual([
    { startsAt: NOW, commits: 2000, releases: 0 },
  ]);
});
