import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/bot/outbox/channel.ts';
import { drain } from '../../../src/bot/outbox/drain.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/lib/time.ts';
import { leaseNext } from '../../../src/store/leases.ts';
import { createOutbox, LOST, NOW, type Outbox } from './outbox.ts';

const LANE = 'pigeon';
const TURNS = { lane: LANE, limit: 9, isFair: false, isApart: false };
const AGAIN_MS = SECOND_MS;

function wait(scope: 'channel' | 'account' | 'address', afterMs: number): Outcome {
  return { kind: 'wait', scope, afterMs, note: 'wait 429' };
}

let outbox: Outbox;
beforeEach(async () => {
  outbox = await createOutbox();
});

describe('what waits in a lane', () => {
  test('goes out five at once, the oldest first, and the rest at once after them', async () => {
    await outbox.hand(7);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(outbox.nextInMs).toBe(0);
    await outbox.next();
    expect(outbox.addresses.slice(5)).toEqual(['f', 'g']);
    expect(outbox.nextInMs).toBeNull();
  });

  test('goes out as many at once as its channel says', async () => {
    outbox = await createOutbox({ pace: { atOnce: 2 } });
    await outbox.hand(3);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a', 'b']);
  });

  test('goes out three at once where it is posts, each of which takes many calls', async () => {
    const post = { kind: 'headline', language: 'ko', label: '', title: '가을', lines: [] };
    const notice = JSON.stringify({ ...post, poster: null, link: null });
    await outbox.hand(Array.from({ length: 4 }, () => ({ address: 'timeline', notice })));
    await outbox.next();
    expect(outbox.published).toHaveLength(3);
    await outbox.next();
    expect(outbox.published).toHaveLength(4);
  });

  test('is left to the next invocation after twenty seconds, and has lost no try', async () => {
    outbox.plan.answer = async () => {
      outbox.clock.now += 10 * SECOND_MS;
      return { kind: 'sent', externalId: null, note: null };
    };
    await outbox.hand(4);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a', 'b']);
    expect(await outbox.rows()).toMatchObject([
      { state: 'sent' },
      { state: 'sent' },
      { state: 'waiting', attempts: 0 },
      { state: 'waiting', attempts: 0 },
    ]);
    expect(outbox.nextInMs).toBe(0);
  });

  test('is said last where it killed who said it before, and then as something uncertain', async () => {
    await outbox.hand(3);
    await leaseNext(env.DB, { ...TURNS, limit: 1 }, 'died', NOW);
    outbox.clock.now += 2 * MINUTE_MS;
    await drain(outbox.bot, LANE);
    expect(outbox.addresses).toEqual(['b', 'c', 'a']);
    expect(outbox.said.map(({ uncertain }) => uncertain)).toEqual([false, false, true]);
  });

  test('goes on behind one that cannot be tried for a bug, which is told', async () => {
    outbox.plan.answer = async (address) => {
      if (address === 'a') throw new TypeError('a bug');
      return { kind: 'sent', externalId: null, note: null };
    };
    await outbox.hand(3);
    await expect(outbox.next()).rejects.toThrow('a bug');
    expect(await outbox.states()).toEqual(['sending', 'sent', 'sent']);
  });
});

describe('where each address is a host of its own', () => {
  beforeEach(async () => {
    outbox = await createOutbox({ pace: { atOnce: 5, isApart: true } });
  });

  test('all are called side by side', async () => {
    let [open, most] = [0, 0];
    outbox.plan.answer = async () => {
      open += 1;
      most = Math.max(most, open);
      await env.DB.prepare('SELECT 1').run();
      open -= 1;
      return { kind: 'sent', externalId: null, note: null };
    };
    await outbox.hand(3);
    await outbox.next();
    expect(most).toBe(3);
  });

  test('three that do not answer tell nothing of a fourth: each waits by itself', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(3);
    await outbox.next();
    const own = { lane: LANE, account: '', cause: 'trouble', reason: 'lost' };
    const until = NOW + 30 * SECOND_MS;
    expect(await outbox.waits()).toEqual(
      ['a', 'b', 'c'].map((address) => ({ ...own, address, until })),
    );
  });

  test('a bug at one keeps none from being told, and is told', async () => {
    outbox.plan.answer = async (address) => {
      if (address === 'a') throw new TypeError('a bug');
      return { kind: 'sent', externalId: null, note: null };
    };
    await outbox.hand(2);
    await expect(outbox.next()).rejects.toThrow('a bug');
    expect(await outbox.states()).toEqual(['sending', 'sent']);
  });

  test('what is younger waits for what is older to the same address, whatever it is', async () => {
    await outbox.hand([{ address: 'a' }, { address: 'a' }, { address: 'b' }]);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a', 'b']);
    expect(outbox.nextInMs).toBe(0);
  });
});

