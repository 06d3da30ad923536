import type { Bot } from '../bot/context.ts';
import type { Channel } from '../bot/outbox/channel.ts';
import { type Config, configOf } from '../config/config.ts';
import { createNeisMenu } from '../features/menu/source/neis.ts';
import { createPageMenu } from '../features/menu/source/page.ts';
import { createNetflixSource } from '../features/titles/source/netflix.ts';
import { createTmdbSource } from '../features/titles/source/tmdb.ts';
import type { Runtime } from '../lib/runtime.ts';
import { createGitHubSource } from '../platforms/github/source.ts';
import { createKakaoBotClient } from '../platforms/kakao/api/bot.ts';
import { createKakaoEventChannel } from '../platforms/kakao/eventChannel.ts';
import { createTelegramClient } from '../platforms/telegram/api/client.ts';
import { createTelegramChannel } from '../platforms/telegram/channel.ts';
import { createWebhookChannel } from '../platforms/webhook/channel.ts';
import { webhookSecret } from '../platforms/webhook/webhookSecret.ts';
import type { AccountsContext } from '../platforms/x/accountsContext.ts';
import { twitterClientOn } from '../platforms/x/api/client.ts';
import { createBudget } from '../platforms/x/budget.ts';
import { accountCaller } from '../platforms/x/caller.ts';
import { createTwitterChannel } from '../platforms/x/channel.ts';
import { moveAddress } from '../store/people.ts';
import { wireAccounts, wireKakao, wireTelegram } from './wireAccounts.ts';
import { wireKakaoTalk } from './wireKakaoTalk.ts';

/**
 * Puts the bot together from the Worker's bindings: the one place that knows all its parts.
 *
 * @param requestUrl of the request at hand; where `PUBLIC_URL` is not set, it tells the public address
 */
export function wire(env: Env, runtime: Runtime, requestUrl?: string): Bot {
  const config = configOf(env);
  const ground = { env, runtime, config, publicUrl: publicUrlOf(config, requestUrl) };
  const accounts = wireAccounts(ground);
  const channels = new Map<string, Channel>();
  const kakao = wireKakao(ground, accounts, () => [...channels.keys()]);
  const webhookSecretOf = (url: string) => webhookSecret(config.tokenKey, url);
  const { contact, timeZone } = config;

  const add = (channel: Channel) => channels.set(channel.id, channel);
  add(
    createTwitterChannel({
      voiceOf: (id) => twitterClientOn(accountCaller(accounts, id), runtime.now),
      budget: createBudget(accounts),
      timeZone,
    }),
  );
  const { botToken, apiUrl } = config.telegram;
  if (botToken !== null) {
    add(
      createTelegramChannel({
        client: createTelegramClient({ runtime, apiUrl, token: botToken }),
        now: runtime.now,
        timeZone,
        onMigrated: (from, to) => moveAddress(env.DB, 'telegram', from, to),
      }),
    );
  }
  const { restApiKey, botUrl, botId, eventName } = config.kakao;
  if (restApiKey !== null && config.tokenKey !== '') add(wireKakaoTalk(kakao));
  if (restApiKey !== null && botId !== null && eventName !== null) {
    const bot = createKakaoBotClient({ runtime, botUrl, restApiKey, botId });
    add(createKakaoEventChannel({ bot, eventName, timeZone }));
  }
  if (config.tokenKey !== '') {
    const { trustedHosts } = config;
    add(createWebhookChannel({ runtime, secretOf: webhookSecretOf, contact, trustedHosts }));
  }
  return {
    config,
    runtime,
    db: env.DB,
    media: env.MEDIA,
    assets: env.ASSETS,
    events: env.EVENTS,
    polls: env.POLLS,
    deliveries: env.DELIVERIES,
    accounts,
    kakao,
    telegram: wireTelegram(ground),
    channels,
    ...wireSources(config, runtime),
    webhookSecretOf,
  };
}

function wireSources(config: Config, runtime: Runtime): Pick<Bot, 'sources' | 'menu' | 'github'> {
  const { netflix, tmdb, menu, github, trustedHosts, contact } = config;
  const { apiUrl, token, app } = github;
  const { neisUrl, neisKey: key, school } = menu;
  return {
    sources: {
      netflix: createNetflixSource({ pageUrl: netflix.pageUrl }),
      tmdb:
        tmdb.token === null ? null : createTmdbSource({ apiUrl: tmdb.apiUrl, token: tmdb.token }),
    },
    menu: {
      neis: school === null ? null : createNeisMenu({ apiUrl: neisUrl, key, ...school }),
      page: (page) => createPageMenu({ page, trustedHosts }),
    },
    github:
      token === null && app === null
        ? null
        : createGitHubSource({ runtime, apiUrl, contact, token, app }),
  };
}

/** What keeps accounts alive, for a request: its address tells where the Worker is to be reached. */
export function accountsOf(env: Env, runtime: Runtime, requestUrl: string): AccountsContext {
  const config = configOf(env);
  return wireAccounts({ env, runtime, config, publicUrl: publicUrlOf(config, requestUrl) });
}

function publicUrlOf({ publicUrl }: Config, requestUrl?: string): string | null {
  return publicUrl ?? (requestUrl === undefined ? null : new URL(requestUrl).origin);
}
