import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Trouble } from '../../bot/owner/words.ts';
import type { Platform } from '../../bot/platform.ts';
import type { Reader } from '../../config/reader.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { isKeyOf } from '../../lib/text.ts';
import { readAccounts } from '../../store/accounts.ts';
import { readSetting } from '../../store/settings.ts';
import { noRefreshers, type Refreshers, refreshOutcome } from '../../store/tokenRenewal.ts';
import { eventsRoutes } from './admin/events.tsx';
import { twitterRoutes } from './admin/routes.tsx';
import { flash } from './admin/texts.ts';
import { twitterClientOn } from './api/client.ts';
import { exchangeOAuth1Token, refreshToken } from './api/oauth2.ts';
import { createBudget } from './budget.ts';
import { accountCaller } from './caller.ts';
import { createTwitterChannel } from './channel.ts';
import { examineAccounts } from './doctor/accounts.ts';
import {
  examineBudgets,
  examineClock,
  examineEncryptedChats,
  type Finding,
  factNames,
} from './doctor/budgets.ts';
import { examineApp, examineWebhook } from './doctor/webhook.ts';
import { twitterWebhook } from './door.ts';
import { webhookFailureTexts } from './failure.ts';
import { twitterLogin } from './loginPages.tsx';
import { newsText } from './news.ts';
import { xFeatures, xSettings } from './settings.ts';
import {
  disconnect,
  forgetRevoked,
  keepReachable,
  SUBSCRIPTIONS_STATE,
  speakerId,
  upkeep,
  WEBHOOK_STATE,
} from './upkeep.ts';

const adminPage = '/admin/twitter' as const;

/** What is wrong with the webhook, its subscriptions and the accounts' logins. */
async function xTroubles({ db }: Bot): Promise<readonly Trouble[]> {
  const accounts = await readAccounts(db, 'twitter');
  const [webhook, ...subscriptions] = await Promise.all([
    readSetting(db, WEBHOOK_STATE, v.string()),
    ...accounts.map(({ id }) => readSetting(db, SUBSCRIPTIONS_STATE + id, v.string())),
  ]);
  return [
    ...failing(webhook ?? null, {
      key: 'x:webhook',
      feature: 'twitter-webhook',
      what: { ko: 'X에서 오는 메시지를 받지 못해요', en: 'Messages from X do not arrive' },
    }),
    ...accounts.flatMap(({ id, username, state }, index) => [
      ...failing(subscriptions[index] ?? null, {
        key: `x:subscriptions:${id}`,
        feature: 'twitter-webhook',
        what: {
          ko: `X가 @${username} 계정에 온 메시지를 전해 주지 않아요`,
          en: `X does not pass on what is written to @${username}`,
        },
      }),
      ...failing(state === 'log-in-again' ? state : null, {
        key: `x:login:${id}`,
        feature: 'twitter-account',
        what: {
          ko: `@${username} 계정의 로그인이 끝났어요`,
          en: `The login of @${username} is over`,
        },
      }),
    ]),
  ];
}

function failing(
  state: string | null,
  about: Pick<Trouble, 'key' | 'feature' | 'what'>,
): readonly Trouble[] {
  if (state === null || !isKeyOf(webhookFailureTexts, state)) return [];
  return [{ ...about, reason: state, advice: webhookFailureTexts[state], page: adminPage }];
}

const CAUSES = new Set(['clock', 'consumer-keys']);

/** Looks at everything the accounts need, by calls to X where only X knows. Changes nothing. */
export async function examine(ctx: Bot): Promise<Finding[]> {
  const findings = await Promise.all([
    examineApp(ctx),
    examineClock(ctx),
    examineWebhook(ctx),
    examineAccounts(ctx),
    examineBudgets(ctx),
    examineEncryptedChats(ctx),
  ]);
  return withCause(findings.flat());
}

/** Where the clock or the app's keys are wrong no login can work: that is what has to be mended. */
function withCause(findings: readonly Finding[]): Finding[] {
  const cause = findings.find((one) => CAUSES.has(one.id) && isBad(one));
  if (!cause) return [...findings];
  return findings.map((one) =>
    isBad(one) && /^(?:login:|static-keys$)/.test(one.id) ? { ...one, todo: cause.todo } : one,
  );
}

function isBad({ state }: Finding): boolean {
  return state === 'bad';
}

const SECRETS = 'TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET';

