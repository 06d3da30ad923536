import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { forgetChanges } from '../../src/features/repositories/store/history.ts';
import { DAY_MS } from '../../src/lib/time.ts';
import { forgetDeliveries, insertDeliveries } from '../../src/store/deliveries.ts';
import { acceptEvents, finishEvent, forgetEvents, leaseEvent } from '../../src/store/inbox.ts';
import { leaseNext, nextInLane } from '../../src/store/leases.ts';
import { finishDelivery } from '../../src/store/outcomes.ts';
import { emptyStorage } from '../emptyStorage.ts';

beforeEach(emptyStorage);

const NOW = Date.UTC(2026, 10, 28);
const TURNS = { lane: 'telegram', limit: 5, isFair: false, isApart: false };
const SENT = { state: 'sent', externalId: '1', note: null, charges: null } as const;
const DELIVERY = { channel: 'telegram', account: '', address: '42', notice: '{}' } as const;
const EVENT = { channel: 'telegram', type: 'message', account: null, content: '{}' };

/** A database beside the number of rows it has billed as written. */
function billing(db: D1Database) {
  const bill = { rows: 0, read: 0 };
  const counted = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, key) {
        if (key === 'bind') return (...values: unknown[]) => counted(target.bind(...values));
        return async () => {
          const answer = await target.all();
          bill.rows += answer.meta.rows_written;
          bill.read += answer.meta.rows_read;
          return key === 'first' ? (answer.results[0] ?? null) : answer;
        };
      },
    });
  const billed = new Proxy(db, {
    get: (target, key): unknown =>
      key === 'prepare'
        ? (sql: string) => counted(target.prepare(sql))
        : Reflect.get(target, key, target),
  });
  return { db: billed, bill };
}

async function sendNext(db: D1Database, now: number): Promise<void> {
  for (const taken of await leaseNext(db, TURNS, 'lease', now)) {
    await finishDelivery(db, taken, SENT, now);
  }
}

test.each([
  ['news', 7],
  ['reply', 8],
] as const)(
  'a message of %s costs %i rows written, from its writing to its end',
  async (topic, rows) => {
    const { db, bill } = billing(env.DB);
    await insertDeliveries(db, [{ ...DELIVERY, dedupeKey: 'k', topic }], NOW).run();
    await sendNext(db, NOW);
    expect(bill.rows).toBe(rows);
  },
);

test('an event costs five rows written, from its coming to its end', async () => {
  const { db, bill } = billing(env.DB);
  await acceptEvents(db, [{ ...EVENT, key: 'telegram:1' }], NOW);
  await leaseEvent(db, 'telegram:1', NOW);
  await finishEvent(db, 'telegram:1').run();
  expect(bill.rows).toBe(5);
});

test('when the next of many may go is known by three rows read for each that waits, or fewer', async () => {
  const crowd = Array.from({ length: 400 }, (_, index) => {
    return { ...DELIVERY, address: `${index % 50}`, dedupeKey: `${index}`, topic: 'news' as const };
  });
  await insertDeliveries(env.DB, crowd, NOW).run();
  const { db, bill } = billing(env.DB);
  await nextInLane(db, TURNS, NOW);
  expect(bill.read).toBeLessThan(3 * crowd.length);
});

/** Rows read to find and take the next one to an address that was told so much since. */
async function readBehind(finished: number, topic: 'news' | 'reply'): Promise<number> {
  await emptyStorage();
  const old = { ...DELIVERY, address: 'stuck', dedupeKey: 'old', topic };
  await insertDeliveries(env.DB, [old], NOW).run();
  await env.DB.prepare('UPDATE deliveries SET due_at = ?1')
    .bind(NOW + DAY_MS)
    .run();
  const told = Array.from({ length: finished }, (_, index) => ({
    ...DELIVERY,
    dedupeKey: `told-${index}`,
    topic,
  }));
  await insertDeliveries(env.DB, told, NOW).run();
  await env.DB.prepare(
    `UPDATE deliveries SET state = 'sent', finished_at = ?1 WHERE dedupe_key <> 'old'`,
  )
    .bind(NOW)
    .run();
  const next = ['a', 'b'].map((dedupeKey) => ({ ...DELIVERY, dedupeKey, topic }));
  await insertDeliveries(env.DB, next, NOW).run();
  const { db, bill } = billing(env.DB);
  await nextInLane(db, TURNS, NOW);
  const [taken] = await leaseNext(db, TURNS, 'lease', NOW);
  expect(taken?.dedupeKey).toBe(topic === 'news' ? 'a' : 'b');
  return bill.read;
}

describe('beside one that has waited for long', () => {
  test.each(['news', 'reply'] as const)(
    'a busy address costs no more for all it was told (%s)',
    async (topic) => {
      const [few, many] = [await readBehind(10, topic), await readBehind(1000, topic)];
      expect(many).toBeLessThan(few + 250);
      expect(await readBehind(3000, topic)).toBe(many);
    },
  );
});

test('what ended is forgotten by its age, though what was given up and stays is older', async () => {
  const { DB } = env;
  const keys = ['dead', 'old', 'young'];
  for (const [index, dedupeKey] of keys.entries()) {
    const at = NOW + index * DAY_MS;
    await insertDeliveries(DB, [{ ...DELIVERY, dedupeKey, topic: 'news' }], at).run();
    const state = dedupeKey === 'dead' ? 'dead' : 'sent';
    for (const taken of await leaseNext(DB, TURNS, 'lease', at)) {
      await finishDelivery(DB, taken, { ...SENT, state }, at);
    }
  }
  expect(await forgetDeliveries(DB, NOW + 2 * DAY_MS)).toBe(1);
  const left = await DB.prepare(`SELECT dedupe_key FROM deliveries ORDER BY id`).all();
  expect(left.results).toEqual([{ dedupe_key: 'dead' }, { dedupe_key: 'young' }]);
});

test('events are forgotten on every channel, and those that wait are not', async () => {
  const { DB } = env;
  const keys = ['a', 'b', 'waits'];
  for (const [index, key] of keys.entries()) {
    await acceptEvents(DB, [{ ...EVENT, key, channel: `channel-${index}` }], NOW);
    if (key !== 'waits') await finishEvent(DB, key).run();
  }
  await acceptEvents(DB, [{ ...EVENT, key: 'young', content: null }], NOW + 1);
  expect(await forgetEvents(DB, NOW + 1)).toBe(2);
  const left = await DB.prepare(`SELECT key FROM inbox ORDER BY key`).all();
  expect(left.results).toEqual([{ key: 'waits' }, { key: 'young' }]);
});

test('changes are forgotten up to an instant', async () => {
  const { DB } = env;
  await DB.prepare(
    `INSERT INTO repositories (id, node_id, owner, name, added_at) VALUES (1, 'R', 'o', 'n', 0)`,
  ).run();
  await DB.prepare(
    `INSERT INTO changes (repository, kind, key, subject, notice, at)
     SELECT 1, 'commits', value, value, '{}', value FROM json_each('[1, 2, 3, 4]')`,
  ).run();
  await forgetChanges(DB, 3).run();
  const left = await DB.prepare(`SELECT at FROM changes ORDER BY id`).all();
  expect(left.results).toEqual([{ at: 3 }, { at: 4 }]);
});
