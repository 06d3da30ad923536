import { getPath } from 'hono/utils/url';
import type { Bot } from '../bot/context.ts';
import { createRoutes, type Routes, type Take } from '../bot/http.ts';
import { refuse } from '../bot/receive.ts';
import { errorCode, log } from '../lib/log.ts';
import { once } from '../lib/once.ts';
import { secureAnswer, securePages } from '../ui/secure.ts';
import { adminRoutes } from './admin/routes.tsx';
import { apiRoutes } from './api/routes.ts';
import { readHealth } from './health.ts';
import { homeRoute, notFoundPage } from './home.tsx';
import { privacyRoute } from './privacy.tsx';

type Rooms = Pick<Bot, 'platforms' | 'features'>;
type BotAt = (env: Env, requestUrl: string) => Bot;

type Fetch = (request: Request, env: Env, context?: ExecutionContext) => Promise<Response>;

/**
 * All that is answered. Machines find their doors by path and method alone; they need nothing of
 * what pages do. The routes of pages are made when the first is asked for: a Worker that only hears,
 * or only works off its queues, pays for none. Strict paths: a trailing slash is another address,
 * never a redirect.
 *
 * @param botAt the bot for a request; its address tells where the Worker is to be reached
 */
export function createHttp(botAt: BotAt, rooms: Rooms): { readonly fetch: Fetch } {
  const doors = new Map(
    rooms.platforms.flatMap((platform) => Object.entries(platform.doors ?? {})),
  );
  const pages = once(() => pagesOf(botAt, rooms));
  return {
    async fetch(request, env, context) {
      const door = doors.get(getPath(request));
      const answer = door
        ? await answerAt(door, request, () => botAt(env, request.url), context)
        : await pages().fetch(request, env, context);
      return secureAnswer(answer, request.url);
    },
  };
}

async function answerAt(
  door: Readonly<Record<string, Take>>,
  request: Request,
  botOf: () => Bot,
  context?: ExecutionContext,
): Promise<Response> {
  const isHead = request.method === 'HEAD';
  const method = isHead ? 'GET' : request.method;
  const take = Object.hasOwn(door, method) ? door[method] : undefined;
  if (!take) return refuse(405, 'method not allowed', { allow: Object.keys(door).join(', ') });
  try {
    const answer = await take(botOf(), request, (work) => context?.waitUntil(work));
    return isHead ? new Response(null, answer) : answer;
  } catch (cause) {
    return failed(request, cause);
  }
}

function failed(request: Request, cause: unknown): Response {
  log('request-failed', { path: getPath(request), code: errorCode(cause) });
  return refuse(500, 'internal error');
}

function pagesOf(botAt: BotAt, { platforms, features }: Rooms): Routes {
  const app = createRoutes();
  app.use(async (context, next) => {
    context.set('bot', botAt(context.env, context.req.url));
    return await next();
  });
  app.onError((cause, context) => failed(context.req.raw, cause));
  for (const { routes } of platforms) routes?.(app);
  app.get('/healthz', async (context) => {
    const health = await readHealth(context.get('bot'));
    return context.json(health, health.ok ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.route('/admin', adminRoutes({ features, platforms }));
  app.route('/api', apiRoutes(features));
  for (const { path, routes } of features.flatMap((feature) => feature.routes ?? [])) {
    app.route(path, routes());
  }
  app.route('/', homeRoute(features));
  app.route('/', privacyRoute());
  app.get('*', securePages(), async (context, next) =>
    context.req.header('accept')?.includes('text/html') ? notFoundPage(context) : await next(),
  );
  return app.notFound((context) => context.json({ error: 'not found' }, 404));
}
