import { describe, expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { createWorld } from './world.ts';
import { call } from './x/client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const fact = () => new Request('https://catfact.ninja/fact');

describe('the clock', () => {
  test('it stands still until moved, and never goes back', () => {
    const clock = createClock(startAt, false);
    clock.advance(1500);
    expect(clock.now()).toBe(startAt + 1500);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
  });

  test('a ticking one runs with real time', async () => {
    const clock = createClock(startAt, true);
    const before = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(clock.now() - before).toBeGreaterThanOrEqual(20);
    expect(clock.now()).toBeLessThan(startAt + 60_000);
  });
});

describe('the network', () => {
  test('an unknown host is a failed connection', async () => {
    const world = createWorld({ startAt });
    await expect(world.fetch(new Request('https://example.com/'))).rejects.toThrow(TypeError);
    expect(world.requests).toMatchObject([{ url: 'https://example.com/', status: null }]);
  });

  test('every request is recorded with body, headers, time and what it was told', async () => {
    const world = createWorld({ startAt });
    world.clock.advance(1000);
    await call(world, 'POST', '/2/tweets', { body: { text: '하나' } });
    const [request] = world.requests;
    expect(request).toMatchObject({
      at: startAt + 1000,
      method: 'POST',
      url: 'https://api.x.com/2/tweets',
      headers: { authorization: expect.stringMatching(/^OAuth /) },
      status: 201,
    });
    expect(new TextDecoder().decode(request?.body)).toBe('{"text":"하나"}');
  });

  test('a request that was given up before it began is not made', async () => {
    const world = createWorld({ startAt });
    const given = AbortSignal.abort(new Error('given up'));
    await expect(world.fetch(new Request(fact(), { signal: given }))).rejects.toThrow('given up');
    expect(world.requests).toEqual([]);
  });

  test('two worlds know nothing of each other', async () => {
    const one = createWorld({ startAt });
    const other = createWorld({ startAt });
    await call(one, 'POST', '/2/tweets', { body: { text: '하나' } });
    one.netflix.rows.length = 0;
    expect(other.x.timeline()).toEqual([]);
    expect(other.netflix.rows.length).toBeGreaterThan(0);
  });
});

describe('faults', () => {
  test('a status comes in the place of the platform, with its body and headers, once', async () => {
    const world = createWorld({ startAt });
    world.faults.add({
      host: 'catfact.ninja',
      kind: 'status',
      status: 429,
      body: { message: 'slow down' },
      headers: { 'retry-after': '7' },
    });
    const first = await world.fetch(fact());
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await first.json()).toEqual({ message: 'slow down' });
    expect((await world.fetch(fact())).status).toBe(200);
    expect(world.requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  test('a request into a broken network is not carried out', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ kind: 'network', method: 'POST', path: '/2/tweets' });
    const body = { text: '하나' };
    await expect(call(world, 'POST', '/2/tweets', { body })).rejects.toThrow(TypeError);
    expect(world.x.timeline()).toEqual([]);
  });

  test('a lost answer belongs to a request that was carried out', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ kind: 'lost-answer', path: '/2/tweets' });
    const body = { text: '하나' };
    await expect(call(world, 'POST', '/2/tweets', { body })).rejects.toThrow(TypeError);
    expect(world.x.timeline()).toHaveLength(1);
    expect(world.requests).toMatchObject([{ status: null }]);
  });

  test('a hanging request ends with its signal, and only then', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ kind: 'hang' });
    const abort = new AbortController();
    const hanging = world.fetch(new Request(fact(), { signal: abort.signal }));
    const waited = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 30));
    expect(await Promise.race([hanging, waited])).toBe('still waiting');
    abort.abort(new Error('timeout'));
    await expect(hanging).rejects.toThrow();
  });

  test('a slow answer comes late, or not at all when the signal is faster', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ kind: 'slow', ms: 30, times: 2 });
    const begun = Date.now();
    expect((await world.fetch(fact())).status).toBe(200);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(25);
    const abort = new AbortController();
    const slow = world.fetch(new Request(fact(), { signal: abort.signal }));
    abort.abort();
    await expect(slow).rejects.toThrow();
  });

  test('skip lets requests pass, times counts those that are met', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ path: /^\/fact/, skip: 1, times: 2, kind: 'status', status: 503 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await world.fetch(fact())).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  test.each([
    ['another host', { host: 'api.x.com' }],
    ['another method', { method: 'POST' }],
    ['the beginning of the path', { path: '/fac' }],
    ['an expression that does not fit', { path: /^\/facts/ }],
  ])('%s spares the request', async (_, target) => {
    const world = createWorld({ startAt });
    world.faults.add({ ...target, kind: 'network' });
    expect((await world.fetch(fact())).status).toBe(200);
  });

  test('clearing spares everyone', async () => {
    const world = createWorld({ startAt });
    world.faults.add({ kind: 'network', times: Number.POSITIVE_INFINITY });
    await expect(world.fetch(fact())).rejects.toThrow();
    world.faults.clear();
    expect((await world.fetch(fact())).status).toBe(200);
  });
});
