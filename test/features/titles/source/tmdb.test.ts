import { describe, expect, test } from 'vitest';
import { TMDB_ATTRIBUTION } from '../../../../src/features/titles/api/discover.ts';
import { createTmdbSource } from '../../../../src/features/titles/source/tmdb.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/time.ts';
import type { PageMemory } from '../../../../src/lib/web/polite.ts';
import type { Answering } from '../../../lib/web/fakeNetwork.ts';
import { fakeNetwork } from '../../../lib/web/fakeNetwork.ts';

const API_URL = 'https://tmdb.example/3';
const TOKEN = 'not-a-real-token';
/** Sunday 22 November 2026, 12:30 in Seoul. */
const NOON = Date.UTC(2026, 10, 22, 3, 30);
const TODAY = '2026-11-22';

const SERIES = { id: 1, name: '새 연속극', first_air_date: '2026-11-27', poster_path: '/a1.jpg' };
const FILM = { id: 1, title: '새 영화', release_date: '2026-12-01', poster_path: null };

function pageOf(results: readonly unknown[], totalPages = 1, page = 1) {
  return { page, results, total_pages: totalPages, total_results: results.length * totalPages };
}

const NOTHING = { page: 1, results: [], total_pages: 1, total_results: 0 };

/** Answers discover/tv and discover/movie; a body that is no Response is sent as JSON. */
function answering(tv: unknown, movie: unknown = NOTHING): Answering {
  return ({ url }) => {
    const answer = new URL(url).pathname.endsWith('/tv') ? tv : movie;
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  };
}

function visiting(answer: Answering, memory: PageMemory = {}, token = TOKEN) {
  const network = fakeNetwork(answer, NOON);
  const source = createTmdbSource({ apiUrl: API_URL, token });
  const { runtime } = network;
  const visit = () =>
    source.visit({ runtime, contact: '', timeZone: 'Asia/Seoul', day: TODAY, memory });
  return { ...network, visit };
}

async function outcomeOf(tv: unknown, movie: unknown = NOTHING) {
  return (await visiting(answering(tv, movie)).visit()).outcome;
}

describe('titles from TMDB', () => {
  test('are series and films of the next three weeks, named apart though their ids are equal', async () => {
    expect(await outcomeOf(pageOf([SERIES]), pageOf([FILM]))).toEqual({
      kind: 'items',
      items: [
        {
          source: 'tmdb',
          sourceId: 'tv:1',
          title: '새 연속극',
          kind: 'series',
          startsOn: '2026-11-27',
          posterUrl: 'https://image.tmdb.org/t/p/w500/a1.jpg',
          posterShape: 'portrait',
          pageUrl: 'https://www.themoviedb.org/tv/1',
          raw: SERIES,
        },
        {
          source: 'tmdb',
          sourceId: 'movie:1',
          title: '새 영화',
          kind: 'film',
          startsOn: '2026-12-01',
          posterShape: 'unknown',
          pageUrl: 'https://www.themoviedb.org/movie/1',
          raw: FILM,
        },
      ],
    });
  });

  test('are asked for in Korean, for Netflix, by their days, with the token as bearer', async () => {
    const site = visiting(answering(pageOf([SERIES])));
    await site.visit();

    const asked = site.requests.map(({ url }) => new URL(url));
    expect(asked.map(({ pathname }) => pathname)).toEqual(['/3/discover/tv', '/3/discover/movie']);
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      language: 'ko-KR',
      include_adult: 'false',
      page: '1',
      with_networks: '213',
      'first_air_date.gte': '2026-11-20',
      'first_air_date.lte': '2026-12-13',
      sort_by: 'first_air_date.asc',
    });
    expect(Object.fromEntries(asked[1]?.searchParams ?? [])).toEqual({
      language: 'ko-KR',
      include_adult: 'false',
      page: '1',
      with_watch_providers: '8',
      watch_region: 'KR',
      region: 'KR',
      'primary_release_date.gte': '2026-11-20',
      'primary_release_date.lte': '2026-12-13',
      sort_by: 'primary_release_date.asc',
    });
    expect(site.requests[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  });

  test('are read from two pages and no more', async () => {
    const site = visiting(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page'));
      return Response.json(
        url.includes('/tv') ? pageOf([{ ...SERIES, id: page }], 9, page) : NOTHING,
      );
    });
    const { outcome } = await site.visit();

    expect(outcome.kind === 'items' && outcome.items.map(({ sourceId }) => sourceId)).toEqual([
      'tv:1',
      'tv:2',
    ]);
    expect(site.requests).toHaveLength(3);
  });

  test('that are on both pages are one', async () => {
    const outcome = await outcomeOf(pageOf([SERIES], 2));

    expect(outcome.kind === 'items' && outcome.items).toHaveLength(1);
  });

  test('outside the days asked for are left out', async () => {
    const rows = ['2026-11-19', '2026-11-20', '2026-11-22', '2026-12-13', '2026-12-14'];
    const outcome = await outcomeOf(
      pageOf(rows.map((day, index) => ({ ...SERIES, id: index + 1, first_air_date: day }))),
    );

    expect(outcome.kind === 'items' && outcome.items.map(({ startsOn }) => startsOn)).toEqual(
      rows.slice(1, -1),
    );
  });

  test.each([null, undefined, '', 'a1.jpg', '//evil.example/a.jpg', '/../a.jpg', '/a?b'])(
    'with the poster path %j have no poster',
    async (poster_path) => {
      const outcome = await outcomeOf(pageOf([{ ...SERIES, poster_path }]));

      expect(outcome.kind === 'items' && outcome.items[0]?.posterUrl).toBe(undefined);
      expect(outcome).toMatchObject({ kind: 'items', items: [{ posterShape: 'unknown' }] });
    },
  );

  test('are the films alone when there are no series, and nothing when there are neither', async () => {
    expect(await outcomeOf(NOTHING, pageOf([FILM]))).toMatchObject({
      items: [{ sourceId: 'movie:1' }],
    });
    expect(await outcomeOf(NOTHING, NOTHING)).toEqual({ kind: 'empty' });
  });

  test('are the series alone when the films fail, and the owner is told', async () => {
    expect(await outcomeOf(pageOf([SERIES]), new Response(null, { status: 500 }))).toMatchObject({
      kind: 'items',
      items: [{ sourceId: 'tv:1' }],
      detail: 'no films: TMDB answers 500',
    });
  });

  test('are not said to be none when the films could not be asked for', async () => {
    expect(await outcomeOf(NOTHING, new Response(null, { status: 500 }))).toMatchObject({
      kind: 'unavailable',
    });
  });

  test('come with the words TMDB asks for', () => {
    expect(TMDB_ATTRIBUTION.en).toContain(
      'This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB.',
    );
    expect(TMDB_ATTRIBUTION.ko).toContain('TMDB');
  });
});

