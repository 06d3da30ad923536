import * as v from 'valibot';
import type { Answer } from '../../../lib/outbound.ts';
import { jsonOf } from '../../../lib/outbound.ts';
import { ask, type ReasonReader } from './answer.ts';
import {
  basicAuthorization,
  type ConsumerOptions,
  errorCodes,
  formRequest,
  type LoginResult,
  loginRefused,
  readLoginAnswer,
} from './login1a.ts';
import { isPlain } from './options.ts';

/**
 * - `keys-refused`: the consumer keys are wrong
 * - `expired`: the bearer token is not valid any more
 */
export type AppOnlyFailureReason = 'keys-refused' | 'expired';

/** A token that calls as the app itself; the same one until it is invalidated. */
export interface AppBearer {
  readonly accessToken: string;
}

const plain = v.pipe(v.string(), v.check(isPlain));
const bearerSchema = v.object({
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
  access_token: plain,
});
const invalidatedSchema = v.object({ access_token: plain });

/** The app-only bearer token. To repeat it is harmless. Source: X docs: oauth-2-0/application-only. */
export async function fetchBearer(
  options: ConsumerOptions,
): Promise<LoginResult<AppBearer, AppOnlyFailureReason>> {
  const answer = await askAsApp(options, '/oauth2/token', { grant_type: 'client_credentials' });
  return readLoginAnswer(answer, options.runtime.now(), bearerReader(bearerSchema), reasonOf);
}

/** Ends the bearer token; `expired` says that it had ended before. */
export async function invalidateBearer(
  options: ConsumerOptions,
  bearer: string,
): Promise<LoginResult<AppBearer, AppOnlyFailureReason>> {
  if (!isPlain(bearer)) return loginRefused('The bearer token must be plain ASCII');
  const answer = await askAsApp(options, '/oauth2/invalidate_token', { access_token: bearer });
  return readLoginAnswer(answer, options.runtime.now(), bearerReader(invalidatedSchema), reasonOf);
}

async function askAsApp(
  { runtime, apiUrl, consumer }: ConsumerOptions,
  path: string,
  form: Readonly<Record<string, string>>,
) {
  const authorization = basicAuthorization(consumer.key, consumer.secret);
  return await ask(runtime, formRequest(apiUrl + path, authorization, form));
}

function bearerReader(schema: v.GenericSchema<unknown, { readonly access_token: string }>) {
  return (answer: Answer): AppBearer | undefined => {
    const parsed = v.safeParse(schema, jsonOf(answer));
    return parsed.success ? { accessToken: parsed.output.access_token } : undefined;
  };
}

const reasonOf: ReasonReader<AppOnlyFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  if (codes.includes(89)) return 'expired';
  return answer.status === 401 || codes.includes(99) ? 'keys-refused' : undefined;
};
