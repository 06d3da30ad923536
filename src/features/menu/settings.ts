import type { Bot } from '../../bot/context.ts';
import { dayOf, SECOND_MS } from '../../lib/time.ts';
import { deleteSetting, writeSetting } from '../../store/settings.ts';
import { forgetSource } from '../../store/sources.ts';
import { CACHE_SETTING } from './cache.ts';
import type { MenuPage } from './source/page.ts';
import type { MenuVisit } from './source/types.ts';
import { PAGE_SETTING, pageSource } from './sources.ts';
import { tryMenu } from './visit.ts';

const PATIENCE_MS = 15 * SECOND_MS;

/** What a page would tell today, with the cells found on it. Nothing is written down. */
export async function previewMenuPage(bot: Bot, page: MenuPage): Promise<MenuVisit> {
  const today = dayOf(bot.runtime.now(), bot.config.timeZone);
  return tryMenu(bot, pageSource(bot, page), today, AbortSignal.timeout(PATIENCE_MS));
}

/** From now on the menu comes from this page. What was remembered of another one is forgotten. */
export async function saveMenuPage(bot: Bot, page: MenuPage): Promise<void> {
  await forgetPage(bot);
  await writeSetting(bot.db, PAGE_SETTING, page, bot.runtime.now());
}

/** From now on the menu comes from the school again, when there is one. */
export async function removeMenuPage(bot: Bot): Promise<void> {
  await deleteSetting(bot.db, PAGE_SETTING).run();
  await forgetPage(bot);
}

async function forgetPage({ db }: Bot): Promise<void> {
  await deleteSetting(db, CACHE_SETTING).run();
  await forgetSource(db, 'menu-page').run();
}
