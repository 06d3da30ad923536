import type { ChatEntry, KakaoContext, KakaoPerson } from './types.ts';

export interface Room {
  /** `botGroupKey`. */
  readonly key: string;
  readonly name: string;
  readonly memberIds: readonly string[];
}

export type Chats = ReturnType<typeof createChats>;

/** The bot's chats: with each person by their id, and group rooms by their key. */
export function createChats({ now, everyone }: KakaoContext, people: readonly KakaoPerson[]) {
  const entries = new Map<string, ChatEntry[]>();
  const added = new Set(people.map(({ id }) => id));
  const rooms: Room[] = [
    { key: 'Gr00mSandboxKey', name: '소식 모임', memberIds: people.map(({ id }) => id) },
  ];

  return {
    rooms,
    read: (chatId: string): readonly ChatEntry[] => entries.get(chatId) ?? [],

    write(chatId: string, entry: Omit<ChatEntry, 'at'>): ChatEntry {
      const written = { at: now(), ...entry };
      entries.set(chatId, [...(entries.get(chatId) ?? []), written]);
      return written;
    },

    /** Whether the person has the bot's channel among their friends. */
    hasChannel: (personId: string): boolean => added.has(personId),
    addChannel: (personId: string): void => void added.add(personId),
    blockChannel: (personId: string): void => void added.delete(personId),

    byKey: (type: string, id: string): KakaoPerson | undefined =>
      everyone.find((person) => {
        if (type === 'appUserId') return person.id === id;
        return (type === 'botUserKey' ? person.botUserKey : person.plusfriendUserKey) === id;
      }),
  };
}
