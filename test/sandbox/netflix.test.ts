import { describe, expect, test } from 'vitest';
import type { NetflixLayout } from './netflix-page.ts';
import { freshRows, nextSaturday } from './netflix-rows.ts';
import { createWorld, type World } from './world.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const saturday = Date.UTC(2026, 10, 28);
const dayMs = 86_400_000;
const pageUrl = 'https://about.netflix.com/ko/new-to-watch';

const read = async (world: World, headers: Record<string, string> = {}) =>
  await world.fetch(new Request(pageUrl, { headers }));

/** The JSON as a browser would find it: up to the first closing tag. */
function nextData(page: string): unknown {
  const script = /<script id="__NEXT_DATA__" type="application\/json">(.*?)<\/script>/s;
  return JSON.parse(script.exec(page)?.[1] ?? 'null');
}

describe('Netflix rows', () => {
  const rows = freshRows(startAt);
  const titles = rows.map((row) => row.title1);

  test.each([
    ['2026-11-22T09:00:00Z', '2026-11-28'],
    ['2026-11-27T23:59:59Z', '2026-11-28'],
    ['2026-11-28T00:00:00Z', '2026-12-05'],
  ])('the Saturday after %s is %s', (after, day) => {
    expect(new Date(nextSaturday(Date.parse(after))).toISOString().slice(0, 10)).toBe(day);
  });

  test('all start within 13 days of the next Saturday, in Korea, each under its own id', () => {
    expect(rows.length).toBeGreaterThanOrEqual(14);
    expect(rows.every((row) => row.country === 'KR')).toBe(true);
    expect(rows.every(({ startTime }) => startTime >= saturday)).toBe(true);
    expect(rows.every(({ startTime }) => startTime <= saturday + 13 * dayMs)).toBe(true);
    expect(new Set(rows.map((row) => row.videoID)).size).toBe(rows.length);
  });

  test('exactly two start on another day in Korea than in UTC', () => {
    const late = rows.filter(({ startTime }) => new Date(startTime).getUTCHours() >= 15);
    expect(late).toHaveLength(2);
  });

  test.each([
    ['double quotes', /".+"/],
    ['an ampersand', / & /],
    ['an emoji', /\p{Extended_Pictographic}/u],
    ['a heart of two characters', /<3/],
    ['a name on X', /@\w+/],
    ['a hashtag', /^#/],
    ['a bare Korean domain', /사랑\.com/],
    ['a bare domain', /love\.is/],
  ])('one title has %s', (_, pattern) => {
    expect(titles.filter((title) => pattern.test(title))).toHaveLength(1);
  });

  test('one title has exactly 120 characters, one is a second season, one is a game', () => {
    expect(titles.filter((title) => title.length === 120)).toHaveLength(1);
    expect(rows.filter((row) => row.title2?.includes('2'))).toHaveLength(1);
    expect(rows.filter((row) => row.collection === 81500273)).toHaveLength(1);
  });
});

describe('the Netflix page', () => {
  test('it weighs about 700 KB and holds the first 20 rows by start', async () => {
    const world = createWorld({ startAt });
    const more = world.netflix.rows.slice(0, 10);
    for (const row of more) {
      world.netflix.rows.push({
        ...row,
        videoID: row.videoID + 1,
        startTime: row.startTime - dayMs,
      });
    }
    const bytes = await (await read(world)).arrayBuffer();
    expect(bytes.byteLength).toBeGreaterThan(650_000);
    expect(bytes.byteLength).toBeLessThan(750_000);
    const expected = world.netflix.rows
      .toSorted((one, other) => one.startTime - other.startTime)
      .slice(0, 20);
    expect(nextData(new TextDecoder().decode(bytes))).toMatchObject({
      props: {
        pageProps: { data: { totalItems: 26, totalPages: 2, perPage: 20, data: expected } },
      },
    });
  });

  test('no title can end the script element', () => {
    const world = createWorld({ startAt });
    const page = world.netflix.page();
    const json = page.slice(page.indexOf('type="application/json">') + 24);
    expect(json.slice(0, json.indexOf('</script>'))).not.toMatch(/[<>&]/);
    expect(page).toContain('\\u003c3');
  });

  const where: [NetflixLayout, string][] = [
    ['results', 'props.pageProps.data.results.data'],
    ['moved', 'props.pageProps.sections[1].content.releases.data'],
  ];
  test.each(where)('layout %s has the rows at %s', async (layout, path) => {
    const world = createWorld({ startAt });
    world.netflix.layout = layout;
    expect(nextData(await (await read(world)).text())).toHaveProperty(
      path,
      world.netflix.rows.toSorted((one, other) => one.startTime - other.startTime),
    );
  });

  test.each(['broken', 'login', 'error'] as const)(
    'layout %s has no data element',
    async (layout) => {
      const world = createWorld({ startAt });
      world.netflix.layout = layout;
      const response = await read(world);
      expect(response.status).toBe(200);
      expect(nextData(await response.text())).toBeNull();
    },
  );

  test('an unchanged page is 304 for who knows its tag, a changed one is not', async () => {
    const world = createWorld({ startAt });
    const etag = (await read(world)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]+"$/);
    const known = await read(world, { 'if-none-match': `"other", W/${etag}` });
    expect([known.status, await known.text()]).toEqual([304, '']);
    world.netflix.rows.pop();
    expect((await read(world, { 'if-none-match': etag })).status).toBe(200);
  });

  test('robots.txt forbids /api/ only, until changed', async () => {
    const world = createWorld({ startAt });
    const robots = new Request('https://about.netflix.com/robots.txt');
    expect(await (await world.fetch(robots)).text()).toMatch(
      /^User-agent: \*\nDisallow: \/api\/\n/,
    );
    world.netflix.robots = 'User-agent: *\nDisallow: /\n';
    const changed = await world.fetch(new Request(robots.url));
    expect(await changed.text()).toBe('User-agent: *\nDisallow: /\n');
  });
});
