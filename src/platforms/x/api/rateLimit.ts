import { retryAfterMs } from '../../../lib/outbound.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';

/** One window of calls that X counts. */
export interface RateWindow {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
}

/** The endpoint's own window (mostly 15 minutes) and the daily ones where X tells them. */
export interface RateLimit extends RateWindow {
  readonly userDay?: RateWindow;
  readonly appDay?: RateWindow;
}

/** The rate limit that an answer's headers tell. Source: X docs: fundamentals/rate-limits. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const endpoint = readWindow(headers, 'x-rate-limit');
  if (!endpoint) return undefined;
  const userDay = readWindow(headers, 'x-user-limit-24hour');
  const appDay = readWindow(headers, 'x-app-limit-24hour');
  return { ...endpoint, ...(userDay && { userDay }), ...(appDay && { appDay }) };
}

/**
 * Milliseconds to wait after a 429: until the used-up windows open again, not less than
 * `Retry-After` or a minute (X's own sample waits at least that), not more than a day.
 */
export function rateLimitWaitMs(headers: Headers, nowMs: number): number {
  const endpoint = readWindow(headers, 'x-rate-limit');
  const days = ['x-user-limit-24hour', 'x-app-limit-24hour']
    .map((prefix) => readWindow(headers, prefix))
    .filter((window) => window?.remaining === 0);
  const waits = [endpoint, ...days].map((window) => (window?.resetAt ?? nowMs) - nowMs);
  return Math.min(DAY_MS, Math.max(MINUTE_MS, retryAfterMs(headers, nowMs) ?? 0, ...waits));
}

function readWindow(headers: Headers, prefix: string): RateWindow | undefined {
  const limit = readCount(headers, `${prefix}-limit`);
  const remaining = readCount(headers, `${prefix}-remaining`);
  const resetSeconds = readCount(headers, `${prefix}-reset`);
  if (limit === undefined || remaining === undefined || resetSeconds === undefined) {
    return undefined;
  }
  return { limit, remaining, resetAt: resetSeconds * SECOND_MS };
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name) ?? '';
  return /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
