import { createBrowser, logInAsOwner } from './browser.ts';

/** What an owner presses first on their pages: where Telegram and X are to deliver. */
const PRESSED = ['/admin/channels/telegram', '/admin/twitter/setup'];

/**
 * Connects the bot as its owner would in a browser. Throws when a page refuses.
 *
 * @param origin under which browsers reach the Worker
 */
export async function connectAsOwner(origin: string, password: string): Promise<void> {
  const browse = createBrowser((request) => fetch(request), origin);
  const csrf = await logInAsOwner(browse, password);
  for (const path of PRESSED) {
    const { status } = await browse(path, {}, { csrf });
    if (status !== 303) throw new Error(`${path}: HTTP ${status}`);
  }
}
