import { reviveDelivery } from '../../store/deliveries.ts';
import type { ListedDelivery } from '../../store/deliveryList.ts';
import { say, type Text } from '../ui/language.ts';
import { Act, type At, Row, Time } from '../ui/parts.tsx';
import { goOn } from './flash.ts';
import { texts } from './overviewTexts.ts';
import type { AdminContext } from './types.ts';

/** Deliveries that wait or were given up; those can be sent again. */
export function DeliveryRows({
  deliveries,
  total,
  empty,
  csrf,
  at,
}: {
  deliveries: readonly ListedDelivery[];
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
            title={delivery.title ?? say(texts.reply, language)}
            lines={[
              ...(delivery.note === null ? [] : [<code>{delivery.note}</code>]),
              <>
                {say(texts.attempts, language, { count: delivery.attempts })}
                {' · '}
                {delivery.state !== 'dead' && `${say(texts.due, language)} `}
                <Time at={delivery.finishedAt ?? delivery.dueAt} {...at} />
              </>,
            ]}
          >
            {delivery.state === 'dead' && (
              <Act
                to={`/admin/deliveries/${delivery.id}/again`}
                csrf={csrf}
                text={say(texts.again, language)}
              />
            )}
          </Row>
        ))}
      </ul>
      {total > deliveries.length && (
        <p class="empty">{say(texts.more, language, { count: total - deliveries.length })}</p>
      )}
    </>
  );
}

/** Gives a delivery that was given up another life. */
export async function sendAgain(context: AdminContext): Promise<Response> {
  const { db, deliveries, runtime } = context.get('bot');
  const id = Number(context.req.param('id'));
  const isRevived = Number.isSafeInteger(id) && (await reviveDelivery(db, id, runtime.now()));
  // The row is the truth: should the queue fail, `sweep` finds it.
  if (isRevived) await deliveries.send({ id });
  return goOn(context, '/admin', { key: isRevived ? 'sent-again' : 'not-dead' });
}
