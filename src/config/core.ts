import type { FeatureRule } from './reader.ts';
import { needs } from './reader.ts';
import { choice, doorSecret, hosts, isPlain, secret, settingsOf, variable } from './setting.ts';

const PASSWORD_CHARACTERS = 12;
const DEFAULT_TIME_ZONE = 'Asia/Seoul';

/** The settings that belong to no room. */
export const coreSettings = settingsOf(
  {
    tokenKey: secret('TOKEN_KEY', {
      what: {
        ko: '토큰을 암호화하고 쿠키와 링크에 서명하는 32바이트 난수. 바꿀 때는 새것을 앞에: 새것,헌것',
        en: '32 random bytes that encrypt tokens and sign cookies and links. To change it, put the new one in front: new,old',
      },
      where: { ko: 'openssl rand -base64 32', en: 'openssl rand -base64 32' },
    }),
    adminPassword: doorSecret(
      'ADMIN_PASSWORD',
      {
        what: {
          ko: '/admin을 여는 비밀번호, 12자 이상',
          en: 'opens /admin; 12 characters or more',
        },
      },
      { shortest: PASSWORD_CHARACTERS },
    ),
    apiKey: doorSecret('API_KEY', {
      what: {
        ko: '/api를 프로그램에 여는 열쇠 (Authorization: Bearer ...), 16자 이상',
        en: 'opens /api to programs (Authorization: Bearer ...); 16 characters or more',
      },
    }),
    publicUrl: variable<string | null>(
      'PUBLIC_URL',
      {
        what: {
          ko: '이 봇의 공개 주소. 비우면 요청이 온 주소',
          en: 'public address of this bot; blank: the address of the request',
        },
      },
      {
        example: 'https://...',
        parse: (text) => {
          if (text === null) return null;
          return /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text).origin : undefined;
        },
      },
    ),
    language: choice('LANGUAGE', ['ko', 'en'], {
      what: { ko: '글과 첫 인사에 쓸 언어', en: 'language of posts and of first answers' },
    }),
    timeZone: variable(
      'TIME_ZONE',
      { what: { ko: '날짜와 시각의 기준', en: 'where days and times are told' } },
      {
        fallback: DEFAULT_TIME_ZONE,
        example: DEFAULT_TIME_ZONE,
        parse: (text) => {
          const name = text ?? DEFAULT_TIME_ZONE;
          return isTimeZone(name) ? name : undefined;
        },
      },
    ),
    contact: variable(
      'CONTACT',
      {
        what: {
          ko: '정보를 가져오는 곳이 볼 연락처 (User-Agent)',
          en: 'address in the User-Agent that sources see',
        },
      },
      {
        example: 'you@example.com',
        parse: (text) => (text === null || isPlain(text) ? (text ?? '') : undefined),
      },
    ),
    sourceUrl: variable<string | null>(
      'SOURCE_URL',
      {
        what: {
          ko: '첫 화면 아래에 걸 소스 코드 주소',
          en: 'address of the source code, linked at the foot of the pages',
        },
      },
      {
        example: 'https://github.com/...',
        parse: (text) => (text === null || /^https?:\/\//.test(text) ? text : undefined),
      },
    ),
    posterHosts: hosts(
      'POSTER_HOSTS',
      'nflximg.net,nflxso.net,netflix.com,image.tmdb.org,kopis.or.kr',
      {
        what: { ko: '포스터를 가져올 수 있는 곳', en: 'hosts posters may be fetched from' },
      },
    ),
    trustedHosts: hosts('TRUSTED_HOSTS', '', {
      what: {
        ko: '사설망이거나 https가 아니어도 되는 곳',
        en: 'hosts that may be private or without https where your own settings name them',
      },
    }),
  },
  (values) => ({ ...values, tokenKey: values.tokenKey ?? '' }),
);

/** What of the owner's settings every room may know. */
export type CoreConfig = ReturnType<typeof coreSettings.valuesOf>;

const { adminPassword, apiKey, tokenKey } = coreSettings.declared;

export const coreFeatures: readonly FeatureRule[] = [
  {
    id: 'admin',
    name: { ko: '관리 페이지', en: 'Owner’s pages' },
    state: needs(adminPassword, tokenKey),
  },
  { id: 'api', name: { ko: 'API', en: 'API' }, state: needs(apiKey) },
];

/** True for a name that Intl knows. */
function isTimeZone(name: string): boolean {
  // Known without asking: this is read on the way to every CRC answer.
  if (name === DEFAULT_TIME_ZONE) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
