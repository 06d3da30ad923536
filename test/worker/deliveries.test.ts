import { createMessageBatch } from 'cloudflare:test';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import { insertDeliveries, reviveDelivery } from '../../src/store/deliveries.ts';
import { createWorker } from '../../src/worker.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  health,
  posts,
  reader,
  SATURDAY,
} from './harness.ts';

const POST = { method: 'POST', host: 'api.x.com', path: '/2/tweets' };
const MESSAGE = { method: 'POST', host: 'api.x.com', path: /\/messages$/ };
const TIMELINE = { method: 'GET', host: 'api.x.com', path: /\/tweets\?/ };
const TEXT = '[느린 우체국의 여름]\n공개 예정일: 2026-11-28';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined });
  await connectWebhook(harness);
});

/** Saturday with so many titles, its queues not worked off yet. */
async function startSaturday(titles = 1): Promise<void> {
  harness.world.netflix.rows.splice(titles);
  await harness.cron(SATURDAY);
}

async function postSaturday(titles = 1): Promise<void> {
  await startSaturday(titles);
  await harness.settle();
}

interface Row {
  readonly id: number;
  readonly state: string;
  readonly note: string | null;
  readonly attempts: number;
  readonly notice: string | null;
}

async function rows(): Promise<Row[]> {
  const { results } = await harness.env.DB.prepare(
    'SELECT id, state, note, attempts, notice FROM deliveries ORDER BY id',
  ).all<Row>();
  return results;
}

/** When X was asked to post or to send. */
function triedAt(path: string | RegExp): number[] {
  return harness.world.requests
    .filter(({ method, url }) => method === 'POST' && new URL(url).pathname.match(path) !== null)
    .map(({ at }) => at);
}

const postedAt = () => triedAt(/^\/2\/tweets$/);

async function say(text: string): Promise<string> {
  const { id } = reader(harness, 'ko');
  await harness.world.x.say(id, text);
  await harness.settle();
  return id;
}

describe('a post that X does not take now', () => {
  test('is tried again when the rate limit is over, and not before', async () => {
    const resetAt = SATURDAY + 40 * MINUTE_MS;
    const headers = {
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(resetAt / SECOND_MS),
    };
    const body = { title: 'Too Many Requests', type: 'about:blank', status: 429 };
    harness.world.faults.add({ ...POST, kind: 'status', status: 429, headers, body });
    await postSaturday();
    expect(posts(harness)).toEqual([TEXT]);
    expect(postedAt()).toHaveLength(2);
    expect(postedAt()[1]).toBeGreaterThanOrEqual(resetAt);
    expect(postedAt()[1]).toBeLessThan(resetAt + MINUTE_MS);
  });

  test('is tried again after waits that double', async () => {
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, times: 5 });
    await postSaturday();
    expect(posts(harness)).toEqual([TEXT]);
    const waits = postedAt().flatMap((at, index, all) =>
      index ? [at - (all[index - 1] ?? 0)] : [],
    );
    expect(waits).toHaveLength(5);
    for (const [index, waitMs] of waits.entries()) {
      const leastMs = 30 * SECOND_MS * 2 ** index;
      expect(waitMs).toBeGreaterThanOrEqual(leastMs);
      // A quarter of jitter, and two seconds of rounding.
      expect(waitMs).toBeLessThanOrEqual(leastMs * 1.25 + 2 * SECOND_MS);
    }
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 6 }]);
  });

  test.each([
    ['the connection fails', { kind: 'network' }, null],
    ['X is down', { kind: 'status', status: 500 }, null],
    ['X is too slow', { kind: 'status', status: 504 }, null],
    ['its answer is lost', { kind: 'lost-answer' }, 'found-on-timeline'],
    ['its answer is no answer', { kind: 'status', status: 200, body: '<html></html>' }, null],
  ] as const)('since %s is out once in the end', async (_why, fault, note) => {
    harness.world.faults.add({ ...POST, ...fault });
    await postSaturday();
    expect(posts(harness)).toEqual([TEXT]);
    expect(harness.world.x.timeline()[0]?.media).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', note, attempts: 2 }]);
  });

  test('since X never answers is given up after ten seconds and tried again', async () => {
    harness.world.faults.add({ ...POST, kind: 'hang' });
    await startSaturday();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let isSettled = false;
      const settled = harness.settle().then(() => {
        isSettled = true;
      });
      // The only timer that comes to its end is that of the call that hangs.
      while (!isSettled) {
        const isHanging = postedAt().length === 1;
        await harness.env.DB.prepare('SELECT 1').first();
        if (isHanging && postedAt().length === 1) vi.advanceTimersByTime(10_000);
      }
      await settled;
    } finally {
      vi.useRealTimers();
    }
    expect(posts(harness)).toEqual([TEXT]);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('is not said again while its timeline cannot be read', async () => {
    harness.world.faults.add({ ...POST, kind: 'lost-answer' });
    harness.world.faults.add({ ...TIMELINE, kind: 'status', status: 503, times: 3 });
    await postSaturday();
    expect(postedAt()).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', note: 'found-on-timeline' }]);
  });

  test('is known by the duplicate answer when the timeline did not show it yet', async () => {
    const body = { meta: { result_count: 0 } };
    harness.world.faults.add({ ...POST, kind: 'lost-answer' });
    harness.world.faults.add({ ...TIMELINE, kind: 'status', status: 200, body });
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    await postSaturday(6);
    const [first, second] = harness.world.x.timeline().toReversed();
    expect(harness.world.x.timeline()).toHaveLength(2);
    expect(second?.replyTo).toBe(first?.id);
    expect(await rows()).toMatchObject([
      { state: 'sent', note: 'already-on-timeline' },
      { state: 'sent', note: null },
    ]);
  });

  test.each([1, 2, 3, 4, 5])('twelve titles lose nothing when X stutters (%i)', async (skip) => {
    harness.world.faults.add({ ...POST, kind: 'lost-answer', skip, times: 2 });
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, skip: skip + 1, times: 3 });
    harness.world.faults.add({ host: 'api.x.com', path: /media/, kind: 'network', skip, times: 3 });
    await postSaturday(12);
    expect(posts(harness)).toHaveLength(12);
    expect(new Set(posts(harness)).size).toBe(12);
  });
});

