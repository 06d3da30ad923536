import { createRoutes, type Routes } from '../../bot/http.ts';
import { loadPoster } from '../../bot/outbox/posters.ts';
import { posterKey } from './notices.ts';
import { posterOfProduction } from './store.ts';

const ID = '/:id{\\d{1,15}}/poster';

/** Posters of productions for our own pages: KOPIS has them without https. */
export function posterRoutes(): Routes {
  const routes = createRoutes();
  routes.get(ID, async (context) => {
    const bot = context.get('bot');
    const id = Number(context.req.param('id'));
    const url = await posterOfProduction(bot.db, id);
    if (url === null) return context.notFound();
    const poster = await loadPoster(bot, { key: posterKey(id), url });
    if (!poster.ok) return context.notFound();
    return context.body(poster.value.bytes, 200, {
      'content-type': poster.value.type,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    });
  });
  return routes;
}
