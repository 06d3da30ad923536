import type { Context, MiddlewareHandler } from 'hono';
import type { AdminPath } from '../../config/reader.ts';
import { readBody } from '../../lib/outbound.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { createSigner, type Signer } from '../../store/sealed.ts';
import { languageOf, type Text } from '../language.ts';
import { isLoopback, readPrivateCookie } from '../secure.ts';
import { noticePage } from './confirm.tsx';
import { adminSettings, MIN_PASSWORD_LENGTH } from './features.tsx';
import { toAdminPath } from './page.tsx';
import { createSessions, isSentByUs } from './session.ts';
import type { AdminEnv } from './types.ts';

export const SESSION_COOKIE = 'soshik';
export const LOGIN_PATH = '/admin/login';

const MAX_FORM_BYTES = 64 * 1024;
/** A file that the owner, logged in, sends with a form. */
const MAX_UPLOAD_BYTES = 10_000_000;

const texts = {
  off: { ko: '관리 페이지가 꺼져 있어요', en: 'The owner’s pages are off' },
  passwordMissing: {
    ko: '비밀 값 ADMIN_PASSWORD가 없어요. 12자 이상으로 정해서 이렇게 넣어 주세요.',
    en: 'The secret ADMIN_PASSWORD is not set. Choose one of 12 characters or more and set it like this.',
  },
  passwordShort: {
    ko: 'ADMIN_PASSWORD가 너무 짧아요. {length}자 이상으로 다시 넣어 주세요.',
    en: 'ADMIN_PASSWORD is too short. Set one of {length} characters or more.',
  },
  tokenKey: {
    ko: '비밀 값 TOKEN_KEY가 없거나 올바르지 않아요. 32바이트를 base64로 적은 값이어야 해요. 이렇게 만들어 넣어 주세요.',
    en: 'The secret TOKEN_KEY is missing or wrong: it has to be 32 bytes in base64. Make and set one like this.',
  },
  insecure: { ko: 'https로 열어 주세요', en: 'Open this page with https' },
  insecureText: {
    ko: '비밀번호가 그대로 지나가지 않도록 이 페이지는 https에서만 열려요.',
    en: 'So that no password travels in the open, this page works with https only.',
  },
  foreign: { ko: '이 요청은 받지 않았어요', en: 'This request was not carried out' },
  foreignText: {
    ko: '우리 페이지에서 보낸 것인지 확인할 수 없었어요. 페이지를 새로 열고 다시 눌러 주세요.',
    en: 'There is no proof that it came from our own page. Open the page anew and press again.',
  },
  tooLarge: { ko: '보낸 것이 너무 커요', en: 'That is too large' },
  tooLargeText: {
    ko: '10MB가 넘어서 받지 않았어요. 아무것도 바꾸지 않았어요.',
    en: 'It is over 10 MB and was not taken. Nothing was changed.',
  },
  loggedOut: { ko: '다시 로그인해 주세요', en: 'Please log in again' },
  loggedOutText: {
    ko: '로그인이 끝나서 아무것도 바꾸지 않았어요.',
    en: 'Your session is over; nothing was changed.',
  },
} as const satisfies Record<string, Text>;

/**
 * Lets only the owner pass: a password is set, the session cookie is ours and not over, and a form
 * comes from a page of that session. Routes behind it find everything in the context.
 *
 * @param onStranger answers a GET without a session; default: on to the login
 */
