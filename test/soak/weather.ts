import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import type { Chance } from './chance.ts';

/** What becomes of a call. */
export type Fate =
  /** Answered in the platform's place; nothing took effect. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks, or nothing comes back: nothing took effect. */
  | { readonly kind: 'reset' | 'hang' }
  /** It took effect, and then the answer was lost, or came in half. */
  | { readonly kind: 'lost' | 'late' | 'half' };

export interface Outage {
  readonly host: string;
  readonly from: number;
  readonly until: number;
  readonly fate: Fate;
}

/** Hosts that fail, and the words each of them fails with. */
const words: Readonly<
  Record<string, readonly (readonly [status: number, body: object | string])[]>
> = {
  'api.telegram.org': [
    [500, { ok: false, error_code: 500, description: 'Internal Server Error' }],
    [502, '<html><head><title>502 Bad Gateway</title></head></html>'],
  ],
  'api.x.com': [
    [
      503,
      {
        title: 'Service Unavailable',
        detail: 'Service Unavailable',
        type: 'about:blank',
        status: 503,
      },
    ],
    [500, { errors: [{ code: 131, message: 'Internal error' }] }],
  ],
  'kapi.kakao.com': [
    [500, { msg: 'InternalServerError', code: -1 }],
    [503, { msg: 'service is under maintenance', code: -9798 }],
  ],
  'kauth.kakao.com': [
    [500, { error: 'server_error', error_description: 'internal', error_code: 'KOE9999' }],
  ],
  'api.github.com': [
    [502, { message: 'Server Error' }],
    [503, '<html><body>Unicorn!</body></html>'],
  ],
  'about.netflix.com': [[503, '<title>Netflix</title>']],
  'api.themoviedb.org': [
    [
      500,
      {
        success: false,
        status_code: 11,
        status_message: 'Internal error: Something went wrong, contact TMDb.',
      },
    ],
  ],
  'open.neis.go.kr': [[500, 'Service Error']],
};

export const HOSTS: readonly string[] = Object.keys(words);

/** An hour and a day longer than any wait a platform means. */
const HUGE_SECONDS = 400 * 24 * 3600;

function fateAt(chance: Chance, host: string, isOutage: boolean): Fate {
  const kind = chance.pick([
    'words',
    'words',
    'words',
    'html',
    'limit',
    'reset',
    'hang',
    ...(isOutage ? [] : (['lost', 'late', 'half'] as const)),
  ] as const);
  if (kind === 'html') {
    const body = '<!DOCTYPE html><title>We will be back soon</title>';
    return { kind: 'answer', status: 200, body, headers: { 'content-type': 'text/html' } };
  }
  if (kind === 'limit') return tooMany(chance, host);
  if (kind !== 'words') return { kind };
  const [status, body] = chance.pick([[500, ''], ...(words[host] ?? [])] as [
    readonly [number, object | string],
    ...(readonly [number, object | string])[],
  ]);
  return {
    kind: 'answer',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' },
  };
}

/** 429 with seconds, with a date (which the clock has passed or not), without, or with a huge wait. */
function tooMany(chance: Chance, host: string): Fate {
  const seconds = chance.pick([null, 5, 40, 900, HUGE_SECONDS]);
  const telegram = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry later',
    ...(seconds !== null && { parameters: { retry_after: seconds } }),
  };
  const other = { title: 'Too Many Requests', message: 'Too Many Requests', status: 429 };
  const wait = chance.happens(0.3) ? new Date(Date.UTC(2026, 0, 1)).toUTCString() : String(seconds);
  return {
    kind: 'answer',
    status: 429,
    body: JSON.stringify(host === 'api.telegram.org' ? telegram : other),
    headers: {
      'content-type': 'application/json',
      ...(seconds !== null && { 'retry-after': wait }),
    },
  };
}

/** The weather of a whole run, planned ahead by its seed: outages of minutes to a day, and gusts. */
export function createWeather(
  chance: Chance,
  { startAt, endAt, gusts }: { startAt: number; endAt: number; gusts: number },
) {
  const outages: Outage[] = [];
  for (let day = startAt; day < endAt; day += DAY_MS) {
    for (const host of HOSTS) {
      if (!chance.happens(0.3)) continue;
      const from = day + chance.whole(0, DAY_MS);
      // As many of minutes as of hours.
      const lasts = MINUTE_MS * Math.exp(chance.next() * Math.log(DAY_MS / MINUTE_MS));
      const until = Math.min(from + lasts, endAt);
      if (from < endAt) outages.push({ host, from, until, fate: fateAt(chance, host, true) });
    }
  }
  return {
    outages,
    /** What becomes of a call at an instant; `null`: it is carried out. */
    fate(host: string, at: number): Fate | null {
      const outage = outages.find((one) => one.host === host && one.from <= at && at < one.until);
      if (outage) return outage.fate;
      const isGusty = at >= startAt && at < endAt && host in words && chance.happens(gusts);
      return isGusty ? fateAt(chance, host, false) : null;
    },
    /** Milliseconds of outages of these hosts between two instants. */
    outageMs: (hosts: readonly string[], from: number, until: number) =>
      outages
        .filter(({ host }) => hosts.includes(host))
        .reduce(
          (sum, one) => sum + Math.max(0, Math.min(until, one.until) - Math.max(from, one.from)),
          0,
        ),
    outageCount: (hosts: readonly string[], from: number, until: number) =>
      outages.filter((one) => hosts.includes(one.host) && one.from < until && one.until > from)
        .length,
    /** One line for each, for whoever looks for a cause. */
    told: () =>
      outages.map(({ host, from, until, fate }) => {
        const what = fate.kind === 'answer' ? String(fate.status) : fate.kind;
        const hours = ((until - from) / HOUR_MS).toFixed(1);
        return `${new Date(from).toISOString().slice(0, 16)} ${host} ${what}, ${hours} h`;
      }),
  };
}

export type Weather = ReturnType<typeof createWeather>;
