import * as v from 'valibot';
import { pageMemoryEntries, type Source, type SourceOutcome } from '../../../bot/source/source.ts';
import { unreachable } from '../../../lib/result.ts';
import { decodeEntities } from '../../../lib/web/decode.ts';
import type { PageMemory } from '../../../lib/web/polite.ts';

const MAX_DISHES = 40;
const MAX_NAME_LENGTH = 100;
/** Korean schools number allergens 1 to 19. */
const LAST_ALLERGEN = 19;

const BREAK = /<br\s*\/?>/i;

/** How the dishes of a meal are told apart. */
export type Split = 'whitespace' | 'line' | 'comma';

/** Numbers of allergens behind a dish. */
const ALLERGEN_LIST = /\(\s*\d[\d.,\s]{0,60}\)/g;

/**
 * The dishes of NEIS's `DDISH_NM` (docs/platforms/sources.md, NEIS): between `<br/>` or line feeds.
 * A row without any is one dish, or one that has lost them all: then the numbers of allergens
 * behind each dish show the seams. Names of dishes have spaces, so those show none.
 */
export function dishesOfNeis(text: string): Dish[] {
  const decoded = decodeEntities(text).replace(new RegExp(BREAK, 'gi'), '\n');
  const isBroken = !/[\r\n]/.test(decoded) && (decoded.match(ALLERGEN_LIST)?.length ?? 0) > 1;
  return dishesOf(isBroken ? decoded.replace(ALLERGEN_LIST, '$&\n') : decoded, 'line');
}

/** The dishes of a meal written as text, cleaned; at most 40. */
export function dishesOf(text: string, split: Split): Dish[] {
  return partsOf(text, split)
    .map(cleanDish)
    .filter(({ name }) => /[\p{L}\p{N}]/u.test(name))
    .slice(0, MAX_DISHES);
}

function partsOf(text: string, split: Split): string[] {
  switch (split) {
    case 'line':
      return text.split(/[\r\n]+/);
    case 'comma':
      // Also between lines; a comma within brackets belongs to the dish.
      return text.split(/[\r\n]+|[,、，](?![^()]*\))/);
    case 'whitespace':
      // Numbers of allergens may stand apart from their dish.
      return text.replace(/\s+(?=\([\d.,\s]+\))/g, '').split(/\s+/);
    default:
      return unreachable(split);
  }
}

/** What kitchens mark dishes with, before and behind their names. */
const MARKS = /^[-*·•・■□◆◇●○★☆※▶@#~^+=_\s]+|[-*·•・■□◆◇●○★☆※▶@#~^+=_.,\s]+$/gu;
/** `①` is 1, up to `⑲`. */
const CIRCLED = /[①-⑲]/gu;

/**
 * A dish without markup and allergen numbers: `(1.2.5)` anywhere, or bare `1.9.13.` at the end or
 * circled, as older rows have it. What is no list of allergens, such as `(산고)`, is part of the name.
 */
function cleanDish(text: string): Dish {
  const allergens = new Set<number>();
  const takeOff = (written: string, list: string) => {
    const numbers = list.split(/[.,\s]+/).flatMap((part) => (part === '' ? [] : [Number(part)]));
    const isList = numbers.every((number) => number >= 1 && number <= LAST_ALLERGEN);
    if (numbers.length === 0 || !isList) return written;
    for (const number of numbers) allergens.add(number);
    return ' ';
  };
  const name = text
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .normalize('NFC')
    .replace(CIRCLED, (digit) => {
      allergens.add(digit.charCodeAt(0) - 0x245f);
      return ' ';
    })
    .replace(/\(([\d.,\s]{1,60})\)/g, takeOff)
    .replace(/(?<![\d.])((?:\d{1,2}\.)+(?:\d{1,2})?)(?=\s*(?:\(|$))/g, takeOff)
    .replace(/\s+/g, ' ')
    .replace(MARKS, '')
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed();
  return { name, allergens: [...allergens].toSorted((one, other) => one - other) };
}

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

/** What there is to eat on a day. */
export interface DayMenu {
  /** School or canteen. */
  readonly place: string;
  readonly meals: readonly MealOfDay[];
  /** Page with the whole menu. */
  readonly link: string | null;
}

/** What a source of menus remembers between visits. */
export interface MenuMemory extends PageMemory {
  /** The page's cells as last read, for when it has not changed since. */
  readonly cells?: readonly string[];
}

export const menuMemory: v.GenericSchema<unknown, MenuMemory> = v.fallback(
  v.object({ ...pageMemoryEntries, cells: v.exactOptional(v.array(v.string())) }),
  {},
);

/** A place menus come from; a visit tells one day's. */
export interface MenuSource extends Source<DayMenu, MenuMemory> {
  readonly id: 'menu-neis' | 'menu-page';
}

/**
 * What is known of one day. `none`: clearly no meal is known (a weekend, a holiday, not published
 * yet). `broken`: the source is not as expected any more, which is never taken for `none`.
 */
export type MenuOutcome =
  | ({ readonly kind: 'meals' } & DayMenu)
  | { readonly kind: 'none' }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'broken'; readonly detail: string }
  | { readonly kind: 'blocked'; readonly detail: string };

/** What a visit tells of the day it was for. */
export function menuOf(outcome: SourceOutcome<DayMenu>): MenuOutcome {
  switch (outcome.kind) {
    case 'items': {
      const [menu] = outcome.items;
      return menu === undefined ? { kind: 'none' } : { kind: 'meals', ...menu };
    }
    case 'empty':
    // Never said of a menu: what the page told then is among what its source remembers.
    case 'not-modified':
      return { kind: 'none' };
    case 'auth':
      return { kind: 'blocked', detail: outcome.detail };
    case 'unavailable':
    case 'broken':
    case 'blocked':
      return outcome;
    default:
      return unreachable(outcome);
  }
}
