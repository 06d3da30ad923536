import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReleases } from '../../../../src/features/titles/api/netflixPage.ts';
import { dataOf, listOf, pageEnd, pageOf, pageStart, rowsFor, scriptJson } from './pages.ts';

const ROWS = rowsFor();
const ROW = { country: 'KR', startTime: 1_795_000_000_000, title1: '제목', videoID: 82_000_001 };

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function read(row: unknown) {
  return readReleases(pageOf(dataOf([row])));
}

describe('the data of a page', () => {
  test.each([
    ['attributes in another order', '<script type="application/json" id="__NEXT_DATA__">'],
    ['single quotes', "<script id='__NEXT_DATA__' type='application/json'>"],
    ['no quotes', '<script type=application/json id=__NEXT_DATA__>'],
    ['spaces and a line', '<script\n  type = "application/json"  id = "__NEXT_DATA__" >'],
    [
      'a nonce with an angle bracket',
      '<script nonce="a>b" id="__NEXT_DATA__" crossorigin type="application/json">',
    ],
  ])('is found behind a tag with %s', (_, tag) => {
    expect(readReleases(pageOf(dataOf(ROWS), tag))).toMatchObject({ kind: 'rows', skipped: 0 });
  });

  test.each([
    ['has another id', '<script id="__NEXT_DATA__2" type="application/json">'],
    ['has the id as something else', '<script data-id="__NEXT_DATA__" type="application/json">'],
    ['is no script', '<script-data id="__NEXT_DATA__" type="application/json">'],
  ])('is not in an element that %s', (_, tag) => {
    expect(readReleases(pageOf(dataOf(ROWS), tag))).toMatchObject({ kind: 'broken' });
  });

  test.each([
    ['nothing', '', 'no __NEXT_DATA__ script'],
    ['no script', '<html><body>Error</body></html>', 'no __NEXT_DATA__ script'],
    [
      'only a comment',
      `<!-- ${pageOf(dataOf(ROWS)).replaceAll('-->', '')}`,
      'no __NEXT_DATA__ script',
    ],
    ['half a tag', `${pageStart}<script id="__NEXT_DATA__`, 'a script tag is cut off'],
    ['no end of the script', `${pageStart}<script>var a = 1;`, 'a script is cut off'],
    [
      'no end of the data',
      `${pageStart}<script id="__NEXT_DATA__">{"props":{`,
      '__NEXT_DATA__ is cut off',
    ],
    [
      'no JSON',
      `${pageStart}<script id="__NEXT_DATA__">{"props":{</script>${pageEnd}`,
      '__NEXT_DATA__ is not JSON',
    ],
    [
      'two candidates',
      pageOf(dataOf(ROWS)) + pageOf(dataOf(rowsFor('KR', 3))),
      'two __NEXT_DATA__ scripts',
    ],
  ])('with %s is broken', (_, html, reason) => {
    expect(readReleases(html)).toEqual({ kind: 'broken', reason });
  });
});

describe('the rows of a page', () => {
  const reversed = ROWS.toReversed();

  test.each([
    ['today', { data: listOf(ROWS) }, 'props.pageProps.data.data'],
    ['in an older build', { data: { results: listOf(ROWS) } }, 'props.pageProps.data.results.data'],
    ['elsewhere', { initial: { list: { items: ROWS } } }, 'props.pageProps.initial.list.items'],
    [
      'behind other lists',
      { genres: [{ id: 1 }], menu: [{ videoID: 1 }], sections: [{ rows: ROWS }] },
      'props.pageProps.sections.0.rows',
    ],
    [
      'today, whatever else there is',
      { aside: reversed, data: { ...listOf(ROWS), results: listOf(reversed) } },
      'props.pageProps.data.data',
    ],
  ])('are found where they are %s, and it is told where', (_, pageProps, path) => {
    const page = readReleases(pageOf({ props: { pageProps } }));

    expect(page).toMatchObject({ kind: 'rows', skipped: 0, path });
    expect(page.kind === 'rows' && page.rows.map(({ raw }) => raw)).toEqual(ROWS);
  });

  test.each([
    ['a total of 0', { totalItems: 0, data: [] }, 'empty'],
    ['a total of 12', { totalItems: 12, data: [] }, 'broken'],
    ['no total', { data: [] }, 'broken'],
    ['a total of "0"', { totalItems: '0', data: [] }, 'broken'],
    ['a total of 0 in an older build', { results: { totalItems: 0, data: [] } }, 'empty'],
    ['a total of 0 but no list', { totalItems: 0 }, 'broken'],
    ['a total of 0 but no list but null', { totalItems: 0, data: null }, 'broken'],
  ])('that are none, with %s, make it %s: other lists do not count', (_, data, kind) => {
    expect(readReleases(pageOf({ props: { pageProps: { data } } })).kind).toBe(kind);
  });

  test('that are none are not made up from another list of the page', () => {
    const pageProps = { data: { totalItems: 0, data: [] }, lastMonth: ROWS };

    expect(readReleases(pageOf({ props: { pageProps } })).kind).toBe('empty');
  });

  test('too deep to be found in good time are not found', () => {
    let data: unknown = ROWS;
    for (let depth = 0; depth < 12; depth += 1) data = { data };

    expect(readReleases(pageOf(data)).kind).toBe('broken');
  });

  test('are looked for in no more than some thousand places', () => {
    const filler = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [index, {}]));

    expect(readReleases(pageOf({ ...filler, rows: ROWS })).kind).toBe('broken');
  });
});

