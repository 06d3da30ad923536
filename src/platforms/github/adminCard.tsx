import { Hono } from 'hono';
import type { Bot } from '../../bot/context.ts';
import type { FlashText } from '../../bot/feature.ts';
import type { CardView } from '../../bot/platform.ts';
import { confirmPage } from '../../ui/admin/confirm.tsx';
import { FeatureRows } from '../../ui/admin/features.tsx';
import type { Flash } from '../../ui/admin/flash.ts';
import { goOn } from '../../ui/admin/flash.ts';
import { proved } from '../../ui/admin/guard.tsx';
import type { AdminContext, AdminEnv, AdminRoutes } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Badge, Card, Row } from '../../ui/parts.tsx';
import { convertManifest } from './api/appAuth.ts';
import { makeForm, makeThere, takeState } from './appForm.tsx';
import { forgetApp, githubStates, isIdle, keepApp, lookAtApp, wrongOf } from './client.ts';
import { githubSettings } from './settings.ts';

const PAGE = '/admin/channels';
const HERE = `${PAGE}/github`;

const texts = {
  address: { ko: '웹훅 주소', en: 'Webhook address' },
  atRepository: {
    ko: '저장소 > Settings > Webhooks, 형식은 JSON, 비밀 값은 GITHUB_WEBHOOK_SECRET',
    en: 'repository > Settings > Webhooks, as JSON, its secret is GITHUB_WEBHOOK_SECRET',
  },
  toInstall: { ko: '저장소 고르기', en: 'Choose repositories' },
  forget: { ko: '앱 지우기', en: 'Forget the app' },
  forgetTitle: { ko: 'GitHub App을 지울까요?', en: 'Forget the GitHub App?' },
  forgetText: {
    ko: '앱의 열쇠와 웹훅 비밀 값을 여기서 지워요. 되돌릴 수 없어요. GitHub의 앱은 Settings > Developer settings > GitHub Apps에서 따로 지워 주세요.',
    en: 'The app’s key and the webhook’s secret are deleted here, for good. Delete the app itself at GitHub: Settings > Developer settings > GitHub Apps.',
  },
  yes: { ko: '네, 지울게요', en: 'Yes, forget it' },
} as const satisfies Record<string, Text>;

/** How the app that was made here is, in words. */
export const appTexts = {
  none: { ko: '만든 GitHub App이 없어요.', en: 'No GitHub App was made.' },
  installedAt: { ko: '설치한 계정: {accounts}', en: 'Installed by: {accounts}' },
  good: { ko: 'GitHub App이 설치돼 있어요.', en: 'The GitHub App is installed.' },
  idle: {
    ko: 'GitHub App을 아직 어디에도 설치하지 않았어요.',
    en: 'The GitHub App is installed nowhere yet.',
  },
  install: {
    ko: '대화 통로 페이지에서 GitHub App을 설치할 저장소를 골라 주세요.',
    en: 'Choose the repositories of the GitHub App on the page of channels.',
  },
  'app-refused': {
    ko: 'GitHub이 만든 앱의 열쇠를 받아들이지 않아요',
    en: 'GitHub does not accept the key of the app that was made',
  },
  'app-shut': {
    ko: 'TOKEN_KEY가 달라져서 GitHub App의 열쇠를 열 수 없어요',
    en: 'TOKEN_KEY is another, so the key of the GitHub App cannot be opened',
  },
  advice: {
    ko: '대화 통로 페이지에서 앱을 지우고 다시 만들어 주세요.',
    en: 'Forget the app on the page of channels and make it again.',
  },
} as const satisfies Record<string, Text>;

/** What the actions below tell. */
export const githubFlash = {
  made: {
    ko: 'GitHub App을 만들었어요. 이제 어느 저장소에 설치할지 골라 주세요.',
    en: 'The GitHub App is made. Now choose the repositories to install it on.',
  },
  stale: {
    ko: '이 페이지에서 시작한 것이 아니거나 한 시간이 지났어요. 다시 눌러 주세요.',
    en: 'That was not begun on this page, or more than an hour ago. Please press again.',
    isBad: true,
  },
  'not-made': {
    ko: 'GitHub이 앱의 열쇠를 내주지 않았어요. 그 앱은 GitHub에서 지우고 다시 눌러 주세요.',
    en: 'GitHub did not hand out the app’s key. Delete that app at GitHub and press again.',
    isBad: true,
  },
  'made-before': {
    ko: 'GitHub App이 이미 있어요. 새로 만들려면 먼저 지워 주세요.',
    en: 'There is a GitHub App already. Forget it first to make another.',
    isBad: true,
  },
  'no-organization': {
    ko: '조직 이름은 GitHub 주소에 있는 그대로 적어 주세요. 예: github.com/my-team 이면 my-team',
    en: 'Write the organization’s name as it stands in its address at GitHub: my-team of github.com/my-team.',
    isBad: true,
  },
  forgotten: { ko: 'GitHub App을 지웠어요.', en: 'The GitHub App is forgotten.' },
} as const satisfies Record<string, FlashText>;

