import * as v from 'valibot';
import { isSelector } from './htmlCells.ts';
import { isJsonPath } from './jsonCells.ts';

/** As many cells of a page as are looked at. */
export const MAX_CELLS = 200;

const position = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CELLS - 1));

/** Where on a page the menu is, as the owner says. */
export const menuPage = v.object({
  url: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  find: v.variant('kind', [
    v.object({
      kind: v.literal('css'),
      selector: v.pipe(v.string(), v.maxLength(200), v.check(isSelector)),
    }),
    v.object({
      kind: v.literal('json'),
      path: v.pipe(v.string(), v.maxLength(200), v.check(isJsonPath)),
    }),
  ]),
  /** Which cell (0 is the first one) holds the meal of the first day; `null`: no such meal. */
  first: v.pipe(
    v.object({
      breakfast: v.nullable(position),
      lunch: v.nullable(position),
      dinner: v.nullable(position),
    }),
    v.check(({ breakfast, lunch, dinner }) => (breakfast ?? lunch ?? dinner) !== null),
  ),
  /** How many cells further the same meal of the next day is. */
  dayStep: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_CELLS)),
  /** Days the page shows, Monday first; 1: today only. */
  days: v.picklist([1, 5, 6, 7]),
  /** What stands between two dishes. */
  split: v.picklist(['whitespace', 'line', 'comma']),
  /** Name of the canteen. */
  place: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
});

export type MenuPage = v.InferOutput<typeof menuPage>;
