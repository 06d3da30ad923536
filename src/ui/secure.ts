import type { MiddlewareHandler } from 'hono';
import type { Bot } from '../bot/context.ts';

/** What a page may load beside our own stylesheet and icon. */
interface Loads {
  /** Sources of pictures elsewhere, as Content Security Policy names them. */
  readonly pictures?: readonly string[];
  /** Scripts of ours, which may talk to us. */
  readonly scripts?: boolean;
}

/** Headers of every answer, where its route has set none of its own. */
const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};
/** Two years, as browsers' preload lists ask for (hstspreload.org). */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';

/** What every answer carries, JSON and refusals included (OWASP ASVS 5.0, 3.4). */
export function secureAnswers(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(EVERY_ANSWER)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
    if (new URL(context.req.url).protocol === 'https:') {
      context.header('strict-transport-security', STRICT_TRANSPORT);
    }
  };
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
