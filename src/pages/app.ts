import { Hono } from 'hono';
import type { Bot } from '../bot/context.ts';
import { menuPage } from '../features/menu/menuPage.tsx';
import { repoRoutes } from '../features/repositories/pages/routes.tsx';
import { registerRoutes } from '../features/repositories/register/routes.tsx';
import { errorCode, log } from '../lib/log.ts';
import { githubWebhook } from '../platforms/github/door.ts';
import { kakaoWebhook } from '../platforms/kakao/door.ts';
import { kakaoLogin } from '../platforms/kakao/loginRoutes.tsx';
import { skillRoutes } from '../platforms/kakao/skill.ts';
import { telegramWebhook } from '../platforms/telegram/door.ts';
import { twitterWebhook } from '../platforms/x/door.ts';
import { twitterLogin } from '../platforms/x/loginPages.tsx';
import type { RoomEnv } from '../ui/http.ts';
import { adminRoutes } from './admin/routes.tsx';
import { apiRoutes } from './api/routes.ts';
import { readHealth } from './health.ts';
import { homeRoute } from './home.tsx';

/**
 * All routes. Strict paths: a trailing slash is another address, never a redirect.
 *
 * @param botAt the bot for a request; its address tells where the Worker is to be reached
 */
export function createHttp(botAt: (env: Env, requestUrl: string) => Bot): Hono<RoomEnv> {
  const app = new Hono<RoomEnv>();
  app.use(async (context, next) => {
    context.set('bot', botAt(context.env, context.req.url));
    return await next();
  });
  app.route('/webhook/twitter', twitterWebhook());
  app.get('/healthz', async (context) => {
    const health = await readHealth(context.get('bot'));
    const stored = health.features['storage']?.state === 'on';
    return context.json(health, stored ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.route('/admin', adminRoutes());
  app.route('/login/twitter', twitterLogin());
  app.route('/login/kakao', kakaoLogin());
  app.route('/webhook/kakao', kakaoWebhook());
  app.route('/webhook/telegram', telegramWebhook());
  app.route('/webhook/github', githubWebhook());
  app.route('/api', apiRoutes());
  app.route('/menu', menuPage());
  app.route('/register', registerRoutes());
  app.route('/repos', repoRoutes());
  app.route('/', skillRoutes());
  app.route('/', homeRoute());
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((cause, context) => {
    log('request-failed', { path: context.req.path, code: errorCode(cause) });
    return context.json({ error: 'internal error' }, 500);
  });
  return app;
}
