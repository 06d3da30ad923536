import * as v from 'valibot';
import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, doorSecret, secret, settingsOf } from '../../config/setting.ts';
import { readSetting } from '../../store/settings.ts';

/** The bot as it was set up last. */
export type KnownBot = v.InferOutput<typeof knownSchema>;

export const BOT_SETTING = 'telegram-bot';
const knownSchema = v.object({ id: v.string(), username: v.string(), url: v.string() });

/** The bot as it was set up last, with the address of its webhook; `null` when it never was. */
export async function knownBot(db: D1Database): Promise<KnownBot | null> {
  return readSetting(db, BOT_SETTING, knownSchema);
}

export const STATE_SETTING = 'telegram-state';

/** Why the webhook could not be kept at the last look, as a code; `null` when nothing is known to fail. */
export async function telegramTrouble(db: D1Database): Promise<string | null> {
  const state = await readSetting(db, STATE_SETTING, v.string());
  return state === 'good' ? null : state;
}

/** What of the owner's settings is about Telegram. */
export const telegramSettings = settingsOf(
  {
    botToken: secret('TELEGRAM_BOT_TOKEN', {
      what: { ko: '봇 토큰', en: 'the bot’s token' },
      where: { ko: '@BotFather > /newbot', en: '@BotFather > /newbot' },
    }),
    webhookSecret: doorSecret('TELEGRAM_WEBHOOK_SECRET', {
      what: {
        ko: '웹훅 비밀: 영문자, 숫자, - _ 로 16자에서 256자',
        en: 'webhook secret: 16 to 256 letters, digits, - and _',
      },
    }),
    apiUrl: address('TELEGRAM_API_URL', 'https://api.telegram.org', {
      what: { ko: '텔레그램 Bot API', en: 'Bot API of Telegram' },
    }),
  },
  (values) => values,
);

const { botToken, webhookSecret } = telegramSettings.declared;

export const telegramFeatures: readonly FeatureRule[] = [
  {
    id: 'telegram',
    name: { ko: '텔레그램', en: 'Telegram' },
    page: '/admin/channels',
    state: needs(botToken, webhookSecret),
  },
];
