import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { createBudget, monthSpend } from '../../../src/platforms/x/budget.ts';
import { readBudgets } from '../../../src/store/budgets.ts';
import { type Harness, reader, SATURDAY, START } from '../../worker/harness.ts';
import { contextOf, converse, createConnected } from './steps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createConnected();
});

const spend = () => monthSpend(harness.env.DB, harness.world.clock.now(), 'Asia/Seoul');
const statuses = () => harness.world.requests.map(({ status }) => status);

/** So many people write at once; each gets one answer. */
async function crowd(count: number, accountId = harness.world.x.bot.id): Promise<string[]> {
  const { x } = harness.world;
  const ids = Array.from({ length: count }, (_, index) => `18000000000000${1000 + index}`);
  for (const id of ids) {
    if (!x.people.some((person) => person.id === id)) {
      x.people.push({ id, name: id, username: `reader_${id}`, language: 'ko' });
    }
    await x.say(id, '고양이', { to: accountId });
  }
  return ids;
}

function answered(ids: readonly string[], accountId = harness.world.x.bot.id): number {
  const { x } = harness.world;
  return ids.filter((id) => x.conversation(id, accountId).some(({ from }) => from === accountId))
    .length;
}

describe('forty people who write at once', { timeout: 30_000 }, () => {
  test('are all answered in time, without X ever refusing for the rate', async () => {
    const ids = await crowd(40);
    const startedAt = harness.world.clock.now();
    await harness.settle(startedAt + MINUTE_MS);
    expect(answered(ids)).toBe(15);
    await harness.settle();
    expect(answered(ids)).toBe(40);
    expect(harness.world.clock.now() - startedAt).toBeLessThan(HOUR_MS);
    expect(statuses()).not.toContain(429);
    const attempts = await harness.env.DB.prepare(
      `SELECT max(attempts) AS most FROM deliveries`,
    ).first('most');
    expect(attempts).toBe(1);
  });

  test('are answered at the lower limit that X tells in its headers', async () => {
    harness.world.x.limits.directMessages.per15Min = 6;
    const ids = await crowd(20);
    await harness.settle();
    expect(answered(ids)).toBe(20);
    expect(statuses()).not.toContain(429);
  });

  test("wait for tomorrow when the app's day is used up", async () => {
    harness.world.x.limits.directMessages.perUserDay = 4;
    const ids = await crowd(8);
    await harness.settle(harness.world.clock.now() + 12 * HOUR_MS);
    expect(answered(ids)).toBe(4);
    await harness.cron(START + DAY_MS + MINUTE_MS);
    await harness.settle();
    expect(answered(ids)).toBe(8);
    expect(statuses()).not.toContain(429);
  });
});

const waitFor = async (account: string) =>
  (await createBudget(contextOf(harness)).reserve(account, 'dm')).waitMs;

describe('the budget', () => {
  test('counts each account for itself, and both for the app', async () => {
    for (let call = 0; call < 15; call++) expect(await waitFor('1')).toBe(0);
    expect(await waitFor('1')).toBeGreaterThan(14 * MINUTE_MS);
    expect(await waitFor('2')).toBe(0);
    const app = (await readBudgets(harness.env.DB, harness.world.clock.now())).find(
      ({ account, kind }) => account === '*' && kind === 'dm',
    );
    expect(app).toMatchObject({ used: 16 });
  });

  test('gives the last call to one of two who ask at once', async () => {
    const budget = createBudget(contextOf(harness));
    for (let call = 0; call < 14; call++) await budget.reserve('1', 'dm');
    const waits = await Promise.all([1, 2, 3, 4].map(() => waitFor('1')));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
  });

  test('takes nothing of one window when another is used up', async () => {
    const budget = createBudget(contextOf(harness));
    for (let call = 0; call < 20; call++) await budget.reserve('1', 'dm');
    const used = (await readBudgets(harness.env.DB, harness.world.clock.now())).map(
      (window) => window.used,
    );
    expect(used).toEqual([15, 15, 15]);
  });

  test('is stricter where X says so, never more generous', async () => {
    const budget = createBudget(contextOf(harness));
    const resetAt = harness.world.clock.now() + 10 * MINUTE_MS;
    await budget.reserve('1', 'dm');
    await budget.learn('1', 'dm', { limit: 200, remaining: 199, resetAt });
    for (let call = 1; call < 15; call++) expect(await waitFor('1')).toBe(0);
    expect(await waitFor('1')).toBeGreaterThan(0);

    await budget.reserve('2', 'dm');
    await budget.learn('2', 'dm', { limit: 15, remaining: 1, resetAt });
    expect(await waitFor('2')).toBe(0);
    expect(await waitFor('2')).toBeGreaterThan(0);
  });

  test('opens again when its window is over', async () => {
    const budget = createBudget(contextOf(harness));
    for (let call = 0; call < 15; call++) await budget.reserve('1', 'dm');
    harness.world.clock.advance(await waitFor('1'));
    expect(await waitFor('1')).toBe(0);
  });
});

describe('the spend of the month', () => {
  test('is nothing at first', async () => {
    expect(await spend()).toEqual({ since: '2026-11-01', items: [], usd: 0 });
  });

  test('adds up what came in and what went out', async () => {
    const person = reader(harness, 'ko');
    await converse(harness, person.id, '고양이');
    await converse(harness, person.id, '고양이');
    await harness.world.x.sayEncrypted(person.id);
    expect(await spend()).toEqual({
      since: '2026-11-01',
      items: [
        { what: 'direct-message', count: 2, usd: 0.03 },
        { what: 'event:dm.received', count: 2, usd: 0.02 },
        { what: 'event:chat.received', count: 1, usd: 0.01 },
      ],
      usd: 0.06,
    });
  });

  test('counts posts with their alt texts, and those with a link at their price', async () => {
    await harness.cron(SATURDAY);
    await harness.settle();
    const posts = harness.world.x.timeline().length;
    const { items } = await spend();
    expect(posts).toBeGreaterThan(0);
    expect(items).toContainEqual({
      what: 'post',
      count: posts,
      usd: Math.round(posts * 15) / 1000,
    });
    expect(items).toContainEqual(expect.objectContaining({ what: 'alt-text', count: posts }));
  });

  test('with links costs thirteen times as much a post', async () => {
    harness.redeploy({ NETFLIX_POST_LINKS: 'true' });
    harness.world.netflix.rows.splice(1);
    await harness.cron(SATURDAY);
    await harness.settle();
    expect((await spend()).items).toContainEqual({ what: 'post-with-link', count: 1, usd: 0.2 });
  });

  test('begins anew with the month of the time zone', async () => {
    await converse(harness, reader(harness, 'ko').id, '고양이');
    const lastHour = Date.UTC(2026, 10, 30, 14, 59);
    harness.world.clock.advance(lastHour - harness.world.clock.now());
    expect((await spend()).usd).toBeGreaterThan(0);
    harness.world.clock.advance(MINUTE_MS);
    expect(await spend()).toEqual({ since: '2026-12-01', items: [], usd: 0 });
  });

  test('of a month is still known on its last day', async () => {
    harness.world.clock.advance(Date.UTC(2026, 10, 30, 15) - harness.world.clock.now());
    await converse(harness, reader(harness, 'ko').id, '고양이');
    await harness.cron(harness.world.clock.now() + 29 * DAY_MS);
    await harness.settle();
    expect(await spend()).toMatchObject({ since: '2026-12-01' });
    expect((await spend()).items).toContainEqual(
      expect.objectContaining({ what: 'direct-message', count: 1 }),
    );
  });
});
