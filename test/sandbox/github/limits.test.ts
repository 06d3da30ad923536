import { describe, expect, test } from 'vitest';
import { setUp } from './client.ts';

const path = '/repos/hana/garden';
const rate = '{ rateLimit { cost remaining } }';

describe('the hourly budget', () => {
  test('REST and GraphQL have one each, told in headers, full again after an hour', async () => {
    const { get, query, github, clock } = setUp();
    const first = await get(path);
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4999');
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(clock.now() / 1000 + 3600));
    expect(first.headers.get('x-ratelimit-resource')).toBe('core');
    expect((await query(rate)).json).toEqual({ data: { rateLimit: { cost: 1, remaining: 4999 } } });

    github.limits.core.remaining = 0;
    github.limits.graphql.remaining = 0;
    const refused = await get(path);
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    const limited = await query(rate);
    expect(limited.status).toBe(200);
    expect(limited.json).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });

    clock.advance(3_600_000);
    expect((await get(path)).status).toBe(200);
    expect((await query(rate)).json).toMatchObject({ data: {} });
  });

  test('an unchanged answer is a free 304 for those who show a token', async () => {
    const { get, github } = setUp();
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect(github.limits.core.remaining).toBe(4999);
    const anonymous = { authorization: null };
    const other = await get(path, { ...anonymous, 'if-none-match': etag });
    expect(other.status).toBe(200);
    const again = { ...anonymous, 'if-none-match': other.headers.get('etag') };
    const free = await get(path, again);
    expect([free.status, free.headers.get('x-ratelimit-remaining')]).toEqual([304, '58']);
    github.push('hana/garden', 'main', 1);
    expect((await get(`${path}/commits`, { 'if-none-match': etag })).status).toBe(200);
  });

  test('asking for the budget costs nothing', async () => {
    const { get } = setUp();
    const { json } = await get('/rate_limit');
    expect(json).toMatchObject({ resources: { core: { remaining: 5000, used: 0 } } });
    expect(json).not.toHaveProperty('rate');
    const older = await get('/rate_limit', { 'x-github-api-version': '2022-11-28' });
    expect(older.json).toHaveProperty('rate.remaining', 5000);
  });
});

describe('the secondary limit', () => {
  test('meets the calls it is ordered for, with or without retry-after', async () => {
    const { get, query, github } = setUp();
    github.slowDown({ times: 2, status: 429, retryAfterSeconds: 7 });
    const rest = await get(path);
    expect([rest.status, rest.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await query(rate)).status).toBe(429);
    github.slowDown({ status: 200, retryAfterSeconds: null });
    const told = await query(rate);
    expect([told.status, told.headers.get('retry-after')]).toEqual([200, null]);
    expect(told.json).toMatchObject({
      errors: [{ message: expect.stringMatching(/secondary rate limit/) }],
    });
    expect((await query(rate)).json).toHaveProperty('data');
  });

  test('comes by itself to who asks too much in a minute', async () => {
    const { get, github, clock } = setUp();
    github.limits.perMinute.rest = 3;
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await get(path)).status);
    expect(statuses).toEqual([200, 200, 200, 403]);
    clock.advance(60_000);
    expect((await get(path)).status).toBe(200);
  });
});

test('calls and points are counted', async () => {
  const { get, query, github } = setUp();
  await get(path);
  await query(rate);
  await query(rate);
  expect(github.calls).toEqual({ rest: 1, graphql: 2, points: 2 });
});
