import { describe, expect, test } from 'vitest';
import {
  createNetflixSource,
  type NetflixMemory,
} from '../../../../src/features/titles/source/netflix.ts';
import { DAY_MS, dayOf, MINUTE_MS } from '../../../../src/lib/time.ts';
import type { Answering } from '../../../lib/web/fakeNetwork.ts';
import { fakeNetwork, withoutRobots } from '../../../lib/web/fakeNetwork.ts';
import type { Row } from '../api/pages.ts';
import {
  dataOf,
  listOf,
  NOW,
  pageEnd,
  pageOf,
  pageStart,
  rowsFor,
  scriptJson,
} from '../api/pages.ts';

const PAGE_URL = 'https://about.netflix.example/ko/new-to-watch';
const ROWS = rowsFor();
const TODAY = dayOf(NOW, 'Asia/Seoul');
const USUAL: NetflixMemory = { counts: [20, 20, 20, 20] };

function visiting(answer: Answering, memory: NetflixMemory = USUAL, pageUrl = PAGE_URL) {
  const network = fakeNetwork(withoutRobots(answer), NOW);
  const { runtime } = network;
  const source = createNetflixSource({ pageUrl });
  const visitWith = (kept = memory) =>
    source.visit({ runtime, contact: '', timeZone: 'Asia/Seoul', day: TODAY, memory: kept });
  return { ...network, visit: visitWith };
}

function visit(body: string | Uint8Array<ArrayBuffer>, memory: NetflixMemory = USUAL) {
  return visiting(() => new Response(body, { headers: { etag: '"page"' } }), memory).visit();
}

function visitRows(rows: readonly unknown[], memory: NetflixMemory = USUAL) {
  return visit(pageOf(dataOf(rows)), memory);
}

async function itemsFrom(rows: readonly unknown[], memory: NetflixMemory = USUAL) {
  const { outcome } = await visitRows(rows, memory);
  return outcome.kind === 'items' ? outcome.items : [];
}

async function oneOf(row: Row) {
  return (await itemsFrom([{ ...ROWS[0], title2: '', ...row }], {}))[0];
}

function renamed(from: string, to: string): Row[] {
  return ROWS.map(({ [from]: value, ...row }) => ({ ...row, [to]: value }));
}

function changed(change: (row: Row, index: number) => Row): Row[] {
  return ROWS.map((row, index) => ({ ...row, ...change(row, index) }));
}

const goodPage = pageOf(dataOf(ROWS));

describe('a good page', () => {
  test('gives its titles, each with its day in Seoul', async () => {
    const { outcome } = await visit(goodPage);

    expect(outcome).toMatchObject({ kind: 'items' });
    expect(outcome.kind === 'items' && outcome.items[1]).toEqual({
      source: 'netflix',
      sourceId: '81000001:시즌-2',
      title: '새 이야기 2',
      subtitle: '시즌 2',
      kind: 'series',
      startsAt: Date.UTC(2026, 10, 22, 8),
      startsOn: '2026-11-22',
      posterUrl: 'https://occ-0-1.1.nflximg.net/art/1.jpg',
      posterShape: 'unknown',
      pageUrl: 'https://www.netflix.com/title/81000001',
      raw: ROWS[1],
    });
    expect(outcome).not.toHaveProperty('detail');
  });

  test('is remembered by its version and its count', async () => {
    const { memory } = await visit(goodPage, { counts: [18, 19, 20, 21] });

    expect(memory).toEqual({
      etag: '"page"',
      robots: { text: '', fetchedAt: NOW },
      counts: [19, 20, 21, 20],
    });
  });

  test('that has not changed is not read again', async () => {
    const site = visiting(({ headers }) =>
      headers.get('if-none-match') === '"page"'
        ? new Response(null, { status: 304 })
        : new Response(goodPage, { headers: { etag: '"page"' } }),
    );
    const first = await site.visit();
    const second = await site.visit(first.memory);

    expect(second).toEqual({ outcome: { kind: 'not-modified' }, memory: first.memory });
  });

  test('that says there is nothing is empty, and leaves the usual count alone', async () => {
    const { outcome, memory } = await visitRows([]);

    expect(outcome).toEqual({ kind: 'empty' });
    expect(memory).toMatchObject({ etag: '"page"', ...USUAL });
  });

  test('a title at 15:00 UTC starts on the next day in Seoul', async () => {
    const rows = changed(() => ({ startTime: Date.UTC(2026, 10, 26, 15) }));

    expect((await itemsFrom(rows))[0]?.startsOn).toBe('2026-11-27');
  });

  test.each([
    [2694103, 'film'],
    [2170013, 'series'],
    [2173907, 'special'],
    [81500273, 'game'],
    [1, 'unknown'],
    [undefined, 'unknown'],
  ])('collection %s is of kind %s', async (collection, kind) => {
    expect((await itemsFrom(changed(() => ({ collection }))))[0]?.kind).toBe(kind);
  });

  test.each([
    ['https://occ.nflximg.net/a b.jpg', 'https://occ.nflximg.net/a%20b.jpg'],
    ['http://occ.nflximg.net/a.jpg', undefined],
    ['data:image/png;base64,x', undefined],
    ['/art/1.jpg', undefined],
    ['', undefined],
    [null, undefined],
  ])('the picture %j is %j', async (image, posterUrl) => {
    expect((await itemsFrom(changed(() => ({ image }))))[0]?.posterUrl).toBe(posterUrl);
  });

  test('of the local sandbox has its pictures beside it, without https', async () => {
    const image = 'http://127.0.0.1:8788/art/1.jpg';
    const body = pageOf(dataOf(changed(() => ({ image }))));
    const page = 'http://127.0.0.1:8788/netflix';
    const { outcome } = await visiting(() => new Response(body), USUAL, page).visit();

    expect(outcome.kind === 'items' && outcome.items[0]?.posterUrl).toBe(image);
  });
});

