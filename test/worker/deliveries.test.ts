import { createMessageBatch } from 'cloudflare:test';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createWorker } from '../../src/index.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { POST, postSaturday, rows, say, startSaturday, TEXT, triedAt } from './deliveriesSteps.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  posts,
  reader,
  SATURDAY,
} from './harness.ts';

const TIMELINE = { method: 'GET', host: 'api.x.com', path: /\/tweets\?/ };

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined });
  await connectWebhook(harness);
});

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
    await postSaturday(harness);
    expect(posts(harness)).toEqual([TEXT]);
    expect(triedAt(harness)).toHaveLength(2);
    expect(triedAt(harness)[1]).toBeGreaterThanOrEqual(resetAt);
    expect(triedAt(harness)[1]).toBeLessThan(resetAt + MINUTE_MS);
  });

  test('is tried again after waits that double', async () => {
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, times: 5 });
    await postSaturday(harness);
    expect(posts(harness)).toEqual([TEXT]);
    const waits = triedAt(harness).flatMap((at, index, all) =>
      index ? [at - (all[index - 1] ?? 0)] : [],
    );
    expect(waits).toHaveLength(5);
    for (const [index, waitMs] of waits.entries()) {
      const mostMs = 30 * SECOND_MS * 2 ** index;
      // A quarter of jitter, and two seconds of rounding.
      expect(waitMs).toBeGreaterThanOrEqual(mostMs * 0.75);
      expect(waitMs).toBeLessThanOrEqual(mostMs + 2 * SECOND_MS);
    }
    expect(await rows(harness)).toMatchObject([{ state: 'sent', attempts: 6 }]);
  });

  test.each([0, 255])('never waits longer than an hour (dice: %i)', async (dice) => {
    harness = await createHarness({ TMDB_TOKEN: undefined }, ({ runtime }) => ({
      runtime: {
        ...runtime,
        randomBytes: (length) =>
          length === 1 ? new Uint8Array([dice]) : runtime.randomBytes(length),
      },
    }));
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, times: 10 });
    await postSaturday(harness);
    const at = triedAt(harness);
    expect(at).toHaveLength(11);
    const waits = at.slice(1).map((one, index) => one - (at[index] ?? 0));
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR_MS + 2 * SECOND_MS);
  });

  test.each([
    ['the connection fails', { kind: 'network' }, null],
    ['X is down', { kind: 'status', status: 500 }, null],
    ['X is too slow', { kind: 'status', status: 504 }, null],
    ['its answer is lost', { kind: 'lost-answer' }, 'found-on-timeline'],
    ['its answer is no answer', { kind: 'status', status: 200, body: '<html></html>' }, null],
  ] as const)('since %s is out once in the end', async (_why, fault, note) => {
    harness.world.faults.add({ ...POST, ...fault });
    await postSaturday(harness);
    expect(posts(harness)).toEqual([TEXT]);
    expect(harness.world.x.timeline()[0]?.media).toHaveLength(1);
    expect(await rows(harness)).toMatchObject([{ state: 'sent', note, attempts: 2 }]);
  });
  test('since X never answers is given up after ten seconds and waits for its next try', async () => {
    harness.world.faults.add({ ...POST, kind: 'hang' });
    await startSaturday(harness);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const settled = harness.settle(SATURDAY);
    try {
      // The only timer that comes to its end is that of the call that hangs.
      await vi.waitUntil(() => triedAt(harness).length === 1, { interval: 1, timeout: 4000 });
      vi.advanceTimersByTime(10_000);
    } finally {
      vi.useRealTimers();
    }
    await settled;
    expect(await rows(harness)).toMatchObject([{ state: 'waiting', note: 'retry', attempts: 1 }]);
  });

  test('is not said again while its timeline cannot be read', async () => {
    harness.world.faults.add({ ...POST, kind: 'lost-answer' });
    harness.world.faults.add({ ...TIMELINE, kind: 'status', status: 503, times: 3 });
    await postSaturday(harness);
    expect(triedAt(harness)).toHaveLength(1);
    expect(await rows(harness)).toMatchObject([{ state: 'sent', note: 'found-on-timeline' }]);
  });

  test('is known by the duplicate answer when the timeline did not show it yet', async () => {
    const body = { meta: { result_count: 0 } };
    harness.world.faults.add({ ...POST, kind: 'lost-answer' });
    harness.world.faults.add({ ...TIMELINE, kind: 'status', status: 200, body });
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    await postSaturday(harness, 6);
    const [first, second] = harness.world.x.timeline().toReversed();
    expect(harness.world.x.timeline()).toHaveLength(2);
    expect(second?.replyTo).toBe(first?.id);
    expect(await rows(harness)).toMatchObject([
      { state: 'sent', note: 'already-on-timeline' },
      { state: 'sent', note: null },
    ]);
  });

  test.each([1, 2, 3, 4, 5])('twelve titles lose nothing when X stutters (%i)', async (skip) => {
    harness.world.faults.add({ ...POST, kind: 'lost-answer', skip, times: 2 });
    harness.world.faults.add({ ...POST, kind: 'status', status: 503, skip: skip + 1, times: 3 });
    harness.world.faults.add({ host: 'api.x.com', path: /media/, kind: 'network', skip, times: 3 });
    await postSaturday(harness, 12);
    expect(posts(harness)).toHaveLength(12);
    expect(new Set(posts(harness)).size).toBe(12);
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
    const worker = createWorker(harness.runtime);
    const message = {
      timestamp: new Date(harness.world.clock.now()),
      attempts: 1,
      body: { lane: 'twitter' },
    };
    await Promise.all(
      ['one', 'other'].map((id) =>
        worker.queue(createMessageBatch('soshik-deliveries', [{ ...message, id }]), harness.env),
      ),
    );
    expect(answers(harness, address)).toEqual(['안녕하세요']);
  });

  test('leaves no word of a person or to a person once it is over', async () => {
    const said = '고양이 이야기 3개';
    const id = await say(harness, said);
    await postSaturday(harness);
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
