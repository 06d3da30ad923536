import type { Context } from 'hono';

/** A refusal as Cloudflare's API words it: its own number, which is what wrangler and people go by. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 429 | 500 | 503;

  constructor(code: number, message: string, status: Refusal['status'] = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The envelope of every answer. */
export function answer(c: Context, result: unknown, more: object = {}): Response {
  return c.json({ success: true, errors: [], messages: [], result, ...more });
}

export function refuse(c: Context, { code, message, status }: Refusal): Response {
  return c.json(
    { success: false, errors: [{ code, message }], messages: [], result: null },
    status,
  );
}

/** At most so many rows a page, whatever is asked for: nobody forgets to turn the page. */
const MOST_ROWS = 5;

/** One page of a list, with what Cloudflare says about the others. */
export function answerPage(c: Context, rows: readonly unknown[]): Response {
  const page = Math.max(1, Number(c.req.query('page') ?? 1));
  const asked = Number(c.req.query('per_page') ?? MOST_ROWS);
  const perPage = Math.min(asked, MOST_ROWS);
  const result = rows.slice((page - 1) * perPage, page * perPage);
  return answer(c, result, {
    result_info: {
      page,
      per_page: perPage,
      count: result.length,
      total_count: rows.length,
      total_pages: Math.ceil(rows.length / perPage),
    },
  });
}
