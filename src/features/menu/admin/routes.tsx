import { Hono } from 'hono';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { previewMenuPage, removeMenuPage, saveMenuPage } from '../settings.ts';
import { readFields, readPage } from './form.ts';
import { menuPageView, type Tried } from './page.tsx';
import { removeQuestion } from './texts.ts';

const PAGE = '/admin/menu';

/** `/admin/menu`: a page is looked at before it is saved, and never saved when it tells nothing. */
export function menuRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', (context) => menuPageView(context, null));
  // The language switch of a page that answered a form asks for its address.
  routes.get('/preview', (context) => context.redirect(PAGE, 303));
  routes.get('/save', (context) => context.redirect(PAGE, 303));

  routes.post('/preview', async (context) => menuPageView(context, (await tryForm(context)).tried));

  routes.post('/save', async (context) => {
    const { tried, save } = await tryForm(context);
    if (save === null) return menuPageView(context, tried);
    await save();
    return goOn(context, PAGE, { key: 'menu-saved' });
  });

  routes.get('/remove', (context) => confirmPage(context, { ...removeQuestion, under: PAGE }));
  routes.post('/remove', async (context) => {
    await removeMenuPage(context.get('bot'));
    return goOn(context, PAGE, { key: 'menu-removed' });
  });

  return routes;
}

/** `save`: keeps the page; `null` when there is something wrong with it. */
async function tryForm(
  context: AdminContext,
): Promise<{ readonly tried: Tried; readonly save: (() => Promise<void>) | null }> {
  const bot = context.get('bot');
  const fields = readFields(context.get('form'));
  const read = readPage(fields, bot.config.trustedHosts);
  if ('problem' in read) return { tried: { fields, problem: read.problem }, save: null };
  const { outcome, memory } = await previewMenuPage(bot, read.page);
  const isGood = outcome.kind === 'meals' || outcome.kind === 'none';
  return {
    tried: { fields, answer: outcome, cells: memory.cells ?? [] },
    save: isGood ? () => saveMenuPage(bot, read.page) : null,
  };
}
