import type { Context } from 'hono';
import { type ApiAnswer, type ApiCall, type ApiRequest, problem } from '../../bot/api.ts';
import type { Bot } from '../../bot/context.ts';
import type { Feature } from '../../bot/feature.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { log } from '../../lib/log.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import { tellOwner } from '../../store/incidents.ts';
import { countGuess, forgetGuesses, lockedMs, sourceOf } from '../../store/patience.ts';
import { type ApiScope, findApiKey } from '../../store/sessions.ts';
import { acceptedLanguage } from '../../ui/language.ts';
import { apiOf, emptyField, messages } from './calls.ts';
import { docsRoutes } from './docs.tsx';
import { readFields } from './fields.ts';
import { describeApi } from './openapi.ts';

/**
 * The seed's REST API, for whoever has the owner's `API_KEY`; without one set, for
 * nobody. To be mounted at `/api`; a path that is none of its own is left to others.
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
    if (named === 'read' && context.req.method !== 'GET') {
      return toResponse(problem(403, messages.onlyReads, language));
    }
    const tried =
      named !== null
        ? 'right'
        : key === undefined
          ? 'wrong'
          : await tryDoor(context, key, config.apiKey, 'key');
    if (tried === 'wrong') {
      const headers = { 'www-authenticate': 'Bearer' };
      return toResponse(problem(401, messages.noKey, language), headers);
    }
    if (tried !== 'right') {
      const headers = { 'retry-after': String(Math.ceil(tried.waitMs / SECOND_MS)) };
      return toResponse(problem(429, messages.guessing, language), headers);
    }
    return toResponse(await answer(call, context.req.raw, { bot, language }));
  });
  return routes;
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

/** How a try of the owner's password or key ended. */
export type Tried = 'right' | 'wrong' | { readonly waitMs: number };

/**
 * Compares what was shown with the owner's password or key, within what an address may try: ten wrong
 * ones an hour. The owner is told when an address has used them up.
 */
export async function tryDoor(
  context: Context,
  shown: string,
  secret: string | null,
  kind: 'password' | 'key' = 'password',
): Promise<Tried> {
  const bot: Bot = context.get('bot');
  const { db, runtime } = bot;
  const source = await sourceOf(context.req.header('cf-connecting-ip') ?? 'local');
  const now = runtime.now();
  const isRight = await isSameSecret(shown.trim(), secret);
  // Tries of a password count before they are judged, so that many at once are no way around. A key
  // is too long for that; its calls cost no row.
  const waitMs =
    kind === 'key' && isRight ? await lockedMs(db, source, now) : await countGuess(db, source, now);
  const { path } = context.req;
  if (waitMs > 0) {
    log('door-locked', { path, source });
    const key = `locked-out:${source}:${Math.floor(now / HOUR_MS)}`;
    await tellOwner(db, { key, kind: 'locked-out', detail: { source: source.slice(0, 8) } }, now);
    return { waitMs };
  }
  if (!isRight) {
    log('door-refused', { path, source });
    return 'wrong';
  }
  if (kind === 'password') await forgetGuesses(db, source);
  return 'right';
}
