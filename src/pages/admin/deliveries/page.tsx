import { countDeliveries } from '../../../store/deliveries.ts';
import { deliveryChart } from '../../../store/deliveryChart.ts';
import { deadDeliveries } from '../../../store/deliveryList.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Act, Card } from '../../../ui/parts.tsx';
import { DeliveryRows } from '../deliveries.tsx';
import { texts as overview } from '../overviewTexts.ts';
import { Chart } from './chart.tsx';
import { texts } from './texts.ts';

const DAYS = 14;
const LISTED = 50;

/** `/admin/deliveries`: what was sent over two weeks, and what could not be. */
export async function deliveriesPage(context: AdminContext): Promise<Response> {
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
