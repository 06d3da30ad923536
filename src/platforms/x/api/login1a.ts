import * as v from 'valibot';
import { base64, utf8 } from '../../../lib/encoding.ts';
import { type Answer, jsonOf, type NoAnswer, textOf } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import {
  ask,
  isBroken,
  isSuccess,
  type ReasonReader,
  stampOf,
  type TwitterFailure,
  USER_AGENT,
  waitOf,
} from './answer.ts';
import { idSchema, isPlain } from './common.ts';
import {
  authorizationHeader,
  type OAuth1Credentials,
  type OAuth1Request,
  percentEncode,
} from './oauth1.ts';
import { readProblem } from './problem.ts';

export interface OAuth1Token {
  readonly token: string;
  readonly tokenSecret: string;
}

/** An account that agreed; the token has no end of its own. */
export interface OAuth1Account extends OAuth1Token {
  readonly userId: string;
  /** Without the `@`. */
  readonly screenName: string;
}

/**
 * - `callback-not-approved`: the address is not in the app's list on developer.x.com
 * - `keys-refused`: consumer keys (or the clock) are wrong
 * - `expired`: this token is not valid, or not any more; a login has to start again
 */
type Login1aFailureReason = 'callback-not-approved' | 'keys-refused' | 'expired';

export type Login1aResult<Value> = LoginResult<Value, Login1aFailureReason>;

const plain = v.pipe(v.string(), v.check(isPlain));
const requestTokenSchema = v.pipe(
  v.object({
    oauth_token: plain,
    oauth_token_secret: plain,
    oauth_callback_confirmed: v.literal('true'),
  }),
  v.transform((form) => ({ token: form.oauth_token, tokenSecret: form.oauth_token_secret })),
);
const accountSchema = v.pipe(
  v.object({
    oauth_token: plain,
    oauth_token_secret: plain,
    user_id: idSchema,
    screen_name: plain,
  }),
  v.transform((form) => ({
    token: form.oauth_token,
    tokenSecret: form.oauth_token_secret,
    userId: form.user_id,
    screenName: form.screen_name,
  })),
);
const invalidatedSchema = v.pipe(
  v.object({ access_token: plain }),
  v.transform((body) => ({ token: body.access_token })),
);

/** The token of the first leg, once X confirms that it has understood the callback. */
const requestTokenOf = formReader(requestTokenSchema);

/** The account of the third leg. */
const accountOf = formReader(accountSchema);

/** The token that X says it has ended. */
function invalidatedOf(answer: Answer): { readonly token: string } | undefined {
  const parsed = v.safeParse(invalidatedSchema, jsonOf(answer));
  return parsed.success ? parsed.output : undefined;
}

/** At the first leg there are no keys but the app's. */
const reasonWithoutToken: ReasonReader<Login1aFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  if (codes.includes(415)) return 'callback-not-approved';
  const isRefused = answer.status === 401 || [32, 89, 99].some((code) => codes.includes(code));
  return isRefused ? 'keys-refused' : undefined;
};

/** The keys were right a minute ago, so a 401 without a readable code means the token too. */
const reasonAtAccessToken: ReasonReader<Login1aFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  if (codes.includes(99)) return 'keys-refused';
  const isOver = answer.status === 401 || [32, 89].some((code) => codes.includes(code));
  return isOver ? 'expired' : undefined;
};

const reasonAtInvalidation: ReasonReader<Login1aFailureReason> = (answer) =>
  errorCodes(answer).includes(89) ? 'expired' : reasonWithoutToken(answer);

function formReader<Schema extends v.GenericSchema>(schema: Schema) {
  return (answer: Answer): v.InferOutput<Schema> | undefined => {
    const form = Object.fromEntries(new URLSearchParams(textOf(answer).trim()));
    const parsed = v.safeParse(schema, form);
    return parsed.success ? parsed.output : undefined;
  };
}

/**
 * First leg: a token for one login. Bind its secret to the browser.
 * Source: X docs: oauth-1-0a/obtaining-user-access-tokens.
 *
 * @param wish.callback as listed on developer.x.com, exactly; `oob` shows a PIN instead
 * @param wish.accessType asks for less than the app may do
 */
export async function requestToken(
  options: ConsumerOptions,
  wish: { readonly callback: string; readonly accessType?: 'read' | 'write' },
): Promise<Login1aResult<OAuth1Token>> {
  if (wish.callback !== 'oob' && !(isPlain(wish.callback) && URL.canParse(wish.callback))) {
    return loginRefused('The callback is not an address');
  }
  const answer = await askSigned(options, '/oauth/request_token', null, {
    oauth: { oauth_callback: wish.callback },
    ...(wish.accessType && { form: { x_auth_access_type: wish.accessType } }),
  });
  return readLoginAnswer(answer, options.runtime.now(), requestTokenOf, reasonWithoutToken);
}

/**
 * Second leg: where the browser goes.
 *
 * @param apiUrl X's pages of OAuth 1.0a are on the API's host
 * @param wish.mode `authenticate` skips the question when the account has agreed before
 * @param wish.forceLogin asks for the password: lets the owner choose another account
 */
export function authorizeUrl(
  apiUrl: string,
  token: string,
  wish: { readonly mode: 'authorize' | 'authenticate'; readonly forceLogin?: boolean },
): string {
  const query = new URLSearchParams({ oauth_token: token });
  if (wish.forceLogin === true) query.set('force_login', 'true');
  return `${apiUrl}/oauth/${wish.mode}?${query.toString()}`;
}

/**
 * Third leg: the account's token. To be asked once; after a lost answer the login starts again.
 *
 * @param granted token and verifier from the callback, secret from the first leg
 */
