import * as v from 'valibot';
import type { TwitterCaller, TwitterResult } from './answer.ts';

/** The answer to a deletion; 204 says the same without words. */
export const deletedSchema = v.union([
  v.pipe(
    v.object({ data: v.object({ deleted: v.boolean() }) }),
    v.transform((body) => ({ deleted: body.data.deleted })),
  ),
  v.pipe(
    v.null(),
    v.transform(() => ({ deleted: true })),
  ),
]);

const ID = /^[0-9]{1,19}$/;

/** An id of X: text, since JavaScript numbers cannot hold it. */
export const idSchema = v.pipe(v.string(), v.regex(ID));

/** True for text of the form that X gives to ids of posts, people and media. */
export function isId(text: string): boolean {
  return ID.test(text);
}

export interface TwitterUser {
  readonly id: string;
  /** Without the `@`. */
  readonly username: string;
}

const userSchema = v.pipe(
  v.object({ data: v.object({ id: idSchema, username: v.string() }) }),
  v.transform((body) => body.data),
);

/** The account that the credentials belong to. Source: X OpenAPI 2.167 `getUsersMe`. */
export async function me(call: TwitterCaller): Promise<TwitterResult<TwitterUser>> {
  return await call({ method: 'GET', path: '/2/users/me' }, userSchema);
}

/** True for printable ASCII without white space: the form of all keys and tokens of X. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
