import { Hono } from 'hono';
import type { Bot } from '../../../bot/context.ts';
import { wakeOutbox } from '../../../bot/outbox/drain.ts';
import { reviveDeliveries, reviveDelivery } from '../../../store/deadDeliveries.ts';
import {
  type LoggedMessage,
  listMessages,
  loggedChannels,
  type MessageFilter,
  type WaitingGroup,
  waitingGroups,
} from '../../../store/deliveryList.ts';
import { topicAddresses } from '../../../store/topics.ts';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf, type OwnerAt } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Act, Card, Row, Time } from '../../../ui/parts.tsx';
import { channelName } from '../people.tsx';
import { aboutText, messagePage, receiverText, stateNames, stateText, texts, Why } from './one.tsx';
import { Tests, testActions } from './testMessage.tsx';

const PAGE = '/admin/messages';
const ONE = '/:id{\\d{1,15}}';
/** One press sends so many again; the others stay listed. */
const AT_ONCE = 500;

/** `/admin/messages`: the log of every message, and sending again what failed. */
export function messagesRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', messagesPage);
  routes.get(ONE, messagePage);
  testActions(routes);

  routes.post(`${ONE}/again`, async (context) => {
    const bot = context.get('bot');
    const id = Number(context.req.param('id'));
    const isRevived = await reviveDelivery(bot.db, id, bot.runtime.now());
    if (isRevived) await wakeOutbox(bot);
    return goOn(context, PAGE, { key: isRevived ? 'sent-again' : 'not-dead' });
  });
  routes.post('/again', async (context) => {
    const bot = context.get('bot');
    const channel = context.req.query('channel');
    const only = channel === undefined ? {} : { channel };
    const count = await reviveDeliveries(bot.db, AT_ONCE, bot.runtime.now(), only);
    await wakeOutbox(bot);
    return goOn(context, PAGE, { key: 'sent-again-all', values: { count } });
  });

  return routes;
}

const PAGE_SIZE = 50;
const LONGEST_SEARCH = 100;

/** `/admin/messages`: what waits and why, and every message, the newest first. */
export async function messagesPage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const at = clockOf(context);
  const { language } = at;
  const filter = filterOf(context);
  const asked = context.req.query('before') ?? '';
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null;
  const [groups, channels, chats, found] = await Promise.all([
    waitingGroups(bot.db),
    loggedChannels(bot.db),
    topicAddresses(bot.db, 'owner'),
    // One more tells whether there is a next page.
    listMessages(bot.db, filter, before, PAGE_SIZE + 1),
  ]);
  const messages = found.slice(0, PAGE_SIZE);
  const last = messages.at(-1);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/messages' },
    <>
      <Waiting groups={groups} at={at} />
      <Card title={say(texts.list, language)}>
        <Filter channels={channels} filter={filter} at={at} />
        {messages.length === 0 && <p class="empty">{say(texts.none, language)}</p>}
        <ul class="rows">
          {messages.map((message) => (
            <Message bot={bot} message={message} at={at} />
          ))}
        </ul>
        {filter.channel !== null && (
          <div class="actions">
            <Act
              to={`/admin/messages/again?channel=${encodeURIComponent(filter.channel)}`}
              csrf={context.get('session').csrf}
              text={say(texts.againAll, language)}
            />
          </div>
        )}
        <div class="pages">
          {before === null ? <span /> : <a href={linkTo(filter)}>{say(texts.newest, language)}</a>}
          {last && found.length > PAGE_SIZE && (
            <a class="button" href={linkTo(filter, last.id)} rel="next">
              {say(texts.older, language)}
            </a>
          )}
        </div>
      </Card>
      <Tests bot={bot} chats={chats} csrf={context.get('session').csrf} at={at} />
    </>,
  );
}

function filterOf(context: AdminContext): MessageFilter {
  const asked = (name: string) => context.req.query(name)?.trim().slice(0, LONGEST_SEARCH) || null;
  return { channel: asked('channel'), state: asked('state'), search: asked('search') };
}

function linkTo(filter: MessageFilter, before?: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (before !== undefined) query.set('before', String(before));
  return `/admin/messages?${query.toString()}`;
}

/** Such as: replies 53, X allows no more, goes on at 18:15. */
function Waiting({ groups, at }: { groups: readonly WaitingGroup[]; at: OwnerAt }) {
  const { language } = at;
  return (
    <Card title={say(texts.waiting, language)}>
      {groups.length === 0 && <p class="empty">{say(texts.nothingWaiting, language)}</p>}
      <ul class="rows">
        {groups.map((group) => (
          <Row
            title={`${channelName(group.channel, at)} · ${say(texts.group, language, {
              what: aboutText(group, at),
              count: group.count,
            })}`}
            lines={[
              ...(group.reason === null ? [] : [<Why code={group.reason} at={at} />]),
              ...(group.until === null || group.until <= at.now
                ? []
                : [
                    <>
                      <Time at={group.until} {...at} /> {say(texts.goesOn, language)}
                    </>,
                  ]),
            ]}
          />
        ))}
      </ul>
    </Card>
  );
}

function Filter({
  channels,
  filter,
  at,
}: {
  channels: readonly string[];
  filter: MessageFilter;
  at: OwnerAt;
}) {
  const { language } = at;
  return (
    <form method="get" action="/admin/messages">
      <label>
        {say(texts.channel, language)}
        <select name="channel">
          <option value="">{say(texts.all, language)}</option>
          {channels.map((channel) => (
            <option value={channel} selected={channel === filter.channel}>
              {channelName(channel, at)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(texts.state, language)}
        <select name="state">
          <option value="">{say(texts.all, language)}</option>
          {Object.entries(stateNames).map(([state, name]) => (
            <option value={state} selected={state === filter.state}>
              {say(name, language)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(texts.search, language)}
        <input
          name="search"
          value={filter.search ?? ''}
          placeholder={say(texts.searchHint, language)}
          maxlength={LONGEST_SEARCH}
        />
      </label>
      <button type="submit">{say(texts.show, language)}</button>
    </form>
  );
}

function Message({ bot, message, at }: { bot: Bot; message: LoggedMessage; at: OwnerAt }) {
  return (
    <Row
      title={<a href={`/admin/messages/${message.id}`}>{aboutText(message, at)}</a>}
      lines={[
        <>
          {channelName(message.channel, at)} · {receiverText(bot, message, at)} ·{' '}
          {stateText(message.state, at)} ·{' '}
          <Time at={message.finishedAt ?? message.createdAt} {...at} />
        </>,
        ...(message.note === null ? [] : [<Why code={message.note} at={at} />]),
      ]}
    />
  );
}
