import * as v from 'valibot';
import type { TwitterResult } from './answer.ts';
import type { TwitterCaller } from './call.ts';
import { idSchema } from './ids.ts';

export interface TwitterUser {
  readonly id: string;
  readonly name: string;
  /** Without the `@`. */
  readonly username: string;
}

const userSchema = v.pipe(
  v.object({ data: v.object({ id: idSchema, name: v.string(), username: v.string() }) }),
  v.transform((body) => body.data),
);

/** The account that the credentials belong to. Source: X OpenAPI 2.167 `getUsersMe`. */
export async function me(call: TwitterCaller): Promise<TwitterResult<TwitterUser>> {
  return await call({ method: 'GET', path: '/2/users/me' }, userSchema);
}
