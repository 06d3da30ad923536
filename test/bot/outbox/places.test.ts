import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { deliverNow, drain, wakeOutbox } from '../../../src/bot/outbox/drain.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/time.ts';
import { leaseNext } from '../../../src/store/leases.ts';
import { meetPerson } from '../../../src/store/people.ts';
import { createOutbox, LOST, NOW, type Outbox } from './outbox.ts';

const LANE = 'pigeon';
const TURNS = { lane: LANE, limit: 9, isFair: false, isApart: false };
/** A message of the queue comes a second later than what it is for is due. */
const AGAIN_MS = SECOND_MS;

const failingSend = async () => {
  throw new TypeError('the queue is away');
};

let outbox: Outbox;
beforeEach(async () => {
  outbox = await createOutbox();
});

describe('one delivery that is tried where it was written', () => {
  test('goes out alone, and takes no place on the queue', async () => {
    await outbox.hand(2);
    await deliverNow(outbox.bot, { id: 2, lane: LANE });
    expect(outbox.addresses).toEqual(['b']);
    expect(outbox.nextInMs).toBeNull();
  });

  test('is due again on the queue when it does not go out', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(1);
    await deliverNow(outbox.bot, { id: 1, lane: LANE });
    expect(outbox.nextInMs).toBe(30 * SECOND_MS + AGAIN_MS);
  });

  test('waits on the queue while another sender has it', async () => {
    await outbox.hand(1);
    await leaseNext(env.DB, TURNS, 'other', NOW);
    await deliverNow(outbox.bot, { id: 1, lane: LANE });
    expect(outbox.said).toEqual([]);
    expect(outbox.nextInMs).toBe(2 * MINUTE_MS + AGAIN_MS);
  });

  test('waits on the queue while its channel is off', async () => {
    await outbox.hand([{ channel: 'owl' }]);
    await deliverNow(outbox.bot, { id: 1, lane: 'owl' });
    expect(outbox.queues.waiting).toMatchObject([{ body: { lane: 'owl' } }]);
  });

  test('lets who was served longest ago go first where the limit is short', async () => {
    outbox = await createOutbox({ pace: { atOnce: 1, isFair: true } });
    for (const address of ['a', 'b']) {
      await meetPerson(env.DB, { channel: LANE, address, language: 'ko' }, NOW);
    }
    await outbox.hand(2);
    await outbox.next();
    await outbox.hand([{ address: 'a' }]);
    await deliverNow(outbox.bot, { id: 3, lane: LANE });
    expect(outbox.addresses).toEqual(['a', 'b']);
    expect(outbox.nextInMs).toBe(0);
  });
});

describe('a lane’s place on the queue', () => {
  test('is one, however many wait and however often it is woken', async () => {
    await outbox.hand(3);
    await outbox.hand([{ channel: 'owl' }]);
    await wakeOutbox(outbox.bot);
    await wakeOutbox(outbox.bot);
    const lanes = outbox.queues.waiting.map(({ body }) => body);
    expect(lanes).toEqual([{ lane: 'owl' }, { lane: LANE }]);
  });

  test('is at most a day ahead, the longest that a queue takes', async () => {
    outbox.plan.answer = async () => ({
      kind: 'wait',
      scope: 'channel',
      afterMs: 2 * DAY_MS,
      note: 'wait 429',
    });
    await outbox.hand([{ expiresAt: NOW + 9 * DAY_MS }]);
    await outbox.next();
    expect(outbox.nextInMs).toBe(DAY_MS);
  });

  test('is free again when the queue fails, which is logged', async () => {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    const deliveries = { ...outbox.bot.deliveries, send: failingSend };
    await outbox.hand(1);
    await wakeOutbox({ ...outbox.bot, deliveries });
    vi.restoreAllMocks();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        event: 'queue-failed',
        queue: 'deliveries',
        lane: LANE,
        code: 'TypeError: the queue is away',
      },
    ]);
    await wakeOutbox(outbox.bot);
    expect(outbox.nextInMs).toBe(0);
  });

  test('is told how much is overdue, over all lanes', async () => {
    await outbox.hand(2);
    await outbox.hand([{ channel: 'owl' }]);
    outbox.clock.now += HOUR_MS;
    await outbox.hand(1);
    expect(await wakeOutbox(outbox.bot, HOUR_MS)).toBe(3);
    expect(await wakeOutbox(outbox.bot, HOUR_MS + 1)).toBe(0);
    expect(await wakeOutbox(outbox.bot)).toBe(4);
  });
});

test('what waits for a channel that is off waits half an hour at a time, and says why', async () => {
  await outbox.hand([{ channel: 'owl' }]);
  await drain(outbox.bot, 'owl');
  const off = { lane: 'owl', account: '', address: '', reason: 'channel-off', cause: 'sender' };
  expect(await outbox.waits()).toEqual([{ ...off, until: NOW + 30 * MINUTE_MS }]);
  expect(outbox.nextInMs).toBe(30 * MINUTE_MS + AGAIN_MS);
  expect(await outbox.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
});
