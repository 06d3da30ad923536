import { Hono } from 'hono';
import { rememberPublicUrl } from '../../../bot/http.ts';
import { makeOwnerCode } from '../../../bot/owner/intent.ts';
import { durationText, isWeeklyWanted, wantWeekly } from '../../../bot/owner/watch.ts';
import { channelInfo } from '../../../bot/platform.ts';
import { type Incident, latestIncidents } from '../../../store/incidents.ts';
import { topicAddresses } from '../../../store/topics.ts';
import { adminPage, clockOf, type OwnerAt } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say, type Text } from '../../../ui/language.ts';
import { Act, Badge, Card, Row, Time } from '../../../ui/parts.tsx';

const texts = {
  title: { ko: '주인의 대화', en: 'Owner’s chat' },
  lead: {
    ko: '문제가 생기거나 나으면 여기 적힌 대화로 한 번씩 알려 드려요.',
    en: 'When something breaks, and when it is fine again, these chats are told once each.',
  },
  chats: { ko: '알려 드리는 대화', en: 'Chats that are told' },
  none: {
    ko: '아직 없어요. 봇이 멈추어도 알 길이 없으니 하나는 정해 주세요.',
    en: 'None yet. Choose one, or you will not hear of it when the bot stands still.',
  },
  add: { ko: '대화 더하기', en: 'Add a chat' },
  how: {
    ko: '번호를 받아서, 알림을 받고 싶은 대화에서 봇에게 그대로 말해 주세요. 번호는 한 시간 동안 한 번만 쓸 수 있어요.',
    en: 'Get a code, and say it to the bot in the chat where you want to be told. A code is good once, for an hour.',
  },
  newCode: { ko: '번호 받기', en: 'Get a code' },
  sayThis: { ko: '봇에게 이렇게 말해 주세요', en: 'Say this to the bot' },
  incidents: { ko: '고장 기록', en: 'Incidents' },
  noIncidents: { ko: '아직 아무 고장도 없었어요.', en: 'Nothing has broken so far.' },
  open: { ko: '고장 중', en: 'Broken' },
  over: { ko: '나음', en: 'Over' },
  lasted: { ko: '{time} 동안', en: 'for {time}' },
  weekly: { ko: '매주 토요일에 “다 잘 돼요” 듣기', en: 'Hear “all is well” every Saturday' },
  weeklyOn: { ko: '켜져 있어요', en: 'On' },
  weeklyOff: { ko: '꺼져 있어요', en: 'Off' },
  turnOn: { ko: '켜기', en: 'Turn on' },
  turnOff: { ko: '끄기', en: 'Turn off' },
} as const satisfies Record<string, Text>;

const PAGE = '/admin/owner';
const LISTED = 30;

/** `/admin/owner`: the chats that are told of trouble, a code for another one, and what broke so far. */
export function ownerRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();
  routes.get('/', (context) => ownerPage(context, null));
  routes.post('/', async (context) => {
    const bot = context.get('bot');
    // The links in what the owner is told lead here.
    await rememberPublicUrl(bot);
    return await ownerPage(context, await makeOwnerCode(bot));
  });
  routes.post('/weekly', async (context) => {
    await wantWeekly(context.get('bot'), context.get('form').get('on') === '1');
    return context.redirect(PAGE, 303);
  });
  return routes;
}

/** @param code just made: shown this once */
async function ownerPage(context: AdminContext, code: string | null): Promise<Response> {
  const bot = context.get('bot');
  const at = clockOf(context);
  const { language } = at;
  const { csrf } = context.get('session');
  const [chats, incidents, isWeekly] = await Promise.all([
    topicAddresses(bot.db, 'owner'),
    latestIncidents(bot.db, LISTED),
    isWeeklyWanted(bot.db),
  ]);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: PAGE },
    <div class="two">
      <div>
        <Card title={say(texts.add, language)}>
          <p>{say(texts.how, language)}</p>
          {code !== null && (
            <p class="verdict ok" role="status">
              {say(texts.sayThis, language)}: <code>{`주인 ${code}`}</code> ·{' '}
              <code>{`owner ${code}`}</code>
            </p>
          )}
          <Act to={PAGE} csrf={csrf} text={say(texts.newCode, language)} kind="primary" />
        </Card>
        <Card title={say(texts.chats, language)}>
          {chats.length === 0 ? (
            <p class="empty">{say(texts.none, language)}</p>
          ) : (
            <ul class="rows">
              {chats.map(({ channel, address }) => (
                <Row title={channelInfo(bot, channel)?.name[language] ?? channel}>
                  <small>{`…${address.slice(-4)}`}</small>
                </Row>
              ))}
            </ul>
          )}
        </Card>
        <Card title={say(texts.weekly, language)}>
          <p class="soft">{say(isWeekly ? texts.weeklyOn : texts.weeklyOff, language)}</p>
          <form method="post" action={`${PAGE}/weekly`}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="on" value={isWeekly ? '0' : '1'} />
            <button type="submit">{say(isWeekly ? texts.turnOff : texts.turnOn, language)}</button>
          </form>
        </Card>
      </div>
      <Card title={say(texts.incidents, language)}>
        {incidents.length === 0 ? (
          <p class="empty">{say(texts.noIncidents, language)}</p>
        ) : (
          <ul class="rows">
            {incidents.map((incident) => (
              <IncidentRow incident={incident} at={at} />
            ))}
          </ul>
        )}
      </Card>
    </div>,
  );
}

function IncidentRow({ incident, at }: { incident: Incident; at: OwnerAt }) {
  const { what, advice, page, openedAt, closedAt, reason } = incident;
  const { language } = at;
  const time = durationText((closedAt ?? at.now) - openedAt, language);
  return (
    <Row
      title={<a href={page}>{what[language]}</a>}
      lines={[
        ...(closedAt === null ? [advice[language]] : []),
        <>
          <Time {...at} at={openedAt} /> · {say(texts.lasted, language, { time })} ·{' '}
          <code>{reason}</code>
        </>,
      ]}
    >
      <Badge
        state={closedAt === null ? 'bad' : 'ok'}
        language={language}
        text={closedAt === null ? texts.open : texts.over}
      />
    </Row>
  );
}
