import { attemptsOf } from '../../../store/attempts.ts';
import { readMessage } from '../../../store/messageLog.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Act, Card, Row, Time } from '../../../ui/parts.tsx';
import { channelName } from '../people/page.tsx';
import { aboutText, receiverText, stateText, Why } from './parts.tsx';
import { outcomeNames, texts } from './texts.ts';

const OPEN = new Set(['waiting', 'sending']);

/** `/admin/messages/:id`: what one message is about, and what each try brought. */
export async function messagePage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const id = Number(context.req.param('id'));
  const [message, attempts] = await Promise.all([readMessage(bot.db, id), attemptsOf(bot.db, id)]);
  if (message === null) return goOn(context, '/admin/messages', { key: 'not-found' });
  const at = clockOf(context);
  const { language } = at;
  const facts: readonly (readonly [string, unknown])[] = [
    [say(texts.channel, language), channelName(message.channel, at)],
    [say(texts.to, language), receiverText(bot, message, at)],
    [say(texts.state, language), stateText(message.state, at)],
    ...(message.run === null ? [] : [[say(texts.cause, language), message.run] as const]),
  ];
  return adminPage(
    context,
    { title: texts.one, under: '/admin/messages' },
    <>
      <Card title={aboutText(message, at)}>
        <table>
          <tbody>
            {facts.map(([name, value]) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{String(value)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{say(texts.written, language)}</th>
              <td>
                <Time at={message.createdAt} {...at} />
              </td>
            </tr>
            <tr>
              <th scope="row">
                {say(OPEN.has(message.state) ? texts.due : texts.ended, language)}
              </th>
              <td>
                <Time at={message.finishedAt ?? message.dueAt} {...at} />
              </td>
            </tr>
          </tbody>
        </table>
        {message.note !== null && (
          <p>
            <Why code={message.note} at={at} />
          </p>
        )}
        {message.state === 'dead' && (
          <Act
            to={`/admin/messages/${message.id}/again`}
            csrf={context.get('session').csrf}
            text={say(texts.again, language)}
            kind="primary"
          />
        )}
      </Card>
      <Card title={say(texts.tries, language)}>
        {attempts.length === 0 && <p class="empty">{say(texts.noTries, language)}</p>}
        <ul class="rows">
          {attempts.map(({ at: triedAt, outcome, note }) => (
            <Row
              title={<Time at={triedAt} {...at} />}
              lines={[
                say(outcomeNames[outcome] ?? texts.message, language),
                ...(note === null ? [] : [<Why code={note} at={at} />]),
              ]}
            />
          ))}
        </ul>
      </Card>
    </>,
  );
}
