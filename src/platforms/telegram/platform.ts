import type { Bot } from '../../bot/context.ts';
import { type OnBehalf, type Platform, shortened } from '../../bot/platform.ts';
import { isKeyOf, type Text } from '../../lib/text.ts';
import { moveAddress, type Person } from '../../store/people.ts';
import { flash, telegramActions, telegramCard } from './adminCard.tsx';
import { createTelegramClient } from './api/client.ts';
import { channelAddress, placeOf } from './api/place.ts';
import { createTelegramChannel } from './channel.ts';
import { telegramWebhook } from './door.ts';
import { knownBot, telegramFeatures, telegramSettings } from './settings.ts';
import { keepTelegram, telegramFailureTexts, telegramNewsText, telegramTroubles } from './setUp.ts';

const CHANNEL = 'telegram';
const name = { ko: '텔레그램', en: 'Telegram' };

/** Chats and groups of Telegram. */
export const telegram: Platform = {
  id: 'telegram',
  name,
  settings: telegramSettings,
  parts: telegramFeatures,
  doors: telegramWebhook,
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
  probe: keepTelegram,
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

/** `@garden_news 목록`, `구독 hana/app @garden_news`: a name at one end of what is said. */
const AT_THE_START =
  /^\s*(?<name>@[a-z]\w{3,31})(?:에서|에|의|로|으로|:|,)?(?:\s+(?<rest>\S.*))?$/isu;
const AT_THE_END =
  /^\s*(?<rest>\S.*?)(?<!\b(?:without|except|no))\s+(?:in |to |for )?(?<name>@[a-z]\w{3,31})(?:에서|에|로|으로)?[\s.!]*$/isu;

const texts = {
  'bot-outside': {
    ko: '{name} 채널을 볼 수 없어요. 채널 관리자로 저를 먼저 추가해 주세요. 그다음 다시 보내 주세요.',
    en: 'I cannot see {name}. Please make me an admin of that channel first, then send it again.',
  },
  'no-admin': {
    ko: '{name} 채널의 관리자만 그 채널의 소식을 정할 수 있어요.',
    en: 'Only admins of {name} can choose what is told there.',
  },
  'what-there': {
    ko: '{name} 채널에서 무엇을 할까요? ‘구독 owner/name {name}’처럼 말해 주세요.',
    en: 'What shall I do in {name}? Say “watch owner/name {name}”, for example.',
  },
  away: {
    ko: '텔레그램이 지금 대답하지 않아요. 잠시 뒤에 다시 말해 주세요.',
    en: 'Telegram does not answer at the moment. Please try again in a while.',
  },
} as const satisfies Record<string, Text>;

/**
 * What an admin says in a private chat for a public channel or group of theirs, by its name.
 *
 * @returns `null` when no such place is meant; a name may be anything, such as an author's
 */
export async function onBehalf(bot: Bot, person: Person, said: string): Promise<OnBehalf | null> {
  if (!/^\d+$/.test(person.address)) return null;
  const groups = (AT_THE_START.exec(said) ?? AT_THE_END.exec(said))?.groups;
  const place = groups?.['name'];
  // A watch may be called anything.
  if (place === undefined || /\sas\s|별명|이름/i.test(groups?.['rest'] ?? '')) return null;
  const { botToken, apiUrl } = bot.read(telegramSettings);
  const own = await knownBot(bot.db);
  if (botToken === null || place.slice(1).toLowerCase() === own?.username.toLowerCase())
    return null;
  const client = createTelegramClient({ runtime: bot.runtime, apiUrl, token: botToken });
  const refused = (why: keyof typeof texts): OnBehalf => ({
    kind: 'refused',
    text: texts[why],
    values: { name: place },
  });
  const chat = await client.getChat(place);
  if (!chat.ok) {
    if (chat.reason === 'retry' || chat.reason === 'wait') return refused('away');
    // There is no such place, or the bot may not know of it: only an address makes that one.
    return /\w\/\w/.test(groups?.['rest'] ?? '') ? refused('bot-outside') : null;
  }
  const { id, type } = chat.value;
  if (type === 'private') return null;
  const member = await client.getChatMember(id, person.address);
  if (!member.ok) {
    return refused(member.reason === 'retry' || member.reason === 'wait' ? 'away' : 'bot-outside');
  }
  if (!['creator', 'administrator'].includes(member.value.status)) return refused('no-admin');
  const rest = groups?.['rest'];
  if (rest === undefined) return refused('what-there');
  return {
    kind: 'place',
    name: place,
    address: type === 'channel' ? channelAddress(id) : id,
    said: rest,
  };
}
