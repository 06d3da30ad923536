import * as v from 'valibot';
import type { Platform } from '../../bot/platform.ts';
import { readAccounts } from '../../store/accounts.ts';
import { twitterClientOn } from './api/client.ts';
import { createBudget } from './budget.ts';
import { accountCaller } from './caller.ts';
import { createTwitterChannel } from './channel.ts';
import { disconnect } from './disconnect.ts';
import { examine } from './doctor.ts';
import { newsText } from './news.ts';
import { speakerId } from './roster.ts';
import { forgetRevoked, keepAlive } from './upkeep.ts';

/** In rows of the store, and in keys of tokens. */
const ID = 'twitter';

/** X: posts for everyone, and direct messages. */
export const x: Platform = {
  id: 'x',
  name: { ko: 'X', en: 'X' },
  channels: [
    {
      id: ID,
      name: { ko: 'X', en: 'X' },
      feature: 'twitter-account',
      readAddress: (_bot, id) => (/^\d{1,20}$/.test(id) ? id : null),
      accountOf: (bot) => speakerId(bot.accounts),
      isOwn: ({ accounts }, address) => accounts.twitter.static?.userId === address,
    },
  ],
  speakers: ({ accounts, config, runtime }) => [
    createTwitterChannel({
      voiceOf: (id) => twitterClientOn(accountCaller(accounts, id), runtime.now),
      budget: createBudget(accounts),
      timeZone: config.timeZone,
    }),
  ],
  // The person behind an account of the bot withdrew the consent.
  hear: async (bot, about) => {
    const { revoked } = v.parse(v.object({ revoked: v.string() }), about);
    await forgetRevoked(bot.accounts, revoked);
  },
  upkeep: (bot) => keepAlive(bot.accounts),
  forgetting: {
    accounts: async (bot) => {
      for (const { id } of await readAccounts(bot.db, ID)) await disconnect(bot.accounts, id);
    },
  },
  newsText,
  doctor: (bot) => examine(bot.accounts),
  todos: async ({ db, config }) => {
    const accounts = await readAccounts(db, ID);
    const page = '/admin/twitter' as const;
    if (accounts.length === 0 && config.features['twitter-account']?.state !== 'on') {
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
  meetings: async ({ db, config }) => {
    const accounts = await readAccounts(db, ID);
    const title = { ko: 'X 메시지', en: 'Direct message on X' };
    if (accounts.length === 0) {
      return config.features['twitter-account']?.state === 'on' ? [{ channel: ID, title }] : [];
    }
    return accounts.map(({ username }) => ({
      channel: ID,
      title,
      link: { text: `@${username}`, url: `${config.twitter.webUrl}/${username}` },
    }));
  },
};
