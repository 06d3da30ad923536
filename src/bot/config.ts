import type { Language } from '../lib/time.ts';

/** Whether a part of the bot works, and if not, what the owner has to do about it. */
export type FeatureState =
  | { readonly state: 'on' }
  | { readonly state: 'off'; readonly missing: readonly string[] }
  | { readonly state: 'failing'; readonly reason: string };

export interface TwitterAccount {
  readonly userId: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
}

/** What the owner set, read once per invocation from the Worker's secrets and vars. */
export interface Config {
  readonly language: Language;
  readonly timeZone: string;
  readonly contact: string;
  readonly posterHosts: readonly string[];
  /** Origin under which the Worker is to be reached; `null`: the request tells. */
  readonly publicUrl: string | null;
  /** Keys that encrypt tokens and sign cookies, as set; blank when they are not. */
  readonly tokenKey: string;
  readonly twitter: {
    readonly apiUrl: string;
    readonly webUrl: string;
    /** The account that posts, when the owner named it. */
    readonly userId: string | null;
    readonly account: TwitterAccount | null;
    readonly consumerKey: string | null;
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly consumerSecret: string | null;
    readonly crcSecretKind: 'auto' | 'client' | 'consumer';
  };
  readonly netflix: {
    readonly pageUrl: string;
    readonly postStyle: 'each' | 'thread';
    readonly postLinks: boolean;
  };
  readonly tmdb: { readonly apiUrl: string; readonly token: string | null };
  readonly catfact: { readonly apiUrl: string };
  readonly features: Readonly<Record<string, FeatureState>>;
}

// The bindings of a Worker never change while it runs: read once per isolate.
const known = new WeakMap<object, Config>();

/**
 * The owner's settings, from secrets and vars (names in README, "Settings"). A blank value counts as not set; a var
 * with a value it cannot have falls back to its default and shows as feature `settings` failing.
 *
 * @param env the Worker's bindings; anything that is not a string is ignored
 */
export function configOf(env: object): Config {
  const config = known.get(env) ?? readConfig(env);
  known.set(env, config);
  return config;
}

