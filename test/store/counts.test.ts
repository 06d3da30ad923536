import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { countHours } from '../../src/store/counts.ts';
import { reviveDelivery } from '../../src/store/deadDeliveries.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { countSent, deliveryChart } from '../../src/store/deliveryList.ts';
import { leaseNext } from '../../src/store/leases.ts';
import { finishDelivery } from '../../src/store/outcomes.ts';
import { eraseAll, erasePeople } from '../../src/store/ownerLists.ts';
import { forgetDatabase } from '../database.ts';
import { emptyStorage } from '../emptyStorage.ts';

beforeEach(emptyStorage);

const { DB } = env;
const NOW = Date.UTC(2026, 10, 28, 3);
const TURNS = { lane: 'telegram', limit: 50, isFair: false, isApart: false };

/** Writes deliveries and has them end at an instant. */
async function end(keys: readonly string[], state: 'sent' | 'dead', at: number): Promise<void> {
  const said = { channel: 'telegram', account: '', address: '42', notice: '{}' };
  await insertDeliveries(
    DB,
    keys.map((dedupeKey) => ({ ...said, dedupeKey })),
    at,
  ).run();
  for (const taken of await leaseNext(DB, TURNS, 'lease', at)) {
    await finishDelivery(DB, taken, { state, externalId: null, note: null, charges: null }, at);
  }
}

const hours = async () =>
  (await DB.prepare(`SELECT hour * ${HOUR_MS} AS at, sent, failed FROM delivery_hours`).all())
    .results;
const today = async (now: number) =>
  (await deliveryChart(DB, 1, 'Asia/Seoul', now)).map(({ days }) => days[0]);

test('what ended is told at once, and counted once however often it is looked', async () => {
  await end(['a', 'b'], 'sent', NOW);
  await end(['c'], 'dead', NOW + MINUTE_MS);
  expect(await hours()).toEqual([]);
  expect(await today(NOW + MINUTE_MS)).toMatchObject([{ sent: 2, failed: 1 }]);

  const later = NOW + HOUR_MS;
  for (const now of [later, later, later + HOUR_MS]) await countHours(DB, now);
  expect(await hours()).toEqual([{ at: NOW, sent: 2, failed: 1 }]);
  expect(await today(later)).toMatchObject([{ sent: 2, failed: 1 }]);
  expect(await countSent(DB, NOW)).toBe(2);
});

test('what may still be written down is left for the next time', async () => {
  const written = { sent: 1, failed: 0 };
  await end(['a'], 'sent', NOW);
  await countHours(DB, NOW + MINUTE_MS);
  expect(await hours()).toEqual([]);
  await end(['b'], 'sent', NOW + 50 * MINUTE_MS);
  await countHours(DB, NOW + 59 * MINUTE_MS);
  expect(await hours()).toMatchObject([written]);
  await countHours(DB, NOW + 2 * HOUR_MS);
  expect(await hours()).toMatchObject([{ ...written, sent: 2 }]);
});

test('an old one that waited behind newer ones is counted when it ends', async () => {
  const said = { channel: 'telegram', account: '', address: '7', notice: '{}' };
  await insertDeliveries(DB, [{ ...said, dedupeKey: 'waits' }], NOW).run();
  await DB.prepare(`UPDATE deliveries SET due_at = ?1`)
    .bind(NOW + 2 * HOUR_MS)
    .run();
  const many = Array.from({ length: 300 }, (_, index) => `${index}`);
  for (let start = 0; start < 300; start += 50)
    await end(many.slice(start, start + 50), 'sent', NOW);
  await countHours(DB, NOW + HOUR_MS);
  await end([], 'sent', NOW + 2 * HOUR_MS);
  await countHours(DB, NOW + 3 * HOUR_MS);
  expect(await countSent(DB, NOW)).toBe(301);
  expect(await hours()).toHaveLength(2);
});

test.each([
  ['before', 0],
  ['after', 2 * HOUR_MS],
])('one that is sent again is no failure, %s it was counted', async (_when, countedAfter) => {
  await end(['x'], 'dead', NOW);
  const { id } = (await DB.prepare(`SELECT id FROM deliveries`).first<{ id: number }>()) ?? {
    id: 0,
  };
  const many = Array.from({ length: 300 }, (_, index) => `${index}`);
  for (let start = 0; start < 300; start += 50)
    await end(many.slice(start, start + 50), 'sent', NOW);
  await countHours(DB, NOW + countedAfter);
  const later = NOW + 3 * HOUR_MS;
  await reviveDelivery(DB, id, later);
  await end([], 'sent', later);
  await countHours(DB, later + HOUR_MS);
  expect(await today(later)).toMatchObject([{ sent: 301, failed: 0 }]);
});

test('when all is forgotten, what is said after that is counted', async () => {
  const many = Array.from({ length: 300 }, (_, index) => `${index}`);
  for (let start = 0; start < 300; start += 50)
    await end(many.slice(start, start + 50), 'sent', NOW);
  await countHours(DB, NOW + HOUR_MS);
  await DB.batch(erasePeople(DB, 'timeline'));
  await end(['new'], 'sent', NOW + HOUR_MS);
  expect(await countSent(DB, NOW)).toBe(301);
  await DB.batch(eraseAll(DB));
  await end(['newer'], 'sent', NOW + HOUR_MS);
  await countHours(DB, NOW + 2 * HOUR_MS);
  expect(await hours()).toEqual([{ at: NOW + HOUR_MS, sent: 1, failed: 0 }]);
});

test('an hour in which nothing ended writes no row', async () => {
  await end(['a'], 'sent', NOW);
  await countHours(DB, NOW + HOUR_MS);
  const before = await DB.prepare(`SELECT * FROM counted`).first();
  await countHours(DB, NOW + 2 * HOUR_MS);
  expect(await DB.prepare(`SELECT * FROM counted`).first()).toEqual(before);
});

test('what was counted by the version before is not counted again, and what waited then is', async () => {
  await reset();
  forgetDatabase();
  const nth = env.MIGRATIONS.findIndex(({ name }) => name === '0006_fewer_rows.sql');
  await applyD1Migrations(DB, env.MIGRATIONS.slice(0, nth));
  await end(['a', 'b'], 'sent', NOW);
  const said = { channel: 'telegram', account: '', address: '7', notice: '{}' };
  await insertDeliveries(DB, [{ ...said, dedupeKey: 'waits' }], NOW).run();
  await applyD1Migrations(DB, env.MIGRATIONS);
  expect(await today(NOW)).toMatchObject([{ sent: 2, failed: 0 }]);
  await end([], 'sent', NOW + MINUTE_MS);
  await countHours(DB, NOW + HOUR_MS);
  expect(await hours()).toEqual([{ at: NOW, sent: 3, failed: 0 }]);
});
