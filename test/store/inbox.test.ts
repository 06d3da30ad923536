import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { connectAccount } from '../../src/store/accounts.ts';
import {
  acceptEvents,
  countEvents,
  countInbox,
  finishEvent,
  holdEvents,
  INBOX_LEASE_MS,
  leaseEvent,
  recentEvents,
  releaseEvent,
  stuckEvents,
} from '../../src/store/inbox.ts';
import { emptyStorage } from '../emptyStorage.ts';

const { DB } = env;
const NOW = Date.UTC(2026, 10, 28);

beforeEach(emptyStorage);

function event(key: string, content: object | null = { channel: 'telegram', address: '42' }) {
  const text = content === null ? null : JSON.stringify(content);
  return { key, channel: 'telegram', type: 'message', account: null, content: text };
}

test('of what comes, what is new waits, a copy waits while it is not done, and the rest is only counted', async () => {
  const first = await acceptEvents(DB, [event('a'), event('b'), event('c', null)], NOW);
  expect(first).toEqual({ fresh: new Set(['a', 'b']), copies: new Set() });
  await finishEvent(DB, 'b').run();
  const again = await acceptEvents(DB, [event('a'), event('b'), event('d')], NOW);
  expect(again).toEqual({ fresh: new Set(['d']), copies: new Set(['a']) });
  expect(await countEvents(DB, 'telegram', NOW)).toEqual([{ type: 'message', count: 4 }]);
  expect(await countEvents(DB, 'telegram', NOW + 1)).toEqual([]);
});

test('more events than one statement takes are all accepted', async () => {
  const many = Array.from({ length: 501 }, (_, index) => event(`${index}`));
  expect((await acceptEvents(DB, many, NOW)).fresh.size).toBe(501);
});

test('an event has one taker at a time, and is over once it is done', async () => {
  await acceptEvents(DB, [event('a')], NOW);
  const content = JSON.stringify({ channel: 'telegram', address: '42' });
  const taken = { kind: 'leased', content, isOwn: false };
  expect(await leaseEvent(DB, 'a', NOW)).toEqual(taken);
  expect(await leaseEvent(DB, 'a', NOW + INBOX_LEASE_MS - 1)).toEqual({ kind: 'busy' });
  expect(await leaseEvent(DB, 'a', NOW + INBOX_LEASE_MS)).toEqual(taken);
  await releaseEvent(DB, 'a');
  expect(await leaseEvent(DB, 'a', NOW)).toEqual(taken);
  await finishEvent(DB, 'a').run();
  await releaseEvent(DB, 'a');
  expect(await leaseEvent(DB, 'a', NOW + INBOX_LEASE_MS)).toEqual({ kind: 'over' });
  expect(await leaseEvent(DB, 'never', NOW)).toEqual({ kind: 'over' });
});

test('what an account of the bot’s own says is known as that', async () => {
  const account = { platform: 'twitter', id: '7', username: 'bot', kind: 'oauth1' } as const;
  await connectAccount(DB, account, NOW);
  await acceptEvents(DB, [event('a', { channel: 'twitter', address: '7' })], NOW);
  expect(await leaseEvent(DB, 'a', NOW)).toMatchObject({ kind: 'leased', isOwn: true });
});

test('an event is tried eight times, then it has failed', async () => {
  await acceptEvents(DB, [event('a')], NOW);
  for (let nth = 0; nth < 8; nth++) {
    expect(await leaseEvent(DB, 'a', NOW)).toMatchObject({ kind: 'leased' });
    await releaseEvent(DB, 'a');
  }
  expect(await countInbox(DB)).toEqual({ waiting: 1, failed: 0 });
  expect(await leaseEvent(DB, 'a', NOW)).toEqual({ kind: 'over' });
  expect(await countInbox(DB)).toEqual({ waiting: 0, failed: 1 });
  expect(await leaseEvent(DB, 'a', NOW + INBOX_LEASE_MS)).toEqual({ kind: 'over' });
});

test('of too many events one says so, and the others are done', async () => {
  await acceptEvents(DB, [event('a'), event('b'), event('c')], NOW);
  const held = new Map<string, number | null>([
    ['a', NOW + 5],
    ['b', null],
  ]);
  await holdEvents(DB, held);
  expect(await leaseEvent(DB, 'a', NOW)).toMatchObject({
    content: JSON.stringify({ channel: 'telegram', address: '42', slowUntil: NOW + 5 }),
  });
  expect(await leaseEvent(DB, 'b', NOW)).toEqual({ kind: 'over' });
  expect(await countInbox(DB)).toEqual({ waiting: 2, failed: 0 });
});

test('what waits longer than a queue takes is stuck, the oldest first', async () => {
  await acceptEvents(DB, [event('young')], NOW + 1);
  await acceptEvents(DB, [event('done'), event('leased'), event('b')], NOW);
  await acceptEvents(DB, [event('a')], NOW - 1);
  await finishEvent(DB, 'done').run();
  const later = NOW + 2 * MINUTE_MS;
  await leaseEvent(DB, 'leased', later - 1);
  expect(await stuckEvents(DB, later, 9)).toEqual(['a', 'b']);
  expect(await stuckEvents(DB, later, 1)).toEqual(['a']);
});

test('the log tells the newest first, and no more than is asked for', async () => {
  await acceptEvents(DB, [event('a')], NOW);
  await acceptEvents(DB, [event('b', null)], NOW + 1);
  const log = await recentEvents(DB, 'telegram', 1);
  const newest = { type: 'message', account: null, receivedAt: NOW + 1, state: 'done' };
  expect(log).toEqual([newest]);
  expect(await recentEvents(DB, 'telegram')).toHaveLength(2);
});
