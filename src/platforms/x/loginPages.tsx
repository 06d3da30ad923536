import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
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
import { Act } from '../../ui/parts.tsx';
import {
  dropPrivateCookie,
  isLoopback,
  openPending,
  PENDING_SECONDS,
  readPrivateCookie,
  sealPending,
  securePages,
  setPrivateCookie,
} from '../../ui/secure.ts';
import { loginFailureTexts } from './failure.ts';
import {
  CALLBACK_PATH,
  callbackUrlOf,
  finishLogin,
  type LoginFailure,
  startLogin,
} from './login.ts';

import { xSettings } from './settings.ts';

const texts = {
  title: { ko: '로그인을 마치지 못했어요', en: 'The login did not finish' },
  cancelled: { ko: '로그인을 취소했어요', en: 'The login was cancelled' },
  back: { ko: 'X 계정 화면으로', en: 'To the X accounts page' },
  addCallback: {
    ko: 'developer.x.com > 앱 > User authentication settings > Callback URI에 이 주소를 더하고 다시 해 주세요.',
    en: 'Add this address at developer.x.com > your app > User authentication settings > Callback URI, then try again.',
  },
  askedByOther: { ko: 'X 계정을 연결할까요?', en: 'Connect an X account?' },
  askedByOtherText: {
    ko: '다른 페이지에서 이 로그인을 열었어요. 직접 하려던 것이면 눌러 주세요.',
    en: 'Another page opened this login. Go on only if you meant to.',
  },
  goOn: { ko: 'X로 가기', en: 'Go on to X' },
  otherAddress: { ko: '다른 주소에서 열어 주세요', en: 'Open it at the other address' },
  otherAddressText: {
    ko: 'X는 PUBLIC_URL로 돌아와요. 로그인은 그 주소에서 시작해야 해요.',
    en: 'X comes back to PUBLIC_URL, so the login has to start there.',
  },
} as const satisfies Record<string, Text>;

const PENDING_COOKIE = 'soshik-login';
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
    guard((context) => failure(context, { reason: 'not-this-browser' })),
  );
  routes.get('/callback', (context) => finish(context));

  routes.use('/', guard(), proved('/admin/twitter'));
  routes.post('/', (context) => start(context));
  routes.get('/', (context) => {
    const site = context.req.header('sec-fetch-site') ?? 'none';
    return site === 'same-origin' || site === 'none' ? start(context) : ask(context);
  });
  return routes;
}

async function start(context: AdminContext): Promise<Response> {
  const ctx = context.get('bot');
  const here = new URL(context.req.url).origin;
  const publicUrl = new URL(ctx.publicUrl ?? here).origin;
  if (publicUrl !== here && !(isLoopback(publicUrl) && isLoopback(here))) {
    return noticePage(context, {
      title: texts.otherAddress,
      text: texts.otherAddressText,
      status: 400,
      children: <Button to={`${publicUrl}/admin/twitter`}>{publicUrl}</Button>,
    });
  }
  const version = context.req.query('v') === '2' ? 2 : 1;
  const started = await startLogin(ctx, { version, callbackUrl: callbackUrlOf(publicUrl) });
  if (!started.ok) return failure(context, started);
  const sealer = await ctx.sealer();
  if (!sealer) return failure(context, { reason: 'not-configured', detail: 'TOKEN_KEY' });
  const { redirectUrl, pending } = started.value;
  const { id } = context.get('session');
  const cookie = await sealPending(sealer, ctx.runtime, id, pending);
  setPrivateCookie(context, PENDING_COOKIE, cookie, PENDING_SECONDS);
  return context.redirect(redirectUrl, 303);
}

async function finish(context: AdminContext): Promise<Response> {
  const ctx = context.get('bot');
  const sealed = readPrivateCookie(context, PENDING_COOKIE) ?? '';
  dropPrivateCookie(context, PENDING_COOKIE);
  const sealer = await ctx.sealer();
  if (!sealer) return failure(context, { reason: 'not-configured', detail: 'TOKEN_KEY' });
  const opened = await openPending(sealer, ctx.runtime, context.get('session').id, sealed);
  const query = new URL(context.req.url).searchParams;
  const answer = await sha256Hex(query.get('oauth_token') ?? query.get('state') ?? '');
  const finished = opened.ok ? await finishLogin(ctx, { pending: opened.pending, query }) : opened;
  if (!finished.ok) {
    // Opened once more, by "back" or "reload": X takes its answer once, and it is done already.
    const last = await readSetting(ctx.db, LAST_LOGIN, lastLogin);
    const account = last?.answer === answer ? await readAccount(ctx.db, 'twitter', last.id) : null;
    if (account === null) return failure(context, finished);
    const values = { name: account.username };
    return goOn(context, '/admin/twitter', { key: 'x/connected-already', values });
  }
  const { id, username: name } = finished.value.account;
  await writeSetting(ctx.db, LAST_LOGIN, { answer, id }, ctx.runtime.now());
  return goOn(context, '/admin/twitter', { key: 'x/connected', values: { name } });
}

const statuses = {
  'not-configured': 503,
  'callback-not-approved': 502,
  'keys-refused': 502,
  cancelled: 400,
  expired: 400,
  'not-this-browser': 403,
  unavailable: 502,
} as const satisfies Record<LoginFailure, number>;

/** A page for each way a login can fail, with what to do about it. */
async function failure(
  context: AdminContext,
  { reason, detail = '' }: { readonly reason: LoginFailure; readonly detail?: string },
): Promise<Response> {
  const language = languageOf(context);
  const { publicUrl } = context.get('bot');
  return noticePage(context, {
    title: reason === 'cancelled' ? texts.cancelled : texts.title,
    text: loginFailureTexts[reason],
    status: statuses[reason],
    path: '/admin/twitter',
    children: (
      <>
        {reason === 'callback-not-approved' ? (
          <p>
            <code>{callbackUrlOf(publicUrl ?? context.req.url)}</code>{' '}
            {say(texts.addCallback, language)}
          </p>
        ) : (
          detail !== '' && (
            <p>
              <code>{detail}</code>
            </p>
          )
        )}
        <Button to="/admin/twitter">{say(texts.back, language)}</Button>
      </>
    ),
  });
}

/** A link of another site must not begin a login by itself. */
function ask(context: AdminContext): Response | Promise<Response> {
  const language = languageOf(context);
  const to = context.req.query('v') === '2' ? '/login/twitter?v=2' : '/login/twitter';
  return noticePage(context, {
    title: texts.askedByOther,
    text: texts.askedByOtherText,
    status: 403,
    path: '/admin/twitter',
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

function Button({ to, children }: { to: string; children?: Child }) {
  return (
    <div class="actions">
      <a class="button" href={to}>
        {children}
      </a>
    </div>
  );
}
