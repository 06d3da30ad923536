import * as v from 'valibot';
import { type ApiCall, type Fields, LONGEST_LIST } from '../../bot/api.ts';
import { readBody } from '../../lib/outbound.ts';
import type { Result } from '../../lib/result.ts';
import type { Text } from '../../ui/language.ts';
import { messages } from './calls.ts';

const MAX_BODY_BYTES = 64 * 1024;
const FORMS = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);

/** JSON may name a chat by its number. */
const field = v.pipe(
  v.nullish(v.union([v.string(), v.pipe(v.number(), v.safeInteger(), v.transform(String))]), ''),
  v.trim(),
  v.maxLength(2000),
  v.check((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
);
/** A file has lines, and is longer. */
const file = v.pipe(
  v.nullish(v.string(), ''),
  v.trim(),
  v.maxLength(LONGEST_LIST),
  v.check((text) => text.isWellFormed() && !/(?![\t\r\n])\p{Cc}/u.test(text)),
);
const fieldsSchema: v.GenericSchema<unknown, Fields> = v.object({
  id: field,
  fav_repository: field,
  nick_name: field,
  type: field,
  branch: field,
  options: field,
  code: field,
  repo: field,
  list: file,
  stars: field,
  preview: v.pipe(v.nullish(v.union([v.boolean(), v.string()]), ''), v.transform(String), v.trim()),
});
const jsonSchema = v.record(v.string(), v.unknown());

interface Unreadable {
  readonly status: 400 | 413 | 415;
  readonly message: Text;
  /** What the message names. */
  readonly values?: Readonly<Record<string, string>>;
}

type Given = Readonly<Record<string, unknown>>;

/** The fields of a call, from where it takes them; of several with one name the last counts. */
export async function readFields(
  request: Request,
  from: ApiCall['from'],
): Promise<Result<Fields, Unreadable>> {
  const query: Given = from === 'body' ? {} : Object.fromEntries(new URL(request.url).searchParams);
  const body = from === 'query' ? null : await readGiven(request);
  if (body?.ok === false) return body;
  const read = v.safeParse(fieldsSchema, { ...query, ...body?.value });
  if (read.success) return { ok: true, value: read.output };
  const name = v.getDotPath(read.issues[0]) ?? '';
  const message = name === 'list' ? messages.list : messages.field;
  return { ok: false, status: 400, message, values: { name } };
}

/** What a body holds, a form's or JSON; nothing when there is none. */
async function readGiven(request: Request): Promise<Result<Given, Unreadable>> {
  const body = await readBody(request.body, MAX_BODY_BYTES);
  if (body === null) return { ok: false, status: 413, message: messages.tooLarge };
  if (body.length === 0) return { ok: true, value: {} };
  const type = request.headers.get('content-type') ?? '';
  const media = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  try {
    if (media === 'application/json') {
      const json: unknown = JSON.parse(new TextDecoder().decode(body));
      return { ok: true, value: v.parse(jsonSchema, json) };
    }
    if (FORMS.has(media)) {
      const form = await new Response(body, { headers: { 'content-type': type } }).formData();
      return { ok: true, value: Object.fromEntries(form) };
    }
  } catch {
    return { ok: false, status: 400, message: messages.unreadable };
  }
  return { ok: false, status: 415, message: messages.mediaType };
}
