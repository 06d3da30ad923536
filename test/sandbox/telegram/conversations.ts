import type { Chats } from './chats.ts';
import { escapeHtml } from './html.ts';
import type { SayOptions, TelegramSandbox } from './telegram-sandbox.ts';
import type { Bot, Callback, Chat, Person } from './types.ts';
import { callbackPayload, memberPayload, messagePayload, migrationPayloads } from './updates.ts';
import type { createWebhook } from './webhook.ts';

export interface ConversationsOptions {
  readonly bot: Bot;
  readonly people: Person[];
  readonly chats: Chats;
  readonly callbacks: Callback[];
  readonly webhook: ReturnType<typeof createWebhook>;
  readonly now: () => number;
}

type Conversations = Pick<
  TelegramSandbox,
  | 'addPerson'
  | 'addGroup'
  | 'addForum'
  | 'addChannel'
  | 'restrict'
  | 'allow'
  | 'say'
  | 'press'
  | 'block'
  | 'unblock'
  | 'deactivate'
  | 'migrate'
  | 'emit'
>;

/** What people do in chats. Bots see all that is said in groups here: privacy mode is off. */
export function createConversations(options: ConversationsOptions): Conversations {
  const { bot, people, chats, callbacks, webhook, now } = options;

  /** Who acts in a chat. */
  function actor(chat: Chat, from?: number): Person {
    const wanted = chat.type === 'private' ? chat.id : (from ?? people[0]?.id);
    const person = people.find(({ id }) => id === wanted);
    if (!person) throw new Error(`The sandbox's Telegram has no person ${wanted}.`);
    return person;
  }

  async function emit(kind: string, payload: object, how: SayOptions = {}): Promise<Response[]> {
    webhook.add(kind, payload);
    return await webhook.deliver(how);
  }

  async function setMember(
    chatId: number,
    standing: Chat['standing'],
    { isTold = true, ...how }: SayOptions & { readonly isTold?: boolean },
  ): Promise<Response[]> {
    const chat = chats.get(chatId);
    const was = chat.standing;
    chat.standing = standing;
    if (!isTold) return [];
    const from = actor(chat, how.from);
    return await emit('my_chat_member', memberPayload(bot, chat, from, now(), was), how);
  }

  return {
    emit,

    addPerson({ name, language, hasStarted = true }) {
      const id = 6_100_000_001 + people.length;
      people.push({ id, name, username: `person_${people.length + 1}`, language });
      return chats.add({ id, type: 'private', name, language }, hasStarted ? 'open' : 'closed');
    },

    addGroup: (name, language = 'ko') =>
      chats.add({ id: -4_200_000_001 - chats.list.length, type: 'group', name, language }),

    addForum: (name, language = 'ko') =>
      chats.add({
        id: -1_004_300_000_001 - chats.list.length,
        type: 'supergroup',
        name,
        language,
      }),

    addChannel: (username, admins, language = 'ko') =>
      chats.add({
        id: -1_004_400_000_001 - chats.list.length,
        type: 'channel',
        name: username,
        username,
        admins,
        language,
      }),

    restrict: (chatId, how = {}) => setMember(chatId, 'muted', how),
    allow: (chatId, how = {}) => setMember(chatId, 'open', how),

    async say(chatId, text, how = {}) {
      const chat = chats.get(chatId);
      if (chat.standing === 'closed') chat.standing = 'open';
      if (chat.standing !== 'open' && chat.standing !== 'muted')
        throw new Error('Nobody can write in this chat.');
      const from = actor(chat, how.from);
      const content = { text, html: escapeHtml(text), buttons: [] };
      const replyTo = chats.messages(chatId).find(({ id }) => id === how.replyTo);
      const message = chats.say(chatId, 'person', content, { topic: how.topic ?? null });
      const { hidden } = how;
      const said = {
        bot,
        chat,
        from,
        message,
        ...(replyTo && { replyTo }),
        ...(hidden && { hidden }),
      };
      const kind = chat.type === 'channel' ? 'channel_post' : 'message';
      return await emit(kind, messagePayload(said), how);
    },

    async press(chatId, words, how = {}) {
      const chat = chats.get(chatId);
      const [message] = chats
        .messages(chatId)
        .filter(({ buttons }) => buttons.flat().some(({ text }) => text === words))
        .slice(-1);
      const data = message?.buttons.flat().find(({ text }) => text === words)?.data;
      if (!message) throw new Error(`There is no button ${words} in chat ${chatId}.`);
      if (data === undefined) throw new Error(`The button ${words} opens a page.`);
      const id = String(callbacks.length + 777);
      const callback: Callback = { id, chatId, data, at: now(), answer: null };
      callbacks.push(callback);
      const from = actor(chat, how.from);
      return await emit('callback_query', callbackPayload(bot, chat, from, message, callback), how);
    },

    block: (chatId, how = {}) => setMember(chatId, 'blocked', how),
    unblock: (chatId, how = {}) => setMember(chatId, 'open', how),

    deactivate(chatId) {
      chats.get(chatId).standing = 'deactivated';
    },

    async migrate(chatId, { isTold = true } = {}) {
      const group = chats.get(chatId);
      if (group.type !== 'group') throw new Error('Only a group becomes a supergroup.');
      const successor = chats.migrate(group, group.id - 1_001_000_000_000);
      if (!isTold) return successor.id;
      const [old, fresh] = migrationPayloads(group, successor, actor(group), now());
      webhook.add('message', old);
      await emit('message', fresh);
      return successor.id;
    },
  };
}
