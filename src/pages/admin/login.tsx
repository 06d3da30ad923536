import { Hono } from 'hono';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { adminSettings } from '../../ui/admin/features.tsx';
import { AGAIN_PATH, LOGIN_PATH, SESSION_COOKIE } from '../../ui/admin/guard.tsx';
import { toAdminPath } from '../../ui/admin/page.tsx';
import { SESSION_SECONDS } from '../../ui/admin/session.ts';
import type { AdminContext, AdminEnv } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Layout } from '../../ui/parts.tsx';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../../ui/secure.ts';
import { retryAfter, type Tried, tryDoor } from '../door.ts';
import { takeCode, wantsCode } from './secondFactor.ts';

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
  code: { ko: '인증 앱의 여섯 자리 숫자', en: 'Six digits of your authenticator app' },
  again: { ko: '비밀번호를 다시 넣어 주세요', en: 'Please enter the password again' },
  againText: {
    ko: '되돌릴 수 없거나 많은 것을 보여 주는 일이라서 한 번 더 확인해요. 넣은 다음에 다시 눌러 주세요.',
    en: 'What comes next cannot be undone, or shows a lot, so this is checked again. Then press once more.',
  },
  goOn: { ko: '이어서 하기', en: 'Go on' },
  wrongTwo: {
    ko: '비밀번호나 숫자가 달라요. 한 시간에 열 번까지 해 볼 수 있어요.',
    en: 'The password or the digits are wrong. You have ten tries an hour.',
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
    const tried = await tryBoth(context);
    if (tried === 'right') {
      const cookie = await context.get('sessions').start(context.req.header('user-agent') ?? '');
      setPrivateCookie(context, SESSION_COOKIE, cookie, SESSION_SECONDS);
      return context.redirect(toAdminPath(next) ?? '/admin', 303);
    }
    return refusedPage(context, tried);
  });

  routes.get('/again', (context) =>
    loginPage(context, { next: context.req.query('next'), text: texts.againText }),
  );
  routes.post('/again', async (context) => {
    const tried = await tryBoth(context);
    if (tried !== 'right') return refusedPage(context, tried);
    await context.get('sessions').prove(context.get('session'));
    return context.redirect(toAdminPath(context.get('form').get('next')) ?? '/admin', 303);
  });

  routes.post('/logout', async (context) => {
    await context.get('sessions').endAll();
    dropPrivateCookie(context, SESSION_COOKIE);
    return context.redirect(`${LOGIN_PATH}?out`, 303);
  });

  return routes;
}

/** The password, and the digits of the second factor where it is on; both count as one try. */
async function tryBoth(context: AdminContext): Promise<Tried> {
  const form = context.get('form');
  return tryDoor(
    context,
    'whole',
    async () =>
      (await isPassword(context, form.get('password') ?? '')) &&
      (!(await wantsCode(context)) || (await takeCode(context, form.get('code') ?? ''))),
  );
}

async function refusedPage(
  context: AdminContext,
  tried: Exclude<Tried, 'right'>,
): Promise<Response> {
  const next = context.get('form').get('next');
  if (tried === 'wrong') {
    const text = (await wantsCode(context)) ? texts.wrongTwo : texts.wrong;
    return loginPage(context, { next, text, status: 401 });
  }
  context.header('retry-after', retryAfter(tried)['retry-after']);
  const values = { minutes: Math.ceil(tried.waitMs / MINUTE_MS) };
  return loginPage(context, { next, text: texts.wait, values, status: 429 });
}

/** Compares a typed password with the owner's; where a code is wanted too, it is no whole proof. */
export async function tryPassword(context: AdminContext, typed: string): Promise<Tried> {
  const proof = (await wantsCode(context)) ? 'part' : 'whole';
  return tryDoor(context, proof, () => isPassword(context, typed));
}

async function isPassword(context: AdminContext, typed: string): Promise<boolean> {
  const { password } = adminSettings(context.env);
  return isSameSecret(typed.trim(), password.state === 'set' ? password.value : null);
}

async function loginPage(
  context: AdminContext,
  page: {
    readonly next: unknown;
    readonly text: Text | null;
    readonly values?: Readonly<Record<string, number>>;
    readonly status?: 401 | 429;
  },
): Promise<Response> {
  const language = context.get('language');
  const isRefusal = page.status !== undefined;
  const isAgain = context.req.path === AGAIN_PATH;
  const title = say(isAgain ? texts.again : texts.title, language);
  const wants = await wantsCode(context);
  return context.html(
    <Layout language={language} title={title} path={context.req.path}>
      <section class="card narrow">
        <h1>{title}</h1>
        {page.text && (
          <p class={isRefusal ? 'bad' : 'soft'} role={isRefusal ? 'alert' : 'status'}>
            {say(page.text, language, page.values)}
          </p>
        )}
        <form method="post" action={context.req.path} class="stack">
          {isAgain && <input type="hidden" name="csrf" value={context.get('session').csrf} />}
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
          {wants && (
            <label class="field">
              {say(texts.code, language)}
              <input name="code" inputmode="numeric" autocomplete="one-time-code" required />
            </label>
          )}
          <button type="submit" class="primary">
            {say(isAgain ? texts.goOn : texts.enter, language)}
          </button>
        </form>
      </section>
    </Layout>,
    page.status ?? 200,
  );
}
