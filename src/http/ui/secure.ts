import type { MiddlewareHandler } from 'hono';

/**
 * Headers of every page that only the owner sees: nothing from elsewhere, no script, no frame, no
 * trace in caches.
 *
 * @param formTargets origins a form may lead to beside our own: a login that goes on at a platform
 */
export function securePages(formTargets: readonly string[] = []): MiddlewareHandler {
  const policy = [
    `default-src 'none'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `form-action ${[`'self'`, ...formTargets].join(' ')}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  return async (context, next) => {
    await next();
    context.header('content-security-policy', policy);
    // With `no-referrer` a browser sends `Origin: null` with our own forms.
    context.header('referrer-policy', 'same-origin');
    context.header('x-content-type-options', 'nosniff');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('cache-control', 'no-store');
  };
}
