import type { Bot } from '../../bot/context.ts';
import { readSetting } from '../../store/settings.ts';
import { menuSettings } from './menuSettings.ts';
import { createNeisMenu } from './source/neis.ts';
import { createPageMenu } from './source/page.ts';
import { type MenuPage, menuPage } from './source/pageSettings.ts';
import type { MenuSource } from './source/types.ts';

export { type MenuPage, menuPage };

export const PAGE_SETTING = 'menu-page';

/** The page the owner took the menu from, as saved; `null` when there is none. */
export async function readMenuPage(db: D1Database): Promise<MenuPage | null> {
  return readSetting(db, PAGE_SETTING, menuPage);
}

/** The source that tells the menu: the owner's page, else the school; `null` when there is neither. */
export async function menuSource(
  bot: Pick<Bot, 'db' | 'config' | 'read'>,
): Promise<MenuSource | null> {
  const page = await readMenuPage(bot.db);
  if (page !== null) return pageSource(bot, page);
  const { school, neisUrl: apiUrl, neisKey: key } = bot.read(menuSettings);
  return school === null ? null : createNeisMenu({ apiUrl, key, ...school });
}

/** A page as the owner describes it. */
export function pageSource({ config }: Pick<Bot, 'config'>, page: MenuPage): MenuSource {
  return createPageMenu({ page, trustedHosts: config.trustedHosts });
}
