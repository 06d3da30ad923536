import { describe, expect, test } from 'vitest';
import {
  type MenuMemory,
  type MenuOutcome,
  menuOf,
} from '../../../../src/features/menu/source/meals.ts';
import { createPageMenu, type MenuPage } from '../../../../src/features/menu/source/page.ts';
import { DAY_MS } from '../../../../src/lib/time.ts';
import { type Answering, fakeNetwork, withoutRobots } from '../../../lib/web/fakeNetwork.ts';
import { createCanteen } from '../../../sandbox/canteen.ts';

/** Wednesday 2026-11-25, noon in Seoul. */
const WEDNESDAY = Date.UTC(2026, 10, 25, 3);

const page: MenuPage = {
  url: 'https://canteen.example/menu',
  find: { kind: 'css', selector: 'table.ctable01:nth-of-type(2) td' },
  first: { breakfast: 0, lunch: 7, dinner: 14 },
  dayStep: 1,
  days: 7,
  split: 'line',
  place: '생활관',
};

const oneCell = {
  find: { kind: 'css', selector: 'td' },
  first: { breakfast: null, lunch: 0, dinner: null },
  days: 1,
} as const;

function reader(answer: Answering, over: Partial<MenuPage> = {}) {
  const network = fakeNetwork(answer, WEDNESDAY);
  let memory: MenuMemory = {};
  const read = async (day = '2026-11-25'): Promise<MenuOutcome> => {
    const source = createPageMenu({ page: { ...page, ...over }, trustedHosts: [] });
    const { runtime } = network;
    const visit = await source.visit({ runtime, contact: '', timeZone: 'Asia/Seoul', day, memory });
    memory = visit.memory;
    return menuOf(visit.outcome);
  };
  return { ...network, read };
}

function canteen(over: Partial<MenuPage> = {}) {
  const { sandbox, handle } = createCanteen();
  return { sandbox, ...reader(handle, over) };
}

const dishes = (outcome: MenuOutcome, meal: string) =>
  outcome.kind === 'meals'
    ? outcome.meals.find((one) => one.meal === meal)?.dishes.map(({ name }) => name)
    : outcome.kind;

describe('the page of a week', () => {
  test("tells a day's three meals, without markup and entities", async () => {
    const outcome = await canteen().read();
    expect(outcome).toMatchObject({ place: '생활관', link: 'https://canteen.example/menu' });
    expect(dishes(outcome, 'breakfast')).toEqual(['쌀밥', '콩나물국', '닭갈비', '배추김치']);
    expect(dishes(outcome, 'lunch')).toEqual(['비빔밥', '약고추장 & 참기름', '계란국 깍두기']);
    expect(dishes(outcome, 'dinner')).toEqual(['쌀밥', '북엇국', '잡채', '배추김치']);
  });

  test('tells no breakfast on a day whose cell is empty, and the other meals all the same', async () => {
    const outcome = await canteen().read('2026-11-28');
    expect(dishes(outcome, 'breakfast')).toBeUndefined();
    expect(dishes(outcome, 'lunch')).toContain('쌀밥');
  });

  test.each(['2026-11-22', '2026-11-30', '2027-11-24'])(
    'knows nothing of a day of another week: %s',
    async (day) => {
      expect(await canteen().read(day)).toEqual({ kind: 'none' });
    },
  );

  test('with empty cells has no meals, and is not broken', async () => {
    const { sandbox, read } = canteen();
    sandbox.layout = 'empty';
    expect(await read()).toEqual({ kind: 'none' });
  });

  test.each(['등록된 식단이 없습니다.', '휴무', '미운영', '-'])(
    'that says %s has no such meal',
    async (words) => {
      const { sandbox, read } = canteen({ split: 'whitespace' });
      sandbox.cells.fill(words);
      expect(await read()).toEqual({ kind: 'none' });
    },
  );

  test('that has changed is broken, never empty', async () => {
    const { sandbox, read } = canteen();
    sandbox.layout = 'changed';
    expect(await read()).toMatchObject({ kind: 'broken' });
  });

  test('with fewer cells than described is broken', async () => {
    const { sandbox, read } = canteen();
    sandbox.cells.pop();
    expect(await read()).toMatchObject({
      kind: 'broken',
      detail: '20 cells where 21 are described',
    });
  });

  test('that is not in UTF-8 is broken, and garbled dishes are not told', async () => {
    const { read } = reader(
      withoutRobots(() => new Response(new Uint8Array([60, 116, 100, 62, 0xb9, 0xe4]))),
      oneCell,
    );
    expect(await read()).toEqual({ kind: 'broken', detail: 'the page is not in UTF-8' });
  });

  test.each(['euc-kr', 'EUC-KR', '"ks_c_5601-1987"'])(
    'whose header names the charset %s is read in it',
    async (charset) => {
      const headers = { 'content-type': `text/html; charset=${charset}` };
      const { read } = reader(
        withoutRobots(
          () => new Response(new Uint8Array([60, 116, 100, 62, 0xb9, 0xe4]), { headers }),
        ),
        oneCell,
      );
      expect(dishes(await read(), 'lunch')).toEqual(['밥']);
    },
  );

  test.each([
    ['its meta', '<!doctype html><html><head><meta charset="euc-kr">', 'text/html'],
    [
      'its older meta',
      '<HTML><META http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">',
      'text/html',
    ],
    ['a name of Windows', '<meta charset=cp949>', 'text/html'],
    ['a name of Java in its header', '', 'text/html;charset=MS949'],
    [
      'its meta, not what its server adds to all',
      '<meta charset="euc-kr">',
      'text/html; charset=ISO-8859-1',
    ],
  ])('in EUC-KR, as %s says, is read in it', async (_where, head, type) => {
    const cell = [...new TextEncoder().encode(`${head}<td>`), 0xb9, 0xe4];
    const answer = () => new Response(new Uint8Array(cell), { headers: { 'content-type': type } });
    const { read } = reader(withoutRobots(answer), oneCell);
    expect(dishes(await read(), 'lunch')).toEqual(['밥']);
  });

  test('in UTF-8, as its header says, is read in it whatever else it says', async () => {
    const { read } = reader(
      withoutRobots(
        () =>
          new Response('<meta charset="euc-kr"><td>밥', {
            headers: { 'content-type': 'text/html; charset=utf-8' },
          }),
      ),
      oneCell,
    );
    expect(dishes(await read(), 'lunch')).toEqual(['밥']);
  });

  test('that robots.txt closes to robots is not read', async () => {
    const { sandbox, read, paths } = canteen();
    sandbox.robots = 'User-agent: *\nDisallow: /';
    expect(await read()).toMatchObject({ kind: 'blocked' });
    expect(paths()).toEqual(['/robots.txt']);
  });

  test('with breaks in its cells can be split at any white space', async () => {
    const outcome = await canteen({ split: 'whitespace' }).read();
    expect(dishes(outcome, 'lunch')).toEqual(['비빔밥', '약고추장', '참기름', '계란국', '깍두기']);
  });

  test('whose rows are days is read as described', async () => {
    const rows = ['월', '화', '수', '목', '금'].map(
      (day) => `<td>${day}점심</td><td>${day}저녁</td>`,
    );
    const { read } = reader(
      withoutRobots(() => new Response(rows.join(''))),
      {
        find: { kind: 'css', selector: 'td' },
        first: { breakfast: null, lunch: 0, dinner: 1 },
        dayStep: 2,
        days: 5,
      },
    );
    expect(dishes(await read('2026-11-27'), 'dinner')).toEqual(['금저녁']);
    expect(await read('2026-11-28')).toEqual({ kind: 'none' });
  });
});

