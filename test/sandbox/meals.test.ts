import { describe, expect, test } from 'vitest';
import { createCanteen } from './canteen.ts';
import { createClock } from './clock.ts';
import { createNeis } from './neis.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
const startAt = Date.UTC(2026, 10, 22, 3);
const school = 'ATPT_OFCDC_SC_CODE=B10&SD_SCHUL_CODE=7010113';

function neis() {
  const clock = createClock(startAt, false);
  const { sandbox, handle } = createNeis(clock);
  const ask = async (path: string): Promise<unknown> =>
    await (await handle(new Request(`https://open.neis.go.kr/hub/${path}`))).json();
  const meals = async (query: string) => await ask(`mealServiceDietInfo?Type=json&${query}`);
  return { clock, sandbox, handle, ask, meals };
}

const done = { RESULT: { CODE: 'INFO-000', MESSAGE: '정상 처리되었습니다.' } };
const rowsOfWeek = (count: number) => ({
  mealServiceDietInfo: [
    { head: [{ list_total_count: 15 }, done] },
    { row: Array.from({ length: count }, () => expect.anything()) },
  ],
});
const failed = (CODE: string) => ({ RESULT: { CODE, MESSAGE: expect.any(String) } });

describe('NEIS', () => {
  test('a school day has three meals under the root of the fixture', async () => {
    expect(await neis().meals(`${school}&MLSV_YMD=20261123`)).toEqual({
      mealServiceDietInfo: [
        { head: [{ list_total_count: 3 }, done] },
        {
          row: ['조식', '중식', '석식'].map((name, index) =>
            expect.objectContaining({
              MMEAL_SC_CODE: String(index + 1),
              MMEAL_SC_NM: name,
              MLSV_YMD: '20261123',
              SCHUL_NM: '소식고등학교',
              MLSV_FGR: 141,
              DDISH_NM: expect.stringContaining('<br/>'),
            }),
          ),
        },
      ],
    });
  });

  test('the school still cooks when two months have passed', async () => {
    expect(await neis().meals(`${school}&MLSV_YMD=20270122`)).toHaveProperty('mealServiceDietInfo');
  });

  test('one meal is told alone', async () => {
    expect(await neis().meals(`${school}&MLSV_YMD=20261123&MMEAL_SC_CODE=2`)).toMatchObject({
      mealServiceDietInfo: [
        { head: [{ list_total_count: 1 }, done] },
        { row: [{ MMEAL_SC_NM: '중식' }] },
      ],
    });
  });

  test('without a key at most five rows come, the count is true all the same', async () => {
    const week = `${school}&MLSV_FROM_YMD=20261123&MLSV_TO_YMD=20261127&pSize=100`;
    const { meals, sandbox } = neis();
    expect(await meals(week)).toEqual(rowsOfWeek(5));
    expect(await meals(`${week}&KEY=${sandbox.key}`)).toEqual(rowsOfWeek(15));
  });

  test.each([
    ['INFO-200', 'a weekend', `${school}&MLSV_YMD=20261122`],
    ['INFO-200', 'an unknown school', 'ATPT_OFCDC_SC_CODE=B10&SD_SCHUL_CODE=1&MLSV_YMD=20261123'],
    ['ERROR-300', 'no school', 'ATPT_OFCDC_SC_CODE=B10&MLSV_YMD=20261123'],
    ['ERROR-290', 'a wrong key', `${school}&KEY=wrong&MLSV_YMD=20261123`],
    ['ERROR-336', 'more than 1,000 rows', `${school}&pSize=1001`],
  ])('%s is the answer to %s', async (code, _, query) => {
    expect(await neis().meals(query)).toEqual(failed(code));
  });

  test('a day has its number of calls, the next day has it again', async () => {
    const { clock, sandbox, meals } = neis();
    sandbox.callsPerDay = 1;
    const query = `${school}&MLSV_YMD=20261123`;
    expect(await meals(query)).toHaveProperty('mealServiceDietInfo');
    expect(await meals(query)).toEqual(failed('ERROR-337'));
    clock.advance(12 * 3_600_000);
    expect(await meals(query)).toHaveProperty('mealServiceDietInfo');
  });

  test('it can be told to fail, and to cook something else', async () => {
    const { sandbox, meals } = neis();
    sandbox.failure = 'ERROR-500';
    expect(await meals(`${school}&MLSV_YMD=20261123`)).toEqual(failed('ERROR-500'));
    sandbox.failure = null;
    sandbox.setMeals('2026-11-22', { lunch: '잔치국수 (6)' });
    expect(await meals(`${school}&MLSV_YMD=20261122`)).toMatchObject({
      mealServiceDietInfo: [{}, { row: [{ MMEAL_SC_CODE: '2', DDISH_NM: '잔치국수 (6)' }] }],
    });
    sandbox.setMeals('2026-11-23', {});
    expect(await meals(`${school}&MLSV_YMD=20261123`)).toEqual(failed('INFO-200'));
  });

  test('schools are found by a part of their name', async () => {
    const found = await neis().ask(`schoolInfo?Type=json&SCHUL_NM=${encodeURIComponent('소식')}`);
    expect(found).toMatchObject({
      schoolInfo: [{}, { row: [{ SD_SCHUL_CODE: '7010113' }, { SD_SCHUL_CODE: '7010991' }] }],
    });
  });

  test('who does not ask for JSON gets XML', async () => {
    const { handle } = neis();
    const response = await handle(
      new Request('https://open.neis.go.kr/hub/mealServiceDietInfo?KEY='),
    );
    expect(response.headers.get('content-type')).toMatch(/xml/);
  });
});

/** Cells of the second table of the seed's class, as HTML. */
const cellsOf = (html: string) => {
  const table = html.split('<table class="ctable01">')[2] ?? '';
  return [...table.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => cell);
};
const read = async (host: ReturnType<typeof createCanteen>) =>
  await (await host.handle(new Request(host.sandbox.url))).text();

describe('the canteen', () => {
  test('the second table of the seed’s class holds three meals of seven days', async () => {
    const host = createCanteen();
    const cells = cellsOf(await read(host));
    expect(cells).toHaveLength(21);
    expect(cells).toEqual(host.sandbox.cells);
    expect(cells.slice(5, 7)).toEqual(['', '']);
    expect(cells[9]).toContain('&amp;');
  });

  test('an empty week keeps its cells, a changed page has lost them', async () => {
    const host = createCanteen();
    host.sandbox.layout = 'empty';
    expect(cellsOf(await read(host))).toEqual(Array.from({ length: 21 }, () => ''));
    host.sandbox.layout = 'changed';
    const page = await read(host);
    expect(cellsOf(page)).toEqual([]);
    expect(page).toContain('쌀밥');
  });

  test('robots.txt allows the menu, until changed', async () => {
    const { sandbox, handle } = createCanteen();
    const robots = async () =>
      await (await handle(new Request('https://canteen.example/robots.txt'))).text();
    expect(await robots()).toBe('User-agent: *\nDisallow: /admin/\n');
    sandbox.robots = 'User-agent: *\nDisallow: /\n';
    expect(await robots()).toContain('Disallow: /\n');
  });
});
