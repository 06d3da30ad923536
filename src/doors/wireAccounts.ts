import type { Config } from '../config/config.ts';
import type { Runtime } from '../lib/runtime.ts';
import type { KakaoContext } from '../platforms/kakao/context.ts';
import type { TelegramContext } from '../platforms/telegram/context.ts';
import type { AccountsContext } from '../platforms/x/accountsContext.ts';
import { createSealer } from '../store/sealed.ts';
import { createSigner } from '../store/signed.ts';

/** What the accounts stand on. */
interface Ground {
  readonly env: Env;
  readonly runtime: Runtime;
  readonly config: Config;
  /** Origin of `PUBLIC_URL`, else of the request at hand; `null` without either (cron, queue). */
  readonly publicUrl: string | null;
}

/** What keeps the bot's own accounts on X alive. */
export function wireAccounts({ env, runtime, config, publicUrl }: Ground): AccountsContext {
  const { twitter } = config;
  const sealed = async () => createSealer(runtime, config.tokenKey);
  return {
    runtime,
    db: env.DB,
    publicUrl,
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

/** What keeps people's Kakao logins alive. */
export function wireKakao(
  { env, runtime, config, publicUrl }: Ground,
  { keeperOf, sealer }: Pick<AccountsContext, 'keeperOf' | 'sealer'>,
  channels: () => readonly string[],
): KakaoContext {
  const { authUrl, apiUrl, restApiKey, clientSecret, sendToFriends } = config.kakao;
  return {
    runtime,
    db: env.DB,
    publicUrl,
    timeZone: config.timeZone,
    kakao: { authUrl, apiUrl, restApiKey, clientSecret, sendToFriends },
    keeperOf,
    sealer,
    signer: async () => {
      const made = await createSigner(runtime, config.tokenKey);
      return made.ok ? made.value : null;
    },
    channels,
  };
}

/** What keeps the bot's webhook at Telegram alive. */
export function wireTelegram({ env, runtime, config, publicUrl }: Ground): TelegramContext {
  return { runtime, db: env.DB, publicUrl, telegram: config.telegram };
}
