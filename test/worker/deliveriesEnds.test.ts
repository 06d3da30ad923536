import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/time.ts';
import { reviveDelivery } from '../../src/store/deadDeliveries.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import { POST, rows, say, startSaturday, TEXT, triedAt } from './deliveriesSteps.ts';
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

const MESSAGE = { method: 'POST', host: 'api.x.com', path: /\/messages$/ };

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined });
  await connectWebhook(harness);
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
    await startSaturday(harness);
    await harness.settle(SATURDAY + 8 * HOUR_MS);
    expect(posts(harness)).toEqual([]);
    expect(await rows(harness)).toMatchObject([{ state: 'waiting', note, attempts: 0 }]);
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
    expect(await rows(harness)).toMatchObject([{ state: 'sent', note: null, attempts: 1 }]);
  });

  test('is given up after three days, and still holds what it had to say', async () => {
    harness.world.faults.add({ ...POST, kind: 'status', status: 401, times: 1000 });
    await startSaturday(harness);
    await harness.settle(SATURDAY + 2 * HOUR_MS);
    // What comes between is more of the same.
    harness.world.clock.advance(2.5 * DAY_MS);
    await harness.settle();
    const [row] = await rows(harness);
    expect(row).toMatchObject({ state: 'dead', note: 'unauthorized 401' });
    expect(row?.notice).toContain('느린 우체국의 여름');
    expect(triedAt(harness).at(-1)).toBeGreaterThan(SATURDAY + 3 * DAY_MS - HOUR_MS);
    expect(triedAt(harness).at(-1)).toBeLessThan(SATURDAY + 3 * DAY_MS + HOUR_MS);
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 1 });
  }, 30_000);

  test('keeps the rest of its thread waiting as calmly as itself', async () => {
    harness.redeploy({ NETFLIX_POST_STYLE: 'thread' });
    harness.world.faults.add({ ...POST, kind: 'status', status: 401, times: 16 });
    await startSaturday(harness, 16);
    let batches = 0;
    for (let dueAt = harness.queues.nextDueAt(); dueAt; dueAt = harness.queues.nextDueAt()) {
      batches += 1;
      await harness.settle(dueAt);
    }
    expect(posts(harness)).toHaveLength(4);
    expect(harness.world.x.timeline().filter((post) => post.replyTo)).toHaveLength(3);
    // A third of a day in half hours, for four parts that wake up one by one.
    expect(batches).toBeLessThan(100);
  }, 90_000);

  test('since the account was taken away is sent when it is back', async () => {
    const token = harness.env.TWITTER_ACCESS_TOKEN;
    harness.world.faults.add({ ...POST, kind: 'status', status: 503 });
    await startSaturday(harness);
    await harness.settle(SATURDAY);
    harness.redeploy({ TWITTER_ACCESS_TOKEN: undefined });
    await harness.settle(SATURDAY + 2 * HOUR_MS);
    expect(await rows(harness)).toMatchObject([
      { state: 'waiting', note: 'unauthorized', attempts: 1 },
    ]);
    harness.redeploy({ TWITTER_ACCESS_TOKEN: token });
    await harness.settle();
    expect(posts(harness)).toEqual([TEXT]);
  });
});

describe('a message that cannot be sent', () => {
  test('to a person who blocked the bot is over, and the next person is answered', async () => {
    harness.world.x.block(reader(harness, 'ko').id);
    await say(harness, '고양이');
    expect(await rows(harness)).toMatchObject([
      { state: 'gone', note: 'cannot-message 403', attempts: 1, notice: null },
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
    const id = await say(harness, '고양이');
    expect(answers(harness, id)).toEqual([]);
    expect(await rows(harness)).toMatchObject([
      { state: 'refused', note: 'invalid 400', attempts: 1, notice: null },
    ]);
  });

  test('to a person is worth nothing after a day, and no word of it stays', async () => {
    harness.world.faults.add({ ...MESSAGE, kind: 'status', status: 503, times: 1000 });
    const id = await say(harness, '도움말');
    const tries = triedAt(harness, /\/messages$/);
    expect((tries.at(-1) ?? 0) - (tries[0] ?? 0)).toBeGreaterThan(DAY_MS - 2 * HOUR_MS);
    // An hour is the longest wait.
    expect(tries.length).toBeGreaterThan(24);
    expect(tries.length).toBeLessThan(45);
    expect(await rows(harness)).toMatchObject([
      { state: 'expired', note: 'retry 503', notice: null },
    ]);
    expect(answers(harness, id)).toEqual([]);
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 0 });
  });

  test('any more and is dead is sent when the owner revives it', async () => {
    await startSaturday(harness);
    harness.world.faults.add({ ...POST, kind: 'status', status: 401, times: 1000 });
    await harness.settle(SATURDAY + HOUR_MS);
    harness.world.faults.clear();
    const now = harness.world.clock.now();
    const { DB } = harness.env;
    await DB.prepare(`UPDATE deliveries SET state = 'dead', finished_at = ?1`).bind(now).run();
    const [row] = await rows(harness);
    expect(await reviveDelivery(harness.env.DB, row?.id ?? 0, now)).toBe(true);
    await harness.env.DELIVERIES.send({ lane: 'twitter/posts' });
    await harness.settle();
    expect(posts(harness)).toEqual([TEXT]);
    expect(await rows(harness)).toMatchObject([{ state: 'sent', attempts: 1, notice: null }]);
    expect(await reviveDelivery(harness.env.DB, row?.id ?? 0, now)).toBe(false);
    expect(await reviveDelivery(harness.env.DB, 999, now)).toBe(false);
  });
});

test('what waits for a channel that is off is kept, tries nothing, and is looked for every half hour', async () => {
  const off = await createHarness({ TELEGRAM_BOT_TOKEN: undefined });
  const { DB } = off.env;
  const said = { channel: 'telegram', account: '', address: '42', notice: '{}', dedupeKey: 'k' };
  await insertDeliveries(DB, [said], off.world.clock.now()).run();
  for (const at of [1, 2, 3, 4].map((nth) => SATURDAY + (nth * HOUR_MS) / 2)) {
    await off.cron(at);
    await off.settle(at);
  }
  const { results } = await DB.prepare(
    `SELECT state, attempts FROM deliveries WHERE channel = 'telegram'`,
  ).all();
  expect(results).toEqual([{ state: 'waiting', attempts: 0 }]);
  const wait = await DB.prepare(
    `SELECT lane, reason, until FROM waits WHERE lane = 'telegram'`,
  ).first<{ until: number }>();
  expect(wait).toMatchObject({ lane: 'telegram', reason: 'channel-off' });
  expect(wait?.until).toBeLessThanOrEqual(off.world.clock.now() + HOUR_MS / 2);
});
