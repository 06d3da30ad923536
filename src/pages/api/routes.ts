import type { Context } from 'hono';
import { type ApiAnswer, type ApiCall, type ApiRequest, problem } from '../../bot/api.ts';
import type { Bot } from '../../bot/context.ts';
import type { Feature } from '../../bot/feature.ts';
import { createRoutes, type RoomEnv, type Routes } from '../../bot/http.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { type ApiScope, findApiKey } from '../../store/sessions.ts';
import { acceptedLanguage } from '../../ui/language.ts';
import { retryAfter, type Tried, tryDoor } from '../door.ts';
import { apiOf, emptyField, messages, onlyLooks } from './calls.ts';
import { docsRoutes } from './docs.tsx';
import { readFields } from './fields.ts';
import { describeApi } from './openapi.ts';

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