function readConfig(env: object): Config {
  const values = new Map<string, unknown>(Object.entries(env));
  const problems: string[] = [];
  const read = (name: string): string | null => {
    const value = values.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const choose = <Choice extends string>(name: string, ...choices: [Choice, ...Choice[]]) => {
    const value = read(name) ?? choices[0];
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) problems.push(`${name}: ${choices.join(' | ')}`);
    return chosen ?? choices[0];
  };
  const readUrl = (name: string, fallback: string): string => {
    const value = read(name) ?? fallback;
    if (URL.canParse(value)) return value.replace(/\/+$/, '');
    problems.push(`${name}: https://...`);
    return fallback;
  };

  const timeZone = read('TIME_ZONE') ?? 'Asia/Seoul';
  const timeZoneKnown = isTimeZone(timeZone);
  if (!timeZoneKnown) problems.push('TIME_ZONE: Asia/Seoul');

  const publicUrl = readPublicUrl(read('PUBLIC_URL'));
  if (publicUrl === undefined) problems.push('PUBLIC_URL: https://...');
  const keys = [
    'TWITTER_API_KEY',
    'TWITTER_API_SECRET',
    'TWITTER_CLIENT_ID',
    'TWITTER_CLIENT_SECRET',
  ];
  for (const name of keys) {
    if (!isPlain(read(name) ?? 'unset')) problems.push(`${name}: plain ASCII`);
  }

  const contact = read('CONTACT') ?? '';
  if (contact !== '' && !isPlain(contact)) problems.push('CONTACT: you@example.com');

  const missing = (...names: string[]) => names.filter((name) => read(name) === null);
  const noWebhookSecret = missing('TWITTER_CLIENT_SECRET', 'TWITTER_API_SECRET');

  const config: Omit<Config, 'features'> = {
    language: choose('LANGUAGE', 'ko', 'en'),
    timeZone: timeZoneKnown ? timeZone : 'Asia/Seoul',
    contact: isPlain(contact) ? contact : '',
    posterHosts: (read('POSTER_HOSTS') ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    publicUrl: publicUrl ?? null,
    tokenKey: read('TOKEN_KEY') ?? '',
    twitter: {
      apiUrl: readUrl('TWITTER_API_URL', 'https://api.x.com'),
      webUrl: readUrl('TWITTER_WEB_URL', 'https://x.com'),
      userId: read('TWITTER_USER_ID'),
      account: readTwitterAccount(read),
      consumerKey: read('TWITTER_API_KEY'),
      clientId: read('TWITTER_CLIENT_ID'),
      clientSecret: read('TWITTER_CLIENT_SECRET'),
      consumerSecret: read('TWITTER_API_SECRET'),
      crcSecretKind: choose('TWITTER_WEBHOOK_SECRET_KIND', 'auto', 'client', 'consumer'),
    },
    netflix: {
      pageUrl: readUrl('NETFLIX_PAGE_URL', 'https://about.netflix.com/ko/new-to-watch'),
      postStyle: choose('NETFLIX_POST_STYLE', 'each', 'thread'),
      postLinks: choose('NETFLIX_POST_LINKS', 'false', 'true') === 'true',
    },
    tmdb: {
      apiUrl: readUrl('TMDB_API_URL', 'https://api.themoviedb.org/3'),
      token: read('TMDB_TOKEN'),
    },
    catfact: { apiUrl: readUrl('CATFACT_API_URL', 'https://catfact.ninja') },
  };
  const noAccount = missing(
    'TWITTER_API_KEY',
    'TWITTER_API_SECRET',
    'TWITTER_ACCESS_TOKEN',
    'TWITTER_ACCESS_TOKEN_SECRET',
  );
  return {
    ...config,
    features: {
      settings:
        problems.length === 0
          ? { state: 'on' }
          : { state: 'failing', reason: `not understood: ${problems.join('; ')}` },
      'twitter-webhook': feature(noWebhookSecret.length === 2 ? noWebhookSecret : []),
      'twitter-account':
        noAccount.length === 0 && config.twitter.account === null
          ? {
              state: 'failing',
              reason:
                'TWITTER_USER_ID or TWITTER_ACCESS_TOKEN: starts with digits; keys: plain ASCII',
            }
          : feature(noAccount),
      'twitter-login': feature(missing('TWITTER_API_KEY', 'TWITTER_API_SECRET', 'TOKEN_KEY')),
      admin: feature(missing('ADMIN_PASSWORD', 'TOKEN_KEY')),
      netflix: { state: 'on' },
      tmdb: feature(missing('TMDB_TOKEN')),
    },
  };
}

function feature(missing: readonly string[]): FeatureState {
  return missing.length === 0 ? { state: 'on' } : { state: 'off', missing };
}

/** The origin of an address; `undefined` when it is no http(s) address. */
function readPublicUrl(value: string | null): string | null | undefined {
  if (value === null) return null;
  return /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value).origin : undefined;
}

/** The bot's own account, when all four keys are there and its user id is known. */
function readTwitterAccount(read: (name: string) => string | null): TwitterAccount | null {
  const consumerKey = read('TWITTER_API_KEY');
  const consumerSecret = read('TWITTER_API_SECRET');
  const token = read('TWITTER_ACCESS_TOKEN');
  const tokenSecret = read('TWITTER_ACCESS_TOKEN_SECRET');
  if (!consumerKey || !consumerSecret || !token || !tokenSecret) return null;
  // An access token starts with its owner's numeric id (design A4).
  const userId = read('TWITTER_USER_ID') ?? token.split('-')[0] ?? '';
  if (!/^\d{1,19}$/.test(userId)) return null;
  // What goes into a header must be plain ASCII; a secret pasted with a stray character is not.
  if (![consumerKey, consumerSecret, token, tokenSecret].every(isPlain)) return null;
  return { userId, consumerKey, consumerSecret, token, tokenSecret };
}

function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

function isTimeZone(name: string): boolean {
  // Known without asking: this is read on the way to every CRC answer.
  if (name === 'Asia/Seoul') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
