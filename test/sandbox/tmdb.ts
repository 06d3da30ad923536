import { Hono } from 'hono';

/** One series as `/discover/tv` gives it, with what filters need. Days are `YYYY-MM-DD`. */
export interface TmdbRow {
  readonly id: number;
  /** The Korean name; other languages get the original one. */
  readonly name: string;
  readonly original_name: string;
  readonly first_air_date: string;
  readonly poster_path: string | null;
  readonly overview: string;
  readonly genre_ids: readonly number[];
  readonly origin_country: readonly string[];
}

export interface TmdbSandbox {
  /** Series on network 213 (Netflix); change them at will. */
  readonly rows: TmdbRow[];
}

const perPage = 20;
const netflixNetwork = '213';

/** api.themoviedb.org/3 as far as upcoming series need it (docs/platforms/sources.md, TMDB). */
export function createTmdb(
  token: string,
  rows: readonly TmdbRow[],
): {
  readonly sandbox: TmdbSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const sandbox: TmdbSandbox = { rows: [...rows] };
  const app = new Hono().basePath('/3');

  app.use(async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${token}`) return await next();
    return c.json(failure(7, 'Invalid API key: You must be granted a valid key.'), 401);
  });

  app.get('/discover/:kind{tv|movie}', (c) => {
    const page = Number(c.req.query('page') ?? 1);
    if (!Number.isInteger(page) || page < 1 || page > 500) {
      const message =
        'Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.';
      return c.json(failure(22, message), 400);
    }
    // Films get their provider when they arrive: nothing upcoming to find.
    const found = c.req.param('kind') === 'tv' ? discover(sandbox.rows, c.req.query()) : [];
    return c.json({
      page,
      results: found
        .slice((page - 1) * perPage, page * perPage)
        .map((row) => inLanguage(row, c.req.query('language'))),
      total_pages: Math.max(Math.ceil(found.length / perPage), 1),
      total_results: found.length,
    });
  });

  app.notFound((c) => c.json(failure(34, 'The resource you requested could not be found.'), 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

function failure(code: number, message: string): object {
  return { success: false, status_code: code, status_message: message };
}

function discover(
  rows: readonly TmdbRow[],
  query: Readonly<Record<string, string>>,
): readonly TmdbRow[] {
  if (![undefined, netflixNetwork].includes(query['with_networks'])) return [];
  const from = query['first_air_date.gte'] ?? query['air_date.gte'] ?? '';
  const to = query['first_air_date.lte'] ?? query['air_date.lte'] ?? '9999-12-31';
  return rows
    .filter((row) => row.first_air_date >= from && row.first_air_date <= to)
    .toSorted((one, other) => one.first_air_date.localeCompare(other.first_air_date));
}

function inLanguage(row: TmdbRow, language = 'en-US'): object {
  return {
    ...row,
    name: language.startsWith('ko') ? row.name : row.original_name,
    adult: false,
    backdrop_path: null,
    original_language: 'ko',
    popularity: 10.5,
    vote_average: 0,
    vote_count: 0,
  };
}
