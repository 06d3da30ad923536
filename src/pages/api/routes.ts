import type { Context } from 'hono';
import * as v from 'valibot';
import {
  type ApiAnswer,
  type ApiCall,
  type ApiRequest,
  type Fields,
  LONGEST_LIST,
  problem,
} from '../../bot/api.ts';
import type { Bot } from '../../bot/context.ts';
import type { Feature } from '../../bot/feature.ts';
import { createRoutes, type RoomEnv, type Routes } from '../../bot/http.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { readBody } from '../../lib/outbound.ts';
import type { Result } from '../../lib/result.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { type ApiScope, findApiKey } from '../../store/ownerLogin.ts';
import { acceptedLanguage, type Text } from '../../ui/language.ts';
import { retryAfter, type Tried, tryDoor } from '../door.ts';
import { apiOf, emptyField, messages, onlyLooks } from './calls.ts';
import { describeApi, docsRoutes } from './docs.tsx';

/**
 * The seed's REST API, for whoever has the owner's `API_KEY` or a key the owner made for them. To be
 * mounted at `/api`; a path that is none of its own is left to others.
 */
export function apiRoutes(features: readonly Feature[]): Routes {
  const api = apiOf(features);
  const routes = createRoutes();
  routes.route('/', docsRoutes(api));
  routes.on('GET', ['/openapi.json', '/openapi.json/'], (context) => {
    const language = acceptedLanguage(context.req.header('accept-language') ?? '') ?? 'ko';
    return context.json(describeApi(api, language), 200, { vary: 'accept-language' });
  });

  routes.all('*', async (context, next) => {
    const path = context.req.path.replace(/\/?$/, '/');
    const here = api.calls.filter((call) => call.path === path);
    if (here.length === 0) return next();
    const bot = context.get('bot');
    const { config } = bot;
    const language =
      acceptedLanguage(context.req.header('accept-language') ?? '') ?? config.language;
    const call = here.find(({ method }) => method === context.req.method);
    if (!call) {
      const allow = here.map(({ method }) => method).join(', ');
      return toResponse(problem(405, messages.method, language), { allow });
    }
    const key = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    const named = key === undefined ? null : await namedKey(bot, key);
    if (named === 'read' && !onlyLooks(call)) {
      return toResponse(problem(403, messages.onlyReads, language));
    }
    const tried: Tried = named === null ? await tryApiKey(context, key, config.apiKey) : 'right';
    if (tried === 'wrong') {
      const headers = { 'www-authenticate': 'Bearer' };
      return toResponse(problem(401, messages.noKey, language), headers);
    }
    if (tried !== 'right') {
      return toResponse(problem(429, messages.guessing, language), retryAfter(tried));
    }
    return toResponse(await answer(call, context.req.raw, { bot, language }));
  });
  return routes;
}

/** Compares a key with the owner's `API_KEY`; a call without one is no try. */
async function tryApiKey(
  context: Context<RoomEnv>,
  key: string | undefined,
  apiKey: string | null,
): Promise<Tried> {
  if (key === undefined) return 'wrong';
  return tryDoor(context, 'key', () => isSameSecret(key, apiKey));
}

/** What a key that the owner made on `/admin/security` may do; `null` for every other one. */
async function namedKey({ db, runtime }: Bot, key: string): Promise<ApiScope | null> {
  if (!/^soshik_[\w-]{43}$/.test(key)) return null;
  return (await findApiKey(db, await sha256Hex(key), runtime.now()))?.scope ?? null;
}

/** Checks what was sent, in the seed's order, and carries the call out. */
async function answer(
  call: ApiCall,
  request: Request,
  { bot, language }: Omit<ApiRequest, 'fields'>,
): Promise<ApiAnswer> {
  const read = await readFields(request, call.from);
  if (!read.ok) return problem(read.status, read.message, language, read.values);
  const fields = read.value;
  const empty = call.fields.find(({ name, isRequired }) => isRequired && fields[name] === '');
  if (empty) return problem(400, emptyField(empty.name), language);
  return call.run({ bot, fields, language });
}

function toResponse(
  { status, body }: ApiAnswer,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', ...headers },
  });
}

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
