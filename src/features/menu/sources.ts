import type { Bot } from '../../bot/context.ts';
import { readSetting } from '../../store/settings.ts';
import { type MenuPage, menuPage } from './source/pageSettings.ts';
import type { MenuSource } from './source/types.ts';

// Routes know the bot, not its sources.
export { type MenuPage, menuPage };

/** Where menus may come from. */
export interface MenuSources {
  /** The owner's school; `null` when none is named. */
  readonly neis: MenuSource | null;
  /** A page as the owner describes it. */
  readonly page: (page: MenuPage) => MenuSource;
}

export const PAGE_SETTING = 'menu-page';

/** The page the owner took the menu from, as saved; `null` when there is none. */
export async function readMenuPage(db: D1Database): Promise<MenuPage | null> {
  return readSetting(db, PAGE_SETTING, menuPage);
}

/** The source that tells the menu: the owner's page, else the school; `null` when there is neither. */
export async function menuSource({ db, menu }: Bot): Promise<MenuSource | null> {
  const page = await readMenuPage(db);
  return page === null ? menu.neis : menu.page(page);
}
