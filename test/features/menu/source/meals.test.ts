import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dishesOf, dishesOfNeis } from '../../../../src/features/menu/source/meals.ts';

const names = (text: string) => dishesOfNeis(text).map(({ name }) => name);

describe('a dish of NEIS', () => {
  test.each<[string, string, string, number[]]>([
    ['with allergens in brackets', '한우갈비탕 (1.16)', '한우갈비탕', [1, 16]],
    ['with brackets right behind it', '시금치나물(5.6)', '시금치나물', [5, 6]],
    ['with a dot at the end', '배추김치(9.)', '배추김치', [9]],
    ['with bare numbers', '깍두기1.9.13.', '깍두기', [1, 9, 13]],
    ['with bare numbers and no last dot', '카레라이스 2.5.6.13', '카레라이스', [2, 5, 6, 13]],
    ['with a note', '두부구이(산고) (5.6.13)', '두부구이(산고)', [5, 6, 13]],
    ['with a note behind the numbers', '떡국5.6.(개별)', '떡국 (개별)', [5, 6]],
    ['with numbers in any order, twice', '파이 (6.1.6)', '파이', [1, 6]],
    ['without numbers', '현미밥', '현미밥', []],
    ['with a number of its own', '비타500', '비타500', []],
    ['with circled numbers', '잡채밥①②⑤', '잡채밥', [1, 2, 5]],
    ['with an amount that is no list of allergens', '우유(200)', '우유(200)', []],
    ['with a fraction', '사과(1/2)', '사과(1/2)', []],
    ['with an empty bracket', '김치()', '김치()', []],
    ['with an entity', '치킨너겟 &amp; 소스 (1.2)', '치킨너겟 & 소스', [1, 2]],
    ['with numeric entities', '&#44608;&#xCE58;', '김치', []],
    ['with an entity nobody knows', '밥&foo;', '밥&foo;', []],
    ['with markup', '<b>비빔밥</b> (5.6)', '비빔밥', [5, 6]],
    ['with a star in front', '*쌀밥', '쌀밥', []],
  ])('%s: %s', (_what, text, name, allergens) => {
    expect(dishesOfNeis(`${text}<br/>`)).toEqual([{ name, allergens }]);
  });

  test('stands between line breaks, however they are written', () => {
    expect(names('쇠고기 미역국<br/>쌀밥<BR>김치<br />&lt;br/&gt;우유')).toEqual([
      '쇠고기 미역국',
      '쌀밥',
      '김치',
      '우유',
    ]);
  });

  test('ends with its numbers in a row that has lost its line breaks', () => {
    expect(dishesOfNeis('모닝빵.딸기쨈(소마) (1.2.5.6.13) 배추김치 (9)')).toEqual([
      { name: '모닝빵.딸기쨈(소마)', allergens: [1, 2, 5, 6, 13] },
      { name: '배추김치', allergens: [9] },
    ]);
  });

  test.each([
    ['소고기 미역국 (5.16)', ['소고기 미역국']],
    ['크림 스파게티 (1.2.5.6)', ['크림 스파게티']],
    ['재량 휴업일', ['재량 휴업일']],
    ['쌀밥\n미역국 (5.6)\n깍두기 (9)', ['쌀밥', '미역국', '깍두기']],
    ['깍두기*<br/>달걀북어국.<br/>김치-', ['깍두기', '달걀북어국', '김치']],
    ['■쌀밥<br/>★미역국@(5.6)<br/>나물#<br/>국~', ['쌀밥', '미역국', '나물', '국']],
    ['잡채밥①②⑤<br/>사과1/4쪽', ['잡채밥', '사과1/4쪽']],
  ])('%j is read as %j', (text, wanted) => {
    expect(names(text)).toEqual(wanted);
  });

  test('that is nothing but marks is left out', () => {
    expect(names('<br/> <br/>-<br/>(5.6)<br/>쌀밥<br/>')).toEqual(['쌀밥']);
  });

  test('keeps its name whatever allergens it has, and every number once and in order', () => {
    const name = fc.stringMatching(/^[가-힣]{1,8}(?:\([가-힣]{2}\))?$/);
    const allergens = fc.uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1 });
    fc.assert(
      fc.property(name, allergens, fc.constantFrom(' ', ''), (dish, numbers, gap) => {
        const written = `${dish}${gap}(${numbers.join('.')})`;
        const sorted = numbers.toSorted((one, other) => one - other);
        expect(dishesOfNeis(`${written}<br/>`)).toEqual([{ name: dish, allergens: sorted }]);
      }),
    );
  });

  test('never throws and never has an empty name, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('line', 'comma'),
        (text, split) => {
          for (const { name } of [...dishesOfNeis(text), ...dishesOf(text, split)]) {
            expect(name).toMatch(/[\p{L}\p{N}]/u);
          }
        },
      ),
    );
  });
});

test('dishes between commas may have commas in brackets', () => {
  expect(dishesOf('쌀밥, 국(쇠고기,무), 김치\n우유', 'comma').map(({ name }) => name)).toEqual([
    '쌀밥',
    '국(쇠고기,무)',
    '김치',
    '우유',
  ]);
});

test('an endless list of dishes ends at forty', () => {
  expect(dishesOf('밥 '.repeat(500), 'whitespace')).toHaveLength(40);
});
