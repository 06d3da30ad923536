import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../src/bot/outbox/channel.ts';
import { drain } from '../../../src/bot/outbox/drain.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/time.ts';
import { leaseNext } from '../../../src/store/leases.ts';
import { attemptsOf } from '../../../src/store/outcomes.ts';
import { meetPerson } from '../../../src/store/people.ts';
import { createOutbox, LOST, NOW, type Outbox, SENT } from './outbox.ts';

const LANE = 'pigeon';

function chatWait(afterMs: number, goneAfterMs?: number): Outcome {
  const wait = { kind: 'wait', scope: 'address', afterMs, note: 'no-rights' } as const;
  return goneAfterMs === undefined ? wait : { ...wait, goneAfterMs };
}

let outbox: Outbox;
beforeEach(async () => {
  outbox = await createOutbox();
});

/** Everything that was said so far has an end; the lane is tried once more at an instant. */
async function drainAt(at: number, lane = LANE): Promise<void> {
  outbox.clock.now = at;
  await drain(outbox.bot, lane);
}

/** So many senders die over the first delivery, one after the other. */
async function die(times: number): Promise<void> {
  for (let nth = 0; nth < times; nth++) {
    await leaseNext(
      env.DB,
      { lane: LANE, limit: 1, isFair: false, isApart: false },
      'x',
      outbox.clock.now,
    );
    outbox.clock.now += 2 * MINUTE_MS;
  }
}

