import { buttonView } from './button-view.ts';
import type { KakaoBubble, KakaoEntry } from './chat-state.ts';
import { make, time } from './dom.ts';
import { type Language, say } from './texts.ts';
import { clockTime } from './times.ts';

/** Something said in the chat with the bot. */
export function talkView(entry: KakaoEntry, botName: string, language: Language) {
  const bubbles = entry.bubbles.map((bubble) => bubbleView(bubble, entry.id));
  const said = make(
    'div',
    { class: 'said' },
    make('div', { class: 'bubbles' }, ...bubbles),
    time(entry.at, clockTime(entry.at, language)),
  );
  if (!entry.fromBot) return make('li', { class: 'talk mine arrives' }, said);
  return make(
    'li',
    { class: 'talk bot arrives' },
    make('span', { class: 'avatar', 'aria-hidden': 'true' }, botName.slice(0, 1)),
    make('div', {}, make('p', { class: 'talk-name' }, botName), said),
  );
}

/** A message in the chat with oneself: one's own, but an app has sent it. */
export function memoView(entry: KakaoEntry, language: Language) {
  const bubbles = entry.bubbles.map((bubble) => {
    const view = bubbleView(bubble, entry.id);
    view.append(make('p', { class: 'sender' }, say('by', language)));
    return view;
  });
  return make(
    'li',
    { class: 'talk mine memo arrives' },
    make(
      'div',
      { class: 'said' },
      make('div', { class: 'bubbles' }, ...bubbles),
      time(entry.at, clockTime(entry.at, language)),
    ),
  );
}

function bubbleView({ kind, title, text, rows, buttons }: KakaoBubble, entryId: string) {
  if (kind === 'text') return make('p', { class: 'bubble' }, ...withLinks(text));
  const card = make('div', { class: 'talk-card' });
  if (title !== null) card.append(make('b', { class: 'talk-title' }, title));
  if (text !== '') card.append(make('p', { class: 'words' }, ...withLinks(text)));
  for (const row of rows) {
    card.append(make('p', { class: 'row' }, make('b', {}, row.title), ' ', row.text));
  }
  card.append(...buttons.map((button) => buttonView(button, entryId)));
  return card;
}

/** KakaoTalk makes every address in a text a link. */
function withLinks(text: string): (Node | string)[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) =>
      index % 2 === 1 ? make('a', { href: part, target: '_blank', rel: 'noopener' }, part) : part,
    );
}
