/** Calls allowed in a quarter of an hour, and in a day by user or by app where X says so. */
export interface RateLimit {
  per15Min: number;
  /** True: the quarter's number is for the whole app; default: for each user. */
  readonly isShared?: boolean;
  perUserDay?: number;
  perAppDay?: number;
}

export type LimitName =
  | 'posts'
  | 'deletes'
  | 'timeline'
  | 'me'
  | 'directMessages'
  | 'uploads'
  | 'chunks'
  | 'metadata'
  | 'mediaStatus'
  | 'webhooks'
  | 'replays'
  | 'subscribe'
  | 'subscriptions'
  | 'accountActivity';

export type RateLimits = Record<LimitName, RateLimit>;

/**
 * As in docs/platforms/x.md. Not there, so the sandbox's own: the timeline's number (third
 * parties), a user's posts a day (X help: 2,400), and those of reading subscriptions and of Account
 * Activity.
 */
export function publishedLimits(): RateLimits {
  return {
    posts: { per15Min: 100, perUserDay: 2400, perAppDay: 10_000 },
    deletes: { per15Min: 50 },
    timeline: { per15Min: 900 },
    me: { per15Min: 75 },
    directMessages: { per15Min: 15, perUserDay: 1440, perAppDay: 1440 },
    uploads: { per15Min: 500, perAppDay: 50_000 },
    chunks: { per15Min: 1875 },
    metadata: { per15Min: 500 },
    mediaStatus: { per15Min: 1000 },
    webhooks: { per15Min: 450, isShared: true },
    replays: { per15Min: 100, isShared: true },
    subscribe: { per15Min: 500, isShared: true },
    subscriptions: { per15Min: 500, isShared: true },
    accountActivity: { per15Min: 500, isShared: true },
  };
}

export interface Gauge {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

interface Window {
  used: number;
  /** Epoch seconds. */
  resetAt: number;
}

const quarterSeconds = 15 * 60;
const daySeconds = 24 * 3600;

/** Counts a call; `caller` is a user's id, or `app` for an app-only token. */
export type CountCall = (name: LimitName, caller: string) => Gauge;

/** Counts calls in fixed windows that open with the first call and close at a whole second. */
export function createGauges(now: () => number, limits: RateLimits): CountCall {
  const windows = new Map<string, Window>();

  function open(key: string, seconds: number): Window {
    const nowSeconds = now() / 1000;
    const current = windows.get(key);
    if (current && current.resetAt > nowSeconds) return current;
    const fresh = { used: 0, resetAt: Math.ceil(nowSeconds + seconds) };
    windows.set(key, fresh);
    return fresh;
  }

  return (name, caller) => {
    const { per15Min, isShared = false, perUserDay, perAppDay } = limits[name];
    const quarter = `${name}:15min:${isShared ? 'app' : caller}`;
    const counted = [
      { prefix: 'x-rate-limit', limit: per15Min, window: open(quarter, quarterSeconds) },
      {
        prefix: 'x-user-limit-24hour',
        limit: perUserDay,
        window: open(`${name}:day:${caller}`, daySeconds),
      },
      {
        prefix: 'x-app-limit-24hour',
        limit: perAppDay,
        window: open(`${name}:app-day`, daySeconds),
      },
    ].flatMap(({ limit, ...rest }) => (limit === undefined ? [] : [{ limit, ...rest }]));
    const allowed = counted.every(({ limit, window }) => window.used < limit);
    const headers: Record<string, string> = {};
    for (const { prefix, limit, window } of counted) {
      if (allowed) window.used += 1;
      headers[`${prefix}-limit`] = String(limit);
      headers[`${prefix}-remaining`] = String(Math.max(limit - window.used, 0));
      headers[`${prefix}-reset`] = String(window.resetAt);
    }
    return { allowed, headers };
  };
}
