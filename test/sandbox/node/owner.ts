import { createBrowser, logInAsOwner } from './browser.ts';

/** What an owner presses first on their pages: where Telegram and X are to deliver. */
const PRESSED = ['/admin/channels/telegram', '/admin/twitter/setup'];

/** What is collected tomorrow morning else, so that the first look at the front page finds it. */
const COLLECT = /\/admin\/jobs\/collect\/run\/\d+/;

/**
 * Connects the bot as its owner would in a browser and has it collect what comes. Throws when a page
 * refuses.
 *
 * @param origin under which browsers reach the Worker
 */
export async function connectAsOwner(origin: string, password: string): Promise<void> {
  const browse = createBrowser((request) => fetch(request), origin);
  const csrf = await logInAsOwner(browse, password);
  const [collect = ''] = COLLECT.exec(await (await browse('/admin/jobs')).text()) ?? [];
  for (const path of [...PRESSED, collect]) {
    const { status } = await browse(path, {}, { csrf });
    if (status !== 303) throw new Error(`${path}: HTTP ${status}`);
  }
}
