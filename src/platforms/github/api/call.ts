import * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { jsonOf, send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { userAgent } from '../../../lib/web/robots.ts';
import type { GitHubResult, GraphQLAnswer, GraphQLCall } from './answer.ts';
import { readGraphQL, readRefusal, readSilence, refused } from './answer.ts';

/** GitHub itself gives up after ten seconds. */
const TIMEOUT_MS = 15 * SECOND_MS;
/** A comparison lists up to 300 files with their patches. */
const MAX_ANSWER_BYTES = 8_000_000;
const MAX_REDIRECTS = 2;
const REDIRECTS = new Set([301, 302, 307, 308]);
const PUBLIC_API = 'https://api.github.com';

export interface GitHubClientOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.github.com`, without a slash at its end. */
  readonly apiUrl: string;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
  /** A personal or installation token; asked for before each call. */
  readonly token: () => Promise<GitHubResult<string>>;
}

/** Sends one call and reads its answer with the schema of its success. */
export interface GitHubCaller {
  /** @param path path and query, such as `/repos/o/r` */
  readonly rest: <Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
  ) => Promise<GitHubResult<v.InferOutput<Schema>>>;
  /** A page of a list, and whether `Link` leads on to another. */
  readonly page: <Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
  ) => Promise<GitHubResult<{ readonly items: v.InferOutput<Schema>; readonly hasNext: boolean }>>;
  /** @param schema for `data`; what GitHub could not answer for is null in it */
  readonly graphql: <Schema extends v.GenericSchema>(
    call: GraphQLCall,
    schema: Schema,
  ) => Promise<GitHubResult<GraphQLAnswer<v.InferOutput<Schema>>>>;
}

/**
 * The headers that every call must have (docs/platforms/github.md, Headers).
 *
 * @param token `null`: of a call that shows by nothing who makes it
 */
export function headersOf(contact: string, token: string | null): Headers {
  return new Headers({
    accept: 'application/vnd.github+json',
    ...(token !== null && { authorization: `Bearer ${token}` }),
    'user-agent': userAgent(contact),
    'x-github-api-version': '2026-03-10',
  });
}

/** Sends one request within the limits that all calls share; a redirect comes back as it is. */
export async function ask(
  runtime: Pick<Runtime, 'fetch'>,
  request: Request,
): Promise<Answer | { readonly failed: NoAnswer }> {
  return await send(runtime, request, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES });
}

/** Reads any answer of the REST API; never throws. */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
): GitHubResult<v.InferOutput<Schema>> {
  if ('failed' in answer) return readSilence(answer);
  if (answer.status < 200 || answer.status > 299) return readRefusal(answer, nowMs);
  const parsed = v.safeParse(schema, jsonOf(answer));
  if (parsed.success) return { ok: true, value: parsed.output };
  const detail = `unreadable answer: ${v.summarize(parsed.issues).slice(0, 200)}`;
  return { ok: false, reason: 'invalid', status: answer.status, detail };
}

/** Makes calls with one token. */
export function createCaller(options: GitHubClientOptions): GitHubCaller {
  const { runtime, apiUrl, contact } = options;

  const headers = async (): Promise<GitHubResult<Headers>> => {
    const token = await options.token();
    if (!token.ok) return token;
    // What goes into a header must be plain ASCII; a token pasted with a stray character is not.
    if (!/^[!-~]+$/.test(token.value)) return refused('unauthorized', 'the token is malformed');
    return { ok: true, value: headersOf(contact, token.value) };
  };

  const get = async (path: string): Promise<GitHubResult<Parameters<typeof readAnswer>[1]>> => {
    const made = await headers();
    if (!made.ok) return made;
    let url = apiUrl + path;
    for (let hops = 0; ; hops += 1) {
      const answer = await ask(runtime, new Request(url, { headers: made.value }));
      const next = hops < MAX_REDIRECTS ? redirectedTo(answer, url, apiUrl) : null;
      if (next === null) return { ok: true, value: answer };
      url = next;
    }
  };

  return {
    rest: async (path, schema) => {
      const got = await get(path);
      return got.ok ? readAnswer(schema, got.value, runtime.now()) : got;
    },
    page: async (path, schema) => {
      const got = await get(path);
      if (!got.ok) return got;
      const read = readAnswer(schema, got.value, runtime.now());
      if (!read.ok) return read;
      const link = 'failed' in got.value ? null : got.value.headers.get('link');
      return { ok: true, value: { items: read.value, hasNext: /rel="next"/.test(link ?? '') } };
    },
    graphql: async (call, schema) => {
      const made = await headers();
      if (!made.ok) return made;
      made.value.set('content-type', 'application/json');
      made.value.delete('x-github-api-version');
      const { query, variables } = call;
      const body = JSON.stringify({ query, variables });
      const init = { method: 'POST', headers: made.value, body };
      const answer = await ask(runtime, new Request(`${apiUrl}/graphql`, init));
      return readGraphQL(call, schema, answer, runtime.now());
    },
  };
}

/**
 * Where a renamed repository is to be found (`/repositories/{id}`). The token is only ever sent to
 * the API's own address: GitHub's public one is read as this API's, any other is not followed.
 */
function redirectedTo(
  answer: Answer | { readonly failed: NoAnswer },
  from: string,
  apiUrl: string,
): string | null {
  if ('failed' in answer || !REDIRECTS.has(answer.status)) return null;
  const to = URL.parse(answer.headers.get('location') ?? '', from);
  if (to === null) return null;
  if (to.href.startsWith(`${apiUrl}/`)) return to.href;
  return to.origin === PUBLIC_API ? apiUrl + to.pathname + to.search : null;
}
