import * as v from 'valibot';
import type { Answer } from '../../../lib/outbound.ts';
import { jsonOf, textOf } from '../../../lib/outbound.ts';
import type { ReasonReader } from './answer.ts';
import { idSchema } from './ids.ts';
import type { LoginResult } from './loginAnswer.ts';
import { errorCodes } from './loginAnswer.ts';
import { isPlain } from './options.ts';

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
export type Login1aFailureReason = 'callback-not-approved' | 'keys-refused' | 'expired';

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
export const requestTokenOf = formReader(requestTokenSchema);

/** The account of the third leg. */
export const accountOf = formReader(accountSchema);

/** The token that X says it has ended. */
export function invalidatedOf(answer: Answer): { readonly token: string } | undefined {
  const parsed = v.safeParse(invalidatedSchema, jsonOf(answer));
  return parsed.success ? parsed.output : undefined;
}

/** At the first leg there are no keys but the app's. */
export const reasonWithoutToken: ReasonReader<Login1aFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  if (codes.includes(415)) return 'callback-not-approved';
  const isRefused = answer.status === 401 || [32, 89, 99].some((code) => codes.includes(code));
  return isRefused ? 'keys-refused' : undefined;
};

/** The keys were right a minute ago, so a 401 without a readable code means the token too. */
export const reasonAtAccessToken: ReasonReader<Login1aFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  if (codes.includes(99)) return 'keys-refused';
  const isOver = answer.status === 401 || [32, 89].some((code) => codes.includes(code));
  return isOver ? 'expired' : undefined;
};

export const reasonAtInvalidation: ReasonReader<Login1aFailureReason> = (answer) =>
  errorCodes(answer).includes(89) ? 'expired' : reasonWithoutToken(answer);

function formReader<Schema extends v.GenericSchema>(schema: Schema) {
  return (answer: Answer): v.InferOutput<Schema> | undefined => {
    const form = Object.fromEntries(new URLSearchParams(textOf(answer).trim()));
    const parsed = v.safeParse(schema, form);
    return parsed.success ? parsed.output : undefined;
  };
}
