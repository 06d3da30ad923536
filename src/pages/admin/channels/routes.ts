import { Hono } from 'hono';
import { rememberPublicUrl } from '../../../bot/publicUrl.ts';
import { setUpTelegram } from '../../../platforms/telegram/setUp.ts';
import { telegramFailureTexts } from '../../../platforms/telegram/texts.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminEnv } from '../../../ui/admin/types.ts';
import { channelsPage } from './page.tsx';

const PAGE = '/admin/channels';

/** `/admin/channels`, and the button on it that connects Telegram. */
export function channelsRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', channelsPage);
  // The language switch of a page that answered a form asks for its address.
  routes.get('/telegram', (context) => context.redirect(PAGE, 303));

  routes.post('/telegram', async (context) => {
    await rememberPublicUrl(context.get('bot'));
    const done = await setUpTelegram(context.get('bot'));
    if (done.ok) {
      return goOn(context, PAGE, { key: 'telegram-ready', values: { name: done.value.username } });
    }
    const reason = telegramFailureTexts[done.reason][context.get('language')];
    return goOn(context, PAGE, { key: 'telegram-failed', values: { reason } });
  });

  return routes;
}
