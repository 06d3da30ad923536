import type { ChatButton } from './chat-state.ts';
import { make } from './dom.ts';

/** A button under a message: a page that opens in a new tab, or something to press. */
export function buttonView({ label, url }: ChatButton, entryId: string) {
  if (url === null) {
    const attributes = { type: 'button', 'data-press': label, 'data-entry': entryId };
    return make('button', { ...attributes, class: 'under' }, label);
  }
  return make('a', { class: 'under', href: url, target: '_blank', rel: 'noopener' }, label);
}
