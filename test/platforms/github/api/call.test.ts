import { describe, expect, test } from 'vitest';
import { createGitHubClient } from '../../../../src/platforms/github/api/client.ts';
import { recorder } from '../../../recorder.ts';
import { API_URL, json, NOW_MS, network, TOKEN } from './network.ts';

const named = { full_name: 'o/r' };
const malformedToken = async () => ({ ok: true, value: 'fake token\n' }) as const;
const SECONDS = NOW_MS / 1000;

const moved = (location: string, status = 301) =>
  network(({ url }) =>
    url.endsWith('/repositories/7')
      ? json({ message: 'Moved Permanently' }, status, { location })
      : json(named),
  );

describe('every call', () => {
  test('carries the headers GitHub insists on', async () => {
    const { client, sent } = network(() => json(named));
    expect(await client.fullNameOf(7)).toMatchObject({ ok: true });
    expect(sent).toMatchObject([
      {
        method: 'GET',
        url: `${API_URL}/repositories/7`,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${TOKEN}`,
          'user-agent': expect.stringMatching(/^soshik\/\S+ \(\+owner@example\.com\)$/),
          'x-github-api-version': '2026-03-10',
        },
      },
    ]);
  });

  test('of GraphQL does too, without the version that only REST has', async () => {
    const { client, sent } = network(() => json({ data: { repository: null } }));
    await client.branchNames('o', 'r');
    expect(sent[0]).toMatchObject({ method: 'POST', url: `${API_URL}/graphql` });
    expect(sent[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'user-agent': expect.stringContaining('soshik/'),
    });
    expect(sent[0]?.headers).not.toHaveProperty('x-github-api-version');
  });

  test('is not made without a token, or with one that no header can hold', async () => {
    const { runtime, sent } = recorder(() => json(named));
    const refusal = { ok: false, reason: 'unavailable', status: 503, detail: 'x' } as const;
    const options = { runtime, apiUrl: API_URL, contact: '' };
    const without = createGitHubClient({ ...options, token: async () => refusal });
    expect(await without.fullNameOf(7)).toEqual(refusal);
    const malformed = createGitHubClient({ ...options, token: malformedToken });
    expect(await malformed.branchNames('o', 'r')).toMatchObject({ reason: 'unauthorized' });
    expect(sent).toEqual([]);
  });
});

describe('a refusal', () => {
  const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(SECONDS + 90) };
  test.each([
    [401, 'Bad credentials', {}, 'unauthorized', undefined],
    [403, 'API rate limit exceeded for user ID 1.', reset, 'rate-limited', 90_000],
    [403, 'whatever', { ...reset, 'retry-after': '7' }, 'rate-limited', 7_000],
    [403, 'You have exceeded a secondary rate limit.', {}, 'rate-limited', 60_000],
    [
      403,
      'Secondary rate limit',
      { ...reset, 'x-ratelimit-remaining': '9' },
      'rate-limited',
      60_000,
    ],
    [403, 'whatever', { 'retry-after': '7' }, 'rate-limited', 7_000],
    [429, 'whatever', {}, 'rate-limited', 60_000],
    [429, 'whatever', { ...reset, 'x-ratelimit-reset': '1' }, 'rate-limited', 1_000],
    [429, 'whatever', { 'retry-after': '999999999' }, 'rate-limited', 3_600_000],
    [403, 'Repository access blocked', reset, 'blocked', undefined],
    [403, 'Resource not accessible by integration', {}, 'forbidden', undefined],
    [404, 'Not Found', {}, 'not-found', undefined],
    [409, 'Git Repository is empty.', {}, 'empty', undefined],
    [422, 'No commit found for SHA: 1', {}, 'not-found', undefined],
    [422, 'Validation Failed', {}, 'invalid', undefined],
    [400, 'Unsupported version', {}, 'invalid', undefined],
    [451, 'Repository unavailable due to DMCA takedown.', {}, 'blocked', undefined],
    [500, 'Server Error', {}, 'unavailable', undefined],
    [502, 'Server Error', {}, 'unavailable', undefined],
    [503, 'Service unavailable', { 'retry-after': '30' }, 'unavailable', 30_000],
  ])('%i "%s" %o means %s', async (status, message, headers, reason, retryAfterMs) => {
    const { client } = network(() => json({ message }, status, headers));
    expect(await client.fullNameOf(7)).toEqual({
      ok: false,
      reason,
      status,
      detail: message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  });

  test('that is no JSON is read by its status, its words cut short', async () => {
    const { client } = network(() => new Response('x'.repeat(1000), { status: 502 }));
    const detail = 'x'.repeat(300);
    expect(await client.fullNameOf(7)).toMatchObject({ reason: 'unavailable', detail });
  });

  test.each([
    ['a success of another shape', () => json({ name: 'r' }), 'invalid'],
    ['a success that is no JSON', () => new Response('<html>'), 'invalid'],
    ['a connection that breaks', () => Promise.reject(new TypeError('broken')), 'unavailable'],
    ['an answer without end', () => new Response('x'.repeat(8_000_001)), 'too-heavy'],
  ])('is also %s', async (_name, respond, reason) => {
    const { client } = network(respond);
    expect(await client.fullNameOf(7)).toMatchObject({ ok: false, reason });
  });
});

describe('a renamed repository', () => {
  test.each([
    [301, `${API_URL}/repositories/1`],
    [302, `${API_URL}/repositories/1`],
    [307, `${API_URL}/repositories/1`],
    [301, '/repositories/1'],
    [301, 'https://api.github.com/repositories/1'],
  ])('is found where %i to %s leads', async (status, location) => {
    const { client, sent } = moved(location, status);
    expect(await client.fullNameOf(7)).toMatchObject({ ok: true });
    expect(sent.map(({ url }) => url)).toEqual([
      `${API_URL}/repositories/7`,
      `${API_URL}/repositories/1`,
    ]);
  });

  test.each([
    'https://evil.example/repositories/1',
    `${API_URL}.evil.example/repositories/1`,
    'http://api.github.example/repositories/1',
    'not an address',
    '',
  ])('never sends the token to %s', async (location) => {
    const { client, sent } = moved(location);
    const told = await client.fullNameOf(7);
    expect(told.ok && location !== '').toBe(location === 'not an address');
    expect(sent.every(({ url }) => url.startsWith(`${API_URL}/`))).toBe(true);
  });

  test('that leads in a circle is given up after two steps', async () => {
    const { client, sent } = network(() =>
      json({ message: 'Moved' }, 301, { location: `${API_URL}/repositories/1` }),
    );
    expect(await client.fullNameOf(7)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toHaveLength(3);
  });
});
