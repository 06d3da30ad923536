import * as v from 'valibot';

const ID = /^[0-9]{1,19}$/;

/** An id of X: text, since JavaScript numbers cannot hold it. */
export const idSchema = v.pipe(v.string(), v.regex(ID));

/** True for text of the form that X gives to ids of posts, people and media. */
export function isId(text: string): boolean {
  return ID.test(text);
}
