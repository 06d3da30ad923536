import type { Language } from '../lib/time.ts';
import {
  type GitHubAppKeys,
  isPlain,
  isTimeZone,
  type ReadValue,
  readGitHubApp,
  readHosts,
  readPublicUrl,
  readSchool,
  readTwitterAccount,
  type SchoolCodes,
  type TwitterAccount,
} from './values.ts';

/** Whether a part of the bot works, and if not, what the owner has to do about it. */
export type FeatureState =
  | { readonly state: 'on' }
  | { readonly state: 'off'; readonly missing: readonly string[] }
  | { readonly state: 'failing'; readonly reason: string };

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
  readonly kakao: {
    readonly authUrl: string;
    readonly apiUrl: string;
    readonly botUrl: string;
    readonly restApiKey: string | null;
    readonly clientSecret: string | null;
    readonly adminKey: string | null;
    /** What the chatbot's skill settings send in `X-Skill-Token`. */
    readonly skillToken: string | null;
    /** The one chatbot that may call; `null`: any that knows the token. */
    readonly botId: string | null;
    /** Event block of the chatbot through which it may write first (Event API); `null`: it may not. */
    readonly eventName: string | null;
    readonly sendToFriends: boolean;
  };
  readonly telegram: {
    readonly apiUrl: string;
    readonly botToken: string | null;
    readonly webhookSecret: string | null;
  };
  readonly github: {
    readonly apiUrl: string;
    readonly token: string | null;
    /** A GitHub App instead of a token. */
    readonly app: GitHubAppKeys | null;
    readonly webhookSecret: string | null;
  };
  readonly menu: {
    /** NEIS codes of the school whose menu is told. */
    readonly school: SchoolCodes | null;
    readonly neisUrl: string;
    readonly neisKey: string | null;
  };
  /** Hosts that may be private or without https where the owner's own settings name them. */
  readonly trustedHosts: readonly string[];
  /** Bearer of `/api`; `null`: the API is closed. */
  readonly apiKey: string | null;
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
  const read: ReadValue = (name) => {
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

  const school = readSchool(read('MENU_SCHOOL'));
  if (school === undefined) problems.push('MENU_SCHOOL: B10:7010113');

  const contact = read('CONTACT') ?? '';
  if (contact !== '' && !isPlain(contact)) problems.push('CONTACT: you@example.com');

  const missing = (...names: string[]) => names.filter((name) => read(name) === null);
  const noWebhookSecret = missing('TWITTER_CLIENT_SECRET', 'TWITTER_API_SECRET');

  const config: Omit<Config, 'features'> = {
    language: choose('LANGUAGE', 'ko', 'en'),
    timeZone: timeZoneKnown ? timeZone : 'Asia/Seoul',
    contact: isPlain(contact) ? contact : '',
    posterHosts: readHosts(read('POSTER_HOSTS')),
    trustedHosts: readHosts(read('TRUSTED_HOSTS')),
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
    kakao: {
      authUrl: readUrl('KAKAO_AUTH_URL', 'https://kauth.kakao.com'),
      apiUrl: readUrl('KAKAO_API_URL', 'https://kapi.kakao.com'),
      botUrl: readUrl('KAKAO_BOT_URL', 'https://bot-api.kakao.com'),
      restApiKey: read('KAKAO_REST_API_KEY'),
      clientSecret: read('KAKAO_CLIENT_SECRET'),
      adminKey: read('KAKAO_ADMIN_KEY'),
      skillToken: read('KAKAO_SKILL_TOKEN'),
      botId: read('KAKAO_BOT_ID'),
      eventName: read('KAKAO_EVENT_NAME'),
      sendToFriends: choose('KAKAO_SEND_TO_FRIENDS', 'false', 'true') === 'true',
    },
    telegram: {
      apiUrl: readUrl('TELEGRAM_API_URL', 'https://api.telegram.org'),
      botToken: read('TELEGRAM_BOT_TOKEN'),
      webhookSecret: read('TELEGRAM_WEBHOOK_SECRET'),
    },
    github: {
      apiUrl: readUrl('GITHUB_API_URL', 'https://api.github.com'),
      token: read('GITHUB_TOKEN'),
      app: readGitHubApp(read),
      webhookSecret: read('GITHUB_WEBHOOK_SECRET'),
    },
    menu: {
      school: school ?? null,
      neisUrl: readUrl('NEIS_API_URL', 'https://open.neis.go.kr'),
      neisKey: read('NEIS_KEY'),
    },
    apiKey: read('API_KEY'),
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
      'kakao-login': feature(missing('KAKAO_REST_API_KEY', 'TOKEN_KEY')),
      'kakao-chatbot': feature(missing('KAKAO_SKILL_TOKEN')),
      'kakao-unlink-webhook': feature(missing('KAKAO_ADMIN_KEY')),
      telegram: feature(missing('TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET')),
      repositories: feature(config.github.app === null ? missing('GITHUB_TOKEN') : []),
      'github-webhook': feature(missing('GITHUB_WEBHOOK_SECRET')),
      api: feature(missing('API_KEY')),
    },
  };
}

function feature(missing: readonly string[]): FeatureState {
  return missing.length === 0 ? { state: 'on' } : { state: 'off', missing };
}
