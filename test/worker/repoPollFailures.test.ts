import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/time.ts';
import type { Harness } from './harness.ts';
import {
  branchRow,
  createPolled,
  fleet,
  halfHour,
  lastRun,
  timesTold,
  told,
  watched,
} from './repoPollSteps.ts';

const HOST = 'api.github.com';
const SLOT_MS = 30 * MINUTE_MS;
const NAMES = ['hana/one', 'hana/two', 'hana/three'];

let harness: Harness;
beforeEach(async () => {
  harness = await createPolled();
  for (const name of NAMES) await watched(harness, name);
  for (const name of NAMES) {
    harness.world.github.push(name, 'main', [{ message: `Change in ${name}` }]);
  }
});

/** How often each repository's commit was told to each of the two people. */
function times(): number[] {
  const words = NAMES.map((name) => `Change in ${name}`);
  return [...timesTold(harness, 'ko', words), ...timesTold(harness, 'en', words)];
}

/** The next slot is due, and nothing of the one after it. */
async function untilNext(): Promise<void> {
  const slot = (Math.floor(harness.world.clock.now() / SLOT_MS) + 1) * SLOT_MS;
  await harness.cron(slot);
  await harness.settle(slot + SLOT_MS - 1);
}

/** When GitHub was asked something. */
function askedAt(): number[] {
  const { requests } = harness.world;
  return requests.flatMap(({ url, at }) => (new URL(url).host === HOST ? at : []));
}

const ONCE = [1, 1, 1, 1, 1, 1];

describe('GitHub failing', () => {
  test.each<[string, Parameters<Harness['world']['faults']['add']>[0]]>([
    ['with a 502', { host: HOST, kind: 'status', status: 502 }],
    ['with five of them', { host: HOST, kind: 'status', status: 502, times: 5 }],
    ['with a 500', { host: HOST, kind: 'status', status: 500 }],
    ['without a word', { host: HOST, kind: 'network' }],
    ['in the middle of an answer', { host: HOST, kind: 'lost-answer', times: 3 }],
    ['at the second question', { host: HOST, kind: 'network', skip: 1 }],
    ['with a page of something else', { host: HOST, kind: 'status', status: 200, body: '<html>' }],
    ['with an answer that says nothing', { host: HOST, kind: 'status', status: 200, body: {} }],
  ])('%s delays the news, and loses and doubles none', async (_how, fault) => {
    harness.world.faults.add(fault);
    await halfHour(harness);
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
  });

  test('for hours delays the news until it is back', async () => {
    harness.world.faults.add({ host: HOST, kind: 'status', status: 503, times: 10_000 });
    for (let slot = 0; slot < 5; slot++) await halfHour(harness);
    expect(told(harness, 'ko')).toEqual([]);
    harness.world.faults.clear();
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
  });

  test.each([
    ['some hours, is no news to the owner', 0, []],
    [
      'longer than a day, is told to the owner once, and once that it is over',
      DAY_MS,
      ['GitHub', 'GitHub'],
    ],
  ])('for %s', async (_how, longer, news) => {
    await harness.env.DB.prepare(
      `INSERT INTO topics (topic, person, is_on, changed_at)
       SELECT 'owner', id, 1, 0 FROM people WHERE language = 'ko'`,
    ).run();
    harness.world.faults.add({ host: HOST, kind: 'status', status: 503, times: 10_000 });
    for (let slot = 0; slot < 5; slot++) await untilNext();
    harness.world.clock.advance(longer);
    for (let slot = 0; slot < 4; slot++) await untilNext();
    harness.world.faults.clear();
    for (let slot = 0; slot < 4; slot++) await untilNext();
    const heard = told(harness, 'ko').filter((text) => !/Change in/.test(text));
    expect(heard).toEqual(news.map((name) => expect.stringContaining(name)));
    expect(harness.queues.dead).toEqual([]);
    expect(times()).toEqual(ONCE);
  });

  test('for half an hour does not lose what a webhook speaks of', async () => {
    harness.world.faults.add({ host: HOST, kind: 'status', status: 503, times: 6 });
    const at = harness.world.clock.now();
    await harness.env.POLLS.sendBatch([1, 2, 3].map((branch) => ({ body: { branch, at } })));
    await harness.settle(at + 30 * 60_000 - 1);
    expect(times()).toEqual(ONCE);
    expect(harness.queues.dead).toEqual([]);
  });

  test('to compare two heads does not keep the others from being told', async () => {
    harness.world.github.forcePush('hana/two', 'main', ['Anew', 'Change in hana/two']);
    harness.world.faults.add({ host: HOST, path: /compare/, kind: 'status', status: 500 });
    await halfHour(harness);
    expect(times()).toEqual([1, 0, 1, 1, 0, 1]);
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
  });
});

