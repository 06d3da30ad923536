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

export function chatJson({ id, type, name, username }: Chat, person?: Person): object {
  if (type !== 'private') return { id, type, title: name, ...(username && { username }) };
  return { id, type, first_name: name, ...(person && { username: person.username }) };
}

/** A message of the bot as methods give it back. */
export function sentJson(bot: Bot, chat: Chat, message: Message): object {
  return {
    message_id: message.id,
    date: seconds(message.at),
    ...(message.isEdited && { edit_date: seconds(message.at) }),
    ...(chat.type === 'channel' ? { sender_chat: chatJson(chat) } : { from: botJson(bot) }),
    chat: chatJson(chat),
    ...topicJson(message),
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
  /** Addresses by the words they hide behind. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** The bot's message that is replied to. */
  readonly replyTo?: Message;
}

export function messagePayload({ bot, chat, from, message, replyTo, hidden = {} }: Said): object {
  const links = Object.entries(hidden).map(([words, url]) => ({
    type: 'text_link',
    offset: message.text.indexOf(words),
    length: words.length,
    url,
  }));
  const entities = [...entitiesOf(message.text), ...links];
  return {
    message_id: message.id,
    date: seconds(message.at),
    ...(chat.type === 'channel' ? { sender_chat: chatJson(chat) } : { from: userJson(from) }),
    chat: chatJson(chat, from),
    ...topicJson(message),
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

/** Only what stands in a topic says so; in a group a reply has an id too. */
function topicJson({ topic }: Message): object {
  return topic === null ? {} : { message_thread_id: topic, is_topic_message: true };
}

/** How the bot stands in a chat has changed. */
export function memberPayload(
  bot: Bot,
  chat: Chat,
  from: Person,
  at: number,
  was: Chat['standing'],
): object {
  const user = botJson(bot);
  const member = (standing: Chat['standing']): object => {
    const isIn = standing === 'open' || standing === 'muted';
    if (!isIn) return { user, status: 'kicked', until_date: 0 };
    const may = standing === 'open';
    if (chat.type === 'channel') {
      return { user, status: 'administrator', can_post_messages: may, can_edit_messages: may };
    }
    return may
      ? { user, status: 'member' }
      : { user, status: 'restricted', is_member: true, can_send_messages: false, until_date: 0 };
  };
  return {
    chat: chatJson(chat, from),
    from: userJson(from),
    date: seconds(at),
    old_chat_member: member(was),
    new_chat_member: member(chat.standing),
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
