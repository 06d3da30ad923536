import { type ChatPhone, chatPhones, type KakaoEntry, type Room, rooms } from './chat-state.ts';
import { element, keyed, make } from './dom.ts';
import { memoView, talkView } from './kakao-views.ts';
import { currentPerson, model } from './model.ts';
import type { Person, SandboxState } from './state.ts';
import { suggestionsFor } from './suggestions.ts';
import { telegramView } from './telegram-views.ts';
import { say } from './texts.ts';
import { fullDay } from './times.ts';
import { markOpenRooms, unreadIn, unreadOn } from './unread.ts';
import { messageView } from './views.ts';

/** A line of a chat: something said, or the day that begins. */
interface Line {
  readonly key: string;
  readonly print: string;
  readonly render: () => HTMLElement;
}

interface Dated {
  readonly id: string;
  readonly at: number;
}

const narrow = window.matchMedia('(max-width: 759px)');

/** Shows the rooms that are open on the phones of the person. */
export function showChats(state: SandboxState): void {
  const person = currentPerson();
  if (!person) return;
  markOpenRooms(person, narrow.matches);
  for (const phone of chatPhones) {
    showRooms(person, phone);
    showRoom(state, person, phone);
  }
  showReplies(person);
}

/** The newest message is at the end of each chat. */
export function scrollToEnd(): void {
  for (const phone of chatPhones) {
    const screen = element(`${phone}-screen`, HTMLDivElement);
    screen.scrollTop = screen.scrollHeight;
  }
}

function showRoom(state: SandboxState, person: Person, phone: ChatPhone) {
  const room = model.rooms[phone];
  const lines = linesOf(state, person, phone, room);
  const list = element(`${phone}-messages`, HTMLOListElement);
  const fresh = keyed(
    list,
    lines,
    ({ key }) => key,
    ({ print }) => print,
    ({ render }) => render(),
  );
  const { waiting } = model;
  const isWaiting =
    waiting?.personId === person.id && waiting.phone === phone && waiting.room === room;
  const typing = element(`${phone}-typing`, HTMLParagraphElement);
  const isNews = fresh.length > 0 || typing.hidden === isWaiting;
  typing.hidden = !isWaiting;
  for (const empty of document.querySelectorAll<HTMLElement>(`[data-empty^="${phone}/"]`)) {
    empty.hidden = lines.length > 0 || empty.dataset['empty'] !== `${phone}/${room}`;
  }
  element(`${phone}-composer`, HTMLFormElement).hidden = room === 'self';
  keyed(
    element(`${phone}-suggestions`, HTMLUListElement),
    suggestionsFor(phone, room, person.language, state.repository),
    (words) => words,
    () => '',
    (words) =>
      make(
        'li',
        {},
        make('button', { type: 'button', class: 'suggestion', 'data-say': words }, words),
      ),
  );
  if (isNews) {
    const screen = element(`${phone}-screen`, HTMLDivElement);
    screen.scrollTop = screen.scrollHeight;
  }
}

function linesOf(state: SandboxState, person: Person, phone: ChatPhone, room: Room): Line[] {
  const { language } = model;
  const place = `${person.id}/${room}`;
  const line =
    <Entry extends Dated>(view: (entry: Entry) => HTMLElement, printOf: (entry: Entry) => string) =>
    (entry: Entry): Line & Dated => ({
      id: entry.id,
      at: entry.at,
      key: `${place}/${entry.id}`,
      print: language + printOf(entry),
      render: () => view(entry),
    });
  const { kakao, telegram } = person;
  if (phone === 'dm') {
    return person.messages.map(
      line(
        (one) => messageView(one, language),
        () => '',
      ),
    );
  }
  if (phone === 'kakao') {
    const isOwn = room === 'self';
    const view = line<KakaoEntry>(
      (one) => (isOwn ? memoView(one, language) : talkView(one, state.bot.name, language)),
      () => '',
    );
    return withDays((isOwn ? kakao.self : kakao.bot).map(view));
  }
  return withDays(
    (room === 'group' ? telegram.group : telegram.bot).map(
      line(
        (one) => telegramView(one, language),
        ({ html, buttons }) => `${html} ${buttons.length}`,
      ),
    ),
  );
}

/** Puts the day before what was said on it. */
function withDays(lines: readonly (Line & Dated)[]): Line[] {
  let last = '';
  return lines.flatMap((line) => {
    const day = fullDay(line.at, model.language);
    if (day === last) return [line];
    last = day;
    const head = {
      key: `${line.key}/day`,
      print: day,
      render: () => make('li', { class: 'day' }, make('span', {}, day)),
    };
    return [head, line];
  });
}

function showRooms(person: Person, phone: ChatPhone) {
  for (const room of rooms[phone]) {
    showCount(`${phone}-${room}-unread`, unreadIn(person, phone, room));
  }
  showCount(`${phone}-tab-unread`, unreadOn(person, phone));
  if (phone === 'telegram') {
    for (const target of document.querySelectorAll('[data-group-name]')) {
      target.textContent = person.telegram.groupName;
    }
  }
}

function showCount(id: string, count: number) {
  const shown = document.getElementById(id);
  if (!shown) return;
  shown.hidden = count === 0;
  shown.textContent = String(count);
  shown.title = say('unread', model.language, { count });
}

function showReplies({ kakao }: Person) {
  const isOpen = model.rooms.kakao === 'bot';
  const newest = kakao.bot.at(-1)?.id ?? '';
  keyed(
    element('kakao-replies', HTMLUListElement),
    isOpen ? kakao.replies : [],
    (label) => `${newest}/${label}`,
    () => '',
    (label) =>
      make(
        'li',
        {},
        make('button', { type: 'button', 'data-press': label, 'data-entry': newest }, label),
      ),
  );
}
