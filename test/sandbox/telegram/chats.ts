import type { Content } from './texts.ts';
import type { Chat, Message, Person } from './types.ts';

export type Chats = ReturnType<typeof createChats>;

/** Chats and what was said in them. */
export function createChats(now: () => number, people: readonly Person[]) {
  const chats: Chat[] = [];
  const said = new Map<number, Message[]>();
  let lastId = 0;

  function add(chat: Omit<Chat, 'standing' | 'migratedTo'>, standing: Chat['standing'] = 'open') {
    const added: Chat = { ...chat, standing, migratedTo: null };
    chats.push(added);
    return added;
  }

  for (const { id, name, language } of people) add({ id, type: 'private', name, language });

  return {
    list: chats,
    add,
    find: (id: number): Chat | null => chats.find((chat) => chat.id === id) ?? null,

    /** Throws in words when there is none. */
    get(id: number): Chat {
      const found = chats.find((chat) => chat.id === id);
      if (!found) throw new Error(`The sandbox's Telegram has no chat ${id}.`);
      return found;
    },

    messages: (chatId: number): readonly Message[] => [...(said.get(chatId) ?? [])],

    say(chatId: number, from: Message['from'], content: Content, isSilent = false): Message {
      lastId += 1;
      const message = { id: lastId, from, ...content, at: now(), isEdited: false, isSilent };
      said.set(chatId, [...(said.get(chatId) ?? []), message]);
      return message;
    },

    /** The message as it reads now; null when there is no such one of the bot. */
    edit(chatId: number, messageId: number, content: Content): Message | null {
      const old = (said.get(chatId) ?? []).find(
        ({ id, from }) => id === messageId && from === 'bot',
      );
      if (!old) return null;
      const edited = { ...old, ...content, isEdited: true };
      const all = said.get(chatId) ?? [];
      said.set(
        chatId,
        all.map((one) => (one === old ? edited : one)),
      );
      return edited;
    },

    /** A group becomes a supergroup under a new id; what was said stays with both. */
    migrate(group: Chat, id: number): Chat {
      const { name, language } = group;
      group.migratedTo = id;
      said.set(id, [...(said.get(group.id) ?? [])]);
      return add({ id, type: 'supergroup', name, language });
    },
  };
}
