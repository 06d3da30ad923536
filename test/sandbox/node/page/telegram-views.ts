import { buttonView } from './button-view.ts';
import type { TelegramEntry } from './chat-state.ts';
import { make, time } from './dom.ts';
import type { Language } from './texts.ts';
import { clockTime } from './times.ts';

/** A message as Telegram shows it, with its inline keyboard. */
export function telegramView(entry: TelegramEntry, language: Language) {
  const keyboard = entry.buttons.map((row) =>
    make('div', { class: 'keys' }, ...row.map((button) => buttonView(button, entry.id))),
  );
  return make(
    'li',
    { class: entry.fromBot ? 'telegram bot arrives' : 'telegram arrives' },
    make(
      'div',
      { class: 'bubble' },
      make('div', { class: 'words' }, ...nodesOf(entry.html)),
      time(entry.at, clockTime(entry.at, language)),
    ),
    ...keyboard,
  );
}

/** The sandbox's Telegram lets its few tags through and nothing else. */
function nodesOf(html: string): Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const link of body.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener';
  }
  return Array.from(body.childNodes);
}
