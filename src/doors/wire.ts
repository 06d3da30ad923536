import { type AccountsContext, withOrigin } from '../accounts/context.ts';
import { createBudget } from '../accounts/twitter/budget.ts';
import { accountCaller } from '../accounts/twitter/caller.ts';
import { type Config, configOf } from '../bot/config.ts';
import type { Bot } from '../bot/context.ts';
import { createTwitterChannel } from '../channels/twitter.ts';
import type { Runtime } from '../lib/runtime.ts';
import { twitterClientOn } from '../platforms/twitter/client.ts';
import { createNetflixSource } from '../sources/netflix.ts';
import { createTmdbSource } from '../sources/tmdb.ts';
import { createSealer } from '../store/sealed.ts';

/** Puts the bot together from the Worker's bindings: the one place that knows all its parts. */
export function wire(env: Env, runtime: Runtime): Bot {
  const config = configOf(env);
  const accounts = wireAccounts(env, runtime, config);
  const twitter = createTwitterChannel({
    voiceOf: (id) => twitterClientOn(accountCaller(accounts, id), runtime.now),
    budget: createBudget(accounts),
  });
  return {
    config,
    runtime,
    db: env.DB,
    media: env.MEDIA,
    events: env.EVENTS,
    polls: env.POLLS,
    deliveries: env.DELIVERIES,
    accounts,
    channels: new Map([[twitter.id, twitter]]),
    sources: {
      netflix: createNetflixSource({ pageUrl: config.netflix.pageUrl }),
      tmdb:
        config.tmdb.token === null
          ? null
          : createTmdbSource({ apiUrl: config.tmdb.apiUrl, token: config.tmdb.token }),
    },
  };
}

/** What keeps accounts alive, for a request: its address tells where the Worker is to be reached. */
export function accountsOf(env: Env, runtime: Runtime, requestUrl: string): AccountsContext {
  return withOrigin(wireAccounts(env, runtime, configOf(env)), requestUrl);
}

function wireAccounts(env: Env, runtime: Runtime, config: Config): AccountsContext {
  const { twitter } = config;
  const sealed = async () => createSealer(runtime, config.tokenKey);
  return {
    runtime,
    db: env.DB,
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    twitter: {
      apiUrl: twitter.apiUrl,
      webUrl: twitter.webUrl,
      consumer:
        twitter.consumerKey === null || twitter.consumerSecret === null
          ? null
          : { key: twitter.consumerKey, secret: twitter.consumerSecret },
      oauth2:
        twitter.clientId === null
          ? null
          : { clientId: twitter.clientId, clientSecret: twitter.clientSecret },
      secrets: {
        ...(twitter.clientSecret === null ? {} : { client: twitter.clientSecret }),
        ...(twitter.consumerSecret === null ? {} : { consumer: twitter.consumerSecret }),
      },
      secretKind: twitter.crcSecretKind,
      static: twitter.account,
      speakerId: twitter.userId,
    },
    keeperOf: (account) => env.TOKEN_KEEPER.getByName(account),
    sealer: async () => {
      const made = await sealed();
      return made.ok ? made.value : null;
    },
    tokenKeyProblem: async () => {
      const made = await sealed();
      if (made.ok) return null;
      const { reason, position } = made;
      return { reason, position };
    },
  };
}
