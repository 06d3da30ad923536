import { describe, expect, test } from 'vitest';
import { chooseProductions, reasonFor } from '../../../src/features/stage/job.ts';
import { isIn, regionOf } from '../../../src/features/stage/settings.ts';
import { mergeRows } from '../../../src/features/stage/store.ts';

const TODAY = '2026-12-02';

describe('why a production is told', () => {
  test.each([
    ['2026-12-02', '2026-12-30', 'new'],
    ['2026-11-30', '2026-12-30', 'new'],
    ['2026-11-29', '2026-12-30', 'on'],
    ['2026-11-01', '2026-12-05', 'ending'],
    ['2026-11-01', '2026-12-06', 'on'],
    ['2026-11-01', '2026-12-02', 'ending'],
    ['2026-11-01', '2026-12-01', null],
    ['2026-12-03', '2026-12-30', 'soon'],
    ['2026-12-17', '2026-12-30', null],
    ['2020-01-01', null, 'on'],
    ['2026-12-01', null, 'new'],
  ])('from %s to %s: %s', (from, to, reason) => {
    expect(reasonFor({ from, to }, TODAY)).toBe(reason);
  });
});

test('what just opened comes first, then what ends soon, and no more than fit', () => {
  const chosen = chooseProductions(
    [
      { from: '2026-12-10', to: '2026-12-30' },
      { from: '2026-12-04', to: '2026-12-30' },
      { from: '2026-10-01', to: '2027-01-30' },
      { from: '2026-11-01', to: '2026-12-04' },
      { from: '2026-12-01', to: '2026-12-30' },
    ],
    TODAY,
    4,
  );
  expect(chosen.map(({ from }) => from)).toEqual([
    '2026-12-01',
    '2026-11-01',
    '2026-12-04',
    '2026-12-10',
  ]);
});

describe('several rows of one production', () => {
  const row = {
    id: 'PF1',
    name: '달의 정원',
    venue: '광림아트센터',
    from: '2026-12-01',
    to: '2026-12-20',
    genre: 'musical' as const,
    area: '',
    posterUrl: null,
  };

  test('are one, from the first day to the last', () => {
    const other = { ...row, id: 'PF2', name: '달의  정원!', from: '2026-12-21', to: '2027-01-10' };
    const [merged, ...more] = mergeRows([row, { ...other, area: '서울특별시', posterUrl: 'x' }]);
    expect(more).toEqual([]);
    expect(merged).toMatchObject({
      name: '달의 정원',
      from: '2026-12-01',
      to: '2027-01-10',
      area: '서울특별시',
      posterUrl: 'x',
    });
  });

  test('are two at two venues', () => {
    expect(mergeRows([row, { ...row, venue: '드림씨어터' }])).toHaveLength(2);
  });

  test('have no last day when one is an open run', () => {
    expect(mergeRows([row, { ...row, to: null }])[0]?.to).toBeNull();
  });
});

describe('a region', () => {
  test.each(['서울', '서울특별시', 'Seoul', ' 11 ', 'seoul'])('%s is Seoul', (text) => {
    expect(regionOf(text)?.en).toBe('Seoul');
  });

  test.each(['', '서울대공원', '평양', '99', '서'])('%j is none', (text) => {
    expect(regionOf(text)).toBeNull();
  });

  test('holds the rows of its area, old and new names alike', () => {
    const jeonbuk = regionOf('전북');
    expect(jeonbuk && isIn(jeonbuk, '전라북도')).toBe(true);
    expect(jeonbuk && isIn(jeonbuk, '전북특별자치도')).toBe(true);
    expect(jeonbuk && isIn(jeonbuk, '전라남도')).toBe(false);
  });
});