describe('titles', () => {
  test.each([
    ['  두  칸\u00a0\u3000띄어  ', '두 칸 띄어'],
    ['줄\r\n바꿈\t탭\u0000영', '줄 바꿈 탭 영'],
    ['한글'.normalize('NFD'), '한글'],
    ['\u202e거꾸로\u200b', '거꾸로'],
    ['틱, 틱... 붐!', '틱, 틱... 붐!'],
    ['빅토리아 & 압둘', '빅토리아 & 압둘'],
    ['하이큐!!: 끝과 시작 <3', '하이큐!!: 끝과 시작 <3'],
    ['Terror', 'Terror'],
    ['Trial & Error', 'Trial & Error'],
    ['👩‍👩‍👧 가족', '👩‍👩‍👧 가족'],
    ['가'.repeat(300), '가'.repeat(300)],
  ])('%j reads %j', async (title1, title) => {
    expect((await oneOf({ title1 }))?.title).toBe(title);
  });

  test.each([
    'Error',
    'TypeError: x is not a function',
    'Internal Server Error',
    'undefined',
    'null',
    'NaN',
    '[object Object]',
    '<b>제목</b>',
    '<script>alert(1)',
    'a<br/>b',
    '\u200b',
    '\ud800',
    '\ufffd\ufffd 제목',
    '가'.repeat(301),
  ])('%j is none: the row counts as unreadable', async (title1) => {
    const { outcome } = await visitRows([{ ...ROWS[0], title1 }], {});

    expect(outcome).toEqual({ kind: 'broken', detail: '1 of 1 rows unreadable' });
  });

  test.each([
    ['킹덤', '시즌 2', '1:시즌-2'],
    ['킹덤', ' 시즌  2 ', '1:시즌-2'],
    ['킹덤', 'Season 2: Ashin!', '1:season-2-ashin'],
    ['킹덤', '킹덤', '1'],
    ['킹덤', '킹덤!', '1'],
    ['Kingdom', 'KINGDOM', '1'],
    ['킹덤', '', '1'],
    ['킹덤', '  ', '1'],
    ['킹덤', null, '1'],
    ['킹덤', '★', '1'],
    ['킹덤', '가'.repeat(80), `1:${'가'.repeat(60)}`],
  ])('%j with %j is one title under the id %s', async (title1, title2, sourceId) => {
    const item = await oneOf({ videoID: 1, title1, title2 });

    expect(item?.sourceId).toBe(sourceId);
    expect(item?.subtitle === undefined).toBe(sourceId === '1');
  });

  test('of a season and of the next one are two titles, though the id is the same', async () => {
    const seasons = ['시즌 1', '시즌 2', '시즌 1'].map((title2) => ({
      ...ROWS[0],
      videoID: 7,
      title2,
    }));

    expect((await itemsFrom(seasons, {})).map(({ sourceId }) => sourceId)).toEqual([
      '7:시즌-1',
      '7:시즌-2',
    ]);
  });
});