describe('a page that has not changed', () => {
  const unchanged: Answering = withoutRobots((request) =>
    request.headers.has('if-none-match')
      ? new Response(null, { status: 304 })
      : new Response('<td>월</td><td>화</td><td>수</td><td>목</td><td>금</td>', {
          headers: { etag: '"week"' },
        }),
  );

  test('is not sent again, and what it said is read for the day asked about', async () => {
    const { read, requests } = reader(unchanged, {
      find: { kind: 'css', selector: 'td' },
      first: { breakfast: null, lunch: 0, dinner: null },
      days: 5,
    });
    expect(dishes(await read('2026-11-25'), 'lunch')).toEqual(['수']);
    expect(dishes(await read('2026-11-26'), 'lunch')).toEqual(['목']);
    expect(requests.at(-1)?.headers.get('if-none-match')).toBe('"week"');
  });

  test('and was broken is read in full again', async () => {
    const { read, requests } = reader(unchanged);
    expect(await read()).toMatchObject({ kind: 'broken' });
    expect(await read()).toMatchObject({ kind: 'broken' });
    expect(requests.at(-1)?.headers.has('if-none-match')).toBe(false);
  });
});

test('a page of today tells today only', async () => {
  const { read, clock } = reader(
    withoutRobots(() => new Response('{"lunch":["밥","국"]}')),
    {
      find: { kind: 'json', path: 'lunch' },
      first: { breakfast: null, lunch: 0, dinner: null },
      days: 1,
    },
  );
  expect(dishes(await read('2026-11-25'), 'lunch')).toEqual(['밥', '국']);
  expect(await read('2026-11-26')).toEqual({ kind: 'none' });
  clock.now += DAY_MS;
  expect(await read('2026-11-26')).toMatchObject({ kind: 'meals', link: null });
});

test.each(['http://169.254.169.254/latest/', 'https://localhost/', 'https://canteen.example:22/'])(
  'a page at %s is never asked for',
  async (url) => {
    const { read, requests } = reader(() => new Response('<td>secret</td>'), { url });
    expect(await read()).toMatchObject({ kind: 'blocked' });
    expect(requests).toEqual([]);
  },
);
