import type { ChatPhone } from './chat-state.ts';
import { currentPerson, model, newestAnswer } from './model.ts';
import { order, tell } from './orders.ts';

const PATIENCE_MS = 12_000;

/** The person says something on a phone, in the room that is open there. */
export async function speak(phone: ChatPhone, text: string): Promise<void> {
  if (text.trim() === '') return;
  await talk(phone, '/sandbox/say', { text });
}

/** The person presses a button under an entry. */
export async function press(phone: ChatPhone, entry: string, label: string): Promise<void> {
  await talk(phone, '/sandbox/press', { entry, label });
}

async function talk(phone: ChatPhone, path: string, body: object): Promise<void> {
  const person = currentPerson();
  const room = model.rooms[phone];
  if (!person || room === 'self') return;
  tell(null);
  const answer = newestAnswer(person, phone, room);
  model.waiting = { personId: person.id, phone, room, answer, until: Date.now() + PATIENCE_MS };
  const isDone = await order(path, { from: person.id, phone, room, ...body });
  if (!isDone) model.waiting = null;
}

/** Stops waiting when the answer is there, or when it does not come. */
export function lookForAnswer(): void {
  const { waiting, state } = model;
  if (!waiting) return;
  const person = state?.people.find(({ id }) => id === waiting.personId);
  const isAnswered = newestAnswer(person, waiting.phone, waiting.room) !== waiting.answer;
  if (!isAnswered && Date.now() <= waiting.until) return;
  model.waiting = null;
  if (!isAnswered) tell('chatNoAnswer', 'bad');
}