describe('a changed page still gives the right titles', () => {
  const ids = ROWS.map(({ videoID }) => String(videoID));
  const tag = '<script type="application/json" crossorigin="anonymous" id="__NEXT_DATA__">';
  const movedPage = pageOf({ props: { pageProps: { releases: { upcoming: ROWS } } } });
  const olderPage = pageOf({ props: { pageProps: { data: { results: listOf(ROWS) } } } });

  test.each([
    ['ids as strings', pageOf(dataOf(changed(({ videoID }) => ({ videoID: String(videoID) }))))],
    ['the attributes in another order', pageOf(dataOf(ROWS), tag)],
    ['a byte order mark and CRLF', `\ufeff${goodPage.replaceAll('\n', '\r\n')}`],
    ['every row twice', pageOf(dataOf([...ROWS, ...ROWS]))],
    ['the list of an older build', olderPage],
    ['the list moved', movedPage],
    [
      'no collection and no picture',
      pageOf(dataOf(changed(() => ({ collection: null, image: 0 })))),
    ],
  ])('with %s', async (_, html) => {
    const { outcome } = await visit(html);

    expect(
      outcome.kind === 'items' && outcome.items.map((item) => item.sourceId.split(':')[0]),
    ).toEqual(ids);
  });

  test('with ten times the rows', async () => {
    const { outcome } = await visitRows(rowsFor('KR', 200));

    expect(outcome.kind === 'items' && outcome.items).toHaveLength(200);
  });

  test('with the list moved, and tells the owner where it was found', async () => {
    expect((await visit(movedPage)).outcome).toMatchObject({
      detail: 'rows found at props.pageProps.releases.upcoming',
    });
  });

  test('with one row of twenty unreadable, less that one', async () => {
    const { outcome } = await visitRows(
      changed((_, index) => (index === 3 ? { title1: null } : {})),
    );

    expect(outcome).toMatchObject({ kind: 'items', detail: '1 of 20 rows unreadable' });
    expect(outcome.kind === 'items' && outcome.items).toHaveLength(19);
  });

  test('with some rows for another country, less those', async () => {
    const rows = changed((_, index) => (index < 5 ? { country: 'JP' } : {}));
    const { outcome } = await visitRows(rows);

    expect(outcome).toMatchObject({ kind: 'items', detail: '5 of 20 rows not for KR' });
    expect(outcome.kind === 'items' && outcome.items).toHaveLength(15);
  });

  test('with some rows far off, less those: two days back and 120 ahead are the ends', async () => {
    const days = [-3, -2, 0, 120, 121];
    const rows = days.map((day, index) => ({ ...ROWS[index], startTime: NOW + day * DAY_MS }));
    const { outcome } = await visitRows(rows, {});

    expect(outcome.kind === 'items' && outcome.items.map(({ startsOn }) => startsOn)).toEqual([
      '2026-11-20',
      '2026-11-22',
      '2027-03-22',
    ]);
    expect(outcome).toMatchObject({ detail: '2 of 5 rows outside 2026-11-20 to 2027-03-22' });
  });
});

