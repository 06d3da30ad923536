import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Bot } from '../bot/context.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for plain http on this machine (`npm start`), where a browser keeps no `Secure` cookie. */
export function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

function hostPrefix(context: Context): 'host' | undefined {
  return isLoopback(context.req.url) ? undefined : 'host';
}

/** A cookie for our own pages only: `__Host-`, which no other host or path can set (RFC 6265bis). */
export function readPrivateCookie(context: Context, name: string): string | undefined {
  const prefix = hostPrefix(context);
  return prefix ? getCookie(context, name, prefix) : getCookie(context, name);
}

export function setPrivateCookie(
  context: Context,
  name: string,
  value: string,
  maxAgeSeconds: number,
): void {
  const prefix = hostPrefix(context);
  setCookie(context, name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: maxAgeSeconds,
    ...(prefix ? { prefix, secure: true } : {}),
  });
}

export function dropPrivateCookie(context: Context, name: string): void {
  setPrivateCookie(context, name, '', 0);
}

/** What a page may load beside our own stylesheet and icon. */
interface Loads {
  /** Sources of pictures elsewhere, as Content Security Policy names them. */
  readonly pictures?: readonly string[];
  /** Scripts of ours, which may talk to us. */
  readonly scripts?: boolean;
}

/** Headers of every answer, where its route has set none of its own. */
const EVERY_ANSWER = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['referrer-policy', 'no-referrer'],
] as const;
/** Two years, as browsers' preload lists ask for (hstspreload.org). */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';

/** What every answer carries, JSON and refusals included (OWASP ASVS 5.0, 3.4). */
export function secureAnswer(answer: Response, requestUrl: string): Response {
  // Set on the answer itself: another one made of it costs more than all else.
  const { headers } = answer;
  for (const [name, value] of EVERY_ANSWER) {
    if (!headers.has(name)) headers.set(name, value);
  }
  if (requestUrl.startsWith('https:')) headers.set('strict-transport-security', STRICT_TRANSPORT);
  return answer;
}

/**
 * Headers of every page: nothing from elsewhere but what is named, no inline script, no frame, no
 * trace in caches.
 *
 * @param formTargets origins a form may lead to beside our own: a login that goes on at a platform
 */
export function securePages(
  formTargets: (bot: Bot) => readonly string[] = () => [],
  loadsOf: (bot: Bot, path: string) => Loads = () => ({}),
): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const bot: Bot = context.get('bot');
    const { pictures = [], scripts = false } = loadsOf(bot, context.req.path);
    const policy = [
      `default-src 'none'`,
      `style-src 'self'`,
      `img-src ${[`'self'`, ...pictures].join(' ')}`,
      ...(scripts ? [`script-src 'self'`, `connect-src 'self'`] : []),
      `form-action ${[`'self'`, ...formTargets(bot)].join(' ')}`,
      `base-uri 'none'`,
      `frame-ancestors 'none'`,
    ].join('; ');
    context.header('content-security-policy', policy);
    // With `no-referrer` a browser sends `Origin: null` with our own forms.
    context.header('referrer-policy', 'same-origin');
    context.header('x-content-type-options', 'nosniff');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('cache-control', 'no-store');
  };
}
