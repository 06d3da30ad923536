import { isKeyOf } from '../../lib/text.ts';
import type { ListedDelivery } from '../../store/deliveryList.ts';
import { say, type Text } from '../../ui/language.ts';
import { Act, type At, Row, Time } from '../../ui/parts.tsx';
import { noticeNames, texts } from './runTexts.ts';

/** Deliveries that wait or were given up; those can be sent again or dropped. */
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
            title={
              delivery.title ??
              say(
                isKeyOf(noticeNames, delivery.kind) ? noticeNames[delivery.kind] : texts.reply,
                language,
              )
            }
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
              <>
                <Act
                  to={`/admin/deliveries/${delivery.id}/again`}
                  csrf={csrf}
                  text={say(texts.again, language)}
                />
                <a class="button danger" href={`/admin/deliveries/${delivery.id}/drop`}>
                  {say(texts.drop, language)}
                </a>
              </>
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
