import type * as v from 'valibot';
import { hex } from '../../../lib/encoding.ts';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import type { ReasonReader, TwitterResult } from './answer.ts';
import { readAnswer } from './answer.ts';
import type { OAuth1Credentials, OAuth1Stamp } from './oauth1.ts';
import { authorizationHeader } from './oauth1.ts';

export const USER_AGENT = 'soshik';
export const MEDIA_TIMEOUT_MS = 30 * SECOND_MS;
const TIMEOUT_MS = 10 * SECOND_MS;
const MAX_ANSWER_BYTES = 1_000_000;

/** Who calls: an account's OAuth 1.0a keys and token, or an OAuth 2.0 token (user or app-only). */
export type TwitterCredentials = Required<OAuth1Credentials> | { readonly accessToken: string };

/** One call to the API, before it is signed. */
export interface TwitterCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query, such as `/2/tweets`. */
  readonly path: string;
  readonly body?: { readonly json: unknown } | { readonly multipart: FormData };
  /** Default 10 seconds. */
  readonly timeoutMs?: number;
}

export interface TwitterClientOptions {
  readonly runtime: Runtime;
  /** Such as `https://api.x.com`. */
  readonly apiUrl: string;
  readonly credentials: TwitterCredentials;
}

/** Sends a call and reads the answer with the schema of its success and its own reasons. */
export type TwitterCaller = <Schema extends v.GenericSchema, Reason extends string = never>(
  call: TwitterCall,
  schema: Schema,
  ownReason?: ReasonReader<Reason>,
) => Promise<TwitterResult<v.InferOutput<Schema>, Reason>>;

/** Signs, sends and reads calls of one account or app; `apiUrl` has no slash at its end. */
export function createCaller({
  runtime,
  apiUrl,
  credentials,
}: TwitterClientOptions): TwitterCaller {
  return async (call, schema, ownReason) => {
    const url = apiUrl + call.path;
    const authorization =
      'accessToken' in credentials
        ? `Bearer ${credentials.accessToken}`
        : await authorizationHeader(credentials, { method: call.method, url }, stampOf(runtime));
    const answer = await ask(runtime, requestOf(call, url, authorization), call.timeoutMs);
    return readAnswer(schema, answer, runtime.now(), ownReason);
  };
}

/** Time and nonce for one OAuth 1.0a signature. */
export function stampOf(runtime: Runtime): OAuth1Stamp {
  return {
    timestampSeconds: Math.floor(runtime.now() / SECOND_MS),
    nonce: hex(runtime.randomBytes(16)),
  };
}

/** Sends a request of any kind to X, within the limits that all calls share. */
export async function ask(
  runtime: Runtime,
  request: Request,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Answer | { readonly failed: NoAnswer }> {
  return await send(runtime, request, { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
}

function requestOf({ method, body }: TwitterCall, url: string, authorization: string): Request {
  const headers = new Headers({ authorization, 'user-agent': USER_AGENT });
  if (!body) return new Request(url, { method, headers });
  // FormData sets its own content type: only it knows the boundary.
  if ('multipart' in body) return new Request(url, { method, headers, body: body.multipart });
  headers.set('content-type', 'application/json');
  return new Request(url, { method, headers, body: JSON.stringify(body.json) });
}
