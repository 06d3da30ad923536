import type * as v from 'valibot';
import type { Answer, NoAnswer } from '../../../lib/outbound.ts';
import { send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import type { KakaoResult } from './answer.ts';
import { readAnswer, refused } from './answer.ts';

const USER_AGENT = 'soshik';
const LIMITS = { timeoutMs: 10 * SECOND_MS, maxBytes: 1_000_000 };

/** One call to the API. Kakao's own API takes forms only, the chatbot's JSON only. */
export interface KakaoCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Who calls: `Bearer` with a person's access token, `KakaoAK` with a key of the app. */
export interface KakaoAuthorization {
  readonly scheme: 'Bearer' | 'KakaoAK';
  readonly key: string;
}

/** Sends a call and reads the answer with the schema of its success. */
export type KakaoCaller = <Schema extends v.GenericSchema>(
  call: KakaoCall,
  schema: Schema,
) => Promise<KakaoResult<v.InferOutput<Schema>>>;

/** Signs, sends and reads calls; `null` for a call that its address alone allows. */
export function createCaller(
  runtime: Pick<Runtime, 'fetch' | 'now'>,
  authorization: KakaoAuthorization | null,
): KakaoCaller {
  return async (call, schema) => {
    // A header with anything else in it would throw.
    if (authorization && !isPlain(authorization.key)) {
      const isToken = authorization.scheme === 'Bearer';
      return isToken
        ? refused('The access token is blank or not plain ASCII', 'unauthorized')
        : refused('The REST API key is blank or not plain ASCII', 'configuration');
    }
    const headers: Record<string, string> = authorization
      ? { authorization: `${authorization.scheme} ${authorization.key}` }
      : {};
    return readAnswer(schema, await ask(runtime, call, headers), runtime.now());
  };
}

/** Sends a call to any of Kakao's hosts, within the limits that all calls share. */
export async function ask(
  runtime: Pick<Runtime, 'fetch'>,
  { method, url, form, json }: KakaoCall,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | { readonly failed: NoAnswer }> {
  const all = new Headers({ ...headers, accept: 'application/json', 'user-agent': USER_AGENT });
  if (form) all.set('content-type', 'application/x-www-form-urlencoded;charset=utf-8');
  if (json !== undefined) all.set('content-type', 'application/json');
  const body = form ? new URLSearchParams(form).toString() : JSON.stringify(json);
  const init = { method, headers: all, ...(body !== undefined && { body }) };
  return await send(runtime, new Request(url, init), LIMITS);
}

/** True for printable ASCII without white space: the form of all keys and tokens of Kakao. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
