import type { Bot } from '../../../bot/context.ts';
import { EVERYONE } from '../../../bot/outbox/channel.ts';
import { reasonOf } from '../../../bot/outbox/reasons.ts';
import { shownAddress } from '../../../bot/platform.ts';
import { isKeyOf } from '../../../lib/text.ts';
import {
  type DeliveryState,
  type LoggedMessage,
  readMessage,
} from '../../../store/deliveryList.ts';
import { type AttemptOutcome, attemptsOf } from '../../../store/outcomes.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf, type OwnerAt } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Act, Card, Row, Time } from '../../../ui/parts.tsx';
import { channelName } from '../people.tsx';
import { noticeNames } from '../runTexts.ts';
import { canBeTested, isTest, testTexts } from './testMessage.tsx';

export const texts = {
  title: { ko: '메시지 기록', en: 'Messages' },
  lead: {
    ko: '봇이 보낸 것과 보낼 것 모두예요. 하나를 누르면 왜 그런지 볼 수 있어요.',
    en: 'Everything the bot said or is about to say. Open one to see what happened to it.',
  },
  one: { ko: '메시지 하나', en: 'One message' },
  waiting: { ko: '기다리는 것', en: 'Waiting' },
  nothingWaiting: { ko: '기다리는 것이 없어요.', en: 'Nothing is waiting.' },
  group: { ko: '{what} {count}개', en: '{what}: {count}' },
  goesOn: { ko: '부터 다시 보내요', en: 'is when it goes on' },
  list: { ko: '기록', en: 'Log' },
  none: { ko: '그런 메시지가 없어요.', en: 'There is no such message.' },
  channel: { ko: '통로', en: 'Channel' },
  state: { ko: '상태', en: 'State' },
  search: { ko: '찾기', en: 'Search' },
  searchHint: { ko: '주소, 코드, 할 일', en: 'address, code or job' },
  all: { ko: '모두', en: 'All' },
  show: { ko: '보기', en: 'Show' },
  older: { ko: '더 오래된 것', en: 'Older' },
  newest: { ko: '맨 앞으로', en: 'Newest' },
  to: { ko: '받는 이', en: 'To' },
  nobody: { ko: '(지움)', en: '(forgotten)' },
  everyone: { ko: '모두', en: 'Everyone' },
  cause: { ko: '까닭', en: 'Caused by' },
  written: { ko: '쓴 때', en: 'Written' },
  ended: { ko: '끝난 때', en: 'Ended' },
  due: { ko: '다음에 해 볼 때', en: 'Next try' },
  tries: { ko: '해 본 것', en: 'Tries' },
  noTries: { ko: '안 된 적이 없어요.', en: 'No try has failed.' },
  again: { ko: '다시 보내기', en: 'Send again' },
  againAll: {
    ko: '이 통로에서 못 보낸 것을 모두 다시 보내기',
    en: 'Send again all that failed here',
  },
  reply: { ko: '메시지 답장', en: 'A reply' },
  news: { ko: '저장소 소식', en: 'News of a repository' },
  message: { ko: '메시지', en: 'A message' },
} as const satisfies Record<string, Text>;

/** Names of what a delivery may be. */
export const stateNames = {
  waiting: { ko: '기다림', en: 'Waiting' },
  sending: { ko: '보내는 중', en: 'Being sent' },
  sent: { ko: '보냄', en: 'Sent' },
  merged: { ko: '다음 답과 함께 보냄', en: 'Said with the next answer' },
  expired: { ko: '늦어서 보내지 않음', en: 'Too late to be sent' },
  gone: { ko: '받는 이가 없음', en: 'Nobody there' },
  refused: { ko: '받지 않음', en: 'Refused' },
  dead: { ko: '못 보냄', en: 'Could not be sent' },
} as const satisfies Record<DeliveryState, Text>;

/** What came of one try. */
const outcomeNames: Readonly<Record<AttemptOutcome, Text>> = {
  retry: { ko: '안 됐어요. 다시 해 봐요', en: 'It failed and is tried again' },
  sender: { ko: '보내는 쪽 문제라서 기다려요', en: 'It waits: something is wrong on our side' },
  gone: stateNames.gone,
  refused: stateNames.refused,
};

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
    ...(message.run === null || isTest(message)
      ? []
      : [[say(texts.cause, language), message.run] as const]),
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
        {canBeTested(message) && (
          <Act
            to={`/admin/messages/${message.id}/test`}
            csrf={context.get('session').csrf}
            text={say(testTexts.send, language)}
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
                say(outcomeNames[outcome], language),
                ...(note === null ? [] : [<Why code={note} at={at} />]),
              ]}
            />
          ))}
        </ul>
      </Card>
    </>,
  );
}

type About = Pick<LoggedMessage, 'kind' | 'topic'> & Partial<Pick<LoggedMessage, 'title' | 'run'>>;

/** What a message is about, never what it says to a person. */
export function aboutText(
  { title, kind, topic, run = null }: About,
  { language }: OwnerAt,
): string {
  if (isTest({ run })) return say(testTexts.name, language);
  if (title) return title;
  if (topic === 'reply') return say(texts.reply, language);
  if (isKeyOf(noticeNames, kind)) return say(noticeNames[kind], language);
  return say(topic === 'news' ? texts.news : texts.message, language);
}

/** To whom, as far as the owner may see it. */
export function receiverText(
  bot: Pick<Bot, 'platforms'>,
  { channel, address }: LoggedMessage,
  { language }: OwnerAt,
): string {
  if (address === '') return say(texts.nobody, language);
  if (address === EVERYONE) return say(texts.everyone, language);
  return shownAddress(bot, { channel, address });
}

export function stateText(state: DeliveryState, { language }: OwnerAt): string {
  return say(stateNames[state], language);
}

/** A code in the owner's words with advice, the code itself in small print. */
export function Why({ code, at }: { code: string; at: OwnerAt }) {
  const reason = reasonOf(code);
  return (
    <>
      {reason && `${say(reason.what, at.language)}. `}
      {reason?.advice && `${say(reason.advice, at.language)} `}
      <code>{code}</code>
    </>
  );
}
