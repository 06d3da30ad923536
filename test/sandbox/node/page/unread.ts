import { type ChatPhone, chatPhones, type Room, rooms } from './chat-state.ts';
import { entriesOf, model } from './model.ts';
import type { Person } from './state.ts';

/** Id of the newest message that was seen in each room of each person. */
const seen = new Map<string, string>();

function keyOf(person: Person, phone: ChatPhone, room: Room): string {
  return `${person.id}/${phone}/${room}`;
}

/** What a room shows is seen by this. */
export function markSeen(person: Person, phone: ChatPhone, room: Room): void {
  const newest = entriesOf(person, phone, room).at(-1);
  if (newest) seen.set(keyOf(person, phone, room), newest.id);
}

/** Messages of the bot that came after the newest one that was seen. */
export function unreadIn(person: Person, phone: ChatPhone, room: Room): number {
  const entries = entriesOf(person, phone, room);
  const last = seen.get(keyOf(person, phone, room));
  const from = entries.findIndex(({ id }) => id === last) + 1;
  return entries.slice(from).filter(({ fromBot }) => fromBot).length;
}

/** The same of all rooms of a phone. */
export function unreadOn(person: Person, phone: ChatPhone): number {
  return rooms[phone].reduce((sum, room) => sum + unreadIn(person, phone, room), 0);
}

/** Sees what is open: of all phones, or of the one that a narrow screen shows. */
export function markOpenRooms(person: Person, isNarrow: boolean): void {
  for (const phone of chatPhones) {
    if (!isNarrow || model.phone === phone) markSeen(person, phone, model.rooms[phone]);
  }
}
