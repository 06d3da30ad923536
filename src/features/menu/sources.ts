import type { Bot } from '../../bot/context.ts';
import { unreachable } from '../../lib/result.ts';
import { readSetting } from '../../store/settings.ts';
import { fetchMeals, type NeisMeal, type NeisRequest } from './api/neis.ts';
import { menuSettings, type SchoolCodes } from './settings.ts';
import { dishesOfNeis } from './source/dishes.ts';
import { createPageMenu, type MenuPage, menuPage } from './source/page.ts';
import type { MealOfDay, MenuOutcome, MenuSource } from './source/types.ts';

const CODES = { 1: 'breakfast', 2: 'lunch', 3: 'dinner' } as const;

type NeisOptions = Pick<NeisRequest, 'apiUrl' | 'key' | 'office' | 'school'>;

/** The meals of a Korean school, from NEIS (docs/platforms/sources.md, NEIS). */
export function createNeisMenu(options: NeisOptions): MenuSource {
  return {
    id: 'menu-neis',
    visit: async ({ runtime }, { day }) => {
      const answer = await fetchMeals({ runtime, ...options, day });
      switch (answer.kind) {
        case 'meals':
          return { outcome: judge(answer.meals), memory: {} };
        case 'refused':
          return { outcome: { kind: 'blocked', detail: answer.detail }, memory: {} };
        case 'none':
        case 'unavailable':
        case 'broken':
          return { outcome: answer, memory: {} };
        default:
          return unreachable(answer);
      }
    },
  };
}

function judge(found: readonly NeisMeal[]): MenuOutcome {
  const meals: MealOfDay[] = [];
  for (const { code, dishes: text } of found) {
    const dishes = dishesOfNeis(text);
    const meal = CODES[code];
    if (dishes.length > 0 && !meals.some((told) => told.meal === meal)) {
      meals.push({ meal, dishes });
    }
  }
  if (meals.length === 0) return { kind: 'none' };
  return { kind: 'meals', place: found[0]?.school ?? '', meals, link: null };
}

export { type MenuPage, menuPage };

export const PAGE_SETTING = 'menu-page';

/** The page the owner took the menu from, as saved; `null` when there is none. */
export async function readMenuPage(db: D1Database): Promise<MenuPage | null> {
  return readSetting(db, PAGE_SETTING, menuPage);
}

/**
 * The source that tells the menu: a person's own school, else the owner's page, else the owner's
 * school; `null` when there is none.
 */
export async function menuSource(
  bot: Pick<Bot, 'db' | 'config' | 'read'>,
  own: SchoolCodes | null = null,
): Promise<MenuSource | null> {
  if (own !== null) return schoolSource(bot, own);
  const page = await readMenuPage(bot.db);
  if (page !== null) return pageSource(bot, page);
  const { school } = bot.read(menuSettings);
  return school === null ? null : schoolSource(bot, school);
}

/** A school at NEIS. */
export function schoolSource(
  { read }: Pick<Bot, 'read'>,
  { office, school }: SchoolCodes,
): MenuSource {
  const { neisUrl: apiUrl, neisKey: key } = read(menuSettings);
  return createNeisMenu({ apiUrl, key, office, school });
}

/** A page as the owner describes it. */
export function pageSource({ config }: Pick<Bot, 'config'>, page: MenuPage): MenuSource {
  return createPageMenu({ page, trustedHosts: config.trustedHosts });
}
