import { type NewsText, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import type { Language } from '../../lib/time.ts';
import type { Dish, Meal, MealOfDay, MenuOutcome } from './source/types.ts';

export type ToldMenu = Extract<MenuOutcome, { readonly kind: 'meals' }>;
type MenuNotice = Extract<Notice, { readonly kind: 'menu' }>;

/** One meal as it is told; `null` when the day has no such meal. */
export function mealNotice(
  menu: ToldMenu,
  day: string,
  meal: Meal,
  language: Language,
  nameOf: (dish: Dish) => string = ({ name }) => name,
): MenuNotice | null {
  const found: MealOfDay | undefined = menu.meals.find((one) => one.meal === meal);
  if (found === undefined) return null;
  const { place, link } = menu;
  return { kind: 'menu', language, day, meal, place, dishes: found.dishes.map(nameOf), link };
}

/** All meals of a day in the words people read. */
export function dayTexts(
  menu: ToldMenu,
  day: string,
  language: Language,
  timeZone: string,
): NewsText[] {
  return menu.meals.flatMap(({ meal }) => {
    const notice = mealNotice(menu, day, meal, language);
    return notice ? [newsText(notice, timeZone)] : [];
  });
}
