import { Hono } from 'hono';
import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { readAccount } from '../../store/accounts.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { noticePage } from '../../ui/admin/confirm.tsx';
import { goOn } from '../../ui/admin/flash.ts';
import { guard, proved, SESSION_COOKIE } from '../../ui/admin/guard.tsx';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { languageOf, say, type Text } from '../../ui/language.ts';
import {
  beginLogin,
  endLogin,
  isOpenedHere,
  loginPage,
  loginStatuses,
  loginTexts,
  refusedLogin,
} from '../../ui/login.tsx';
import { Act } from '../../ui/parts.tsx';
import { isLoopback, readPrivateCookie, securePages } from '../../ui/secure.ts';
import { told } from './admin/texts.ts';
import { type LoginFailure, loginFailureTexts, type XLoginRefusal } from './failure.ts';
import { CALLBACK_PATH, callbackUrlOf, finishLogin, startLogin } from './login.ts';
import { xSettings } from './settings.ts';

const texts = {
  back: { ko: 'X 계정 화면으로', en: 'To the X accounts page' },
  addCallback: {
    ko: 'developer.x.com > 앱 > User authentication settings > Callback URI에 이 주소를 더하고 다시 해 주세요.',
    en: 'Add this address at developer.x.com > your app > User authentication settings > Callback URI, then try again.',
  },
  ask: { ko: 'X 계정을 연결할까요?', en: 'Connect an X account?' },
  goOn: { ko: 'X로 가기', en: 'Go on to X' },
  otherAddressText: {
    ko: 'X는 PUBLIC_URL로 돌아와요. 로그인은 그 주소에서 시작해야 해요.',
    en: 'X comes back to PUBLIC_URL, so the login has to start there.',
  },
} as const satisfies Record<string, Text>;

const PATH = '/admin/twitter';
const COOKIE = 'soshik-login';
/** Key: the login that was finished last, by a hash of what X answered. */
const LAST_LOGIN = 'twitter-login';
const lastLogin = v.object({ answer: v.string(), id: v.string() });

/** Where a login goes on: a form that begins one leads there. */
export function loginOrigins({ read }: Bot): string[] {
  const { webUrl, apiUrl } = read(xSettings);
  return [webUrl, apiUrl].map((url) => new URL(url).origin);
}

/**
 * `/login/twitter` (OAuth 1.0a; `?v=2`: OAuth 2.0 with PKCE) and its callback. Only the owner logs
 * accounts in, and a login ends in the browser and session it began in.
 */
export function twitterLogin(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.use(securePages(loginOrigins));

  routes.use('/callback', async (context, next) => {
    const url = new URL(context.req.url);
    const isElsewhere =
      isLoopback(url.href) &&
      url.hostname === '127.0.0.1' &&
      readPrivateCookie(context, SESSION_COOKIE) === undefined;
    if (!isElsewhere) return await next();
    // The login began at localhost, whose cookies 127.0.0.1 does not get.
    return context.redirect(`http://localhost:${url.port}${CALLBACK_PATH}${url.search}`, 302);
  });
  routes.use(
    '/callback',
    guard((context) => failure(context, refusedLogin('not-this-browser', ''))),
  );
  routes.get('/callback', (context) => finish(context));

  routes.use('/', guard(), proved(PATH));
  routes.post('/', (context) => start(context));
  routes.get('/', (context) => (isOpenedHere(context) ? start(context) : ask(context)));
  return routes;
}

async function start(context: AdminContext): Promise<Response> {
  const ctx = context.get('bot');
  const here = new URL(context.req.url).origin;
  const publicUrl = new URL(ctx.publicUrl ?? here).origin;
  if (publicUrl !== here && !(isLoopback(publicUrl) && isLoopback(here))) {
    const to = `${publicUrl}${PATH}`;
    return loginPage(context, {
      title: loginTexts.otherAddress,
      text: texts.otherAddressText,
      status: 400,
      path: PATH,
      next: { to, text: { ko: to, en: to } },
    });
  }
  const version = context.req.query('v') === '2' ? 2 : 1;
  return await beginLogin(
    context,
    { cookie: COOKIE, session: context.get('session').id },
    () => startLogin(ctx, { version, callbackUrl: callbackUrlOf(publicUrl) }),
    (refusal) => failure(context, refusal),
  );
}

async function finish(context: AdminContext): Promise<Response> {
  const ctx = context.get('bot');
  const { id: session } = context.get('session');
  const begun = await endLogin(context, { cookie: COOKIE, session });
  const query = new URL(context.req.url).searchParams;
  const answer = await sha256Hex(query.get('oauth_token') ?? query.get('state') ?? '');
  const finished = begun.ok ? await finishLogin(ctx, { pending: begun.value, query }) : begun;
  if (!finished.ok) {
    // Opened once more, by "back" or "reload": X takes its answer once, and it is done already.
    const last = await readSetting(ctx.db, LAST_LOGIN, lastLogin);
    const account = last?.answer === answer ? await readAccount(ctx.db, 'twitter', last.id) : null;
    if (account === null) return failure(context, finished);
    const values = { name: account.username };
    return goOn(context, PATH, told('connected-already', values));
  }
  const { id, username: name } = finished.value.account;
  await writeSetting(ctx.db, LAST_LOGIN, { answer, id }, ctx.runtime.now());
  return goOn(context, PATH, told('connected', { name }));
}

const statuses = {
  ...loginStatuses,
  'callback-not-approved': 502,
  'keys-refused': 502,
} as const satisfies Record<LoginFailure, number>;

/** A page for each way a login can fail, with what to do about it. */
async function failure(
  context: AdminContext,
  { reason, detail }: XLoginRefusal,
): Promise<Response> {
  const { publicUrl } = context.get('bot');
  const isCallback = reason === 'callback-not-approved';
  const about = isCallback ? callbackUrlOf(publicUrl ?? context.req.url) : detail;
  return loginPage(context, {
    title: reason === 'cancelled' ? loginTexts.cancelled : loginTexts.failed,
    text: loginFailureTexts[reason],
    status: statuses[reason],
    path: PATH,
    ...(about !== '' && {
      detail: (
        <>
          <code>{about}</code>
          {isCallback && ` ${say(texts.addCallback, languageOf(context))}`}
        </>
      ),
    }),
    next: { to: PATH, text: texts.back },
  });
}

/** A link of another site must not begin a login by itself. */
function ask(context: AdminContext): Response | Promise<Response> {
  const language = languageOf(context);
  const to = context.req.query('v') === '2' ? '/login/twitter?v=2' : '/login/twitter';
  return noticePage(context, {
    title: texts.ask,
    text: loginTexts.askedByOther,
    status: 403,
    path: PATH,
    children: (
      <div class="actions">
        <Act
          to={to}
          csrf={context.get('session').csrf}
          text={say(texts.goOn, language)}
          kind="primary"
        />
      </div>
    ),
  });
}
