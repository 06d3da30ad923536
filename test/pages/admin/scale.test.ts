import { beforeAll, expect, test } from 'vitest';
import { createHarness, type Harness, START } from '../../worker/harness.ts';
import { type Browser, logIn } from './desk.ts';
import { fill } from './fill.ts';

/** More than any page has to look at, and far from the 110,000 rows there are. */
const MOST_ROWS = 6000;

let harness: Harness;
let owner: Browser;
let rowsRead = 0;

beforeAll(async () => {
  harness = await createHarness({ ADMIN_PASSWORD: 'fake-owner-password' }, ({ env }) => ({
    env: { ...env, DB: counting(env.DB) },
  }));
  await fill({ people: 10_000, watches: 10_000, deliveries: 100_000, now: START });
  const { DB } = harness.env;
  await DB.batch(
    [
      `INSERT INTO topics (topic, person, is_on, changed_at) SELECT 'menu', id, 1, 1 FROM people`,
      `INSERT INTO runs (job, slot, state, leased_until, started_at, finished_at)
       VALUES ('menu', 5, 'done', 0, 5, 6)`,
      `UPDATE deliveries SET run = 'menu@5' WHERE id <= 20000`,
    ].map((sql) => DB.prepare(sql)),
  );
  owner = await logIn({ harness, fetch: (request) => harness.fetch(request) });
}, 60_000);

/** D1 that adds up the rows its statements read, as D1 bills them. */
function counting(db: D1Database): D1Database {
  const statementOf = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, key): unknown {
        if (key === 'bind') {
          return (...values: unknown[]) => statementOf(target.bind(...values));
        }
        if (key === 'first') {
          return async (column?: string) => {
            const { results, meta } = await target.all();
            rowsRead += meta.rows_read;
            const [row = null] = results;
            return column === undefined ? row : (row?.[column] ?? null);
          };
        }
        if (key === 'all' || key === 'run') {
          return async () => {
            const answer = await target.all();
            rowsRead += answer.meta.rows_read;
            return answer;
          };
        }
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return new Proxy(db, {
    get(target, key): unknown {
      if (key === 'prepare') return (sql: string) => statementOf(target.prepare(sql));
      if (key === 'batch') {
        return async (statements: D1PreparedStatement[]) =>
          Promise.all(statements.map((statement) => statement.all()));
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test.each([
  '/admin',
  '/admin/posts',
  '/admin/people',
  '/admin/people?before=5000',
  '/admin/jobs',
  '/admin/jobs/state.json',
  '/admin/deliveries',
  '/admin/channels',
  '/admin/data',
  '/admin/events',
  '/healthz',
])('%s reads few of 10,000 watches and 100,000 deliveries', async (path) => {
  rowsRead = 0;
  const page = await owner.page(path);
  expect(page.length).toBeGreaterThan(100);
  expect(new TextEncoder().encode(page).length).toBeLessThan(60_000);
  expect(rowsRead).toBeLessThan(MOST_ROWS);
});
