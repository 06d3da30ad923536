import type { Runtime } from '../../../lib/runtime.ts';
import type { PageMemory } from '../../../lib/web/polite.ts';

export const MEALS = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof MEALS)[number];

export interface Dish {
  readonly name: string;
  /** Numbers of allergens as Korean schools count them, 1 (eggs) to 19 (pine nuts). */
  readonly allergens: readonly number[];
}

export interface MealOfDay {
  readonly meal: Meal;
  /** Never empty: a meal without dishes is not told. */
  readonly dishes: readonly Dish[];
}

/**
 * What a source says of one day. `none`: clearly no meal is known (a weekend, a holiday, not
 * published yet). `broken`: the source is not as expected any more, which is shown to the owner and
 * never taken for `none`. `detail` is for the owner and holds no secret.
 */
export type MenuOutcome =
  | {
      readonly kind: 'meals';
      /** School or canteen. */
      readonly place: string;
      readonly meals: readonly MealOfDay[];
      /** Page with the whole menu. */
      readonly link: string | null;
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'broken'; readonly detail: string }
  | { readonly kind: 'blocked'; readonly detail: string };

/** What a source of menus remembers between visits; JSON, opaque to everyone else. */
export interface MenuMemory extends PageMemory {
  /** The page's cells as last read, for when it has not changed since. */
  readonly cells?: readonly string[];
}

export interface MenuContext {
  readonly runtime: Runtime;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly memory: MenuMemory;
}

export interface MenuVisit {
  readonly outcome: MenuOutcome;
  readonly memory: MenuMemory;
}

/** A place menus come from. A visit makes at most a handful of calls and never throws. */
export interface MenuSource {
  readonly id: 'menu-neis' | 'menu-page';
  /** @param asked.day `YYYY-MM-DD` in the owner's time zone */
  readonly visit: (context: MenuContext, asked: { readonly day: string }) => Promise<MenuVisit>;
}
