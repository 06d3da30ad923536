import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { nobodyCollects } from '../../../../src/features/repositories/store/options.ts';
import { emptyStorage } from '../../../emptyStorage.ts';

/** One watch with a digest or without, paused or not, for which news is held or not. */
async function watched(digest: string, pausedAt: number | null, until: number | null, held = 0) {
  const changes = JSON.stringify(Array.from({ length: held }, (_, index) => index + 1));
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO people (id, channel, address, language, created_at)
       VALUES (1, 'telegram', '42', 'ko', 0)`,
    ),
    env.DB.prepare(
      `INSERT INTO repositories (id, node_id, owner, name, added_at) VALUES (1, 'R', 'o', 'n', 0)`,
    ),
    env.DB.prepare(
      `INSERT INTO branches (id, repository, name, state, changed_at) VALUES (1, 1, 'main', 'ok', 0)`,
    ),
    env.DB.prepare(
      `INSERT INTO watches (id, person, branch, nickname, nickname_key, digest, paused_at,
         paused_until, created_at) VALUES (1, 1, 1, 'n', 'n', ?1, ?2, ?3, 0)`,
    ).bind(digest, pausedAt, until),
    env.DB.prepare(
      `INSERT INTO changes (id, repository, kind, key, subject, notice, at)
       SELECT value, 1, 'commits', value, value, '{}', 0 FROM json_each(?1)`,
    ).bind(changes),
    env.DB.prepare(`INSERT INTO held (watch, change) SELECT 1, value FROM json_each(?1)`).bind(
      changes,
    ),
  ]);
}

beforeEach(emptyStorage);

test.each([
  ['a digest', ['daily', null, null, 0], false],
  ['a digest that is quiet for a time', ['daily', 1, 2, 0], false],
  ['a digest that is stopped for good', ['daily', 1, null, 0], true],
  ['a digest that is stopped for good, with news held', ['daily', 1, null, 200], true],
  ['news that is told at once', ['instant', null, null, 0], true],
  ['news held until a time', ['instant', 1, 2, 1], false],
  ['news held for one that goes on', ['instant', null, null, 1], false],
  ['news held for one that is stopped for good', ['instant', 1, null, 200], true],
] as const)(
  'whoever has %j lets the digests rest or not',
  async (_what, [digest, pausedAt, until, held], isIdle) => {
    await watched(digest, pausedAt, until, held);
    expect(await nobodyCollects(env.DB)).toBe(isIdle);
  },
);

test('one row of what is held for a watch is read, however much it is', async () => {
  await watched('instant', 1, null, 500);
  const read: number[] = [];
  const counting = new Proxy(env.DB, {
    get: (target, key): unknown =>
      key === 'prepare'
        ? (sql: string) => ({
            first: async (column: string) => {
              const { results, meta } = await target.prepare(sql).all();
              read.push(meta.rows_read);
              return results[0]?.[column];
            },
          })
        : Reflect.get(target, key, target),
  });
  expect(await nobodyCollects(counting)).toBe(true);
  expect(read[0]).toBeLessThan(10);
});
