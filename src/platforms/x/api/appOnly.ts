import * as v from 'valibot';
import type { Answer } from '../../../lib/outbound.ts';
import { jsonOf } from '../../../lib/outbound.ts';
import { ask, type ReasonReader } from './answer.ts';
import { isPlain } from './common.ts';
import {
  basicAuthorization,
  type ConsumerOptions,
  errorCodes,
  formRequest,
  type LoginResult,
  readLoginAnswer,
} from './login1a.ts';

/** The consumer keys are wrong. */
type AppOnlyFailureReason = 'keys-refused';

/** A token that calls as the app itself; the same one until it is invalidated. */
export interface AppBearer {
  readonly accessToken: string;
}

const plain = v.pipe(v.string(), v.check(isPlain));
const bearerSchema = v.object({
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
  access_token: plain,
});

/** The app-only bearer token. To repeat it is harmless. Source: X docs: oauth-2-0/application-only. */
export async function fetchBearer(
  options: ConsumerOptions,
): Promise<LoginResult<AppBearer, AppOnlyFailureReason>> {
  const { runtime, apiUrl, consumer } = options;
  const authorization = basicAuthorization(consumer.key, consumer.secret);
  const form = { grant_type: 'client_credentials' };
  const answer = await ask(runtime, formRequest(`${apiUrl}/oauth2/token`, authorization, form));
  return readLoginAnswer(answer, runtime.now(), readBearer, reasonOf);
}

function readBearer(answer: Answer): AppBearer | undefined {
  const parsed = v.safeParse(bearerSchema, jsonOf(answer));
  return parsed.success ? { accessToken: parsed.output.access_token } : undefined;
}

const reasonOf: ReasonReader<AppOnlyFailureReason> = (answer) => {
  const codes = errorCodes(answer);
  return answer.status === 401 || codes.includes(99) ? 'keys-refused' : undefined;
};