/** How X tokens are renewed: with the owner's OAuth 2.0 client. */
function xRefreshers({ read }: Reader, runtime: Runtime): Refreshers {
  const { apiUrl, oauth2 } = read(xSettings);
  if (oauth2 === null) return noRefreshers('TWITTER_CLIENT_ID');
  const { clientId, clientSecret } = oauth2;
  const options = {
    runtime,
    apiUrl,
    client: clientSecret === null ? { clientId } : { clientId, clientSecret },
  };
  return {
    oauth2: async (token) => refreshOutcome(await refreshToken(options, token), SECRETS),
    exchange: async (pair) => refreshOutcome(await exchangeOAuth1Token(options, pair), SECRETS),
  };
}

/** In rows of the store, and in keys of tokens. */
const ID = 'twitter';

const chat = {
  how: { ko: '메시지 한 통으로', en: 'By one message' },
  send: { ko: 'X 메시지로 이렇게 보내 주세요.', en: 'Send this as a direct message on X.' },
} as const;

/** X: posts for everyone, and direct messages. */
export const x: Platform = {
  id: 'x',
  name: { ko: 'X', en: 'X' },
  settings: xSettings,
  parts: xFeatures,
  doors: twitterWebhook,
  routes: (app) => {
    app.route('/login/twitter', twitterLogin());
  },
  loginOrigins: ({ read }) => {
    const { webUrl, apiUrl } = read(xSettings);
    return [webUrl, apiUrl].map((url) => new URL(url).origin);
  },
  logins: { prefix: ID, refreshers: xRefreshers },
  channels: [
    {
      id: ID,
      name: { ko: 'X', en: 'X' },
      feature: 'twitter-account',
      readAddress: (_bot, id) => (/^\d{1,20}$/.test(id) ? id : null),
      accountOf: (bot) => speakerId(bot),
      isOwn: ({ read }, address) => read(xSettings).static?.userId === address,
    },
  ],
  speakers: (bot) => [
    createTwitterChannel({
      voiceOf: (id) => twitterClientOn(accountCaller(bot, id)),
      budget: createBudget(bot),
      timeZone: bot.config.timeZone,
    }),
  ],
  events: [
    {
      channel: ID,
      // The person behind an account of the bot withdrew the consent.
      handle: async (bot, about) => {
        const { revoked } = v.parse(v.object({ revoked: v.string() }), about);
        await forgetRevoked(bot, revoked);
      },
    },
  ],
  upkeep,
  troubles: xTroubles,
  probe: keepReachable,
  forgetting: {
    accounts: async (bot) => {
      for (const { id } of await readAccounts(bot.db, ID)) await disconnect(bot, id);
    },
  },
  // An account that logged in needs no keys among the secrets.
  health: async ({ db }) =>
    (await readAccounts(db, ID)).length > 0 ? { 'twitter-account': { state: 'on' } } : {},
  newsText,
  adminPages: [
    {
      path: '/admin/twitter',
      title: { ko: 'X 계정', en: 'X accounts' },
      routes: twitterRoutes,
    },
    { path: '/admin/events', title: { ko: '이벤트', en: 'Events' }, routes: eventsRoutes },
  ],
  flash,
  doctor: (bot) => examine(bot),
  factNames,
  todos: async ({ db, states }) => {
    const accounts = await readAccounts(db, ID);
    const page = '/admin/twitter' as const;
    if (accounts.length === 0 && states['twitter-account']?.state !== 'on') {
      return [{ text: { ko: 'X 계정을 연결해 주세요.', en: 'Connect an X account.' }, page }];
    }
    return accounts
      .filter(({ state }) => state === 'log-in-again')
      .map(({ username }) => ({
        text: {
          ko: '@{name} 계정으로 다시 로그인해 주세요.',
          en: 'Log in again as @{name}.',
        },
        values: { name: username },
        page,
      }));
  },
  meetings: async ({ db, states, read }) => {
    const accounts = await readAccounts(db, ID);
    const title = { ko: 'X 메시지', en: 'Direct message on X' };
    const { webUrl, static: keys } = read(xSettings);
    const chatOf = (id: string) => ({
      ...chat,
      // docs/platforms/x.md, Direct messages
      sayUrl: (words: string) =>
        `${webUrl}/messages/compose?recipient_id=${id}&text=${encodeURIComponent(words)}`,
    });
    if (accounts.length === 0) {
      const isOn = states['twitter-account']?.state === 'on' && keys !== null;
      return isOn ? [{ channel: ID, title, chat: chatOf(keys.userId) }] : [];
    }
    return accounts.map(({ id, username }) => ({
      channel: ID,
      title,
      link: {
        text: { ko: `@${username}`, en: `@${username}` },
        url: `${webUrl}/${username}`,
      },
      chat: chatOf(id),
    }));
  },
};
