import { Hono } from 'hono';
import type { Bot } from '../bot/context.ts';
import type { Config } from '../config/config.ts';
import { menuPage } from '../features/menu/menuPage.tsx';
import { repoRoutes } from '../features/repositories/pages/routes.tsx';
import { registerRoutes } from '../features/repositories/register/routes.tsx';
import { errorCode, log } from '../lib/log.ts';
import { githubWebhook } from '../platforms/github/door.ts';
import { kakaoWebhook } from '../platforms/kakao/door.ts';
import { kakaoLogin } from '../platforms/kakao/loginRoutes.tsx';
import { skillRoutes } from '../platforms/kakao/skill.ts';
import { telegramWebhook } from '../platforms/telegram/door.ts';
import type { AccountsContext } from '../platforms/x/accountsContext.ts';
import { twitterWebhook } from '../platforms/x/door.ts';
import { twitterLogin } from '../platforms/x/loginPages.tsx';
import { adminRoutes } from './admin/routes.tsx';
import { apiRoutes } from './api/routes.ts';
import { readHealth } from './health.ts';
import { homeRoute } from './home.tsx';

/** What routes need from outside: the owner's settings, and the bot put together. */
export interface HttpDoors {
  readonly configOf: (env: Env) => Config;
  readonly botOf: (env: Env) => Bot;
  /** The bot for a request whose address tells where the Worker is to be reached. */
  readonly botAt: (env: Env, requestUrl: string) => Bot;
  /** @param requestUrl tells where the Worker is to be reached when `PUBLIC_URL` does not */
  readonly accountsOf: (env: Env, requestUrl: string) => AccountsContext;
}

/** All routes. Strict paths: a trailing slash is another address, never a redirect. */
export function createHttp(doors: HttpDoors): Hono<{ Bindings: Env }> {
  const { configOf, botOf } = doors;
  const app = new Hono<{ Bindings: Env }>();
  app.route('/webhook/twitter', twitterWebhook(configOf, botOf));
  app.get('/healthz', async (context) => {
    const health = await readHealth(botOf(context.env));
    const stored = health.features['storage']?.state === 'on';
    return context.json(health, stored ? 200 : 503, { 'cache-control': 'no-store' });
  });
  app.route('/admin', adminRoutes(doors));
  app.route('/login/twitter', twitterLogin(doors));
  app.route('/login/kakao', kakaoLogin(doors));
  app.route('/webhook/kakao', kakaoWebhook(doors));
  app.route('/webhook/telegram', telegramWebhook(configOf, botOf));
  app.route('/webhook/github', githubWebhook(configOf, botOf));
  app.route('/api', apiRoutes(doors));
  app.route('/menu', menuPage(doors));
  app.route('/register', registerRoutes(doors));
  app.route('/repos', repoRoutes(doors));
  app.route('/', skillRoutes(doors));
  app.route('/', homeRoute(doors));
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  app.onError((cause, context) => {
    log('request-failed', { path: context.req.path, code: errorCode(cause) });
    return context.json({ error: 'internal error' }, 500);
  });
  return app;
}