describe('a try', () => {
  test('has the same id each time, which tells nobody’s address, and another one has another', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand([{ address: 'hana@example.org' }]);
    await outbox.next();
    await outbox.next();
    await outbox.hand([{ address: 'hana@example.org', topic: 'reply' }]);
    await drain(outbox.bot, LANE);
    const [first, second, other] = outbox.said.map(({ id }) => id);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  test('is one line of the log, with codes and without words or addresses', async () => {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    outbox.plan.answer = async () => LOST;
    await outbox.hand(1);
    await outbox.next();
    vi.restoreAllMocks();
    const line = { event: 'delivery', id: 1, channel: LANE, attempt: 1, outcome: 'retry' };
    expect(lines.map((one) => JSON.parse(one))).toEqual([{ ...line, note: 'lost' }]);
  });

  test.each<[string, Outcome, string[]]>([
    ['was lost', LOST, ['retry']],
    ['needs the owner', { kind: 'sender', scope: 'channel', note: 'locked' }, ['sender']],
    ['is refused', { kind: 'refused', note: 'invalid' }, ['refused']],
    ['finds nobody', { kind: 'gone', note: 'gone' }, ['gone']],
    ['was sent', SENT, []],
    ['has to wait', { kind: 'wait', scope: 'channel', afterMs: 1, note: 'wait 429' }, []],
  ])('that %s is written down for the owner, or not: %o', async (_what, outcome, written) => {
    outbox.plan.answer = async () => outcome;
    await outbox.hand(1);
    await outbox.next();
    const attempts = await attemptsOf(env.DB, 1);
    expect(attempts.map((one) => one.outcome)).toEqual(written);
    if (written.length > 0) expect(attempts).toMatchObject([{ at: NOW, note: outcome.note }]);
  });

  test('does what follows from it when it is recorded, not before', async () => {
    let states: string[] = [];
    const afterwards = async () => {
      states = await outbox.states();
    };
    outbox.plan.answer = async () => ({ ...SENT, afterwards });
    await outbox.hand(1);
    await outbox.next();
    expect(states).toEqual(['sent']);
  });

  test('that was sent keeps the platform’s id, its note and what it costs', async () => {
    const sent = { kind: 'sent', externalId: '77', note: 'found', charges: { dm: 1 } } as const;
    outbox.plan.answer = async () => sent;
    await outbox.hand(1);
    await outbox.next();
    expect(await outbox.rows()).toMatchObject([
      { state: 'sent', externalId: '77', note: 'found', charges: '{"dm":1}', endedAt: NOW },
    ]);
  });

  test('is put off as long as the platform says, and no shorter than it was by itself', async () => {
    outbox.plan.answer = async () => ({ ...LOST, afterMs: 5 * MINUTE_MS });
    await outbox.hand(1);
    await outbox.next();
    expect(await outbox.rows()).toMatchObject([{ dueAt: NOW + 5 * MINUTE_MS, note: 'lost' }]);
    outbox.plan.answer = async () => ({ ...LOST, afterMs: SECOND_MS });
    await outbox.next();
    const [row] = await outbox.rows();
    expect(row?.dueAt).toBe(outbox.clock.now + MINUTE_MS);
  });

  test('that may have arrived stays uncertain, however the next ones end', async () => {
    const answers = [{ ...LOST, uncertain: true }, LOST, SENT];
    outbox.plan.answer = async () => answers.shift() ?? SENT;
    await outbox.hand(1);
    for (let nth = 0; nth < 3; nth++) await outbox.next();
    expect(outbox.said.map(({ uncertain }) => uncertain)).toEqual([false, true, true]);
  });

  test('that is refused is over, and the person is still told other things', async () => {
    outbox.plan.answer = async () => ({ kind: 'refused', note: 'invalid' });
    await outbox.hand([{}, {}]);
    await outbox.next();
    expect(await outbox.rows()).toMatchObject([
      { state: 'refused', note: 'invalid' },
      { state: 'refused', note: 'invalid' },
    ]);
  });
});

describe('what is given up', () => {
  test.each([
    ['news after three days', {}, 3 * DAY_MS, 'dead'],
    ['what has an end of its own then', { expiresAt: NOW + HOUR_MS }, HOUR_MS, 'expired'],
  ])('is %s, and not a moment before', async (_what, given, lastsMs, state) => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand([given]);
    await drainAt(NOW + lastsMs - 1);
    expect(await outbox.states()).toEqual(['waiting']);
    expect(outbox.said).toHaveLength(1);
    await drainAt(NOW + lastsMs + HOUR_MS);
    expect(outbox.said).toHaveLength(1);
    expect(await outbox.rows()).toMatchObject([{ state, note: 'lost' }]);
  });

  test('is said to have come too late when nothing else is known of it', async () => {
    await outbox.hand(1);
    await drainAt(NOW + 3 * DAY_MS);
    expect(outbox.said).toEqual([]);
    expect(await outbox.rows()).toMatchObject([{ state: 'dead', note: 'too-old' }]);
  });

  test.each([
    [7, 'sent', null],
    [8, 'dead', 'crashed'],
  ])('is what killed its sender too often: after %i times it is %s', async (times, state, note) => {
    await outbox.hand(1);
    await die(times);
    await drain(outbox.bot, LANE);
    expect(await outbox.rows()).toMatchObject([{ state, note }]);
  });

  test('is not what was tried often in vain and killed its sender once', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(1);
    for (let nth = 0; nth < 9; nth++) await outbox.next();
    outbox.clock.now += HOUR_MS;
    await die(1);
    outbox.plan.answer = async () => SENT;
    await drain(outbox.bot, LANE);
    expect(await outbox.states()).toEqual(['sent']);
  });
});

