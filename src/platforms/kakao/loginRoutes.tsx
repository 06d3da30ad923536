import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Bot } from '../../bot/context.ts';
import { readBody } from '../../lib/outbound.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { isSentByUs } from '../../ui/admin/session.ts';
import { languageOf } from '../../ui/language.ts';
import { beginLogin, endLogin, isOpenedHere } from '../../ui/login.tsx';
import { securePages } from '../../ui/secure.ts';
import { followLink } from './link.ts';
import { finishKakaoLogin, startKakaoLogin } from './login.ts';
import {
  askPage,
  failurePage,
  foreignPage,
  loggedOutPage,
  newsPage,
  otherAddressPage,
} from './loginPages.tsx';
import {
  endKakaoSession,
  type KakaoSession,
  readKakaoSession,
  startKakaoSession,
} from './loginTexts.ts';
import { setKakaoTopic } from './store/kakaoTies.ts';
import { leaveKakao } from './upkeep.ts';

const PATH = '/login/kakao';
const NEWS_PATH = `${PATH}/news`;
/** Bound to the browser by its cookie alone: nobody is logged in yet. */
const LOGIN = { cookie: 'soshik-kakao-login', session: 'kakao' } as const;
const MAX_FORM_BYTES = 16 * 1024;

interface KakaoEnv {
  Bindings: Env;
  Variables: {
    readonly bot: Bot;
    readonly session: KakaoSession;
    readonly form: URLSearchParams;
  };
}
type KakaoPage = Context<KakaoEnv>;

/**
 * `/login/kakao` (`?link=`: ties the chat the link was given in; `?friends=1`: asks for leave to
 * write to friends), its callback, and the page where the person chooses news and leaves again. A
 * login ends in the browser it began in; a chat is tied only after the person has agreed on our
 * page, so that a link sent by somebody else ties nothing.
 */
export function kakaoLogin(): Hono<KakaoEnv> {
  const routes = new Hono<KakaoEnv>();
  routes.use(securePages());

  routes.get('/', (context) => (isOpenedHere(context) ? start(context) : askPage(context)));
  routes.get('/callback', finish);

  routes.get('/news', async (context) => {
    const ctx = context.get('bot');
    const session = await readKakaoSession(context, ctx);
    return session ? newsPage(context, ctx, session) : loggedOutPage(context);
  });
  routes.post('/news', ownForm, async (context) => {
    const { db, runtime } = context.get('bot');
    const isOn = context.get('form').get('menu') === 'on';
    await setKakaoTopic(db, context.get('session').id, 'menu', isOn, runtime.now());
    return context.redirect(NEWS_PATH, 303);
  });
  routes.post('/tie', ownForm, tie);
  routes.post('/logout', ownForm, (context) => leave(context, 'logout'));
  routes.post('/unlink', ownForm, (context) => leave(context, 'unlink'));
  return routes;
}

/** Lets a form pass that a page of this browser's session has sent. */
const ownForm: MiddlewareHandler<KakaoEnv> = async (context, next) => {
  const form = await readForm(context);
  const session = await readKakaoSession(context, context.get('bot'));
  const isOurs = isSentByUs(context.req.raw);
  if (!session || !isOurs || !(await isSameSecret(form.get('csrf'), session.csrf))) {
    return foreignPage(context);
  }
  context.set('form', form);
  context.set('session', session);
  return await next();
};

async function start(context: KakaoPage): Promise<Response> {
  const ctx = context.get('bot');
  const here = new URL(context.req.url).origin;
  if (ctx.publicUrl !== null && ctx.publicUrl !== here) {
    const query = new URL(context.req.url).search;
    return otherAddressPage(context, `${ctx.publicUrl}${PATH}${query}`);
  }
  return await beginLogin(
    context,
    LOGIN,
    () =>
      startKakaoLogin(ctx, {
        callbackUrl: `${here}${PATH}/callback`,
        link: context.req.query('link') ?? null,
        withFriends: context.req.query('friends') === '1',
      }),
    (refusal) => failurePage(context, refusal),
  );
}

/** Goes on to a page of its own, so that the code stays in no address. */
async function finish(context: KakaoPage): Promise<Response> {
  const ctx = context.get('bot');
  const begun = await endLogin(context, LOGIN);
  if (!begun.ok) {
    // The page was opened once more, by "back" or "reload": it is done already.
    const isOver = begun.reason === 'not-this-browser';
    if (isOver && (await readKakaoSession(context, ctx))) return context.redirect(NEWS_PATH, 303);
    return failurePage(context, begun);
  }
  const finished = await finishKakaoLogin(ctx, {
    pending: begun.value,
    query: new URL(context.req.url).searchParams,
    language: languageOf(context),
  });
  if (!finished.ok) return failurePage(context, finished);
  await startKakaoSession(context, ctx, finished.value);
  return context.redirect(NEWS_PATH, 303);
}

async function tie(context: KakaoPage): Promise<Response> {
  const ctx = context.get('bot');
  const { id, link } = context.get('session');
  if (link) {
    const followed = await followLink(ctx, link, id);
    await startKakaoSession(context, ctx, { id, link: null });
    if (!followed.ok) return failurePage(context, { ...followed, detail: '' });
  }
  return context.redirect(NEWS_PATH, 303);
}

async function leave(context: KakaoPage, how: 'logout' | 'unlink'): Promise<Response> {
  const isConfirmed = await leaveKakao(context.get('bot'), context.get('session').id, how);
  endKakaoSession(context);
  return context.redirect(`${NEWS_PATH}?left=${isConfirmed ? 'both' : 'here'}`, 303);
}

/** The fields of a form; none when it is too large. */
async function readForm(context: KakaoPage): Promise<URLSearchParams> {
  const body = await readBody(context.req.raw.body, MAX_FORM_BYTES);
  return new URLSearchParams(new TextDecoder().decode(body ?? undefined));
}
