import { array, assert, constantFrom, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FeedItem } from '../../../../src/features/feeds/source/items.ts';
import { marksOf, matchItems } from '../../../../src/features/feeds/source/items.ts';

const item: FeedItem = {
  guid: 'news-1',
  link: 'https://news.example/1',
  title: '벼룩시장 안내',
  dated: Date.UTC(2026, 10, 27),
};
const other: FeedItem = {
  guid: 'news-2',
  link: 'https://news.example/2',
  title: '도서관 개관',
  dated: Date.UTC(2026, 10, 28),
};

function match(items: readonly FeedItem[], known: readonly FeedItem[]) {
  return matchItems(
    items.map((one) => marksOf(one, null)),
    known.map((one, index) => ({ ...marksOf(one, null), id: index + 1 })),
  );
}

const changes = {
  guid: { guid: 'other-id' },
  link: { link: 'https://news.example/renamed' },
  title: { title: '벼룩시장, 날짜가 바뀌었어요' },
  dated: { dated: Date.UTC(2026, 10, 30) },
};
const pairs = Object.entries(changes).flatMap(([one, first]) =>
  Object.entries(changes).map(([two, second]) => [one, two, { ...first, ...second }] as const),
);

describe('an item', () => {
  test.each(pairs)('stays the same when its %s and %s change', (_one, _two, change) => {
    expect(match([{ ...item, ...change }], [other, item])).toEqual([2]);
  });

  test('is another one when more changes than that', () => {
    expect(match([other], [item])).toEqual([null]);
    expect(match([{ ...other, guid: item.guid }], [item])).toEqual([null]);
  });

  test('without id and date stays the same when its title or its link changes', () => {
    const bare = { ...item, guid: null, dated: null };
    expect(match([{ ...bare, title: '고친 제목' }], [bare])).toEqual([1]);
    expect(match([{ ...bare, link: 'https://news.example/9' }], [bare])).toEqual([1]);
  });

  test('is the same with and without encryption, www and a place in the page', () => {
    const bare = { ...item, guid: null, dated: null, title: 'x' };
    const moved = { ...bare, title: 'y', link: 'http://www.news.example/1/#more' };
    expect(match([moved], [bare])).toEqual([1]);
  });
});

const forecastMarks = (one: FeedItem) => marksOf(one, 'http://weather.example/mid-term.jsp');

test.each([
  ['link', { guid: null }],
  ['id', { link: null }],
  ['link and id', {}],
])('a forecast whose %s is the page of the site is another one each day', (_what, change) => {
  const site = 'https://weather.example/mid-term.jsp';
  const forecast = { guid: site, link: `${site}#today`, title: '27일 예보', dated: 27, ...change };
  const next = { ...forecast, title: '28일 예보', dated: 28 };
  expect(matchItems([forecastMarks(next)], [{ ...forecastMarks(forecast), id: 1 }])).toEqual([
    null,
  ]);
  expect(matchItems([forecastMarks(forecast)], [{ ...forecastMarks(forecast), id: 1 }])).toEqual([
    1,
  ]);
  // As it was remembered before, with the page of the site.
  expect(matchItems([forecastMarks(forecast)], [{ ...marksOf(forecast, null), id: 1 }])).toEqual([
    1,
  ]);
});

describe('several items', () => {
  test('that share one link are told apart by the rest', () => {
    const all = [1, 2, 3].map((number) => ({
      guid: null,
      link: 'https://news.example/',
      title: `예보 ${number}`,
      dated: null,
    }));
    expect(match(all, all.slice(0, 1))).toEqual([1, null, null]);
  });

  test('of one title on one day are as many as they are', () => {
    const twins = [1, 2].map((number) => ({
      ...item,
      guid: `${number}`,
      link: `https://a.example/${number}`,
    }));
    expect(match(twins, twins.slice(0, 1))).toEqual([1, null]);
  });

  test('are each matched to another known one, whatever they are', () => {
    const anyItem = record({
      guid: option(constantFrom('a', 'b', 'c')),
      link: option(constantFrom('https://x.example/1', 'https://x.example/2')),
      title: constantFrom('하나', '둘', '셋'),
      dated: option(constantFrom(1, 2, 3)),
    });
    assert(
      property(array(anyItem), array(anyItem), (items, known) => {
        const ids = match(items, known).filter((id) => id !== null);
        expect(new Set(ids).size).toBe(ids.length);
        // What is exactly known is never new, but for several alike.
        expect(match(known.slice(0, 1), known.slice(0, 1))).toEqual(known.slice(0, 1).map(() => 1));
      }),
    );
  });
});
