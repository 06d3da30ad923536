import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeItems } from '../../../src/features/titles/collect.ts';
import type { Item, ItemChange, StoredItem } from '../../../src/features/titles/store/items.ts';
import { addDays } from '../../../src/lib/time.ts';

const TODAY = '2026-11-28';
const NO_COUNTS = { fresh: 0, changed: 0, moved: 0 };

function item(change: Partial<Item> = {}): Item {
  const startsOn = change.startsOn ?? '2026-12-04';
  return {
    source: 'netflix',
    sourceId: '81000001',
    title: '달 & 파도',
    kind: 'series',
    startsAt: Date.parse(`${startsOn}T07:00:00Z`),
    startsOn,
    posterUrl: 'https://occ-0.1.nflxso.net/81000001.jpg',
    posterShape: 'unknown',
    pageUrl: 'https://www.netflix.com/title/81000001',
    raw: { videoID: 81000001 },
    ...change,
  };
}

/** What the store holds after a change was written. */
function storedAs({ raw: _raw, ...change }: ItemChange, id: number): StoredItem {
  return { ...change, id, announcedAt: null, ownTitle: null, skippedAt: null };
}

function stored(change: Partial<Item> = {}, more: Partial<StoredItem> = {}): StoredItem {
  const [written] = mergeItems([], [item(change)], TODAY, true).changes;
  if (!written) throw new Error('a title that nobody knows is written');
  return { ...storedAs(written, 1), ...more };
}

describe('a title that the source lists', () => {
  test('is written anew when nobody knows it', () => {
    const merged = mergeItems([], [item()], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: null, revision: 1, titleKey: '달파도' }]);
    expect(merged.counts).toEqual({ fresh: 1, changed: 0, moved: 0 });
  });

  test('is not written when all is as known', () => {
    expect(mergeItems([stored()], [item()], TODAY, true)).toEqual({
      changes: [],
      withdrawn: [],
      counts: NO_COUNTS,
    });
  });

  test('is not written when only its raw row differs', () => {
    expect(mergeItems([stored()], [item({ raw: { genre: 2 } })], TODAY, true).changes).toEqual([]);
  });

  test.each([
    ['title', { title: '달과 파도' }],
    ['second title', { subtitle: '시즌 2' }],
    ['kind', { kind: 'film' }],
    ['poster', { posterUrl: 'https://occ-0.1.nflxso.net/other.jpg' }],
  ] as const)('is changed when its %s is another', (_field, change) => {
    const merged = mergeItems([stored()], [item(change)], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: 1, revision: 1, ...change }]);
    expect(merged.counts).toEqual({ fresh: 0, changed: 1, moved: 0 });
  });

  test('keeps its row when its day moves, however far, before it has come', () => {
    const merged = mergeItems([stored()], [item({ startsOn: '2027-03-01' })], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: 1, revision: 1, startsOn: '2027-03-01' }]);
    expect(merged.counts).toEqual({ fresh: 0, changed: 1, moved: 1 });
  });

  test('is back when it had been taken off', () => {
    const merged = mergeItems([stored({}, { withdrawnAt: 5 })], [item()], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: 1, withdrawnAt: null }]);
  });

  test.each([
    [30, { id: 1, revision: 1 }],
    [31, { id: null, revision: 2 }],
  ])('%i days after a day that is over is the row %o', (days, expected) => {
    const past = stored({ startsOn: addDays(TODAY, -1) });
    const next = item({ startsOn: addDays(past.startsOn, days) });
    expect(mergeItems([past], [next], TODAY, true).changes).toMatchObject([expected]);
  });

  test('is compared with its newest season', () => {
    const seasons = [
      stored({ startsOn: '2026-01-10' }, { id: 1 }),
      stored({ startsOn: '2026-12-04' }, { id: 2, revision: 2 }),
    ];
    expect(mergeItems(seasons, [item()], TODAY, true).changes).toEqual([]);
  });
});

describe('a title whose season line changed, and with it its id', () => {
  const renamed = { sourceId: '81000001:시즌-2-파트-1', subtitle: '시즌 2 파트 1' };

  test('keeps its row when page and day are about the same', () => {
    const merged = mergeItems([stored()], [item(renamed)], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: 1, ...renamed }]);
    expect(merged.withdrawn).toEqual([]);
  });

  test('is a title of its own while the other is listed beside it', () => {
    const merged = mergeItems([stored()], [item(), item(renamed)], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: null, ...renamed }]);
  });

  test.each([
    ['the day is more than two weeks away', { startsOn: '2026-12-19' }],
    ['the page is another', { pageUrl: 'https://www.netflix.com/title/81000002' }],
  ])('is a title of its own when %s', (_why, change) => {
    const merged = mergeItems([stored()], [item({ ...renamed, ...change })], TODAY, true);
    expect(merged.changes).toMatchObject([{ id: null }]);
  });
});

describe('a title that the source no longer lists', () => {
  const last = item({ sourceId: '81000009', pageUrl: 'https://x.example', startsOn: '2026-12-20' });

  test('is withdrawn when it should be among those listed', () => {
    expect(mergeItems([stored()], [last], TODAY, true).withdrawn).toEqual([1]);
  });

  test.each([
    ['it comes on the last instant listed', { startsOn: '2026-12-20' }, {}],
    ['it comes after the last one listed', { startsOn: '2026-12-21' }, {}],
    ['its day is today', { startsOn: TODAY }, {}],
    ['it was announced', {}, { announcedAt: 5 }],
    ['it is withdrawn already', {}, { withdrawnAt: 5 }],
    ['only its day is known', {}, { startsAt: null }],
  ])('stays when %s', (_why, change, more) => {
    expect(mergeItems([stored(change, more)], [last], TODAY, true).withdrawn).toEqual([]);
  });

  test('stays when the source does not list everything', () => {
    expect(mergeItems([stored()], [last], TODAY, false).withdrawn).toEqual([]);
  });
});

test('what was merged once needs no second writing, whatever the titles', () => {
  const day = fc.integer({ min: -2, max: 120 }).map((days) => addDays(TODAY, days));
  const titles = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 9 }), page: fc.integer({ min: 1, max: 4 }), day }),
    { selector: (title) => title.id, maxLength: 9 },
  );
  fc.assert(
    fc.property(titles, (rows) => {
      const fetched = rows.map((row) =>
        item({
          sourceId: String(row.id),
          startsOn: row.day,
          pageUrl: `https://www.netflix.com/title/${row.page}`,
        }),
      );
      const first = mergeItems([], fetched, TODAY, true);
      const known = first.changes.map((change, index) => storedAs(change, index + 1));
      expect(mergeItems(known, fetched, TODAY, true)).toEqual({
        changes: [],
        withdrawn: [],
        counts: NO_COUNTS,
      });
    }),
  );
});
