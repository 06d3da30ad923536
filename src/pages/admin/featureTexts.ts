import type { Text } from '../../ui/language.ts';

export const texts = {
  on: { ko: '켜짐', en: 'On' },
  off: { ko: '꺼짐', en: 'Off' },
  failing: { ko: '문제 있음', en: 'Failing' },
  missing: { ko: '켜려면 필요한 값', en: 'Needs' },
  logIn: {
    ko: 'X 계정 페이지에서 로그인하면 켜져요. 아니면:',
    en: 'Log in on the X page. Or else:',
  },
} as const satisfies Record<string, Text>;

/** Features by the names that `/healthz` gives them. */
export const featureNames: Readonly<Record<string, Text>> = {
  settings: { ko: '설정', en: 'Settings' },
  storage: { ko: '데이터 저장', en: 'Storage' },
  'twitter-webhook': { ko: 'X 메시지 받기', en: 'Receiving from X' },
  'twitter-account': { ko: 'X 계정', en: 'X account' },
  'twitter-login': { ko: 'X로 로그인', en: 'Login with X' },
  netflix: { ko: '넷플릭스 공개 예정작', en: 'Upcoming on Netflix' },
  tmdb: { ko: 'TMDB (넷플릭스가 안 될 때)', en: 'TMDB, when Netflix fails' },
  admin: { ko: '관리 페이지', en: 'Owner’s pages' },
  'kakao-login': { ko: '카카오 로그인', en: 'Login with Kakao' },
  'kakao-chatbot': { ko: '카카오톡 챗봇', en: 'KakaoTalk chatbot' },
  'kakao-unlink-webhook': { ko: '카카오 연결 해제 알림', en: 'Kakao unlink webhook' },
  'kakao-event': {
    ko: '챗봇이 먼저 말하기 (Event API)',
    en: 'Chatbot writes first (Event API)',
  },
  telegram: { ko: '텔레그램', en: 'Telegram' },
  repositories: { ko: 'GitHub 저장소 살펴보기', en: 'Looking at GitHub repositories' },
  'github-webhook': { ko: 'GitHub 웹훅', en: 'GitHub webhook' },
  api: { ko: 'API', en: 'API' },
  'menu-neis': { ko: '학교 급식 (나이스)', en: 'School meals (NEIS)' },
  'menu-page': { ko: '식단 페이지', en: 'Menu page' },
};

const twitter = {
  ko: 'developer.x.com > 앱 > Keys and tokens',
  en: 'developer.x.com > your app > Keys and tokens',
} as const satisfies Text;
const kakao = {
  ko: 'developers.kakao.com > 앱 > 플랫폼 키',
  en: 'developers.kakao.com > your app > Platform key',
} as const satisfies Text;
const chatbot = {
  ko: '챗봇 관리자센터',
  en: 'the chatbot’s admin center',
} as const satisfies Text;
const own = { ko: '직접 정해요', en: 'of your own choice' } as const satisfies Text;

/** Where the owner gets each value. */
export const secretSources: Readonly<Record<string, Text>> = {
  TWITTER_API_KEY: twitter,
  TWITTER_API_SECRET: twitter,
  TWITTER_ACCESS_TOKEN: twitter,
  TWITTER_ACCESS_TOKEN_SECRET: twitter,
  TWITTER_CLIENT_ID: twitter,
  TWITTER_CLIENT_SECRET: twitter,
  KAKAO_REST_API_KEY: kakao,
  KAKAO_ADMIN_KEY: kakao,
  KAKAO_SKILL_TOKEN: own,
  KAKAO_BOT_ID: chatbot,
  KAKAO_EVENT_NAME: chatbot,
  TELEGRAM_BOT_TOKEN: { ko: '@BotFather > /newbot', en: '@BotFather > /newbot' },
  TELEGRAM_WEBHOOK_SECRET: own,
  GITHUB_TOKEN: {
    ko: 'github.com > Settings > Developer settings > Personal access tokens',
    en: 'github.com > Settings > Developer settings > Personal access tokens',
  },
  GITHUB_WEBHOOK_SECRET: own,
  API_KEY: own,
  TMDB_TOKEN: { ko: 'themoviedb.org > 설정 > API', en: 'themoviedb.org > Settings > API' },
  TOKEN_KEY: { ko: 'openssl rand -base64 32', en: 'openssl rand -base64 32' },
};
