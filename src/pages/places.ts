import type { Bot } from '../bot/context.ts';
import { menuSource } from '../features/menu/sources.ts';
import { errorCode, log } from '../lib/log.ts';
import { knownBot } from '../platforms/telegram/context.ts';
import { xSettings } from '../platforms/x/settings.ts';
import { readAccounts } from '../store/accounts.ts';

/** What of the bot is on, and the addresses at which people find it. */
export interface Places {
  readonly twitter: boolean;
  readonly repositories: boolean;
  readonly menu: boolean;
  readonly kakaoTalk: boolean;
  readonly chatbot: boolean;
  /** The bot's own accounts on X. */
  readonly accounts: readonly { readonly name: string; readonly url: string }[];
  /** The bot's name at Telegram; `null` when nobody reaches it there. */
  readonly telegram: string | null;
}

/** Where the bot is to be met now; without storage what the settings alone tell. */
export async function placesOf(bot: Bot): Promise<Places> {
  const { states } = bot;
  const { webUrl } = bot.read(xSettings);
  const isOn = (id: string) => states[id]?.state === 'on';
  const { accounts, telegram, menu } = await readStored(bot);
  return {
    twitter: accounts.length > 0 || isOn('twitter-account'),
    repositories: isOn('repositories'),
    menu,
    kakaoTalk: isOn('kakao-login'),
    chatbot: isOn('kakao-chatbot'),
    accounts: accounts.map((name) => ({ name, url: `${webUrl}/${name}` })),
    telegram: isOn('telegram') ? telegram : null,
  };
}

async function readStored(bot: Bot): Promise<{
  readonly accounts: readonly string[];
  readonly telegram: string | null;
  readonly menu: boolean;
}> {
  try {
    const [accounts, telegram, menu] = await Promise.all([
      readAccounts(bot.db, 'twitter'),
      knownBot(bot.db),
      menuSource(bot),
    ]);
    return {
      accounts: accounts.map(({ username }) => username),
      telegram: telegram?.username ?? null,
      menu: menu !== null,
    };
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return { accounts: [], telegram: null, menu: false };
  }
}
