import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, doorSecret, secret, settingsOf } from '../../config/setting.ts';

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

export type TelegramSettings = ReturnType<typeof telegramSettings.valuesOf>;

const { botToken, webhookSecret } = telegramSettings.declared;

export const telegramFeatures: readonly FeatureRule[] = [
  {
    id: 'telegram',
    name: { ko: '텔레그램', en: 'Telegram' },
    state: needs(botToken, webhookSecret),
  },
];
