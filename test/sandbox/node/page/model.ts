import { type ChatPhone, chatPhones, type Room, rooms } from './chat-state.ts';
import type { Person, SandboxState } from './state.ts';
import type { Language } from './texts.ts';

export const phones = ['timeline', ...chatPhones] as const;
export type Phone = (typeof phones)[number];

/** A person has said something and waits for the bot. */
export interface Waiting {
  readonly personId: string;
  readonly phone: ChatPhone;
  readonly room: Room;
  /** Id of the newest answer there was. */
  readonly answer: string;
  /** Epoch milliseconds of real time: how long to wait. */
  readonly until: number;
}

/** What the page knows, and what the reader has chosen to see. */
export interface Model {
  state: SandboxState | null;
  language: Language;
  personId: string;
  /** Open room of each phone. */
  readonly rooms: Record<ChatPhone, Room>;
  /** The one phone that a narrow screen shows. */
  phone: Phone;
  waiting: Waiting | null;
}

export const model: Model = {
  state: null,
  language: localStorage.getItem('language') === 'en' ? 'en' : 'ko',
  personId: '',
  rooms: { dm: rooms.dm[0], kakao: rooms.kakao[0], telegram: rooms.telegram[0] },
  phone: 'kakao',
  waiting: null,
};

export function currentPerson(): Person | undefined {
  return model.state?.people.find(({ id }) => id === model.personId);
}

/** What was said in a room of a person's phone. */
export function entriesOf(person: Person | undefined, phone: ChatPhone, room: Room) {
  if (!person) return [];
  if (phone === 'dm') return person.messages;
  if (phone === 'kakao') return room === 'self' ? person.kakao.self : person.kakao.bot;
  return room === 'group' ? person.telegram.group : person.telegram.bot;
}

/** Id of the newest thing the bot said in a room; blank for none. */
export function newestAnswer(person: Person | undefined, phone: ChatPhone, room: Room): string {
  return entriesOf(person, phone, room).findLast(({ fromBot }) => fromBot)?.id ?? '';
}

export function isChatPhone(name: string | undefined): name is ChatPhone {
  return chatPhones.some((phone) => phone === name);
}