export function guard(
  onStranger: (context: Context<AdminEnv>) => Response | Promise<Response> = toLogin,
): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    const { protocol } = new URL(context.req.url);
    if (protocol !== 'https:' && !isLoopback(context.req.url)) {
      return noticePage(context, {
        title: texts.insecure,
        text: texts.insecureText,
        status: 403,
      });
    }
    const bot = context.get('bot');
    const prepared = await prepare(context, bot.runtime);
    if (!prepared.ok) return prepared.page;
    const sessions = createSessions(bot.runtime, bot.db, prepared.signer, prepared.password);
    context.set('language', languageOf(context));
    context.set('sessions', sessions);

    const isForm = context.req.method !== 'GET' && context.req.method !== 'HEAD';
    if (isForm && !isSentByUs(context.req.raw)) return refuse(context);
    const session = await sessions.read(readPrivateCookie(context, SESSION_COOKIE) ?? '');
    const form = isForm ? await readForm(context, session !== null) : new URLSearchParams();
    if (form === null) {
      return noticePage(context, {
        title: texts.tooLarge,
        text: texts.tooLargeText,
        status: 413,
      });
    }
    context.set('form', form);
    if (context.req.path === LOGIN_PATH) return await next();

    if (!session) return isForm ? askAgain(context) : onStranger(context);
    if (isForm && !(await sessions.isOwnForm(session, form.get('csrf') ?? ''))) {
      return refuse(context);
    }
    context.set('session', session);
    return await next();
  };
}

export const AGAIN_PATH = '/admin/again';

/**
 * Behind the guard, before what cannot be undone or gives much away: the password was typed a short
 * time ago, else it is asked for again.
 *
 * @param back the page to go on to then
 */
export function proved(back: AdminPath): MiddlewareHandler<AdminEnv> {
  return async (context, next) =>
    context.get('session').isProved
      ? await next()
      : context.redirect(`${AGAIN_PATH}?next=${back}`, 303);
}

async function prepare(
  context: Context<AdminEnv>,
  runtime: Runtime,
): Promise<
  { ok: true; signer: Signer; password: string } | { ok: false; page: Response | Promise<Response> }
> {
  const { password, tokenKey } = adminSettings(context.env);
  const off = (text: Text, command: string) => ({
    ok: false as const,
    page: noticePage(context, {
      title: texts.off,
      text,
      values: { length: String(MIN_PASSWORD_LENGTH) },
      status: 503,
      children: (
        <p>
          <code>{command}</code>
        </p>
      ),
    }),
  });
  switch (password.state) {
    case 'missing':
      return off(texts.passwordMissing, 'npx wrangler secret put ADMIN_PASSWORD');
    case 'short':
      return off(texts.passwordShort, 'npx wrangler secret put ADMIN_PASSWORD');
    case 'set':
      break;
    default:
      return unreachable(password);
  }
  const signer = await createSigner(runtime, tokenKey);
  return signer.ok
    ? { ok: true, signer: signer.value, password: password.value }
    : off(texts.tokenKey, 'openssl rand -base64 32 | npx wrangler secret put TOKEN_KEY');
}

function refuse(context: Context): Response | Promise<Response> {
  return noticePage(context, { title: texts.foreign, text: texts.foreignText, status: 403 });
}

function askAgain(context: Context): Response | Promise<Response> {
  return noticePage(context, {
    title: texts.loggedOut,
    text: texts.loggedOutText,
    status: 401,
    path: LOGIN_PATH,
  });
}

function toLogin(context: Context): Response {
  const { path: asked } = context.req;
  const path = toAdminPath(asked === '/login/twitter' ? '/admin/twitter' : asked);
  return context.redirect(path === null ? LOGIN_PATH : `${LOGIN_PATH}?next=${path}`, 303);
}

/**
 * The fields of a form, files among them as text; none when it is too large.
 *
 * @returns `null` when a file is too large
 */
async function readForm(context: Context, isOwner: boolean): Promise<URLSearchParams | null> {
  const type = context.req.header('content-type') ?? '';
  const isUpload = isOwner && type.startsWith('multipart/form-data');
  const body = await readBody(context.req.raw.body, isUpload ? MAX_UPLOAD_BYTES : MAX_FORM_BYTES);
  if (!isUpload) return new URLSearchParams(new TextDecoder().decode(body ?? undefined));
  return body && readUpload(body, type);
}

async function readUpload(body: Uint8Array<ArrayBuffer>, type: string): Promise<URLSearchParams> {
  const form = new URLSearchParams();
  try {
    const sent = await new Response(body, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of sent) {
      form.append(name, typeof value === 'string' ? value : await value.text());
    }
  } catch {
    // No form at all: it carries no token either, and is refused.
  }
  return form;
}
