import { getPath } from 'hono/utils/url';
import type { Bot } from '../bot/context.ts';
import { createRoutes, type Routes } from '../bot/http.ts';
import { errorCode, log } from '../lib/log.ts';
import { once } from '../lib/once.ts';
import { secureAnswers, securePages } from '../ui/secure.ts';
import { adminRoutes } from './admin/routes.tsx';
import { apiRoutes } from './api/routes.ts';
import { readHealth } from './health.ts';
import { homeRoute, notFoundPage } from './home.tsx';
import { privacyRoute } from './privacy.tsx';

type Rooms = Pick<Bot, 'platforms' | 'features'>;
type BotAt = (env: Env, requestUrl: string) => Bot;

/** Where platforms deliver. */
const DOORS = '/webhook/';

/**
 * All routes. Strict paths: a trailing slash is another address, never a redirect. The doors stand
 * apart from the pages, and each is hung in when it is first asked for: a Worker that only hears, or
 * only works off its queues, pays for no page.
 *
 * @param botAt the bot for a request; its address tells where the Worker is to be reached
 */
export function createHttp(botAt: BotAt, rooms: Rooms): Pick<Routes, 'fetch'> {
  const pages = once(() => pagesOf(frameOf(botAt), rooms));
  const doors = once(() => {
    const app = frameOf(botAt);
    for (const platform of rooms.platforms) platform.doors?.(app);
    return app.notFound(({ req, env }) => pages().fetch(req.raw, env));
  });
  return {
    fetch: (request, env, context) =>
      (getPath(request).startsWith(DOORS) ? doors() : pages()).fetch(request, env, context),
  };
}

/** What is the same for every answer. */
function frameOf(botAt: BotAt): Routes {
  const app = createRoutes();
  app.use(secureAnswers());
  app.use(async (context, next) => {
    context.set('bot', botAt(context.env, context.req.url));
    return await next();
  });
  return app.onError((cause, context) => {
    log('request-failed', { path: context.req.path, code: errorCode(cause) });
    return context.json({ error: 'internal error' }, 500);
  });
}

function pagesOf(app: Routes, { platforms, features }: Rooms): Routes {
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
