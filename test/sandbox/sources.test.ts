import { describe, expect, test } from 'vitest';
import { createWorld, sandboxSecrets, type World } from './world.ts';

const startAt = Date.UTC(2026, 10, 22, 9);

const discover = async (world: World, query: string, token: string = sandboxSecrets.TMDB_TOKEN) =>
  await world.fetch(
    new Request(`https://api.themoviedb.org/3/discover/${query}`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  );

const get = async (world: World, path: string): Promise<unknown> =>
  await (await world.fetch(new Request(`https://catfact.ninja${path}`))).json();

describe('TMDB', () => {
  const coming =
    'tv?language=ko-KR&with_networks=213&first_air_date.gte=2026-11-28&first_air_date.lte=2026-12-11';

  test('coming series are given in order of day, with Korean names and posters that exist', async () => {
    const world = createWorld({ startAt });
    const body: { results?: { first_air_date: string; poster_path: string | null }[] } = await (
      await discover(world, coming)
    ).json();
    const results = body.results ?? [];
    const days = results.map((row) => row.first_air_date);
    expect(days.length).toBeGreaterThan(5);
    expect(days).toEqual(days.toSorted());
    expect(results.filter((row) => row.poster_path === null)).toHaveLength(1);
    const path = results.find((row) => row.poster_path !== null)?.poster_path ?? '';
    const poster = await world.fetch(new Request(`https://image.tmdb.org/t/p/w500${path}`));
    expect(poster.headers.get('content-type')).toBe('image/png');
  });

  test('a day in Korea counts: a start at 15:00 UTC is the next day', async () => {
    const world = createWorld({ startAt });
    const row = world.tmdb.rows.find(({ name }) => name === '달 & 파도');
    expect(row?.first_air_date).toBe('2026-11-30');
  });

  test('a wrong token is told so with code 7', async () => {
    const response = await discover(createWorld({ startAt }), coming, 'wrong');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ status_code: 7, success: false });
  });

  test.each([
    ['movie?language=ko-KR', 0],
    ['tv?with_networks=1024', 0],
    ['tv?first_air_date.gte=2027-06-01', 0],
  ])('%s finds nothing', async (query, total) => {
    const response = await discover(createWorld({ startAt }), query);
    expect(await response.json()).toMatchObject({ results: [], total_results: total, page: 1 });
  });

  test('a page beyond 500 is refused, another address is not there', async () => {
    const world = createWorld({ startAt });
    expect((await discover(world, 'tv?page=501')).status).toBe(400);
    expect((await discover(world, 'radio')).status).toBe(404);
  });
});

describe('catfact', () => {
  test('facts come in turn, within the length asked for', async () => {
    const world = createWorld({ startAt });
    const first = await get(world, '/fact?max_length=60');
    const second = await get(world, '/fact?max_length=60');
    expect(first).not.toEqual(second);
    for (const fact of [first, second]) {
      expect(world.catfact.facts).toContain(Object(fact).fact);
      expect(Object(fact).length).toBe(Object(fact).fact.length);
      expect(Object(fact).length).toBeLessThanOrEqual(60);
    }
  });

  test('an impossible length gives an empty object', async () => {
    expect(await get(createWorld({ startAt }), '/fact?max_length=3')).toEqual({});
  });

  test('a page of facts counts as the real host does', async () => {
    const world = createWorld({ startAt });
    const total = world.catfact.facts.length;
    expect(await get(world, '/facts?limit=4&max_length=1000')).toMatchObject({
      current_page: 1,
      data: world.catfact.facts.slice(0, 4).map((fact) => ({ fact, length: fact.length })),
      last_page: Math.ceil(total / 4),
      per_page: 4,
      total,
    });
    expect(await get(world, '/facts?max_length=3')).toMatchObject({ data: [], total: 0 });
  });
});