describe('an outage', () => {
  test('is known by three in a row; then one goes ahead, each time later, up to each 20 minutes', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(5);
    await outbox.next();
    expect(outbox.said).toHaveLength(5);
    const waits: number[] = [];
    for (let tried = 5; tried < 12; tried++) {
      expect(outbox.said).toHaveLength(tried);
      const [whole] = await outbox.waits();
      expect(whole).toMatchObject({ address: '', reason: 'no-answer', cause: 'trouble' });
      waits.push((Number(whole?.['until']) - outbox.clock.now) / SECOND_MS);
      await outbox.next();
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1200]);
  });

  test('is over with the first answer: all that was tried in vain goes out at once', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(5);
    await outbox.next();
    outbox.plan.answer = async () => ({ kind: 'sent', externalId: null, note: null });
    await outbox.next();
    expect(outbox.said).toHaveLength(6);
    expect(await outbox.waits()).toEqual([]);
    expect(outbox.nextInMs).toBe(0);
    await outbox.next();
    expect(await outbox.states()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
  });

  test.each([
    ['two fail', 2, []],
    ['one of four is taken', 4, ['b']],
  ])('is none when %s', async (_what, count, taken) => {
    outbox.plan.answer = async (address) =>
      taken.includes(address) ? { kind: 'sent', externalId: null, note: null } : LOST;
    await outbox.hand(count);
    await outbox.next();
    expect(outbox.said).toHaveLength(count);
    expect(await outbox.waits()).toEqual([]);
  });

  test('is none when what fails tells nothing of the platform', async () => {
    outbox.plan.answer = async () => ({ ...LOST, isAlone: true });
    await outbox.hand(3);
    await outbox.next();
    expect(await outbox.waits()).toEqual([]);
  });
});

describe('a platform that wants a pause', () => {
  test('is asked nothing before: the others wait as they are, and lose no try', async () => {
    outbox.plan.answer = async () => wait('channel', MINUTE_MS);
    await outbox.hand(3);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a']);
    const untouched = { state: 'waiting', attempts: 0 };
    expect(await outbox.rows()).toMatchObject([untouched, untouched, untouched]);
    expect(outbox.nextInMs).toBe(MINUTE_MS + AGAIN_MS);
    outbox.clock.now += MINUTE_MS - 1;
    await drain(outbox.bot, LANE);
    expect(outbox.said).toHaveLength(1);
    outbox.clock.now += 1;
    await drain(outbox.bot, LANE);
    expect(outbox.said).toHaveLength(2);
  });

  test('is left alone for half an hour where only the owner can help', async () => {
    outbox.plan.answer = async () => ({ kind: 'sender', scope: 'channel', note: 'locked' });
    await outbox.hand(2);
    await outbox.next();
    expect(outbox.addresses).toEqual(['a']);
    expect(outbox.nextInMs).toBe(30 * MINUTE_MS + AGAIN_MS);
    expect(await outbox.waits()).toMatchObject([{ cause: 'sender', reason: 'locked' }]);
  });

  test('has what was handed to another way to speak sent there at once', async () => {
    outbox.plan.answer = async () => {
      await outbox.hand([{ channel: 'kakaotalk', address: '7' }]);
      return wait('channel', MINUTE_MS);
    };
    await outbox.hand(1);
    await outbox.next();
    expect(outbox.queues.waiting.map(({ body }) => body)).toContainEqual({ lane: 'kakaotalk' });
  });
});
