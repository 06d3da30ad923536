import { describe, expect, test } from 'vitest';
import {
  fetchMeals,
  findSchools,
  type NeisRequest,
} from '../../../../src/features/menu/api/neis.ts';
import { type Answering, fakeNetwork } from '../../../lib/web/fakeNetwork.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createNeis } from '../../../sandbox/neis.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
const START = Date.UTC(2026, 10, 22, 3);
const MONDAY = '2026-11-23';

function asking(answer: Answering, over: Partial<NeisRequest> = {}) {
  const network = fakeNetwork(answer, START);
  const ask = () =>
    fetchMeals({
      runtime: network.runtime,
      apiUrl: 'https://open.neis.go.kr',
      key: null,
      office: 'B10',
      school: '7010113',
      day: MONDAY,
      ...over,
    });
  return { ...network, ask };
}

function school(over: Partial<NeisRequest> = {}) {
  const { sandbox, handle } = createNeis(createClock(START, false));
  return { sandbox, ...asking(handle, over) };
}

const saying = (body: unknown, init?: ResponseInit) =>
  asking(() => new Response(typeof body === 'string' ? body : JSON.stringify(body), init)).ask();
const row = (over: object = {}) => ({
  MMEAL_SC_CODE: '2',
  MLSV_YMD: '20261123',
  SCHUL_NM: '소식고등학교 ',
  DDISH_NM: '밥<br/>국',
  ...over,
});
const listing = (...rows: object[]) => ({
  mealServiceDietInfo: [
    { head: [{ list_total_count: rows.length }, { RESULT: { CODE: 'INFO-000', MESSAGE: '' } }] },
    { row: rows },
  ],
});

describe('a school day', () => {
  test('has three meals, asked for without a key', async () => {
    const { ask, requests } = school();
    const answer = await ask();
    expect(answer).toMatchObject({
      kind: 'meals',
      meals: [{ code: '1' }, { code: '2', school: '소식고등학교' }, { code: '3' }],
    });
    const { searchParams } = new URL(requests[0]?.url ?? '');
    expect(searchParams.has('KEY')).toBe(false);
    expect(searchParams.get('MLSV_YMD')).toBe('20261123');
  });

  test('of one meal has one', async () => {
    const { ask, sandbox } = school();
    sandbox.setMeals(MONDAY, { lunch: '밥<br/>국' });
    expect(await ask()).toEqual({
      kind: 'meals',
      meals: [{ code: '2', school: '소식고등학교', dishes: '밥<br/>국' }],
    });
  });

  test('is told by its own rows only; a row that cannot be read spoils no other', async () => {
    const others = [row({ MLSV_YMD: '20261124' }), row({ MMEAL_SC_CODE: '9' }), { MLSV_YMD: 1 }];
    expect(await saying(listing(...others, row({ MMEAL_SC_CODE: 3 })))).toEqual({
      kind: 'meals',
      meals: [{ code: '3', school: '소식고등학교', dishes: '밥<br/>국' }],
    });
  });
});

test('a weekend has no meals, which is no failure', async () => {
  expect(await school({ day: '2026-11-22' }).ask()).toEqual({ kind: 'none' });
});

describe('a refusal of NEIS', () => {
  test.each([
    ['ERROR-290', 'refused'],
    ['INFO-100', 'refused'],
    ['INFO-300', 'refused'],
    ['ERROR-337', 'unavailable'],
    ['ERROR-500', 'unavailable'],
    ['ERROR-600', 'unavailable'],
    ['ERROR-336', 'broken'],
  ] as const)('%s counts as %s', async (code, kind) => {
    const { ask, sandbox } = school();
    sandbox.failure = code;
    expect(await ask()).toMatchObject({ kind, detail: expect.stringContaining(code) });
  });

  test('of a key that is wrong never tells the key', async () => {
    const answer = await school({ key: 'fake-neis-key' }).ask();
    expect(answer.kind).toBe('refused');
    expect(JSON.stringify(answer)).not.toContain('fake-neis-key');
  });
});

test.each<[string, unknown, ResponseInit | undefined, string]>([
  ['HTML with status 200', '<html>', undefined, 'broken'],
  ['a list without rows', listing(), undefined, 'broken'],
  ['rows of another form', listing({ menu: 'x' }), undefined, 'broken'],
  [
    'a code in the head',
    { mealServiceDietInfo: [{ head: [{ RESULT: { CODE: 'INFO-200' } }] }] },
    undefined,
    'none',
  ],
  ['not found', '', { status: 404 }, 'broken'],
  ['a failure of the server', '', { status: 503 }, 'unavailable'],
  ['more than we read', 'x'.repeat(600_000), undefined, 'broken'],
])('%s is no meal and no silence: %s', async (_what, body, init, kind) => {
  expect(await saying(body, init)).toMatchObject({ kind });
});

test('a wait that NEIS states is passed on', async () => {
  const init = { status: 429, headers: { 'retry-after': '120' } };
  expect(await saying('', init)).toMatchObject({ kind: 'unavailable', retryAfterMs: 120_000 });
});

test('a network that fails counts as unavailable', async () => {
  const { ask } = asking(() => {
    throw new TypeError('fetch failed');
  });
  expect(await ask()).toMatchObject({ kind: 'unavailable' });
});

const search = (body: unknown, status = 200) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { runtime } = fakeNetwork(() => new Response(text, { status }), START);
  return findSchools({ runtime, apiUrl: 'https://open.neis.go.kr', key: 'k', name: '한빛' });
};
const code = (CODE: string) => ({ RESULT: { CODE, MESSAGE: '' } });
const inHead = (CODE: string) => ({
  schoolInfo: [{ head: [{ list_total_count: 0 }, code(CODE)] }, { row: [] }],
});

describe('a search for schools', () => {
  test.each([
    ['no school', code('INFO-200'), 'schools'],
    ['no school, said in the head', inHead('INFO-200'), 'schools'],
    ['a key that is wrong', code('ERROR-290'), 'refused'],
    ['a key that is restricted, said in the head', inHead('INFO-300'), 'refused'],
    ['a day that is used up, said in the head', inHead('ERROR-337'), 'failed'],
    ['a page', '<html>점검 중</html>', 'failed'],
    ['half an answer', '{"schoolInfo":[{"head":', 'failed'],
    ['another form', { schools: [] }, 'failed'],
  ])('that meets %s says so', async (_what, body, kind) => {
    expect((await search(body)).kind).toBe(kind);
  });

  test('that meets an error of the server says so', async () => {
    expect((await search('', 503)).kind).toBe('failed');
  });
});
