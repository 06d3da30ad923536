import { Hono } from 'hono';
import { MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import { adminSettings } from '../../ui/admin/features.tsx';
import { LOGIN_PATH, SESSION_COOKIE } from '../../ui/admin/guard.tsx';
import { toAdminPath } from '../../ui/admin/page.tsx';
import { SESSION_SECONDS } from '../../ui/admin/session.ts';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Layout } from '../../ui/layout.tsx';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../../ui/secure.ts';
import { type Tried, tryDoor } from '../api/routes.ts';

const texts = {
  title: { ko: '관리자 로그인', en: 'Owner’s login' },
  password: { ko: '비밀번호', en: 'Password' },
  hint: { ko: 'ADMIN_PASSWORD로 정한 값이에요.', en: 'What you set as ADMIN_PASSWORD.' },
  enter: { ko: '들어가기', en: 'Log in' },
  wrong: {
    ko: '비밀번호가 달라요. 한 시간에 열 번까지 해 볼 수 있어요.',
    en: 'That is not the password. You have ten tries an hour.',
  },
  wait: {
    ko: '여러 번 틀려서 잠시 막았어요. {minutes}분 뒤에 다시 해 주세요.',
    en: 'Too many wrong tries. Try again in {minutes} minutes.',
  },
  out: {
    ko: '로그아웃했어요. 다른 기기에서도 모두 끝났어요.',
    en: 'You are logged out, on every other device too.',
  },
} as const satisfies Record<string, Text>;

/** `/admin/login` and `/admin/logout`; behind the guard. */
export function loginRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/login', async (context) => {
    const session = await context
      .get('sessions')
      .read(readPrivateCookie(context, SESSION_COOKIE) ?? '');
    if (session) return context.redirect('/admin', 303);
    const isOut = context.req.query('out') !== undefined;
    return loginPage(context, { next: context.req.query('next'), text: isOut ? texts.out : null });
  });

  routes.post('/login', async (context) => {
    const form = context.get('form');
    const next = form.get('next');
    const tried = await tryPassword(context, form.get('password') ?? '');
    if (tried === 'right') {
      const cookie = await context.get('sessions').start();
      setPrivateCookie(context, SESSION_COOKIE, cookie, SESSION_SECONDS);
      return context.redirect(toAdminPath(next) ?? '/admin', 303);
    }
    if (tried === 'wrong') return loginPage(context, { next, text: texts.wrong, status: 401 });
    context.header('retry-after', String(Math.ceil(tried.waitMs / SECOND_MS)));
    const values = { minutes: Math.ceil(tried.waitMs / MINUTE_MS) };
    return loginPage(context, { next, text: texts.wait, values, status: 429 });
  });

  routes.post('/logout', async (context) => {
    await context.get('sessions').endAll();
    dropPrivateCookie(context, SESSION_COOKIE);
    return context.redirect(`${LOGIN_PATH}?out`, 303);
  });

  return routes;
}

/** Compares a typed password with the owner's, within what an address may try. */
export async function tryPassword(context: AdminContext, typed: string): Promise<Tried> {
  const { password } = adminSettings(context.env);
  return tryDoor(context, typed, password.state === 'set' ? password.value : null);
}

function loginPage(
  context: AdminContext,
  page: {
    readonly next: unknown;
    readonly text: Text | null;
    readonly values?: Readonly<Record<string, number>>;
    readonly status?: 401 | 429;
  },
): Response | Promise<Response> {
  const language = context.get('language');
  const isRefusal = page.status !== undefined;
  return context.html(
    <Layout language={language} title={say(texts.title, language)} path={LOGIN_PATH}>
      <section class="card narrow">
        <h1>{say(texts.title, language)}</h1>
        {page.text && (
          <p class={isRefusal ? 'bad' : 'soft'} role={isRefusal ? 'alert' : 'status'}>
            {say(page.text, language, page.values)}
          </p>
        )}
        <form method="post" action={LOGIN_PATH} class="stack">
          <input type="hidden" name="next" value={toAdminPath(page.next) ?? '/admin'} />
          <label class="field">
            {say(texts.password, language)}
            <input
              type="password"
              name="password"
              autocomplete="current-password"
              required
              autofocus
            />
          </label>
          <small>{say(texts.hint, language)}</small>
          <button type="submit" class="primary">
            {say(texts.enter, language)}
          </button>
        </form>
      </section>
    </Layout>,
    page.status ?? 200,
  );
}
