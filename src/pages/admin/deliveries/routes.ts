import { Hono } from 'hono';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { dropDeliveries, reviveDeliveries, reviveDelivery } from '../../../store/deadDeliveries.ts';
import { countDeliveries } from '../../../store/deliveries.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { deliveriesPage } from './page.tsx';
import { questions } from './texts.ts';

const PAGE = '/admin/deliveries';
const ONE = '/:id{\\d{1,15}}';
/** One press sends so many again; the others stay listed. */
const AT_ONCE = 500;

/** `/admin/deliveries`: what could not be sent is sent again or dropped, one by one or all. */
export function deliveriesRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', deliveriesPage);

  // The rows are the truth: should the queue fail, `sweep` finds them.
  routes.post(`${ONE}/again`, async (context) => {
    const bot = context.get('bot');
    const id = idOf(context);
    const isRevived = await reviveDelivery(bot.db, id, bot.runtime.now());
    if (isRevived) await wakeOutbox(bot);
    return goOn(context, PAGE, { key: isRevived ? 'sent-again' : 'not-dead' });
  });
  routes.post('/again', async (context) => {
    const bot = context.get('bot');
    const count = await reviveDeliveries(bot.db, AT_ONCE, bot.runtime.now());
    await wakeOutbox(bot);
    return goOn(context, PAGE, { key: 'sent-again-all', values: { count } });
  });

  routes.get(`${ONE}/drop`, (context) => confirmPage(context, { ...questions.drop, under: PAGE }));
  routes.post(`${ONE}/drop`, async (context) => {
    const count = await dropDeliveries(context.get('bot').db, idOf(context));
    return goOn(context, PAGE, { key: count > 0 ? 'dropped' : 'not-dead' });
  });
  routes.get('/drop', async (context) => {
    const { dead } = await countDeliveries(context.get('bot').db);
    const values = { count: String(dead) };
    return confirmPage(context, { ...questions.dropAll, values, under: PAGE });
  });
  routes.post('/drop', async (context) => {
    const count = await dropDeliveries(context.get('bot').db, null);
    return goOn(context, PAGE, { key: 'dropped-all', values: { count } });
  });

  return routes;
}

function idOf(context: AdminContext): number {
  return Number(context.req.param('id'));
}
