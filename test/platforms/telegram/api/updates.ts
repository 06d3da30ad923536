import type { Message, Update } from '@grammyjs/types';

/** The bot of the tests, as people address it. */
export const BOT = { id: '700000001', username: 'Soshik_bot' };

const person = { id: 42, is_bot: false, first_name: '하나', language_code: 'ko' };
const privateChat = { id: 42, type: 'private' as const, first_name: '하나' };
const group = { id: -1001234567890, type: 'supergroup' as const, title: '우리 반' };
export const botUser = {
  id: 700000001,
  is_bot: true,
  first_name: '소식',
  username: 'Soshik_bot',
};

type Said = Partial<Omit<Message, 'chat' | 'reply_to_message'>> & {
  readonly reply_to_message?: object;
};

/** A message a person wrote to the bot. */
export function privateMessage(said: Said, from: object = person): object {
  return {
    update_id: 1,
    message: { message_id: 5, date: 1_795_000_000, from, chat: privateChat, ...said },
  };
}

/** A message in a group the bot is in; a command at its start is marked as Telegram marks it. */
export function groupMessage(text: string, said: Said = {}): object {
  const calls = [...text.matchAll(/^\/\w+(?:@\w+)?|@\w+/g)];
  const entities = calls.map(({ 0: found, index }) => ({
    type: found.startsWith('/') ? 'bot_command' : 'mention',
    offset: index,
    length: found.length,
  }));
  return {
    update_id: 2,
    message: {
      message_id: 6,
      date: 1_795_000_000,
      from: person,
      chat: group,
      text,
      ...(entities.length > 0 && { entities }),
      ...said,
    },
  };
}

/** A button that was pressed. */
export function pressed(
  data: string,
  place: 'private' | 'group' | 'gone' = 'private',
  more: object = {},
): object {
  const chat = place === 'group' ? group : privateChat;
  const message =
    place === 'gone' ? {} : { message: { message_id: 5, date: 0 as const, chat, ...more } };
  return {
    update_id: 3,
    callback_query: { id: '777', from: person, chat_instance: 'x', data, ...message },
  } satisfies Update;
}

/** The bot's standing in a chat has changed. */
export function standing(
  status: string,
  place: 'private' | 'group' | 'channel' = 'private',
  rights: object = {},
): object {
  const channel = { id: -1009876543210, type: 'channel' as const, title: '정원 소식' };
  return {
    update_id: 4,
    my_chat_member: {
      chat: { private: privateChat, group, channel }[place],
      from: person,
      date: 1_795_000_000,
      old_chat_member: { status: 'member', user: botUser },
      new_chat_member: { status, user: botUser, until_date: 0, ...rights },
    },
  };
}