describe('a row', () => {
  test('keeps what it says and the row as it came', () => {
    const row = { ...ROW, title2: '시즌 2', collection: 2170013, image: 'https://a.example/b' };

    expect(read({ ...row, other: [1] })).toMatchObject({
      rows: [{ ...row, raw: { ...row, other: [1] } }],
      skipped: 0,
    });
  });

  test.each([
    [82_000_001, 82_000_001],
    ['82000001', 82_000_001],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [String(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
  ])('with the id %j has the id %i', (videoID, expected) => {
    expect(read({ ...ROW, videoID })).toMatchObject({ rows: [{ videoID: expected }] });
  });

  test.each([
    ['videoID', 0],
    ['videoID', -1],
    ['videoID', 1.5],
    ['videoID', 2 ** 53],
    ['videoID', '9007199254740993'],
    ['videoID', '0x10'],
    ['videoID', ' 1'],
    ['videoID', '1e3'],
    ['videoID', ''],
    ['videoID', null],
    ['title1', ''],
    ['title1', ' \n\u3000'],
    ['title1', null],
    ['title1', 7],
    ['title2', 7],
    ['startTime', '1795000000000'],
    ['startTime', 1.5],
    ['startTime', -1],
    ['startTime', 1e300],
    ['startTime', null],
    ['country', null],
    ['country', ['KR']],
  ])('whose %s is %j is skipped', (field, value) => {
    const page = readReleases(pageOf(dataOf([ROW, { ...ROW, [field]: value }])));

    expect(page).toMatchObject({ rows: [{ raw: ROW }], skipped: 1 });
  });

  test.each([
    ['title2', null],
    ['collection', 'film'],
    ['collection', null],
    ['image', null],
    ['image', { url: 'https://a.example/b' }],
  ])('whose %s is %j is read all the same', (field, value) => {
    expect(read({ ...ROW, [field]: value })).toMatchObject({ rows: [{ videoID: ROW.videoID }] });
  });
});

describe('no bytes make the reader throw', () => {
  const good = new TextEncoder().encode(pageOf(dataOf(rowsFor('KR', 3))));

  test('whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(readReleases(decode(bytes)).kind).toBe('broken');
      }),
    );
  });

  test('a good page with a part overwritten', () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.uint8Array({ maxLength: 40 }), (at, patch) => {
        const bytes = new Uint8Array([
          ...good.subarray(0, at),
          ...patch,
          ...good.subarray(at + 20),
        ]);
        expect(['rows', 'broken']).toContain(readReleases(decode(bytes)).kind);
      }),
      { numRuns: 500 },
    );
  });

  test('any JSON in the script', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => {
        const html = `${pageStart}<script id="__NEXT_DATA__">${json.replaceAll('<', '')}</script>`;
        expect(readReleases(html).kind).toBe('broken');
      }),
    );
  });

  test('any values in the rows', () => {
    const row = fc.record(
      {
        videoID: fc.anything(),
        startTime: fc.anything(),
        title1: fc.anything(),
        country: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const json = safeJson(dataOf(rows));
        expect(() => readReleases(`<script id="__NEXT_DATA__">${json}</script>`)).not.toThrow();
      }),
    );
  });
});

function safeJson(value: unknown): string {
  try {
    return scriptJson(value);
  } catch {
    return '{}';
  }
}