describe('a post that waits for the owner', () => {
  test.each([
    [401, { title: 'Unauthorized', type: 'about:blank', status: 401 }, 'unauthorized 401'],
    [
      402,
      { title: 'CreditsDepleted', type: 'https://api.x.com/2/problems/credits' },
      'credits-depleted 402',
    ],
  ])('after %i is shown, uses up no attempt, and is sent once all is well', async (...given) => {
    const [status, body, note] = given;
    harness.world.faults.add({ ...POST, kind: 'status', status, body, times: 20 });
    await startSaturday();
    await harness.settle(SATURDAY + 8 * HOUR_MS);
    expect(posts(harness)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'waiting', note, attempts: 0 }]);
    expect(await health(harness)).toMatchObject({
      deliveries: { waiting: 1, dead: 0 },
      runs: expect.arrayContaining([
        expect.objectContaining({
          job: 'netflix-weekly',
          deliveries: [{ state: 'waiting', note, count: 1 }],
        }),
      ]),
    });
    await harness.settle();
    expect(posts(harness)).toEqual([TEXT]);
    expect(await rows()).toMatchObject([{ state: 'sent', note: null, attempts: 1 }]);
  });

  test('is given up after three days, and still holds what it had to say', async () => {
    harness.world.faults.add({ ...POST, kind: 'status', status: 401, times: 1000 });
    await postSaturday();
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'dead', note: 'unauthorized 401' });
    expect(row?.notice).toContain('느린 우체국의 여름');
    expect(postedAt().at(-1)).toBeGreaterThan(SATURDAY + 3 * DAY_MS);
    expect(postedAt().at(-1)).toBeLessThan(SATURDAY + 3 * DAY_MS + HOUR_MS);
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 1 });
  });

  test('keeps the rest of its thread waiting as calmly as itself', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    harness.world.faults.add({ ...POST, kind: 'status', status: 401, times: 48 });
    await startSaturday(16);
    let batches = 0;
    for (let dueAt = harness.queues.nextDueAt(); dueAt; dueAt = harness.queues.nextDueAt()) {
      batches += 1;
      await harness.settle(dueAt);
    }
    expect(posts(harness)).toHaveLength(4);
    expect(harness.world.x.timeline().filter((post) => post.replyTo)).toHaveLength(3);
    // A day in half hours, for four parts that wake up one by one.
    expect(batches).toBeLessThan(300);
  });

  test('since the account was taken away is sent when it is back', async () => {
    const token = harness.env.TWITTER_ACCESS_TOKEN;
    harness.world.faults.add({ ...POST, kind: 'status', status: 503 });
    await startSaturday();
    await harness.settle(SATURDAY);
    harness.redeploy({ TWITTER_ACCESS_TOKEN: undefined });
    await harness.settle(SATURDAY + 2 * HOUR_MS);
    expect(await rows()).toMatchObject([{ state: 'waiting', note: 'channel-off', attempts: 1 }]);
    harness.redeploy({ TWITTER_ACCESS_TOKEN: token });
    await harness.settle();
    expect(posts(harness)).toEqual([TEXT]);
  });
});

