import { describe, expect, test } from 'vitest';
import {
  htmlCells,
  isJsonPath,
  isSelector,
  jsonCells,
} from '../../../../src/features/menu/source/jsonCells.ts';

async function cells(html: string, selector = 'td'): Promise<readonly string[]> {
  const found = await htmlCells(html, selector);
  return found.ok ? found.value : [found.detail];
}

describe('the cells of an HTML page', () => {
  test.each<[string, string, string[]]>([
    ['are the texts of the elements, in order', '<td>밥</td><td>국</td>', ['밥', '국']],
    ['have their entities decoded', '<td>밥 &amp; 국&nbsp;&#44608;</td>', ['밥 & 국 김']],
    ['hold the text of nested elements', '<td>밥<b>과 <i>국</i></b>!</td>', ['밥과 국!']],
    ['break lines where a browser does', '<td>밥<br>국<p>면</p></td>', ['밥\n국\n면']],
    ['may be empty', '<td></td><td> &nbsp; </td>', ['', '']],
    ['end where the next begins without an end tag', '<tr><td>밥<td>국</tr>', ['밥', '국']],
    [
      'do not hold what lies in a cell within',
      '<td>밥<table><td>국</td></table>면</td>',
      ['밥면', '국'],
    ],
    ['are none on a page without them', '<p>밥</p>', []],
  ])('%s', async (_what, html, texts) => {
    expect(await cells(`<table>${html}</table>`)).toEqual(texts);
  });

  test('are found whole in a page that comes in small pieces', async () => {
    const long = '가나다라 '.repeat(20_000);
    expect(await cells(`<table><td>${long}&amp;</td></table>`)).toEqual([`${long}&`]);
  });

  test('may be elements that cannot hold text', async () => {
    expect(await cells('<img alt="밥"><img>', 'img')).toEqual(['', '']);
  });
});

test.each<[string, boolean]>([
  ['td', true],
  ['table.ctable01:nth-of-type(2) > tbody td', true],
  ['#menu [data-day="1"] .dish', true],
  ['td, th', false],
  ['td[', false],
  ['td >', false],
  ['td:has(b)', false],
  ['', false],
])('the selector %s is taken: %s', (selector, isTaken) => {
  expect(isSelector(selector)).toBe(isTaken);
});

const week = JSON.stringify({
  week: { days: [{ lunch: '밥' }, { lunch: null }, {}, { lunch: ['국', '면'] }, { lunch: 3 }] },
  list: [['밥', '국'], ['면']],
});

describe('the cells of a JSON page', () => {
  test.each<[string, string, string[]]>([
    ['each of a list', 'week.days[*].lunch', ['밥', '', '', '국\n면', '3']],
    ['one of a list', 'week.days[3].lunch', ['국\n면']],
    ['a list of texts as one cell', 'list[0]', ['밥\n국']],
    ['lists in a list', 'list[*]', ['밥\n국', '면']],
    ['each in each of a list', 'list[*][*]', ['밥', '국', '면']],
    ['nothing where nothing is', 'week.hours[*].lunch', []],
    ['nothing in a list that is none', 'week[*]', []],
    ['nothing that every object has', 'week.constructor', []],
  ])('are %s: %s', (_what, path, texts) => {
    expect(jsonCells(week, path)).toEqual({ ok: true, value: texts });
  });

  test('cannot be had from what is no JSON', () => {
    expect(jsonCells('<html>', 'week')).toMatchObject({ ok: false });
  });
});

test.each<[string, boolean]>([
  ['menus', true],
  ['data.menus[0].오늘[*]', true],
  ['[*]', true],
  ['', false],
  ['a..b', false],
  ['a[b]', false],
  ['a b', false],
  ['a.b.c.d.e.f.g.h.i.j.k.l.m', false],
])('the path %s is taken: %s', (path, isTaken) => {
  expect(isJsonPath(path)).toBe(isTaken);
});
