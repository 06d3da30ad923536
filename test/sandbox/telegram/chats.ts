import type { Content } from './texts.ts';
import type { Chat, Message, Person } from './types.ts';

export type Chats = ReturnType<typeof createChats>;

type NewChat = Pick<Chat, 'id' | 'type' | 'name' | 'language'> &
  Partial<Pick<Chat, 'username' | 'admins'>>;

/** Chats and what was said in them. */
export function createChats(now: () => number, people: readonly Person[]) {
  const chats: Chat[] = [];
  const said = new Map<number, Message[]>();
  let lastId = 0;

  function add(
    { username = null, admins = [], ...chat }: NewChat,
    standing: Chat['standing'] = 'open',
  ): Chat {
    const own = { username, admins, deletedTopics: new Set<number>(), slowUntil: 0 };
    const added: Chat = { ...chat, ...own, standing, migratedTo: null };
    chats.push(added);
    return added;
  }

  for (const { id, name, language } of people) add({ id, type: 'private', name, language });

  return {
    list: chats,
    add,
    /** By its id, or by its name with `@`. */
    find: (given: number | string): Chat | null =>
      chats.find(({ id, username }) =>
        typeof given === 'string' && given.startsWith('@')
          ? username !== null && username.toLowerCase() === given.slice(1).toLowerCase()
          : id === Number(given),
      ) ?? null,

    /** Throws in words when there is none. */
    get(id: number): Chat {
      const found = chats.find((chat) => chat.id === id);
      if (!found) throw new Error(`The sandbox's Telegram has no chat ${id}.`);
      return found;
    },

    messages: (chatId: number): readonly Message[] => [...(said.get(chatId) ?? [])],

    say(
      chatId: number,
      from: Message['from'],
      content: Content,
      { isSilent = false, topic = null }: Partial<Pick<Message, 'isSilent' | 'topic'>> = {},
    ): Message {
      lastId += 1;
      const message = { id: lastId, from, ...content, at: now(), isEdited: false, isSilent, topic };
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
