import { type Platform, shortened } from '../../bot/platform.ts';
import { isKeyOf } from '../../lib/text.ts';
import { moveAddress } from '../../store/people.ts';
import { flash, telegramActions, telegramCard } from './adminCard.tsx';
import { createTelegramClient } from './api/client.ts';
import { placeOf } from './api/place.ts';
import { createTelegramChannel } from './channel.ts';
import { telegramWebhook } from './door.ts';
import { onBehalf } from './onBehalf.ts';
import { knownBot, telegramFeatures, telegramSettings } from './settings.ts';
import { telegramFailureTexts, telegramNewsText } from './texts.ts';
import { keepTelegram, telegramTroubles } from './upkeep.ts';

const CHANNEL = 'telegram';
const name = { ko: '텔레그램', en: 'Telegram' };

/** Chats and groups of Telegram. */
export const telegram: Platform = {
  id: 'telegram',
  name,
  settings: telegramSettings,
  parts: telegramFeatures,
  doors: (app) => {
    app.route('/webhook/telegram', telegramWebhook());
  },
  channels: [
    {
      id: CHANNEL,
      name,
      feature: 'telegram',
      readAddress: (_bot, id) => (placeOf(id) === null ? null : id),
      // core.telegram.org/bots/api#chat: ids of groups and channels are negative.
      isGroup: (address) => address.startsWith('-'),
      shown: (address) => {
        const { chatId, topic, isChannel } = placeOf(address) ?? { chatId: address };
        const behind = isChannel ? ' 📢' : topic ? ` #${topic}` : '';
        return `${shortened(chatId)}${behind}`;
      },
    },
  ],
  onBehalf,
  speakers: ({ config, read, runtime, db }) => {
    const { botToken, apiUrl } = read(telegramSettings);
    if (botToken === null) return [];
    return [
      createTelegramChannel({
        client: createTelegramClient({ runtime, apiUrl, token: botToken }),
        timeZone: config.timeZone,
        onMigrated: (from, to) => moveAddress(db, CHANNEL, from, to),
      }),
    ];
  },
  troubles: telegramTroubles,
  probe: async (bot) => {
    await keepTelegram(bot);
  },
  reasonText: (part, reason) =>
    part === 'telegram' && isKeyOf(telegramFailureTexts, reason)
      ? telegramFailureTexts[reason]
      : null,
  newsText: telegramNewsText,
  card: telegramCard,
  actions: telegramActions,
  flash,
  todos: async ({ db, states }) =>
    states['telegram']?.state === 'on' && (await knownBot(db)) === null
      ? [
          {
            text: { ko: '텔레그램 봇을 연결해 주세요.', en: 'Connect the Telegram bot.' },
            page: '/admin/channels',
          },
        ]
      : [],
  meetings: async ({ db, states }) => {
    const bot = states['telegram']?.state === 'on' ? await knownBot(db) : null;
    if (bot === null) return [];
    const url = `https://t.me/${bot.username}`;
    return [
      {
        channel: CHANNEL,
        title: name,
        link: { text: { ko: `@${bot.username}`, en: `@${bot.username}` }, url },
        chat: {
          how: { ko: '링크 하나로', en: 'By one link' },
          send: {
            ko: '채팅에 이렇게 보내면 한 번에 끝나요.',
            en: 'Sent to the chat, this does it all at once.',
          },
          // core.telegram.org/bots/features#deep-linking
          startUrl: (payload) => `${url}?start=${payload}`,
        },
      },
    ];
  },
};
