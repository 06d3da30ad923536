import { Hono } from 'hono';
import type { Bot } from '../../bot/context.ts';
import { errorCode, log } from '../../lib/log.ts';
import { markNewsSeen } from '../../store/incidents.ts';
import { noticePage } from '../../ui/admin/confirm.tsx';
import { goOn } from '../../ui/admin/flash.ts';
import { guard } from '../../ui/admin/guard.tsx';
import { adminPage, clockOf } from '../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import type { Text } from '../../ui/language.ts';
import { securePages } from '../../ui/secure.ts';
import { dataRoutes } from './data.tsx';
import { deliveriesRoutes } from './deliveries/page.tsx';
import { bearerDoctor, doctorJson, doctorPage } from './doctor.tsx';
import { jobsRoutes } from './jobs/page.tsx';
import { loginRoutes } from './login.tsx';
import { messagesRoutes } from './messages/page.tsx';
import { overviewPage } from './overview.tsx';
import { ownerRoutes } from './owner/routes.tsx';
import { peopleRoutes } from './people.tsx';
import { securityRoutes } from './security.tsx';

const texts = {
  title: { ko: '대화 통로', en: 'Channels' },
  lead: {
    ko: '사람들이 봇과 만나는 곳이에요. 여기 적힌 주소를 각 서비스의 설정에 넣어 주세요.',
    en: 'Where people meet the bot. Put the addresses shown here into each platform’s settings.',
  },
  notFound: { ko: '그런 페이지가 없어요', en: 'There is no such page' },
  notFoundText: { ko: '위의 메뉴에서 골라 주세요.', en: 'Go back to the overview.' },
  broken: { ko: '페이지를 보일 수 없어요', en: 'The page cannot be shown' },
  brokenText: {
    ko: '저장소나 설정에 문제가 있어요. npm run deploy로 표를 만들었는지 확인하고, npx wrangler tail로 까닭을 볼 수 있어요.',
    en: 'Storage or a setting fails. Check that npm run deploy has applied the migrations; npx wrangler tail shows why.',
  },
} as const satisfies Record<string, Text>;

type Rooms = Pick<Bot, 'features' | 'platforms'>;

/** `/admin`: the owner's pages. */
export function adminRoutes({ features, platforms }: Rooms): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.use(securePages(loginOrigins, (_bot, path) => ({ scripts: path === '/admin/jobs' })));
  routes.get('/doctor.json', bearerDoctor());
  routes.use(guard());

  routes.route('/', loginRoutes());
  routes.get('/', overviewPage);
  routes.get('/channels', channelsPage);
  for (const { id, actions } of platforms) {
    if (actions) routes.route(`/channels/${id}`, actions());
  }
  const pages = [
    ...platforms.flatMap(({ adminPages = [] }) => adminPages),
    ...features.flatMap(({ adminPage: page = [] }) => page),
  ];
  for (const { path, routes: page } of pages) routes.route(path.slice('/admin'.length), page());
  routes.get('/doctor', doctorPage);
  routes.get('/doctor.json', doctorJson);
  routes.route('/deliveries', deliveriesRoutes());
  routes.route('/messages', messagesRoutes());
  routes.route('/people', peopleRoutes());
  routes.route('/jobs', jobsRoutes());
  routes.route('/data', dataRoutes());
  routes.route('/owner', ownerRoutes());
  routes.route('/security', securityRoutes());
  routes.post('/news/:id{\\d{1,15}}/seen', async (context) => {
    const { db, runtime } = context.get('bot');
    await markNewsSeen(db, Number(context.req.param('id')), runtime.now());
    return goOn(context, '/admin', { key: 'news-seen' });
  });
  routes.all('*', (context) =>
    noticePage(context, { title: texts.notFound, text: texts.notFoundText, status: 404 }),
  );

  routes.onError((cause, context) => {
    log('admin-failed', { path: context.req.path, code: errorCode(cause) });
    return noticePage(context, { title: texts.broken, text: texts.brokenText, status: 500 });
  });
  return routes;
}

/** A form that begins a login is sent on to its platform. */
function loginOrigins(bot: Bot): string[] {
  return bot.platforms.flatMap((platform) => platform.loginOrigins?.(bot) ?? []);
}

/** `/admin/channels`: how each way to the bot is, and what the platforms' consoles want to know. */
async function channelsPage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const { language, now, zone } = clockOf(context);
  const view = {
    language,
    now,
    zone,
    csrf: context.get('session').csrf,
    origin: bot.publicUrl ?? new URL(context.req.url).origin,
  };
  const cards = await Promise.all(
    [...bot.platforms, ...bot.features].map(async ({ card }) => card?.(bot, view)),
  );
  const shown = cards.filter((card) => card !== undefined);
  const half = Math.ceil(shown.length / 2);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/channels' },
    <div class="two">
      <div>{shown.slice(0, half)}</div>
      <div>{shown.slice(half)}</div>
    </div>,
  );
}