describe('a changed page is broken, never empty and never wrong', () => {
  const gzip = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xff]);
  const wall = '<html><body><form action="/login"><input name="email"/></form></body></html>';
  const errorPage = pageOf({ props: { pageProps: { statusCode: 500 } }, page: '/_error' });

  test.each([
    ['the marker gone', goodPage.replaceAll('__NEXT_DATA__', '__APP_DATA__')],
    ['videoID renamed', pageOf(dataOf(renamed('videoID', 'id')))],
    ['startTime renamed', pageOf(dataOf(renamed('startTime', 'startsAt')))],
    ['title1 renamed', pageOf(dataOf(renamed('title1', 'title')))],
    ['country renamed', pageOf(dataOf(renamed('country', 'region')))],
    ['the rows of another country', pageOf(dataOf(rowsFor('JP')))],
    ['half the rows of another country', pageOf(dataOf([...ROWS, ...rowsFor('JP')]))],
    [
      'no rows but a total',
      pageOf({ props: { pageProps: { data: { totalItems: 9, data: [] } } } }),
    ],
    ['no rows and no total', pageOf({ props: { pageProps: { data: { data: [] } } } })],
    ['a login wall', wall],
    ['a login wall by Next.js', pageOf({ props: { pageProps: { login: true } }, page: '/login' })],
    ['an error page with status 200', '<html><h1>Sorry, something went wrong</h1></html>'],
    ['an error page by Next.js', errorPage],
    ['the page cut off in the middle', goodPage.slice(0, goodPage.length / 2)],
    ['JSON garbage', `${pageStart}<script id="__NEXT_DATA__">{]}</script>${pageEnd}`],
    [
      'JSON cut off',
      `${pageStart}<script id="__NEXT_DATA__">${scriptJson(dataOf(ROWS)).slice(0, -9)}</script>`,
    ],
    ['no JSON but text', `${pageStart}<script id="__NEXT_DATA__">loading</script>${pageEnd}`],
    [
      'times as strings',
      pageOf(dataOf(changed((row) => ({ startTime: String(row['startTime']) })))),
    ],
    [
      'times in seconds',
      pageOf(dataOf(changed((row) => ({ startTime: Number(row['startTime']) / 1000 })))),
    ],
    [
      'times in microseconds',
      pageOf(dataOf(changed((row) => ({ startTime: Number(row['startTime']) * 1000 })))),
    ],
    ['all days in the past', pageOf(dataOf(changed(() => ({ startTime: NOW - 30 * DAY_MS }))))],
    ['titles that are null', pageOf(dataOf(changed(() => ({ title1: null }))))],
    ['titles that are "undefined"', pageOf(dataOf(changed(() => ({ title1: 'undefined' }))))],
    ['second titles that are "null"', pageOf(dataOf(changed(() => ({ title2: 'null' }))))],
    ['titles that are HTML', pageOf(dataOf(changed(() => ({ title1: '<span>제목</span>' }))))],
    ['half the rows unreadable', pageOf(dataOf(changed((_, i) => (i % 2 ? { videoID: 0 } : {}))))],
    [
      'two of twenty rows unreadable',
      pageOf(dataOf(changed((_, i) => (i < 2 ? { videoID: 0 } : {})))),
    ],
    ['rows that are not objects', pageOf(dataOf(ROWS.map(({ title1 }) => title1)))],
    ['the count down to 10%', pageOf(dataOf(ROWS.slice(0, 2)))],
    ['two data scripts', goodPage + pageOf(dataOf(rowsFor('KR', 40)))],
    ['gzip bytes', gzip],
    ['nothing', ''],
    ['3.5 MB', goodPage.padEnd(3_500_000)],
  ])('with %s', async (_, body) => {
    const { outcome, memory } = await visit(body, { ...USUAL, etag: '"good"' });

    expect(outcome.kind).toBe('broken');
    expect(memory).not.toHaveProperty('etag');
    expect(memory.counts).toHaveLength(4);
  });

  test('and is read in full the next time, though it has not changed since', async () => {
    const site = visiting(() => new Response('<html></html>', { headers: { etag: '"bad"' } }));
    const { memory } = await site.visit();
    const again = await site.visit(memory);

    expect(site.requests.map(({ headers }) => headers.has('if-none-match'))).not.toContain(true);
    expect(again.outcome.kind).toBe('broken');
  });

  test('with 6 titles where 20 are usual is good, with 5 broken', async () => {
    expect((await visitRows(ROWS.slice(0, 6))).outcome.kind).toBe('items');
    expect((await visitRows(ROWS.slice(0, 5))).outcome).toEqual({
      kind: 'broken',
      detail: '5 titles where 20 are usual',
    });
  });

  test('by its count only until the smaller count has become the usual one', async () => {
    const site = visiting(() => new Response(pageOf(dataOf(ROWS.slice(0, 5)))));
    const kinds: string[] = [];
    let memory = USUAL;
    for (let day = 0; day < 3; day += 1) {
      const { outcome, memory: next } = await site.visit(memory);
      kinds.push(outcome.kind);
      memory = next;
    }

    expect(kinds).toEqual(['broken', 'broken', 'items']);
  });
});

describe('a page that cannot be read', () => {
  test('is unavailable and waited for, and the usual count is kept', async () => {
    const site = visiting(() => new Response(null, { status: 503 }));
    const { outcome, memory } = await site.visit();

    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: MINUTE_MS });
    expect(memory).toMatchObject({ ...USUAL, failures: 1, notBefore: NOW + MINUTE_MS });
  });

  test('since robots.txt forbids it is blocked', async () => {
    const { runtime } = fakeNetwork(() => new Response('User-agent: *\nDisallow: /'), NOW);
    const { outcome } = await createNetflixSource({ pageUrl: PAGE_URL }).visit({
      runtime,
      contact: '',
      timeZone: 'Asia/Seoul',
      day: TODAY,
      memory: {},
    });

    expect(outcome.kind).toBe('blocked');
  });

  test.each([
    [403, 'blocked'],
    [404, 'broken'],
  ])('for status %i is %s', async (status, kind) => {
    expect((await visiting(() => new Response(null, { status })).visit()).outcome.kind).toBe(kind);
  });
});
