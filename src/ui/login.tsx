import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import * as v from 'valibot';
import type { Bot } from '../bot/context.ts';
import type { Result } from '../lib/result.ts';
import { MINUTE_MS } from '../lib/time.ts';
import { noticePage } from './admin/confirm.tsx';
import { languageOf, say, type Text } from './language.ts';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from './secure.ts';

/**
 * A login at a platform: it begins in one browser, goes on at the platform, and ends in the browser
 * it began in. What it began with waits sealed in a cookie; nobody else can open or use it.
 */
interface PlatformLogin {
  /** Name of the cookie. */
  readonly cookie: string;
  /** Whose login it is: that of another session is not this one's. */
  readonly session: string;
}

/** A login that has begun. */
export interface StartedLogin {
  /** Where the browser goes now. */
  readonly redirectUrl: string;
  /** What the login ends with; holds secrets. */
  readonly pending: string;
}

/** Why there is no login; `detail`: for the owner, such as the name of a missing secret. */
export interface LoginRefusal<Reason> {
  readonly reason: Reason;
  readonly detail: string;
}

/** No login, and why. */
export function refusedLogin<Reason>(
  reason: Reason,
  detail: string,
): { readonly ok: false } & LoginRefusal<Reason> {
  return { ok: false, reason, detail };
}

const LOGIN_MS = 10 * MINUTE_MS;
/** The cookie outlives the login, so that a late return is told as late and not as foreign. */
const COOKIE_SECONDS = 30 * 60;

const pendingSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ pending: v.string(), expiresAt: v.number() }),
);

/** True when the person or a page of ours opened this address, and no link of another site. */
export function isOpenedHere({ req }: Context): boolean {
  const site = req.header('sec-fetch-site') ?? 'none';
  return site === 'same-origin' || site === 'none';
}

/**
 * Sends the browser to the platform.
 *
 * @param start asks the platform, where it has to be asked; only when the answer can be kept
 * @param refuse the page that says why there is no login
 */
export async function beginLogin<Refusal extends { readonly ok: false }>(
  context: Context,
  { cookie, session }: PlatformLogin,
  start: () => Promise<{ readonly ok: true; readonly value: StartedLogin } | Refusal>,
  refuse: (refusal: Refusal | LoginRefusal<'not-configured'>) => Response | Promise<Response>,
): Promise<Response> {
  const { sealer: sealerOf, runtime }: Bot = context.get('bot');
  const sealer = await sealerOf();
  if (!sealer) return await refuse(refusedLogin('not-configured', 'TOKEN_KEY'));
  const started = await start();
  if (!started.ok) return await refuse(started);
  const { redirectUrl, pending } = started.value;
  const kept = JSON.stringify({ pending, expiresAt: runtime.now() + LOGIN_MS });
  setPrivateCookie(context, cookie, await sealer.seal(sealedAs(session), kept), COOKIE_SECONDS);
  return context.redirect(redirectUrl, 303);
}

/** What the login that comes back began with, once; or why it is none of this browser. */
export async function endLogin(
  context: Context,
  { cookie, session }: PlatformLogin,
): Promise<Result<string, LoginRefusal<'not-configured' | 'expired' | 'not-this-browser'>>> {
  const { sealer: sealerOf, runtime }: Bot = context.get('bot');
  const sealed = readPrivateCookie(context, cookie) ?? '';
  dropPrivateCookie(context, cookie);
  const sealer = await sealerOf();
  if (!sealer) return refusedLogin('not-configured', 'TOKEN_KEY');
  const opened = await sealer.open(sealedAs(session), sealed);
  const parsed = v.safeParse(pendingSchema, opened.ok ? opened.value : '');
  if (!parsed.success) return refusedLogin('not-this-browser', '');
  const { pending, expiresAt } = parsed.output;
  return runtime.now() < expiresAt ? { ok: true, value: pending } : refusedLogin('expired', '');
}

function sealedAs(session: string): string {
  return `pending login of ${session}`;
}

/** What the pages of every platform's login say. */
export const loginTexts = {
  failed: { ko: '로그인을 마치지 못했어요', en: 'The login did not finish' },
  cancelled: { ko: '로그인을 취소했어요', en: 'The login was cancelled' },
  askedByOther: {
    ko: '다른 페이지에서 이 로그인을 열었어요. 직접 하려던 것이면 눌러 주세요.',
    en: 'Another page opened this login. Go on only if you meant to.',
  },
  otherAddress: { ko: '다른 주소에서 열어 주세요', en: 'Open it at the other address' },
} as const satisfies Record<string, Text>;

/** How the page of a failed login answers, for what can fail at any platform. */
export const loginStatuses = {
  'not-configured': 503,
  cancelled: 400,
  expired: 400,
  'not-this-browser': 403,
  unavailable: 502,
} as const;

/** A page on the way of a login: what stands in it, and where it goes on. */
export function loginPage(
  context: Context,
  page: {
    readonly title: Text;
    readonly text: Text;
    readonly status: 400 | 403 | 502 | 503;
    readonly path: string;
    /** Above the way on: what the owner can do about it. */
    readonly detail?: Child;
    readonly next: { readonly to: string; readonly text: Text };
  },
): Response | Promise<Response> {
  const { title, text, status, path, detail, next } = page;
  return noticePage(context, {
    title,
    text,
    status,
    path,
    // A link, not a form: what a form may lead to is limited to our own pages.
    children: (
      <>
        {detail !== undefined && detail !== '' && <p>{detail}</p>}
        <div class="actions">
          <a class="button" href={next.to}>
            {say(next.text, languageOf(context))}
          </a>
        </div>
      </>
    ),
  });
}