describe('a message that cannot be sent', () => {
  test('to a person who blocked the bot is over, and the next person is answered', async () => {
    harness.world.x.block(reader(harness, 'ko').id);
    await say('고양이');
    expect(await rows()).toMatchObject([
      { state: 'gone', note: 'cannot-message 403', attempts: 1 },
    ]);
    const other = reader(harness, 'en');
    await harness.world.x.say(other.id, 'help');
    await harness.settle();
    expect(answers(harness, other.id)).toHaveLength(1);
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 0 });
  });

  test('since X finds it wrong is over at once', async () => {
    const body = { title: 'Invalid Request', detail: 'invalid', type: 'about:blank' };
    harness.world.faults.add({ ...MESSAGE, kind: 'status', status: 400, body });
    const id = await say('고양이');
    expect(answers(harness, id)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'refused', note: 'invalid 400', attempts: 1 }]);
  });

  test('is given up after eight attempts, and sent when it is revived', async () => {
    harness.world.faults.add({ ...MESSAGE, kind: 'status', status: 503, times: 8 });
    const id = await say('도움말');
    expect(triedAt(/\/messages$/)).toHaveLength(8);
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'dead', note: 'retry 503', attempts: 8 });
    expect(row?.notice).toContain('소식이에요');
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 1 });

    const now = harness.world.clock.now();
    expect(await reviveDelivery(harness.env.DB, row?.id ?? 0, now)).toBe(true);
    await harness.env.DELIVERIES.send({ id: row?.id ?? 0 });
    await harness.settle();
    expect(answers(harness, id)).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 1, notice: null }]);
    expect(await reviveDelivery(harness.env.DB, row?.id ?? 0, now)).toBe(false);
    expect(await reviveDelivery(harness.env.DB, 999, now)).toBe(false);
  });
});

describe('one delivery', () => {
  test('is sent once by two consumers at the same time', async () => {
    const { id: address } = reader(harness, 'ko');
    const notice = { kind: 'text', language: 'ko', text: '안녕하세요', suggestions: [] };
    const account = harness.world.x.bot.id;
    const reply = { dedupeKey: 'reply:1', channel: 'twitter', account, address };
    await insertDeliveries(
      harness.env.DB,
      [{ ...reply, notice: JSON.stringify(notice) }],
      harness.world.clock.now(),
    ).run();
    const [row] = await rows();
    const worker = createWorker(harness.runtime);
    const message = (id: string) => ({
      id,
      timestamp: new Date(harness.world.clock.now()),
      attempts: 1,
      body: { id: row?.id },
    });
    await Promise.all(
      ['one', 'other'].map((name) =>
        worker.queue(createMessageBatch('soshik-deliveries', [message(name)]), harness.env),
      ),
    );
    expect(answers(harness, address)).toEqual(['안녕하세요']);
  });

  test('leaves no word of a person or to a person once it is over', async () => {
    const said = '고양이 이야기 3개';
    const id = await say(said);
    await postSaturday();
    const { results: inbox } = await harness.env.DB.prepare('SELECT * FROM inbox').all();
    const { results: outbox } = await harness.env.DB.prepare('SELECT * FROM deliveries').all();
    const kept = JSON.stringify([inbox, outbox]);
    expect(inbox).toHaveLength(1);
    expect(outbox).toHaveLength(2);
    expect(kept).not.toContain(said);
    expect(kept).not.toContain('냐옹');
    expect(kept).not.toContain('우체국');
    expect(answers(harness, id)).toHaveLength(1);
  });
});
