import { Hono } from 'hono';
import type { Bot } from '../bot/context.ts';
import type { RoomEnv } from '../bot/http.ts';
import { errorCode, log } from '../lib/log.ts';
import { secureAnswers, securePages } from '../ui/secure.ts';
import { adminRoutes } from './admin/routes.tsx';
import { apiRoutes } from './api/routes.ts';
import { readHealth } from './health.ts';
import { homeRoute, notFoundPage } from './home.tsx';

/**
 * All routes. Strict paths: a trailing slash is another address, never a redirect.
 *
 * @param botAt the bot for a request; its address tells where the Worker is to be reached
 */
export function createHttp(
  botAt: (env: Env, requestUrl: string) => Bot,
  { platforms, features }: Pick<Bot, 'platforms' | 'features'>,
): Hono<RoomEnv> {
  const app = new Hono<RoomEnv>();
  app.use(secureAnswers());
  app.use(async (context, next) => {
    context.set('bot', botAt(context.env, context.req.url));
    return await next();
  });
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
  app.get('*', securePages(), async (context, next) =>
    context.req.header('accept')?.includes('text/html') ? notFoundPage(context) : await next(),
  );
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((cause, context) => {
    log('request-failed', { path: context.req.path, code: errorCode(cause) });
    return context.json({ error: 'internal error' }, 500);
  });
  return app;
}