export async function accessToken(
  options: ConsumerOptions,
  granted: OAuth1Token & { readonly verifier: string },
): Promise<Login1aResult<OAuth1Account>> {
  if (![granted.token, granted.tokenSecret, granted.verifier].every(isPlain)) {
    return loginRefused('Token and verifier must be plain ASCII');
  }
  const form = { oauth_verifier: granted.verifier };
  const answer = await askSigned(options, '/oauth/access_token', granted, { form });
  return readLoginAnswer(answer, options.runtime.now(), accountOf, reasonAtAccessToken);
}

/** Ends an account's token; `expired` says that it had ended before. */
export async function invalidateToken(
  options: ConsumerOptions,
  token: OAuth1Token,
): Promise<Login1aResult<{ readonly token: string }>> {
  if (![token.token, token.tokenSecret].every(isPlain)) {
    return loginRefused('The token must be plain ASCII');
  }
  const answer = await askSigned(options, '/1.1/oauth/invalidate_token.json', token, {});
  return readLoginAnswer(answer, options.runtime.now(), invalidatedOf, reasonAtInvalidation);
}

async function askSigned(
  { runtime, apiUrl, consumer }: ConsumerOptions,
  path: string,
  token: OAuth1Token | null,
  parameters: Pick<OAuth1Request, 'form' | 'oauth'>,
) {
  const url = apiUrl + path;
  const credentials: OAuth1Credentials = {
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    ...(token && { token: token.token, tokenSecret: token.tokenSecret }),
  };
  const request = { method: 'POST', url, ...parameters };
  const authorization = await authorizationHeader(credentials, request, stampOf(runtime));
  return await ask(runtime, formRequest(url, authorization, parameters.form));
}

/**
 * What can happen at every login endpoint:
 * - `unavailable`: no answer, a breakdown, or a success that cannot be read
 * - `rate-limited`: again after `retryAfterMs`
 * - `invalid`: X does not take the call as it is
 */
export type LoginFailureReason = 'unavailable' | 'rate-limited' | 'invalid';

/** `Reason`: what the endpoint may refuse besides. */
export type LoginResult<Value, Reason extends string = never> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & TwitterFailure<LoginFailureReason | Reason>);

/** A login step that is refused here, before anything is sent. */
export function loginRefused(
  detail: string,
): { readonly ok: false } & TwitterFailure<LoginFailureReason> {
  return { ok: false, reason: 'invalid', status: null, mayHaveActed: false, detail };
}

/**
 * Reads any answer of a login endpoint; never throws. Of a success that cannot be read nothing is
 * told on: it may hold a secret.
 *
 * @param nowMs milliseconds since the epoch, for waiting times
 * @param readValue the value in a 2xx, `undefined` when it is not there
 * @param readReason what else a 4xx may mean
 */
export function readLoginAnswer<Value, Reason extends string>(
  answer: Answer | { readonly failed: NoAnswer },
  nowMs: number,
  readValue: (answer: Answer) => Value | undefined,
  readReason: ReasonReader<Reason | LoginFailureReason>,
): LoginResult<Value, Reason> {
  if ('failed' in answer) {
    const detail = `No answer: ${answer.failed}`;
    return { ok: false, reason: 'unavailable', status: null, mayHaveActed: true, detail };
  }
  const { status, headers } = answer;
  if (isSuccess(status)) {
    const value = readValue(answer);
    if (value !== undefined) return { ok: true, value };
    const detail = `HTTP ${status} without what it must hold`;
    return { ok: false, reason: 'unavailable', status, mayHaveActed: true, detail };
  }
  const problem = readProblem(jsonOf(answer), textOf(answer));
  const reason = commonReason(status) ?? readReason(answer) ?? 'invalid';
  const mayWait = reason === 'unavailable' || reason === 'rate-limited';
  const waitMs = mayWait ? waitOf(status, headers, nowMs) : undefined;
  return {
    ok: false,
    reason,
    status,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    mayHaveActed: isBroken(status),
    detail: problem.detail || `HTTP ${status} without a word`,
  };
}

/** X's error codes in a body, whether it is JSON or XML (`<error code="415">`). */
export function errorCodes(answer: Answer): number[] {
  const found = textOf(answer).matchAll(/\bcode"?\s*[:=]\s*"?(\d{1,5})\b/g);
  return Array.from(found, ([, code]) => Number(code));
}

function commonReason(status: number): LoginFailureReason | undefined {
  if (isBroken(status)) return 'unavailable';
  return status === 429 ? 'rate-limited' : undefined;
}

/** The app's OAuth 1.0a key pair. */
export interface ConsumerKeys {
  readonly key: string;
  readonly secret: string;
}

/** Where and as which app a login step that needs the key pair is made. */
export interface ConsumerOptions {
  readonly runtime: Runtime;
  readonly apiUrl: string;
  readonly consumer: ConsumerKeys;
}

/** A POST of an urlencoded form to one of X's login endpoints; without fields it has no body. */
export function formRequest(
  url: string,
  authorization: string | null,
  form: Readonly<Record<string, string>> = {},
): Request {
  const headers = new Headers({ 'user-agent': USER_AGENT });
  if (authorization !== null) headers.set('authorization', authorization);
  const body = new URLSearchParams(form).toString();
  if (body === '') return new Request(url, { method: 'POST', headers });
  headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  return new Request(url, { method: 'POST', headers, body });
}

/** HTTP Basic with both parts encoded first (RFC 6749 section 2.3.1, X docs: application-only). */
export function basicAuthorization(id: string, secret: string): string {
  return `Basic ${base64(utf8(`${percentEncode(id)}:${percentEncode(secret)}`))}`;
}