describe('a limit', () => {
  test('of the hour is waited for, and nothing is asked meanwhile', async () => {
    const { graphql } = harness.world.github.limits;
    const resetAt = harness.world.clock.now() + 80 * 60_000;
    Object.assign(graphql, { remaining: 0, resetAt });
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
    const [, second] = askedAt();
    expect(second).toBeGreaterThanOrEqual(resetAt);
  });

  test('that comes near leaves the rest to people who ask', async () => {
    const { graphql } = harness.world.github.limits;
    graphql.remaining = 150;
    graphql.resetAt = harness.world.clock.now() + 3_600_000;
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
    const { calls } = harness.world.github;
    calls.graphql = 0;
    await harness.env.POLLS.send({ shard: 0, slot: harness.world.clock.now() });
    await harness.settle(harness.world.clock.now() + 60_000);
    expect(calls.graphql).toBe(0);
  });

  test.each([403, 429, 200] as const)('of the minute (%s) is obeyed', async (status) => {
    harness.world.github.slowDown({ status, retryAfterSeconds: 120 });
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
    const [first = 0, second = 0] = askedAt();
    expect(second - first).toBeGreaterThanOrEqual(120_000);
  });
});

test('a token that GitHub refuses is shown to the owner, and the news comes with the next one', async () => {
  const good = harness.env.GITHUB_TOKEN;
  harness.redeploy({ GITHUB_TOKEN: 'sandbox-revoked-token' });
  await halfHour(harness);
  expect(await lastRun(harness)).toMatchObject({
    state: 'failed',
    reason: 'GitHub refuses the token',
  });
  harness.redeploy({ GITHUB_TOKEN: good });
  await halfHour(harness);
  expect(times()).toEqual(ONCE);
});

test('a token that sees no repository any more makes none of them gone', async () => {
  const { github } = harness.world;
  const names = [...NAMES, ...(await fleet(harness, 9))];
  const hide = (isPrivate: boolean) => {
    for (const name of names) github.repository(name).isPrivate = isPrivate;
  };
  hide(true);
  await halfHour(harness);
  expect(await lastRun(harness)).toMatchObject({
    state: 'failed',
    reason: 'GitHub shows none of the repositories to this token',
  });
  for (const id of [1, 2, 3]) expect(await branchRow(harness, id)).toMatchObject({ misses: 0 });
  hide(false);
  await halfHour(harness);
  expect(times()).toEqual(ONCE);
});

describe('one repository that is broken', () => {
  test.each(['broken', 'blocked'] as const)('(%s) keeps no other from being told', async (how) => {
    await watched(harness, 'hana/worse');
    harness.world.github.repository('hana/worse').condition = how;
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
    await halfHour(harness);
    expect(times()).toEqual(ONCE);
  });

  test('among three hundred costs a few calls', async () => {
    const names = await fleet(harness, 300);
    const [bad = '', good = ''] = names;
    harness.world.github.repository(bad).condition = 'broken';
    harness.world.github.push(good, 'main', [{ message: 'Good news' }]);
    await halfHour(harness);
    expect(timesTold(harness, 'ko', ['Good news'])).toEqual([1]);
    expect(times()).toEqual(ONCE);
  });
});
