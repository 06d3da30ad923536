import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { countWatched } from '../../src/features/repositories/store/wanted.ts';
import { DAY_MS } from '../../src/lib/time.ts';
import { countKakaoLogins } from '../../src/platforms/kakao/store/kakaoLogins.ts';
import { countPeople } from '../../src/store/ownerLists.ts';
import { emptyStorage } from '../emptyStorage.ts';

const NOW = Date.UTC(2026, 10, 22);

beforeEach(async () => {
  await emptyStorage();
});

/** The rows that a question reads; D1 bills by them. */
async function rowsRead(ask: (db: D1Database) => Promise<unknown>): Promise<number> {
  const asked: D1PreparedStatement[] = [];
  const prepare = (sql: string) => {
    const statement = env.DB.prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      asked.push(bind(...values));
      return bind(...values);
    };
    return statement;
  };
  await ask(
    new Proxy(env.DB, {
      get: (target, key): unknown => (key === 'prepare' ? prepare : Reflect.get(target, key)),
    }),
  );
  const read = await Promise.all(asked.map(async (one) => (await one.all()).meta.rows_read));
  return read.reduce((sum, rows) => sum + rows, 0);
}

/** As many rows of each table, each of a person, a repository and a branch of its own. */
async function fill(count: number): Promise<void> {
  const numbers = `WITH RECURSIVE numbers (n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
  await env.DB.batch(
    [
      `INSERT INTO people (channel, address, language, created_at)
       SELECT 'webhook', 'https://machine.example/' || n, 'ko', 1 FROM numbers`,
      `INSERT INTO repositories (id, node_id, owner, name, added_at)
       SELECT n, 'R_' || n, 'fleet', 'r' || n, 1 FROM numbers`,
      `INSERT INTO branches (id, repository, name, changed_at, state)
       SELECT n, n, 'main', 1, 'ok' FROM numbers`,
      `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
       SELECT (SELECT min(id) FROM people) + n - 1, n, 'r' || n, 'r' || n, 1 FROM numbers`,
      `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since, refresh_expires_at)
       SELECT n, '[]', 1, iif(n % 2, 'connected', 'gone'), 1, ${NOW} FROM numbers`,
    ].map((insert) => env.DB.prepare(insert.replace('SELECT', `${numbers} SELECT`))),
  );
}

test('few rows are counted one by one, logins by their state and their end', async () => {
  await fill(3);
  const insert = `INSERT INTO kakao_logins
    (id, scopes, connected_at, state, state_since, refresh_expires_at)
    VALUES ('late', '[]', 1, 'connected', 1, ?1), ('over', '[]', 1, 'log-in-again', 1, ?2)`;
  await env.DB.prepare(insert)
    .bind(NOW + 8 * DAY_MS, NOW)
    .run();
  expect(await countWatched(env.DB)).toEqual({
    repositories: 3,
    branches: 3,
    watches: 3,
  });
  expect(await countPeople(env.DB, ['webhook'])).toEqual([{ channel: 'webhook', count: 3 }]);
  expect(await countKakaoLogins(env.DB, NOW + 7 * DAY_MS)).toEqual({
    connected: 3,
    logInAgain: 1,
    gone: 1,
    endSoon: 2,
    hasMore: false,
  });
});

test('counting stops a little over a thousand, however much there is', async () => {
  await fill(5000);
  expect(await countWatched(env.DB)).toMatchObject({ branches: 1001, watches: 1001 });
  expect(await countKakaoLogins(env.DB, NOW + DAY_MS)).toMatchObject({
    hasMore: true,
    endSoon: 1001,
  });
  expect(await rowsRead(countWatched)).toBeLessThan(9000);
  expect(await rowsRead((db) => countKakaoLogins(db, NOW + DAY_MS))).toBeLessThan(5000);
});
