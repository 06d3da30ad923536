import type { Message } from '../telegram/types.ts';
import type { World } from '../world.ts';
import type { TelegramEntry, TelegramPhone } from './page/chat-state.ts';

const ENTRIES = 80;

/** The Telegram of a person (by name): the chat with the bot, and the group with it. */
export function describeTelegram(
  { telegram }: Pick<World, 'telegram'>,
  name: string,
): TelegramPhone {
  const own = telegram.chats.find((chat) => chat.type === 'private' && chat.name === name);
  const group = telegram.chats.find(({ type }) => type !== 'private');
  const entriesOf = (chatId: number | undefined) =>
    chatId === undefined ? [] : telegram.messages(chatId).slice(-ENTRIES).map(entryOf);
  return {
    bot: entriesOf(own?.id),
    group: entriesOf(group?.id),
    groupName: group?.name ?? '',
  };
}

function entryOf({ id, at, from, html, buttons }: Message): TelegramEntry {
  return {
    id: String(id),
    at,
    fromBot: from === 'bot',
    html,
    buttons: buttons.map((row) => row.map(({ text, url }) => ({ label: text, url: url ?? null }))),
  };
}
