import { Hono } from 'hono';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { reviveDeliveries, reviveDelivery } from '../../../store/deadDeliveries.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminEnv } from '../../../ui/admin/types.ts';
import { messagePage } from './one.tsx';
import { messagesPage } from './page.tsx';

const PAGE = '/admin/messages';
const ONE = '/:id{\\d{1,15}}';
/** One press sends so many again; the others stay listed. */
const AT_ONCE = 500;

/** `/admin/messages`: the log of every message, and sending again what failed. */
export function messagesRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', messagesPage);
  routes.get(ONE, messagePage);

  routes.post(`${ONE}/again`, async (context) => {
    const bot = context.get('bot');
    const id = Number(context.req.param('id'));
    const isRevived = await reviveDelivery(bot.db, id, bot.runtime.now());
    if (isRevived) await wakeOutbox(bot);
    return goOn(context, PAGE, { key: isRevived ? 'sent-again' : 'not-dead' });
  });
  routes.post('/again', async (context) => {
    const bot = context.get('bot');
    const channel = context.req.query('channel');
    const only = channel === undefined ? {} : { channel };
    const count = await reviveDeliveries(bot.db, AT_ONCE, bot.runtime.now(), only);
    await wakeOutbox(bot);
    return goOn(context, PAGE, { key: 'sent-again-all', values: { count } });
  });

  return routes;
}
