import { Hono } from 'hono';
import { rememberPublicUrl } from '../../bot/publicUrl.ts';
import { goOn } from '../../ui/admin/flash.ts';
import type { AdminEnv, AdminRoutes } from '../../ui/admin/types.ts';
import { setUpTelegram } from './setUp.ts';
import { telegramFailureTexts } from './texts.ts';

const PAGE = '/admin/channels';

/** The button on the page of channels that connects Telegram. */
export function telegramActions(): AdminRoutes {
  const routes = new Hono<AdminEnv>();
  // The language switch of a page that answered a form asks for its address.
  routes.get('/', (context) => context.redirect(PAGE, 303));
  routes.post('/', async (context) => {
    const bot = context.get('bot');
    await rememberPublicUrl(bot);
    const done = await setUpTelegram(bot);
    if (done.ok) {
      return goOn(context, PAGE, { key: 'telegram/ready', values: { name: done.value.username } });
    }
    const reason = telegramFailureTexts[done.reason][context.get('language')];
    return goOn(context, PAGE, { key: 'telegram/failed', values: { reason } });
  });
  return routes;
}
