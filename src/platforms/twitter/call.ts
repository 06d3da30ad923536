import type * as v from 'valibot';
import { hex } from '../../lib/encoding.ts';
import { send } from '../../lib/outbound.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { SECOND_MS } from '../../lib/time.ts';
import type { TwitterResult } from './answer.ts';
import { readAnswer } from './answer.ts';
import type { OAuth1Credentials } from './oauth1.ts';
import { authorizationHeader } from './oauth1.ts';

export const MEDIA_TIMEOUT_MS = 30 * SECOND_MS;
const TIMEOUT_MS = 10 * SECOND_MS;
const MAX_ANSWER_BYTES = 1_000_000;

/** The account that calls: OAuth 1.0a keys and token, or an OAuth 2.0 user access token. */
export type TwitterCredentials = Required<OAuth1Credentials> | { readonly accessToken: string };

/** One call to the API, before it is signed. */
export interface TwitterCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
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

/** Sends a call and reads the answer with the schema of its success. */
export type TwitterCaller = <Schema extends v.GenericSchema>(
  call: TwitterCall,
  schema: Schema,
) => Promise<TwitterResult<v.InferOutput<Schema>>>;

/** Signs, sends and reads calls of one account; `apiUrl` comes without a slash at its end. */
export function createCaller({
  runtime,
  apiUrl,
  credentials,
}: TwitterClientOptions): TwitterCaller {
  return async (call, schema) => {
    const url = apiUrl + call.path;
    const authorization =
      'accessToken' in credentials
        ? `Bearer ${credentials.accessToken}`
        : await authorizationHeader(
            credentials,
            { method: call.method, url },
            {
              timestampSeconds: Math.floor(runtime.now() / SECOND_MS),
              nonce: hex(runtime.randomBytes(16)),
            },
          );
    const answer = await send(runtime, requestOf(call, url, authorization), {
      timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    return readAnswer(schema, answer, runtime.now());
  };
}

function requestOf({ method, body }: TwitterCall, url: string, authorization: string): Request {
  const headers = new Headers({ authorization, 'user-agent': 'soshik' });
  if (!body) return new Request(url, { method, headers });
  // FormData sets its own content type: only it knows the boundary.
  if ('multipart' in body) return new Request(url, { method, headers, body: body.multipart });
  headers.set('content-type', 'application/json');
  return new Request(url, { method, headers, body: JSON.stringify(body.json) });
}
