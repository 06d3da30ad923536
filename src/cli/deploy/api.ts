import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';

const envelope = v.object({
  success: v.boolean(),
  errors: v.optional(v.array(v.object({ code: v.number(), message: v.string() })), []),
  result: v.unknown(),
  result_info: v.nullish(
    v.object({ total_count: v.optional(v.number()), cursor: v.optional(v.string()) }),
  ),
});
type Envelope = v.InferOutput<typeof envelope>;

/** A call that Cloudflare refused (`code`), or whose answer never came (`code` is `null`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number | null;
  readonly call: string;
  /** Of the HTTP answer; `null` when none came. */
  readonly status: number | null;

  constructor(
    call: string,
    code: number | null,
    message: string,
    { status = null, cause }: { readonly status?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.call = call;
    this.code = code;
    this.status = status;
  }
}

/** Calls on Cloudflare's API v4. Only looks are repeated by itself. */
export interface Api {
  readonly get: <Result>(path: string, schema: v.GenericSchema<unknown, Result>) => Promise<Result>;
  /** All rows of a list, page by page. */
  readonly list: <Row>(path: string, schema: v.GenericSchema<unknown, Row>) => Promise<Row[]>;
  /** One page of a list that goes on by a cursor, blank at its end. */
  readonly page: <Row>(
    path: string,
    schema: v.GenericSchema<unknown, Row[]>,
  ) => Promise<{ readonly rows: Row[]; readonly cursor: string }>;
  readonly send: <Result>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    schema: v.GenericSchema<unknown, Result>,
  ) => Promise<Result>;
  /** The body of an answer that is no JSON. */
  readonly text: (path: string) => Promise<string>;
}

const TIMEOUT_MS = 30_000;
const TRIES = 3;
const PAUSE_MS = 500;
const PER_PAGE = 100;
const MOST_PAGES = 200;

/**
 * @param url base address, `https://api.cloudflare.com/client/v4` but for tests
 * @param headers credentials
 */
export function createApi(url: string, headers: Readonly<Record<string, string>>): Api {
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const call = `${method} ${path}`;
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ApiError(call, null, 'no answer', { cause });
    }
  };
  const call = async (method: string, path: string, body?: unknown): Promise<Envelope> => {
    const response = await ask(method, path, body);
    const parsed = v.safeParse(envelope, await response.json().catch(() => null));
    const name = `${method} ${path}`;
    const { status } = response;
    if (!parsed.success) throw new ApiError(name, null, `status ${status}`, { status });
    if (parsed.output.success) return parsed.output;
    const [first] = parsed.output.errors;
    throw new ApiError(name, first?.code ?? null, first?.message ?? `status ${status}`, { status });
  };
  const look = async (path: string): Promise<Envelope> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call('GET', path);
      } catch (cause) {
        const isPassing = cause instanceof ApiError && cause.code === null;
        if (!isPassing || attempt === TRIES) throw cause;
        await wait(PAUSE_MS * attempt);
      }
    }
  };
  return {
    get: async (path, schema) => v.parse(schema, (await look(path)).result),
    async list(path, schema) {
      const rows: v.InferOutput<typeof schema>[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const separator = path.includes('?') ? '&' : '?';
        const answer = await look(`${path}${separator}page=${page}&per_page=${PER_PAGE}`);
        const found = v.parse(v.array(schema), answer.result ?? []);
        rows.push(...found);
        const total = answer.result_info?.total_count;
        if (found.length === 0 || (total !== undefined && rows.length >= total)) break;
        if (total === undefined && found.length < PER_PAGE) break;
      }
      return rows;
    },
    async page(path, schema) {
      const { result, result_info: info } = await look(path);
      return { rows: v.parse(schema, result ?? []), cursor: info?.cursor ?? '' };
    },
    send: async (method, path, body, schema) =>
      v.parse(schema, (await call(method, path, body)).result),
    async text(path) {
      const response = await ask('GET', path);
      const { status, ok } = response;
      if (!ok) throw new ApiError(`GET ${path}`, null, `status ${status}`, { status });
      return await response.text();
    },
  };
}
