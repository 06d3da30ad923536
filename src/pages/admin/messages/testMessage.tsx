import type { Bot } from '../../../bot/context.ts';
import { EVERYONE } from '../../../bot/outbox/channel.ts';
import { deliverNow } from '../../../bot/outbox/drain.ts';
import { shownAddress } from '../../../bot/platform.ts';
import { hex } from '../../../lib/encoding.ts';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import { insertDeliveries, type OpenDelivery } from '../../../store/deliveries.ts';
import { type LoggedMessage, readMessage } from '../../../store/deliveryList.ts';
import { type Allowance, countUse, whoIs } from '../../../store/patience.ts';
import { findPerson } from '../../../store/people.ts';
import { type Listener, listenerOf, topicAddresses } from '../../../store/topics.ts';
import { type FlashKey, goOn } from '../../../ui/admin/flash.ts';
import type { OwnerAt } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminRoutes } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Act, Card, Row } from '../../../ui/parts.tsx';
import { channelName } from '../people.tsx';

const PAGE = '/admin/messages';
/** `deliveries.run` of a test begins so. */
const RUN = 'test@';
/** A test that is late tells nothing any more. */
const LASTS_MS = HOUR_MS;
const TO_ONE: Allowance = { most: 3, perMs: 10 * MINUTE_MS };
const TO_ALL: Allowance = { most: 20, perMs: HOUR_MS };

export const testTexts = {
  name: { ko: '시험 메시지', en: 'A test message' },
  send: { ko: '시험 메시지 보내기', en: 'Send a test message' },
  lead: {
    ko: '소식이 가는 길 그대로 주인의 대화에 한 줄을 보내 봐요. 다른 사람에게는 ‘사람’이나 기록에서 보낼 수 있어요.',
    en: 'One line goes to your own chat by the way that news takes. To others it goes from the people page or the log.',
  },
  noChat: {
    ko: '아직 주인의 대화가 없는 통로',
    en: 'Without a chat of yours so far',
  },
  addChat: { ko: '대화 더하기', en: 'Add a chat' },
  message: {
    ko: '🔔 시험 메시지예요. 소식이 여기로 잘 오는지 봇 주인이 확인하고 있어요. 답하지 않으셔도 돼요.',
    en: '🔔 This is a test: the bot’s owner is checking that news arrives here. No answer needed.',
  },
} as const satisfies Record<string, Text>;

/** Whether a message of the log was a test. */
export function isTest({ run }: Pick<LoggedMessage, 'run'>): boolean {
  return run?.startsWith(RUN) ?? false;
}

/** Whether a test can go where a message of the log went: to somebody who is not forgotten. */
export function canBeTested({ address }: Pick<LoggedMessage, 'address'>): boolean {
  return address !== '' && address !== EVERYONE;
}

/** Sends tests: to the owner's chat of a channel, to where a message of the log went, to a person. */
export function testActions(routes: AdminRoutes): void {
  routes.post('/test', async (context) => {
    const channel = context.req.query('channel');
    const chats = await topicAddresses(context.get('bot').db, 'owner');
    return sendTest(context, chats.find((chat) => chat.channel === channel) ?? null);
  });
  routes.post('/:id{\\d{1,15}}/test', async (context) => {
    const { db, config } = context.get('bot');
    const message = await readMessage(db, Number(context.req.param('id')));
    if (message === null || !canBeTested(message)) return sendTest(context, null);
    const { channel, account, address } = message;
    const person = await findPerson(db, channel, address);
    const language = person?.language ?? config.language;
    return sendTest(context, { channel, account, address, language });
  });
  routes.post('/test/:person{\\d{1,15}}', async (context) => {
    const person = Number(context.req.param('person'));
    return sendTest(context, await listenerOf(context.get('bot').db, person));
  });
}

/** Writes a test into the outbox, tries it at once, and shows what came of it. */
async function sendTest(context: AdminContext, to: Listener | null): Promise<Response> {
  const bot = context.get('bot');
  if (to === null) return goOn(context, PAGE, { key: 'not-found' });
  if (!bot.channels.has(to.channel)) return goOn(context, PAGE, { key: 'test-off' });
  if (!(await mayTest(bot, to))) return goOn(context, PAGE, { key: 'test-often' });
  const { channel, account, address, language } = to;
  const now = bot.runtime.now();
  const dedupeKey = `${RUN}${hex(bot.runtime.randomBytes(16))}`;
  const notice = {
    kind: 'text',
    language,
    text: testTexts.message[language],
    suggestions: [],
    links: [],
  };
  const { results } = await insertDeliveries(
    bot.db,
    [
      {
        dedupeKey,
        channel,
        account,
        address,
        notice: JSON.stringify(notice),
        run: `${RUN}${now}`,
        expiresAt: now + LASTS_MS,
      },
    ],
    now,
  ).all<OpenDelivery>();
  const [written] = results;
  if (!written) return goOn(context, PAGE, { key: 'not-found' });
  await deliverNow(bot, written);
  const state = (await readMessage(bot.db, written.id))?.state;
  return goOn(context, `${PAGE}/${written.id}`, { key: doneBy(state) });
}

async function mayTest({ db, runtime }: Bot, { channel, address }: Listener): Promise<boolean> {
  const now = runtime.now();
  const kind = 'test';
  const one = await countUse(db, { who: await whoIs(channel, address), kind }, TO_ONE, now);
  if (one.used > TO_ONE.most) return false;
  return (await countUse(db, { who: '*', kind }, TO_ALL, now)).used <= TO_ALL.most;
}

function doneBy(state: string | undefined): FlashKey {
  if (state === 'sent') return 'test-sent';
  return state === 'gone' || state === 'refused' ? 'test-refused' : 'test-waits';
}

/** A button for each channel on which the owner has a chat, and how to get one on the others. */
export function Tests({
  bot,
  chats,
  csrf,
  at,
}: {
  bot: Bot;
  /** The owner's. */
  chats: readonly Listener[];
  csrf: string;
  at: OwnerAt;
}) {
  const { language } = at;
  const channels = [...bot.channels.keys()];
  const there = channels.flatMap((id) => chats.find(({ channel }) => channel === id) ?? []);
  const others = channels.filter((id) => !there.some(({ channel }) => channel === id));
  return (
    <Card title={say(testTexts.name, language)} lead={say(testTexts.lead, language)}>
      <ul class="rows">
        {there.map((chat) => (
          <Row title={`${channelName(chat.channel, at)} ${shownAddress(bot, chat)}`}>
            <Act
              to={`${PAGE}/test?channel=${chat.channel}`}
              csrf={csrf}
              text={say(testTexts.send, language)}
            />
          </Row>
        ))}
        {others.length > 0 && (
          <Row
            title={say(testTexts.noChat, language)}
            lines={[others.map((channel) => channelName(channel, at)).join(', ')]}
          >
            <a class="button" href="/admin/owner">
              {say(testTexts.addChat, language)}
            </a>
          </Row>
        )}
      </ul>
    </Card>
  );
}
