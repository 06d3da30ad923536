import * as v from 'valibot';
import type { TwitterCaller, TwitterResult } from './answer.ts';

const ID = /^[0-9]{1,19}$/;

/** An id of X: text, since JavaScript numbers cannot hold it. */
export const idSchema = v.pipe(v.string(), v.regex(ID));

/** True for text of the form that X gives to ids of posts, people and media. */
export function isId(text: string): boolean {
  return ID.test(text);
}

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

/**
 * An address that calls start with, without a slash at its end.
 *
 * @throws TypeError when it is no http(s) address, or has a query, a fragment or a user
 */
export function baseUrl(name: string, url: string): string {
  if (!/^https?:\/\/[^\s?#@]+$/.test(url) || !URL.canParse(url)) {
    throw new TypeError(`Twitter client: ${name} must be an http(s) address without query or user`);
  }
  return url.replace(/\/+$/, '');
}

/** @throws TypeError when one of the keys is blank or not plain ASCII */
export function requirePlain(group: string, keys: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(keys)) {
    if (!isPlain(value)) {
      throw new TypeError(`Twitter client: ${group}.${name} is blank or not plain ASCII`);
    }
  }
}

/** True for printable ASCII without white space: the form of all keys and tokens of X. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
