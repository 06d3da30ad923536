import { dayForPeople, dayOf } from '../../../lib/time.ts';
import {
  type ChannelDeliveries,
  type DeliveryDay,
  WAITING_TO,
} from '../../../store/deliveryChart.ts';
import type { OwnerAt } from '../../../ui/admin/page.tsx';
import { say } from '../../../ui/language.ts';
import { Card, count } from '../../../ui/parts.tsx';
import { channelName } from '../people/page.tsx';
import { texts } from './texts.ts';

/** In the chart's own units; the page scales it. */
const [WIDTH, HEIGHT, GAP] = [280, 80, 4];

/** A channel's deliveries: in words, as bars, and as a table. */
export function Chart({ channel, waiting, days, at }: ChannelDeliveries & { at: OwnerAt }) {
  const { language } = at;
  const name = channelName(channel, at);
  const values = {
    name,
    waiting: waiting < WAITING_TO ? count(waiting) : `${count(waiting)}+`,
    sent: count(total(days, 'sent')),
    failed: count(total(days, 'failed')),
  };
  const today = dayOf(at.now, at.zone);
  return (
    <Card title={name}>
      <p class="actions">
        <span class="badge warn">{`${say(texts.waiting, language)} ${values.waiting}`}</span>
        <span class="badge ok">{`${say(texts.sent, language)} ${values.sent}`}</span>
        <span class="badge bad">{`${say(texts.failed, language)} ${values.failed}`}</span>
      </p>
      <Bars days={days} waiting={waiting} label={say(texts.chart, language, values)} />
      <p class="pages soft">
        <span>{dayForPeople(days[0]?.day ?? today, today, language)}</span>
        <span>{say(texts.today, language)}</span>
      </p>
      <details>
        <summary>{say(texts.table, language)}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(texts.day, language)}</th>
              <th scope="col" class="number">
                {say(texts.sent, language)}
              </th>
              <th scope="col" class="number">
                {say(texts.failed, language)}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, sent, failed }) => (
              <tr>
                <th scope="row">{dayForPeople(day, today, language)}</th>
                <td class="number">{count(sent)}</td>
                <td class="number">{count(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  );
}

function total(days: readonly DeliveryDay[], kind: 'sent' | 'failed'): number {
  return days.reduce((sum, day) => sum + day[kind], 0);
}

/** A bar a day, oldest first: sent, what failed upon it, and upon today's what waits. */
function Bars({
  days,
  waiting,
  label,
}: Pick<ChannelDeliveries, 'days' | 'waiting'> & { label: string }) {
  const stacks = days.map(({ sent, failed }, index) => [
    { kind: 'ok', amount: sent },
    { kind: 'bad', amount: failed },
    { kind: 'warn', amount: index === days.length - 1 ? waiting : 0 },
  ]);
  const highest = Math.max(1, ...stacks.map((stack) => sumOf(stack)));
  const step = WIDTH / days.length;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={label}>
      {stacks.flatMap((stack, index) =>
        stack.map(({ kind, amount }, part) => {
          const height = (amount / highest) * HEIGHT;
          const below = (sumOf(stack.slice(0, part)) / highest) * HEIGHT;
          return amount === 0 ? null : (
            <rect
              class={kind}
              fill="currentColor"
              x={Math.round(index * step)}
              y={(HEIGHT - below - height).toFixed(1)}
              width={Math.round(step) - GAP}
              height={height.toFixed(1)}
            />
          );
        }),
      )}
      <path class="soft" stroke="currentColor" d={`M0 ${HEIGHT}H${WIDTH}`} />
    </svg>
  );
}

function sumOf(stack: readonly { readonly amount: number }[]): number {
  return stack.reduce((sum, { amount }) => sum + amount, 0);
}