describe('a failure of TMDB', () => {
  test.each([
    ['status 400', new Response(null, { status: 400 })],
    ['status 302', new Response(null, { status: 302, headers: { location: '/login' } })],
    ['HTML', new Response('<html></html>')],
    ['nothing', new Response('')],
    ['an error in JSON', { success: false, status_code: 34 }],
    ['results that are no list', { ...pageOf([]), results: {} }],
    ['no results but a total', { ...pageOf([]), total_results: 5 }],
    ['a total below zero', { ...pageOf([SERIES]), total_results: -1 }],
    ['names renamed', pageOf([{ ...SERIES, name: undefined, titel: 'x' }])],
    ['names that are error texts', pageOf([{ ...SERIES, name: 'undefined' }])],
    ['days renamed', pageOf([{ ...SERIES, first_air_date: undefined }])],
    ['days that are none', pageOf([{ ...SERIES, first_air_date: '2026-11-31' }])],
    ['no day', pageOf([{ ...SERIES, first_air_date: '' }])],
    ['ids as strings', pageOf([{ ...SERIES, id: '1' }])],
    ['days of last year', pageOf([{ ...SERIES, first_air_date: '2025-11-27' }])],
    ['half the rows unreadable', pageOf([SERIES, { ...SERIES, id: 0 }])],
    ['over a megabyte', new Response('x'.repeat(1_000_001))],
  ])('with %s is broken', async (_, answer) => {
    expect((await outcomeOf(answer)).kind).toBe('broken');
  });

  test('with status 401 is about the token', async () => {
    const { outcome } = await visiting(answering(new Response(null, { status: 401 }))).visit();

    expect(outcome).toEqual({ kind: 'auth', detail: 'TMDB refuses the token' });
  });

  test.each(['', '  ', '키가 아님', 'a\nb'])(
    'for the token %j comes before any call',
    async (token) => {
      const site = visiting(answering(pageOf([SERIES])), {}, token);

      expect((await site.visit()).outcome.kind).toBe('auth');
      expect(site.requests).toHaveLength(0);
    },
  );

  test('with status 429 is waited for as long as TMDB says', async () => {
    const tooMany = new Response(null, { status: 429, headers: { 'retry-after': '3600' } });
    const { outcome, memory } = await visiting(answering(tooMany)).visit();

    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: HOUR_MS });
    expect(memory).toEqual({ failures: 1, notBefore: NOON + HOUR_MS });
  });

  test('is not asked again before the wait is over', async () => {
    const site = visiting(answering(pageOf([SERIES])), { failures: 1, notBefore: NOON + 5 });

    expect((await site.visit()).outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: 5 });
    expect(site.requests).toHaveLength(0);
  });

  test.each([
    ['status 500', () => new Response(null, { status: 500 })],
    ['status 503', () => new Response(null, { status: 503 })],
    ['a broken line', () => Promise.reject(new Error('reset'))],
  ])('with %s is unavailable for a minute', async (_, answer) => {
    const { outcome, memory } = await visiting(answer).visit();

    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: MINUTE_MS });
    expect(memory).toEqual({ failures: 1, notBefore: NOON + MINUTE_MS });
  });

  test('once over is forgotten', async () => {
    const memory = { failures: 2, notBefore: NOON - 1 };

    expect((await visiting(answering(pageOf([SERIES])), memory).visit()).memory).toEqual({});
  });

  test.each(['not an address', 'https://a:b@tmdb.example/3', 'ftp://tmdb.example'])(
    'by the address %s is broken without a call',
    async (apiUrl) => {
      const { runtime, requests } = fakeNetwork(answering(pageOf([SERIES])), NOON);
      const source = createTmdbSource({ apiUrl, token: TOKEN });
      const { outcome } = await source.visit({
        runtime,
        contact: '',
        timeZone: 'Asia/Seoul',
        day: TODAY,
        memory: {},
      });

      expect(outcome.kind).toBe('broken');
      expect(requests).toHaveLength(0);
    },
  );
});
