import { Hono } from 'hono';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import type { FlashKey } from '../../../ui/admin/flashTexts.ts';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { skipTitle, wordTitle } from '../store/announcing.ts';
import { findTitle, posterOf, postNow } from '../upcomingPosts.ts';
import { readTitle } from './form.ts';
import { postsPage } from './page.tsx';
import { nowQuestion } from './texts.ts';

const PAGE = '/admin/posts';
const ONE = '/:id{\\d{1,15}}';

/** `/admin/posts` and all that can be done there. */
export function postsRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', postsPage);

  routes.get(`${ONE}/poster`, async (context) => {
    const poster = await posterOf(context.get('bot'), idOf(context));
    return poster === null
      ? context.body(null, 404)
      : context.body(poster.bytes, 200, { 'content-type': poster.type });
  });

  routes.get(`${ONE}/now`, async (context) => {
    const title = await findTitle(context.get('bot'), idOf(context));
    if (title === null) return back(context, 'post-gone');
    return confirmPage(context, { ...nowQuestion, values: { title: title.title }, under: PAGE });
  });
  routes.post(`${ONE}/now`, async (context) => {
    const done = await postNow(context.get('bot'), idOf(context));
    return back(
      context,
      ({ posted: 'post-queued', gone: 'post-gone', 'no-account': 'no-account' } as const)[done],
    );
  });

  routes.post(`${ONE}/skip`, async (context) => {
    const { db, runtime } = context.get('bot');
    const isDone = await skipTitle(db, idOf(context), runtime.now());
    return back(context, isDone ? 'skipped' : 'post-gone');
  });
  routes.post(`${ONE}/unskip`, async (context) => {
    const isDone = await skipTitle(context.get('bot').db, idOf(context), null);
    return back(context, isDone ? 'unskipped' : 'post-gone');
  });

  routes.post(`${ONE}/title`, async (context) => {
    const bot = context.get('bot');
    const read = readTitle(context.get('form'));
    if (read === 'too-long') return back(context, 'title-too-long');
    const known = await findTitle(bot, idOf(context));
    const own = read.title === known?.sourceTitle ? null : read.title;
    if (known === null || !(await wordTitle(bot.db, known.id, own))) {
      return back(context, 'post-gone');
    }
    return back(context, own === null ? 'title-restored' : 'title-changed');
  });

  return routes;
}

function idOf(context: AdminContext): number {
  return Number(context.req.param('id'));
}

function back(context: AdminContext, key: FlashKey): Response {
  return goOn(context, PAGE, { key });
}
