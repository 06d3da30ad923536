import type { HonoRequest } from 'hono';

/** The JSON of a request; null when it has none. */
export async function bodyOf(request: HonoRequest): Promise<unknown> {
  return await request.json<unknown>().catch(() => null);
}
