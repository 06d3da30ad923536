import { Hono } from 'hono';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { isKeyOf } from '../../../lib/text.ts';
import { dropDeliveries, reviveDeliveries, reviveDelivery } from '../../../store/deadDeliveries.ts';
import { countDeliveries } from '../../../store/deliveries.ts';
import { deadDeliveries, deliveryChart, type LoggedMessage } from '../../../store/deliveryList.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Act, type At, Card, Row, Time } from '../../../ui/parts.tsx';
import { noticeNames, texts as overview } from '../runTexts.ts';
import { Chart, questions, texts } from './chart.tsx';

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

const DAYS = 14;
const LISTED = 50;

/** `/admin/deliveries`: what was sent over two weeks, and what could not be. */
async function deliveriesPage(context: AdminContext): Promise<Response> {
  const { db } = context.get('bot');
  const at = clockOf(context);
  const { language } = at;
  const { csrf } = context.get('session');
  const [channels, dead, { dead: deadCount }] = await Promise.all([
    deliveryChart(db, DAYS, at.zone, at.now),
    deadDeliveries(db, LISTED),
    countDeliveries(db),
  ]);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/deliveries' },
    <>
      {channels.length === 0 && <p class="empty">{say(texts.none, language)}</p>}
      <div class="charts">
        {channels.map((channel) => (
          <Chart {...channel} at={at} />
        ))}
      </div>
      <Card title={say(overview.dead, language)} lead={say(texts.deadLead, language)} id="dead">
        <DeliveryRows
          deliveries={dead}
          total={deadCount}
          empty={overview.noDead}
          csrf={csrf}
          at={at}
        />
        {dead.length > 0 && (
          <div class="actions">
            <Act
              to="/admin/deliveries/again"
              csrf={csrf}
              text={say(texts.againAll, language)}
              kind="primary"
            />
            <a class="button danger" href="/admin/deliveries/drop">
              {say(texts.dropAll, language)}
            </a>
          </div>
        )}
      </Card>
    </>,
  );
}

/** Deliveries that wait or were given up; those can be sent again or dropped. */
export function DeliveryRows({
  deliveries,
  total,
  empty,
  csrf,
  at,
}: {
  deliveries: readonly LoggedMessage[];
  total: number;
  empty: Text;
  csrf: string;
  at: At;
}) {
  const { language } = at;
  if (deliveries.length === 0) return <p class="empty">{say(empty, language)}</p>;
  return (
    <>
      <ul class="rows">
        {deliveries.map((delivery) => (
          <Row
            title={
              delivery.title ??
              say(
                isKeyOf(noticeNames, delivery.kind) ? noticeNames[delivery.kind] : overview.reply,
                language,
              )
            }
            lines={[
              ...(delivery.note === null ? [] : [<code>{delivery.note}</code>]),
              <>
                {say(overview.attempts, language, { count: delivery.attempts })}
                {' · '}
                {delivery.state !== 'dead' && `${say(overview.due, language)} `}
                <Time at={delivery.finishedAt ?? delivery.dueAt} {...at} />
              </>,
            ]}
          >
            {delivery.state === 'dead' && (
              <>
                <Act
                  to={`/admin/deliveries/${delivery.id}/again`}
                  csrf={csrf}
                  text={say(overview.again, language)}
                />
                <a class="button danger" href={`/admin/deliveries/${delivery.id}/drop`}>
                  {say(overview.drop, language)}
                </a>
              </>
            )}
          </Row>
        ))}
      </ul>
      {total > deliveries.length && (
        <p class="empty">{say(overview.more, language, { count: total - deliveries.length })}</p>
      )}
    </>
  );
}
