import { Hono } from 'hono';
import { rememberPublicUrl } from '../../../bot/publicUrl.ts';
import type { TelegramContext } from '../../../platforms/telegram/context.ts';
import { setUpTelegram } from '../../../platforms/telegram/setUp.ts';
import { telegramFailureTexts } from '../../../platforms/telegram/texts.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminContext, AdminDoors, AdminEnv } from '../../../ui/admin/types.ts';
import { channelsPage } from './page.tsx';

const PAGE = '/admin/channels';

/** `/admin/channels`, and the button on it that connects Telegram. */
export function channelsRoutes(doors: AdminDoors): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();
  const telegramOf = (context: AdminContext): TelegramContext => {
    const { publicUrl } = doors.accountsOf(context.env, context.req.url);
    return { ...context.get('bot').telegram, publicUrl };
  };

  routes.get('/', (context) => channelsPage(context, telegramOf(context)));
  // The language switch of a page that answered a form asks for its address.
  routes.get('/telegram', (context) => context.redirect(PAGE, 303));

  routes.post('/telegram', async (context) => {
    await rememberPublicUrl(doors.accountsOf(context.env, context.req.url));
    const done = await setUpTelegram(telegramOf(context));
    if (done.ok) {
      return goOn(context, PAGE, { key: 'telegram-ready', values: { name: done.value.username } });
    }
    const reason = telegramFailureTexts[done.reason][context.get('language')];
    return goOn(context, PAGE, { key: 'telegram-failed', values: { reason } });
  });

  return routes;
}
