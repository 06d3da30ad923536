import { describe, expect, test } from 'vitest';
import { branchRow, homeRow, json, NOW_MS, network, noMark, repository } from './network.ts';

const resetAt = new Date(NOW_MS + 600_000).toISOString();
const ref = { ...branchRow('main', 'a1'), repository: homeRow() };
const head = { nodeId: 'REF_main', branch: 'main', head: 'a1', repository };
const question = { refs: ['REF_main', 'REF_gone'], repositories: [], patterns: [] };

/** What two heads come to when GitHub answers so. */
async function asked(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return await network(() => json(body, status, headers)).client.heads(question);
}

describe('an error that names its item', () => {
  test.each(['NOT_FOUND', 'FORBIDDEN'])('%s makes that one null, not the others', async (type) => {
    const errors = [{ type, path: ['refs', 1], message: 'Could not resolve' }];
    expect(await asked({ data: { refs: [ref, null] }, errors })).toEqual({
      ok: true,
      value: { heads: [head, null], marks: [], patterns: [], budget: null },
    });
  });

  test('of another kind leaves that one open, and not the others', async () => {
    const failure = 'Something went wrong while executing your query.';
    const errors = [{ path: ['refs', 1, 'repository'], message: failure }];
    const other = { ...ref, repository: homeRow({ isArchived: null }) };
    expect(await asked({ data: { refs: [ref, other] }, errors })).toMatchObject({
      value: { heads: [head, null] },
    });
    const named = { ...homeRow(), ref: null };
    const rows = { r0: named, r1: null, r2: { ...named, isPrivate: 7 } };
    const byName = [0, 1, 2].map((index) => ({ path: [`r${index}`], message: failure }));
    const { client } = network(() => json({ data: rows, errors: byName.slice(0, 2) }));
    const branches = ['a', 'b', 'c', 'd'].map((branch) => ({ repositoryId: 'R_1', branch }));
    expect(await client.headsByName(branches)).toEqual({
      ok: true,
      value: [null, null, null, null],
    });
    const asking = branches.map(({ branch }) => ({ key: branch, repositoryId: 'R_1', branch }));
    const logs = network(() => json({ data: { r0: null, r1: { ref: 7 } }, errors: byName }));
    const newsQuestion = { histories: asking, hasParents: false, releases: [] };
    const told = await logs.client.news(newsQuestion);
    expect(told.ok && told.value.histories).toEqual(new Map());
  });

  test('inside of a mark leaves that repository open: half of it says nothing', async () => {
    const errors = [{ path: ['repositories', 0, 'refs'], message: 'x' }];
    const repositories = [{ ...noMark, refs: null }];
    const { client } = network(() => json({ data: { repositories }, errors }));
    const asking = { refs: [], repositories: ['R_1'], patterns: [] };
    expect(await client.heads(asking)).toMatchObject({ value: { marks: [null] } });
  });

  test.each([
    ['NOT_FOUND', "Could not resolve to a Repository with the name 'o/r'.", 'not-found'],
    ['FORBIDDEN', 'Resource protected by organization SAML enforcement.', 'forbidden'],
    ['FORBIDDEN', 'Repository access blocked', 'blocked'],
    ['', 'Something strange', 'unavailable'],
  ])('%s "%s" about the only item is its reason: %s', async (type, message, reason) => {
    const errors = [{ type, path: ['repository'], message }];
    const { client } = network(() => json({ data: { repository: null }, errors }));
    expect(await client.lookUp({ owner: 'o', name: 'r', branch: null })).toMatchObject({ reason });
    expect(await client.branchNames('o', 'r')).toMatchObject({ reason, detail: message });
  });
});

const cutShort = { path: ['refs', 1], type: 'RESOURCE_LIMITS_EXCEEDED', message: 'x' };

describe('an answer that is no answer', () => {
  const wait = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_MS / 1000 + 120) };
  test.each([
    ['a limit by type', { errors: [{ type: 'RATE_LIMITED', message: 'x' }] }, wait, 120_000],
    ['its newer type', { errors: [{ type: 'RATE_LIMIT', message: 'x' }] }, wait, 120_000],
    [
      'a secondary limit by its words',
      { errors: [{ message: 'You have exceeded a secondary rate limit' }] },
      { 'retry-after': '45' },
      45_000,
    ],
    [
      'a limit whose end only the data tells',
      { data: { rateLimit: { resetAt } }, errors: [{ type: 'RATE_LIMITED' }] },
      {},
      600_000,
    ],
    ['a limit that tells nothing', { errors: [{ type: 'RATE_LIMITED' }] }, {}, 60_000],
    [
      'a limit at one item of many',
      { data: { refs: [ref, null] }, errors: [{ type: 'RATE_LIMITED', path: ['refs', 1] }] },
      {},
      60_000,
    ],
  ])('with status 200: %s', async (_name, body, headers, retryAfterMs) => {
    const told = await asked(body, 200, headers);
    expect(told).toMatchObject({ ok: false, reason: 'rate-limited', status: 200, retryAfterMs });
  });

  test.each([
    [502, { message: 'x' }, 'too-heavy'],
    [504, { message: 'x' }, 'too-heavy'],
    [503, { message: 'x' }, 'unavailable'],
    [500, { message: 'x' }, 'unavailable'],
    [401, { message: 'Bad credentials' }, 'unauthorized'],
    [403, { message: 'You have exceeded a secondary rate limit' }, 'rate-limited'],
    [200, { errors: [{ message: 'Resource limits for this query exceeded' }] }, 'too-heavy'],
    [200, { errors: [{ message: 'Timeout on validation of query' }] }, 'too-heavy'],
    [200, { errors: [{ message: 'Something went wrong while executing' }] }, 'too-heavy'],
    [200, { data: { refs: [ref, null] }, errors: [cutShort] }, 'too-heavy'],
    [200, { errors: [{ type: 'ARGUMENT_LIMIT', message: 'x' }] }, 'invalid'],
    [200, { errors: [{ message: "Field 'x' doesn't exist" }] }, 'invalid'],
    [200, { data: null }, 'invalid'],
    [200, { data: { refs: 7 } }, 'invalid'],
    [200, 'x', 'unavailable'],
  ])('%i %j is %s', async (status, body, reason) => {
    expect(await asked(body, status)).toMatchObject({
      ok: false,
      reason,
      status,
    });
  });

  test('for fewer than were asked about is not taken for one about the first of them', async () => {
    expect(await asked({ data: { refs: [ref] } })).toMatchObject({ reason: 'too-heavy' });
  });

  test('for one thing alone is never too heavy: there is nothing to halve', async () => {
    const { client } = network(() => json({ message: 'x' }, 502));
    expect(await client.branchNames('o', 'r')).toMatchObject({ reason: 'unavailable' });
  });

  test('is also silence', async () => {
    const { client } = network(() => Promise.reject(new TypeError('broken')));
    expect(await client.heads(question)).toMatchObject({ reason: 'unavailable', status: null });
  });
});

test('what is left of the budget is told with the heads', async () => {
  const rateLimit = { remaining: 4321, resetAt };
  const { client } = network(() => json({ data: { rateLimit, repositories: [noMark] } }));
  expect(await client.heads({ refs: [], repositories: ['R_1'], patterns: [] })).toEqual({
    ok: true,
    value: {
      heads: [],
      marks: [expect.stringMatching(/^[0-9a-z]{1,14}$/)],
      patterns: [],
      budget: { remaining: 4321, resetAt: NOW_MS + 600_000 },
    },
  });
});
