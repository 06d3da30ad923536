import type { Bot, Callback, Chat, Message, Person } from './types.ts';

/** Exactly one payload for each update (docs/platforms/telegram.md, Updates). */
export interface Update {
  readonly update_id: number;
  readonly [payload: string]: unknown;
}

function userJson({ id, name, username, language }: Person): object {
  return { id, is_bot: false, first_name: name, username, language_code: language };
}

export function botJson({ id, name, username }: Bot): object {
  return { id, is_bot: true, first_name: name, username };
}

function chatJson({ id, type, name }: Chat, person?: Person): object {
  if (type !== 'private') return { id, type, title: name };
  return { id, type, first_name: name, ...(person && { username: person.username }) };
}

/** A message of the bot as methods give it back. */
export function sentJson(bot: Bot, chat: Chat, message: Message): object {
  return {
    message_id: message.id,
    date: seconds(message.at),
    ...(message.isEdited && { edit_date: seconds(message.at) }),
    from: botJson(bot),
    chat: chatJson(chat),
    text: message.text,
    ...(message.buttons.length > 0 && {
      reply_markup: {
        inline_keyboard: message.buttons.map((row) =>
          row.map(({ text, url, data }) => ({ text, url, callback_data: data })),
        ),
      },
    }),
  };
}

interface Said {
  readonly bot: Bot;
  readonly chat: Chat;
  readonly from: Person;
  readonly message: Message;
  /** The bot's message that is replied to. */
  readonly replyTo?: Message;
}

export function messagePayload({ bot, chat, from, message, replyTo }: Said): object {
  const entities = entitiesOf(message.text);
  return {
    message_id: message.id,
    date: seconds(message.at),
    from: userJson(from),
    chat: chatJson(chat, from),
    text: message.text,
    ...(entities.length > 0 && { entities }),
    ...(replyTo && { reply_to_message: sentJson(bot, chat, replyTo) }),
  };
}

export function callbackPayload(
  bot: Bot,
  chat: Chat,
  from: Person,
  message: Message,
  { id, data }: Callback,
): object {
  const chat_instance = String(chat.id);
  return { id, from: userJson(from), message: sentJson(bot, chat, message), chat_instance, data };
}

/** The bot was thrown out of a chat, or let in again. */
export function memberPayload(
  bot: Bot,
  chat: Chat,
  from: Person,
  at: number,
  isIn: boolean,
): object {
  const member = (status: string) => ({ user: botJson(bot), status });
  return {
    chat: chatJson(chat, from),
    from: userJson(from),
    date: seconds(at),
    old_chat_member: member(isIn ? 'kicked' : 'member'),
    new_chat_member: member(isIn ? 'member' : 'kicked'),
  };
}

/** The two service messages of a migration: the first in the group, the second in its successor. */
export function migrationPayloads(
  group: Chat,
  successor: Chat,
  from: Person,
  at: number,
): readonly [object, object] {
  const base = (chat: Chat, id: number) => ({
    message_id: id,
    date: seconds(at),
    from: userJson(from),
    chat: chatJson(chat),
  });
  return [
    { ...base(group, 900_001), migrate_to_chat_id: successor.id },
    { ...base(successor, 1), migrate_from_chat_id: group.id },
  ];
}

/** Commands and mentions; offsets count UTF-16 units. */
function entitiesOf(text: string): object[] {
  return [...text.matchAll(/(?<=^|\s)(?:\/[a-z0-9_]{1,32}(?:@\w+)?|@\w{5,32})(?!\w)/gi)].map(
    ({ 0: found, index }) => ({
      type: found.startsWith('/') ? 'bot_command' : 'mention',
      offset: index,
      length: found.length,
    }),
  );
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}