function told(key: keyof typeof githubFlash): Flash {
  return { key: `github/${key}` };
}

/** What can be done with the app, and the way back from GitHub's page that makes it. */
export function githubActions(): AdminRoutes {
  const routes = new Hono<AdminEnv>();
  routes.get('/', (context) => context.redirect(PAGE, 303));
  routes.get('/made', finish);
  routes.get('/organization', makeThere);
  routes.use('/forget', proved(PAGE));
  routes.get('/forget', (context) =>
    confirmPage(context, {
      title: texts.forgetTitle,
      warning: texts.forgetText,
      yes: texts.yes,
      under: PAGE,
    }),
  );
  routes.post('/forget', async (context) => {
    await forgetApp(context.get('bot'));
    return goOn(context, PAGE, told('forgotten'));
  });
  return routes;
}

async function finish(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const { code = '', state = '' } = context.req.query();
  if (!(await takeState(bot, context.get('session').csrf, state)) || code === '') {
    return goOn(context, PAGE, told('stale'));
  }
  const { runtime, config, read } = bot;
  const options = { runtime, apiUrl: read(githubSettings).apiUrl, contact: config.contact };
  const made = await convertManifest(options, code);
  if (!made.ok) return goOn(context, PAGE, told('not-made'));
  const isKept = await keepApp(bot, made.value);
  return goOn(context, PAGE, told(isKept ? 'made' : 'made-before'));
}

/** GitHub: what works, the app that was made here or the way to make one, and where it delivers to. */
export async function githubCard(bot: Bot, view: CardView) {
  const { language, origin } = view;
  const at = { ...view, book: bot.book, platforms: bot.platforms };
  const { app } = await lookAtApp(bot);
  const features = { ...bot.states, ...(await githubStates(bot)) };
  return (
    <Card title="GitHub" id="github">
      <ul class="rows">
        <FeatureRows ids={['repositories', 'github-webhook']} features={features} at={at} />
        <Row
          title={say(texts.address, language)}
          lines={[<code>{`${origin}/webhook/github`}</code>, say(texts.atRepository, language)]}
        />
        {app !== null && <AppRow app={app} language={language} />}
      </ul>
      {app === null ? await makeForm(bot, view) : <AppActions app={app} bot={bot} view={view} />}
    </Card>
  );
}

type Shown = Exclude<Awaited<ReturnType<typeof lookAtApp>>['app'], null>;

function AppRow({ app, language }: { app: Shown; language: CardView['language'] }) {
  const isShut = app === 'shut';
  const state = wrongOf(app) === null ? (isIdle(app) ? 'warn' : 'ok') : 'bad';
  const how = wrongOf(app) ?? (isIdle(app) ? 'idle' : 'installedAt');
  const accounts = isShut ? '' : app.installations.map(({ account }) => account).join(', ');
  return (
    <Row
      title={isShut ? 'GitHub App' : `GitHub App ${app.name}`}
      lines={[say(appTexts[how], language, { accounts })]}
    >
      <Badge state={state} language={language} />
    </Row>
  );
}

function AppActions({ app, bot, view }: { app: Shown; bot: Bot; view: CardView }) {
  const { webUrl } = bot.read(githubSettings);
  return (
    <div class="actions">
      {app !== 'shut' && !app.isRefused && (
        <a
          class={isIdle(app) ? 'button primary' : 'button'}
          href={`${webUrl}${app.path}/installations/new`}
        >
          {say(texts.toInstall, view.language)}
        </a>
      )}
      <a class="button" href={`${HERE}/forget`}>
        {say(texts.forget, view.language)}
      </a>
    </div>
  );
}