describe('a wait', () => {
  test('of one chat holds only for that chat, whichever account speaks', async () => {
    outbox.plan.answer = async (address) => (address === 'a' ? chatWait(MINUTE_MS) : SENT);
    await outbox.hand([{ address: 'a', account: '1' }]);
    await outbox.next();
    await outbox.hand([{ address: 'a' }, { address: 'b' }]);
    await drain(outbox.bot, LANE);
    expect(outbox.addresses).toEqual(['a', 'b']);
    const wait = { lane: LANE, account: '', address: 'a', cause: 'limit', reason: 'no-rights' };
    expect(await outbox.waits()).toEqual([{ ...wait, until: NOW + MINUTE_MS }]);
    await drainAt(NOW + MINUTE_MS);
    expect(outbox.addresses.slice(2)).toEqual(['a']);
  });

  test('of one account holds for all it says, and for no other account', async () => {
    const limit = { kind: 'wait', scope: 'account', afterMs: MINUTE_MS, note: 'wait 429' } as const;
    outbox.plan.answer = async (address) => (address === 'a' ? limit : SENT);
    await outbox.hand([{ account: '1' }]);
    await outbox.next();
    await outbox.hand([
      { account: '1', address: 'b' },
      { account: '2', address: 'c' },
    ]);
    await drain(outbox.bot, LANE);
    expect(outbox.addresses).toEqual(['a', 'c']);
    expect(await outbox.waits()).toMatchObject([{ account: '1', address: '' }]);
  });

  test('of three chats within a minute is one of the whole lane, until the first of them is over', async () => {
    let afterMs = 10 * MINUTE_MS;
    outbox.plan.answer = async () => {
      afterMs += MINUTE_MS;
      return chatWait(afterMs);
    };
    for (const [index, address] of ['a', 'b', 'c'].entries()) {
      const whole = (await outbox.waits()).filter((one) => one['address'] === '');
      expect(whole).toEqual([]);
      await outbox.hand([{ address }]);
      await drainAt(NOW + index * 30 * SECOND_MS);
    }
    expect(await outbox.waits()).toMatchObject([
      { address: '', until: NOW + 11 * MINUTE_MS },
      { address: 'a' },
      { address: 'b' },
      { address: 'c' },
    ]);
  });

  test.each<[string, number, number | undefined]>([
    ['minute by minute', 31 * SECOND_MS, undefined],
    ['that do not let the bot write', 0, DAY_MS],
  ])('of three chats %s is theirs alone', async (_what, apartMs, goneAfterMs) => {
    outbox.plan.answer = async () => chatWait(10 * MINUTE_MS, goneAfterMs);
    for (const [index, address] of ['a', 'b', 'c'].entries()) {
      await outbox.hand([{ address }]);
      await drainAt(NOW + index * apartMs);
    }
    expect((await outbox.waits()).map(({ address }) => address)).toEqual(['a', 'b', 'c']);
  });

  test('that lasted too long ends with the chat: its news is over, and nothing of it is kept', async () => {
    const address = 'a';
    await meetPerson(env.DB, { channel: LANE, address, language: 'ko' }, NOW);
    outbox.plan.answer = async () => chatWait(HOUR_MS, DAY_MS);
    await outbox.hand([{ topic: 'news' }, { topic: 'news' }]);
    await drainAt(NOW);
    await drainAt(NOW + DAY_MS - 1);
    expect(await outbox.states()).toEqual(['waiting', 'waiting']);
    await outbox.hand([{ topic: 'news' }]);
    await drainAt(NOW + 2 * DAY_MS);
    expect(await outbox.states()).toEqual(['gone', 'gone', 'gone']);
    expect(await outbox.waits()).toEqual([]);
    const blocked = await env.DB.prepare('SELECT blocked_at FROM people').first('blocked_at');
    expect(blocked).toBe(NOW + 2 * DAY_MS);
  });

  test('that is over brings back what was given up in its lane', async () => {
    outbox.plan.answer = async () => LOST;
    await outbox.hand(3);
    await outbox.next();
    await env.DB.prepare(
      `UPDATE deliveries SET state = 'dead', finished_at = 1 WHERE address <> 'a'`,
    ).run();
    outbox.plan.answer = async () => SENT;
    await outbox.next();
    expect(await outbox.states()).toEqual(['sent', 'waiting', 'waiting']);
  });
});

test('whoever blocked the bot is told no more news', async () => {
  await meetPerson(env.DB, { channel: LANE, address: 'a', language: 'ko' }, NOW);
  outbox.plan.answer = async () => ({ kind: 'gone', note: 'blocked' });
  await outbox.hand(1);
  await outbox.next();
  expect(await outbox.rows()).toMatchObject([{ state: 'gone', note: 'blocked' }]);
  const blocked = await env.DB.prepare('SELECT blocked_at FROM people').first('blocked_at');
  expect(blocked).toBe(NOW);
});
