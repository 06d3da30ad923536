import type { TelegramState } from '../../../platforms/telegram/state.ts';
import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '대화 통로', en: 'Channels' },
  lead: {
    ko: '사람들이 봇과 만나는 곳이에요. 여기 적힌 주소를 각 서비스의 설정에 넣어 주세요.',
    en: 'Where people meet the bot. Put the addresses shown here into each platform’s settings.',
  },
  telegram: { ko: '텔레그램', en: 'Telegram' },
  connect: { ko: '텔레그램 연결하기', en: 'Connect Telegram' },
  connectAgain: { ko: '다시 연결하기', en: 'Connect again' },
  notConnected: {
    ko: '아직 연결하지 않았어요. 아래를 누르면 봇이 메시지를 받기 시작해요.',
    en: 'Not connected yet. Press below and the bot begins to receive messages.',
  },
  connected: { ko: '연결됨', en: 'Connected' },
  waiting: { ko: '연결 전', en: 'Not connected' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  redirectUri: { ko: '로그인 Redirect URI', en: 'Redirect URI of the login' },
  unlink: { ko: '연결 해제 웹훅', en: 'Unlink webhook' },
  events: { ko: '계정 상태 변경 웹훅', en: 'Account status webhook' },
  skill: { ko: '챗봇 스킬 URL', en: 'Skill URL of the chatbot' },
  atKey: {
    ko: 'developers.kakao.com > 앱 > 플랫폼 키 > REST API 키',
    en: 'developers.kakao.com > your app > Platform key > REST API key',
  },
  atWebhook: {
    ko: 'developers.kakao.com > 앱 > 웹훅',
    en: 'developers.kakao.com > your app > Webhook',
  },
  atSkill: {
    ko: '헤더 X-Skill-Token에 KAKAO_SKILL_TOKEN과 같은 값을 넣어 주세요.',
    en: 'Its header X-Skill-Token has the same value as KAKAO_SKILL_TOKEN.',
  },
  logins: { ko: '로그인한 사람', en: 'People logged in' },
  loginsText: {
    ko: '연결됨 {connected} · 다시 로그인해야 함 {logInAgain} · 끝남 {gone}',
    en: 'connected {connected} · to log in again {logInAgain} · over {gone}',
  },
  endSoon: { ko: '일주일 안에 끝나는 로그인 {count}', en: 'ending within a week {count}' },
  watched: { ko: '지켜보는 것', en: 'Watched' },
  watchedText: {
    ko: '저장소 {repositories} · 브랜치 {branches} · 구독 {watches}',
    en: 'repositories {repositories} · branches {branches} · watches {watches}',
  },
  budget: { ko: 'GitHub 한도', en: 'Limit at GitHub' },
  budgetFine: { ko: '걸리지 않았어요', en: 'not reached' },
  budgetUsed: { ko: '거의 다 써서 이때까지 쉬어요:', en: 'nearly used up; resting until' },
  programs: { ko: '프로그램', en: 'Programs' },
  docs: { ko: 'API 설명 보기', en: 'Read about the API' },
  webhooks: { ko: '나가는 웹훅', en: 'Outgoing webhooks' },
  webhooksText: { ko: '주소 {count}', en: 'addresses {count}' },
  address: { ko: '웹훅 주소', en: 'Webhook address' },
  atRepository: {
    ko: '저장소 > Settings > Webhooks, 형식은 JSON, 비밀 값은 GITHUB_WEBHOOK_SECRET',
    en: 'repository > Settings > Webhooks, as JSON, its secret is GITHUB_WEBHOOK_SECRET',
  },
} as const satisfies Record<string, Text>;

type FailingReason = Extract<TelegramState, { kind: 'failing' }>['reason'];

/** What setting up cannot meet, but looking later can. */
export const telegramTexts = {
  elsewhere: {
    ko: '텔레그램이 다른 주소로 메시지를 보내고 있어요. 다시 연결해 주세요.',
    en: 'Telegram delivers to another address. Please connect again.',
  },
  'not-taken': {
    ko: '텔레그램이 보낸 메시지를 봇이 받지 못하고 있어요. 다시 연결해 주세요.',
    en: 'The bot does not get what Telegram delivers. Please connect again.',
  },
} as const satisfies Partial<Record<FailingReason, Text>>;
