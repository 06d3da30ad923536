import { daily, defineJob } from '../../bot/jobs/job.ts';
import { startJob } from '../../bot/jobs/run.ts';
import type { Platform } from '../../bot/platform.ts';
import type { Reader } from '../../config/reader.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { DAY_MS } from '../../lib/time.ts';
import { noRefreshers, type Refreshers, refreshOutcome } from '../../store/tokenRenewal.ts';
import { kakaoCard } from './adminCard.tsx';
import { createKakaoBotClient } from './api/bot.ts';
import { refreshTokens } from './api/oauth.ts';
import { friendDeliveries } from './caller.ts';
import { kakaoWebhook } from './door.ts';
import { createKakaoEventChannel } from './eventChannel.ts';
import { LOGIN_LINK, link, linkVocabulary, loginAddress } from './link.ts';
import { kakaoLogin } from './loginRoutes.tsx';
import { kakaoAppOf, kakaoFeatures, kakaoSettings } from './settings.ts';
import { skillDoor, skillRoutes } from './skill.ts';
import { markKakaoGone, UNTOLD_END } from './store/kakaoLogins.ts';
import { kakaoTalkOf } from './talkChannel.ts';
import {
  FORGET_LOGINS,
  forgetAtKakao,
  forgetEnded,
  forgetLogins,
  KAKAO_UPKEEP,
  kakaoUpkeep,
} from './upkeep.ts';

const GROUP = 'group:';

const kakaoLogins = { ko: '카카오 로그인', en: 'Kakao logins' };

/** KakaoTalk: a channel's chatbot, and messages to those who logged in with Kakao. */
export const kakao: Platform = {
  id: 'kakao',
  name: { ko: '카카오톡', en: 'KakaoTalk' },
  settings: kakaoSettings,
  parts: kakaoFeatures,
  doors: { ...kakaoWebhook, ...skillDoor },
  routes: (app) => {
    app.route('/login/kakao', kakaoLogin());
    app.route('/', skillRoutes());
  },
  logins: { prefix: 'kakao', refreshers: kakaoRefreshers },
  channels: [
    {
      id: 'kakao',
      name: { ko: '카카오톡 챗봇', en: 'KakaoTalk chatbot' },
      feature: 'kakao-chatbot',
      readAddress: (_bot, id) => (/^.{1,200}$/u.test(id) ? id : null),
      isGroup: (address) => address.startsWith(GROUP),
    },
    {
      id: 'kakaotalk',
      name: { ko: '카카오톡', en: 'KakaoTalk' },
      feature: 'kakao-login',
      block: ({ db, runtime }, login) =>
        markKakaoGone(db, login, 'unreachable', runtime.now())
          .run()
          .then(() => undefined),
    },
  ],
  speakers: (bot) => {
    const { runtime, config, read } = bot;
    const { restApiKey, botUrl, botId, eventName } = read(kakaoSettings);
    const { timeZone, tokenKey } = config;
    if (restApiKey === null) return [];
    return [
      ...(tokenKey === '' ? [] : [kakaoTalkOf(bot)]),
      ...(botId === null || eventName === null
        ? []
        : [
            createKakaoEventChannel({
              bot: createKakaoBotClient({ runtime, botUrl, restApiKey, botId }),
              eventName,
              timeZone,
            }),
          ]),
    ];
  },
  card: kakaoCard,
  newsText: ({ kind }) => (kind === UNTOLD_END ? untoldEnd : null),
  friends: friendDeliveries,
  jobs: [
    defineJob({
      id: KAKAO_UPKEEP,
      name: { ko: '카카오 로그인 돌보기', en: 'Keeping Kakao logins' },
      // 04:00 in Korea.
      schedule: daily(19),
      catchUpMs: DAY_MS,
      counts: {
        kakaoLogins,
        links: { ko: '연결 링크', en: 'links' },
        sends: { ko: '보낸 기록', en: 'records of sending' },
      },
      run: kakaoUpkeep,
    }),
    defineJob({
      id: FORGET_LOGINS,
      name: { ko: '카카오 로그인 끝내기', en: 'Ending Kakao logins' },
      schedule: null,
      catchUpMs: 0,
      counts: { kakaoLogins },
      run: forgetLogins,
    }),
  ],
  probe: forgetEnded,
  intents: [link],
  links: { [LOGIN_LINK]: loginAddress },
  vocabulary: linkVocabulary,
  forgetting: {
    person: forgetAtKakao,
    people: (db) => [db.prepare(`DELETE FROM kakao_sends`), db.prepare(`DELETE FROM kakao_links`)],
    afterwards: async (bot) => {
      await startJob(bot, FORGET_LOGINS, bot.runtime.now());
    },
  },
  meetings: async ({ states, read }) => {
    const { channelUrl } = read(kakaoSettings);
    const login = {
      channel: 'kakaotalk',
      title: { ko: '카카오톡', en: 'KakaoTalk' },
      about: {
        ko: '카카오로 로그인하면 소식이 카카오톡으로 가요.',
        en: 'Log in with Kakao and news comes to your KakaoTalk.',
      },
      link: {
        text: { ko: '카카오로 로그인', en: 'Log in with Kakao' },
        url: '/login/kakao',
      },
    };
    const chatbot = {
      channel: 'kakao',
      title: { ko: '카카오톡 채널', en: 'KakaoTalk channel' },
      about: {
        ko: '채널 채팅에 아래처럼 말해 주세요.',
        en: 'Say in its chat what is below.',
      },
      ...(channelUrl === null
        ? {}
        : { link: { text: { ko: '채널 열기', en: 'Open the channel' }, url: channelUrl } }),
      chat: {
        how: {
          ko: '채널 채팅에서 QR 코드나 말로',
          en: 'By QR code or words in the channel’s chat',
        },
        send: {
          ko: '채널 채팅에 이렇게 보내 주세요.',
          en: 'Send this to the chat of the channel.',
        },
        readsCodes: true,
      },
    } as const;
    return [
      ...(states['kakao-login']?.state === 'on' ? [login] : []),
      ...(states['kakao-chatbot']?.state === 'on' ? [chatbot] : []),
    ];
  },
};

const untoldEnd = {
  ko: '카카오로만 로그인한 사람의 로그인이 끝나서 소식이 멈췄어요. 봇과의 대화가 없어 알리지 못했어요. 그 사람이 /login/kakao에서 다시 로그인하면 이어져요.',
  en: 'The login of somebody who only logged in with Kakao has ended, and their news with it. They have no chat in which to be told; it goes on when they log in again at /login/kakao.',
} as const;

/** How Kakao's tokens are renewed: with the owner's REST API key and its client secret. */
function kakaoRefreshers({ read }: Reader, runtime: Runtime): Refreshers {
  const app = kakaoAppOf({ runtime, read });
  if (app === null) return noRefreshers('KAKAO_REST_API_KEY');
  return {
    oauth2: async (token) =>
      refreshOutcome(await refreshTokens(app, token), 'KAKAO_REST_API_KEY, KAKAO_CLIENT_SECRET'),
    exchange: async () => ({ kind: 'invalid-grant' }),
  };
}
