import { withCommas } from '../../../lib/text.ts';
import { dayForPeople, dayOf } from '../../../lib/time.ts';
import {
  type ChannelDeliveries,
  type DeliveryDay,
  WAITING_TO,
} from '../../../store/deliveryList.ts';
import type { Question } from '../../../ui/admin/confirm.tsx';
import type { OwnerAt } from '../../../ui/admin/page.tsx';
import { say, type Text } from '../../../ui/language.ts';
import { Card } from '../../../ui/parts.tsx';
import { channelName } from '../people.tsx';
import { texts as overview } from '../runTexts.ts';

export const texts = {
  title: { ko: '보낸 것', en: 'Deliveries' },
  lead: {
    ko: '지난 14일 동안 통로마다 보낸 것과 못 보낸 것이에요.',
    en: 'What was sent and what was not over the last 14 days, by channel.',
  },
  none: {
    ko: '지난 14일 동안 보낸 것이 없어요.',
    en: 'Nothing was sent in the last 14 days.',
  },
  waiting: { ko: '기다림', en: 'Waiting' },
  sent: { ko: '보냄', en: 'Sent' },
  failed: { ko: '못 보냄', en: 'Failed' },
  chart: {
    ko: '{name}: 14일 동안 보냄 {sent}, 못 보냄 {failed}, 기다림 {waiting}',
    en: '{name} over 14 days: sent {sent}, failed {failed}, waiting {waiting}',
  },
  table: { ko: '날마다 표로 보기', en: 'As a table, day by day' },
  day: { ko: '날', en: 'Day' },
  today: { ko: '오늘', en: 'Today' },
  deadLead: {
    ko: '여러 번 해 봐도 안 된 것이에요. 까닭을 고친 뒤에 다시 보내 주세요.',
    en: 'Given up after several tries. Mend what stands in the way, then send them again.',
  },
  againAll: { ko: '모두 다시 보내기', en: 'Send all again' },
  dropAll: { ko: '모두 버리기', en: 'Drop all' },
} as const satisfies Record<string, Text>;

export const questions = {
  drop: {
    title: { ko: '이것을 버릴까요?', en: 'Drop this one?' },
    warning: {
      ko: '다시는 보내지 않아요. 되돌릴 수 없어요.',
      en: 'It will never be sent. This cannot be undone.',
    },
    yes: overview.drop,
  },
  dropAll: {
    title: { ko: '모두 버릴까요?', en: 'Drop all of them?' },
    warning: {
      ko: '보내지 못한 것 {count}개를 다시는 보내지 않아요. 되돌릴 수 없어요.',
      en: 'What could not be sent ({count}) will never be. This cannot be undone.',
    },
    yes: texts.dropAll,
  },
} as const satisfies Record<string, Omit<Question, 'under'>>;

/** In the chart's own units; the page scales it. */
const [WIDTH, HEIGHT, GAP] = [280, 80, 4];

/** A channel's deliveries: in words, as bars, and as a table. */
export function Chart({ channel, waiting, days, at }: ChannelDeliveries & { at: OwnerAt }) {
  const { language } = at;
  const name = channelName(channel, at);
  const values = {
    name,
    waiting: waiting < WAITING_TO ? withCommas(waiting) : `${withCommas(waiting)}+`,
    sent: withCommas(total(days, 'sent')),
    failed: withCommas(total(days, 'failed')),
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
                <td class="number">{withCommas(sent)}</td>
                <td class="number">{withCommas(failed)}</td>
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
