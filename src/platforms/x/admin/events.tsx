import { Hono } from 'hono';
import { withCommas } from '../../../lib/text.ts';
import { DAY_MS } from '../../../lib/time.ts';
import { readAccounts } from '../../../store/accounts.ts';
import { countEvents, EVENT_LOG_SIZE, recentEvents } from '../../../store/inbox.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv, AdminRoutes } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Badge, Card, Time } from '../../../ui/parts.tsx';

const texts = {
  title: { ko: '이벤트', en: 'Events' },
  lead: {
    ko: 'X가 보낸 것 가운데 받아들인 최근 1,000개예요. 메시지 내용은 남기지 않아요.',
    en: 'The last 1,000 events accepted from X. No message text is kept.',
  },
  types: { ko: '지난 7일, 종류별', en: 'Last 7 days, by type' },
  list: { ko: '최근 이벤트', en: 'Latest events' },
  none: {
    ko: '아직 받은 이벤트가 없어요. 계정을 연결하고 구독을 만들면 여기에 보여요.',
    en: 'Nothing has come yet. Connect an account and subscribe, and events show up here.',
  },
  encrypted: {
    ko: '암호화된 메시지(XChat)는 봇이 읽을 수 없어요. 몇 개 왔는지만 세고 있어요. 상대가 보통 메시지로 보내면 답할 수 있어요.',
    en: 'Encrypted messages (XChat) cannot be read by the bot, only counted. It answers ordinary messages.',
  },
  time: { ko: '시각', en: 'Time' },
  type: { ko: '종류', en: 'Type' },
  account: { ko: '계정', en: 'Account' },
  state: { ko: '상태', en: 'State' },
  count: { ko: '개수', en: 'Count' },
  done: { ko: '처리함', en: 'Done' },
  waiting: { ko: '기다림', en: 'Waiting' },
  failed: { ko: '못 함', en: 'Given up' },
  newer: { ko: '새 것', en: 'Newer' },
  older: { ko: '옛 것', en: 'Older' },
  page: { ko: '{page} / {pages}쪽', en: 'Page {page} of {pages}' },
} as const satisfies Record<string, Text>;

const PAGE_SIZE = 100;

const badges = {
  done: { state: 'ok', text: texts.done },
  waiting: { state: 'warn', text: texts.waiting },
  failed: { state: 'bad', text: texts.failed },
} as const;

/** `/admin/events`. */
export function eventsRoutes(): AdminRoutes {
  const routes = new Hono<AdminEnv>();
  routes.get('/', eventsPage);
  return routes;
}

/** The newest accepted events in pages of 100, and how many of each type. */
async function eventsPage(context: AdminContext): Promise<Response> {
  const { db } = context.get('bot');
  const at = clockOf(context);
  const { language } = at;
  const [events, counts, accounts] = await Promise.all([
    recentEvents(db, 'twitter', EVENT_LOG_SIZE),
    countEvents(db, 'twitter', at.now - 7 * DAY_MS),
    readAccounts(db, 'twitter'),
  ]);
  const pages = Math.max(1, Math.ceil(events.length / PAGE_SIZE));
  const page = Math.min(
    pages,
    Math.max(1, Number.parseInt(context.req.query('page') ?? '1', 10) || 1),
  );
  const shown = events.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const names = new Map(accounts.map(({ id, username }) => [id, `@${username}`]));
  const head = (...columns: (keyof typeof texts)[]) => (
    <thead>
      <tr>
        {columns.map((column) => (
          <th scope="col" class={column === 'count' ? 'number' : undefined}>
            {say(texts[column], language)}
          </th>
        ))}
      </tr>
    </thead>
  );
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/events' },
    <>
      {counts.length > 0 && (
        <Card title={say(texts.types, language)}>
          <table>
            {head('type', 'count')}
            <tbody>
              {counts.map((row) => (
                <tr>
                  <td>
                    <code>{row.type}</code>
                  </td>
                  <td class="number">{withCommas(row.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {counts.some(({ type }) => type.startsWith('chat.')) && (
            <p class="soft">{say(texts.encrypted, language)}</p>
          )}
        </Card>
      )}
      <Card title={say(texts.list, language)}>
        {shown.length === 0 ? (
          <p class="empty">{say(texts.none, language)}</p>
        ) : (
          <table class="log">
            {head('type', 'time', 'account', 'state')}
            <tbody>
              {shown.map((event) => (
                <tr>
                  <td>
                    <code>{event.type}</code>
                  </td>
                  <td>
                    <Time at={event.receivedAt} {...at} />
                  </td>
                  <td>{names.get(event.account ?? '') ?? event.account ?? ''}</td>
                  <td>
                    <Badge {...badges[event.state]} language={language} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {pages > 1 && (
          <div class="pages">
            {page > 1 ? (
              <a class="button" href={`?page=${page - 1}`} rel="prev">
                {say(texts.newer, language)}
              </a>
            ) : (
              <span />
            )}
            <span class="soft">{say(texts.page, language, { page, pages })}</span>
            {page < pages ? (
              <a class="button" href={`?page=${page + 1}`} rel="next">
                {say(texts.older, language)}
              </a>
            ) : (
              <span />
            )}
          </div>
        )}
      </Card>
    </>,
  );
}
