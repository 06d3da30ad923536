import { coreSettings } from '../../config/core.ts';
import {
  type FeatureRule,
  type FeatureState,
  needs,
  type Reader,
  stateOf,
} from '../../config/reader.ts';
import {
  type About,
  address,
  choice,
  doorSecret,
  secret,
  settingsOf,
  variable,
  word,
} from '../../config/setting.ts';

const where = {
  ko: 'developer.x.com > 앱 > Keys and tokens',
  en: 'developer.x.com > your app > Keys and tokens',
} as const;

const host = (ko: string, en: string): About => ({ what: { ko, en } });

/** What of the owner's settings is about X. */
export const xSettings = settingsOf(
  {
    consumerKey: secret(
      'TWITTER_API_KEY',
      { what: { ko: 'API Key (consumer key)', en: 'API Key (consumer key)' }, where },
      { isPlain: true },
    ),
    consumerSecret: doorSecret(
      'TWITTER_API_SECRET',
      {
        what: {
          ko: 'API Key Secret. 예전 방식 웹훅의 서명 비밀이기도 해요',
          en: 'API Key Secret; also the legacy webhook secret',
        },
        where,
      },
      { isPlain: true },
    ),
    accessToken: secret(
      'TWITTER_ACCESS_TOKEN',
      {
        what: {
          ko: '봇 계정의 Access Token (읽기, 쓰기, 메시지)',
          en: 'Access Token of the bot’s own account (read, write and direct messages)',
        },
        where,
      },
      { isPlain: true },
    ),
    accessTokenSecret: secret(
      'TWITTER_ACCESS_TOKEN_SECRET',
      { what: { ko: 'Access Token Secret', en: 'Access Token Secret' }, where },
      { isPlain: true },
    ),
    clientId: secret(
      'TWITTER_CLIENT_ID',
      { what: { ko: 'OAuth 2.0 Client ID', en: 'OAuth 2.0 Client ID' }, where },
      { isPlain: true },
    ),
    clientSecret: doorSecret(
      'TWITTER_CLIENT_SECRET',
      {
        what: {
          ko: 'OAuth 2.0 Client Secret. 웹훅 서명에 먼저 써요',
          en: 'OAuth 2.0 Client Secret; the preferred webhook secret',
        },
        where,
      },
      { isPlain: true },
    ),
    userId: word(
      'TWITTER_USER_ID',
      host(
        '글을 올릴 계정의 번호. 비우면 TWITTER_ACCESS_TOKEN의 주인',
        'the account that posts; blank: the owner of TWITTER_ACCESS_TOKEN',
      ),
    ),
    secretKind: choice(
      'TWITTER_WEBHOOK_SECRET_KIND',
      ['auto', 'client', 'consumer'],
      host('CRC에 답할 비밀', 'which secret answers CRC'),
    ),
    monthlyBudget: variable(
      'TWITTER_MONTHLY_BUDGET',
      host(
        'X에 한 달에 쓸 달러. 다 쓰면 멈추고 알려 드려요. 0은 제한 없음',
        'dollars a month after which the bot stops spending on X and tells you; 0: no limit',
      ),
      {
        fallback: '10',
        example: '10',
        parse: (text) => {
          const value = text ?? '10';
          return /^\d{1,6}(?:\.\d{1,2})?$/.test(value) ? Number(value) : undefined;
        },
      },
    ),
    apiUrl: address('TWITTER_API_URL', 'https://api.x.com', host('X API', 'API of X')),
    webUrl: address('TWITTER_WEB_URL', 'https://x.com', host('X 사이트', 'site of X')),
  },
  (values) => {
    const { consumerKey, consumerSecret, clientId, clientSecret, userId } = values;
    const consumer =
      consumerKey === null || consumerSecret === null
        ? null
        : { key: consumerKey, secret: consumerSecret };
    return {
      apiUrl: values.apiUrl,
      webUrl: values.webUrl,
      /** API key and secret of the app; `null` when either is missing. */
      consumer,
      /** OAuth 2.0 client of the app; `null` when its id is missing. */
      oauth2: clientId === null ? null : { clientId, clientSecret },
      /** Secrets that may sign webhook traffic. */
      secrets: {
        ...(clientSecret === null ? {} : { client: clientSecret }),
        ...(consumerSecret === null ? {} : { consumer: consumerSecret }),
      },
      secretKind: values.secretKind,
      /** The bot's own account by the keys among the Worker's secrets. */
      static: ownAccount(consumer, values),
      /** The account that posts, when the owner named it. */
      speakerId: userId,
      /** Dollars; 0: no limit. */
      monthlyBudget: values.monthlyBudget,
    };
  },
);

export type XSettings = ReturnType<typeof xSettings.valuesOf>;

function ownAccount(
  consumer: { readonly key: string; readonly secret: string } | null,
  {
    accessToken,
    accessTokenSecret,
    userId: named,
  }: Readonly<Record<'accessToken' | 'accessTokenSecret' | 'userId', string | null>>,
) {
  if (consumer === null || accessToken === null || accessTokenSecret === null) return null;
  // An access token starts with its owner's numeric id (X docs, OAuth 1.0a).
  const userId = named ?? accessToken.split('-')[0] ?? '';
  if (!/^\d{1,19}$/.test(userId)) return null;
  return {
    userId,
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    token: accessToken,
    tokenSecret: accessTokenSecret,
  };
}

const { declared } = xSettings;
const { tokenKey } = coreSettings.declared;

export const xFeatures: readonly FeatureRule[] = [
  {
    id: 'twitter-webhook',
    name: { ko: 'X 메시지 받기', en: 'Receiving from X' },
    state: ({ missing }) => {
      const none = missing(declared.clientSecret, declared.consumerSecret);
      return stateOf(none.length === 2 ? none : []);
    },
  },
  {
    id: 'twitter-account',
    name: { ko: 'X 계정', en: 'X account' },
    page: '/admin/twitter',
    easier: {
      ko: 'X 계정 페이지에서 로그인하면 켜져요. 아니면:',
      en: 'Log in on the X page. Or else:',
    },
    state: accountState,
  },
  {
    id: 'twitter-login',
    name: { ko: 'X로 로그인', en: 'Login with X' },
    state: needs(declared.consumerKey, declared.consumerSecret, tokenKey),
  },
];

function accountState({ read, missing }: Reader): FeatureState {
  const none = missing(
    declared.consumerKey,
    declared.consumerSecret,
    declared.accessToken,
    declared.accessTokenSecret,
  );
  if (none.length > 0 || read(xSettings).static !== null) return stateOf(none);
  return {
    state: 'failing',
    reason: 'TWITTER_USER_ID or TWITTER_ACCESS_TOKEN: starts with digits; keys: plain ASCII',
  };
}
