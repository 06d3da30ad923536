import * as v from 'valibot';
import type { SourceContext, SourceOutcome, SourceVisit } from '../../../bot/source/source.ts';
import { unreachable } from '../../../lib/result.ts';
import { dayOf, daysBetween } from '../../../lib/time.ts';
import { inUtf8 } from '../../../lib/web/decode.ts';
import { type PageVisit, politeGet } from '../../../lib/web/polite.ts';
import { checkPublicUrl, onlyPublic } from '../../../lib/web/publicAddress.ts';
import { mondayOf } from '../../../lib/weeks.ts';
import { htmlCells, isJsonPath, isSelector, jsonCells } from './jsonCells.ts';
import {
  type DayMenu,
  dishesOf,
  MEALS,
  type MenuMemory,
  type MenuSource,
  menuMemory,
} from './meals.ts';

/** As many cells of a page as are looked at. */
const MAX_CELLS = 200;

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

const MAX_CELL_LENGTH = 1000;

/** A cell that says in words that there is nothing. */
const NO_MEAL = /^.{0,40}(?:없습니다|없음|휴무|미운영)[\s.!)]*$/s;

export interface PageMenuOptions {
  readonly page: MenuPage;
  /** Hosts that are read although they are not on the public web. */
  readonly trustedHosts: readonly string[];
}

/**
 * The menu of any page, by the owner's own description of it. A page with fewer cells than
 * described has changed and is `broken`; an empty cell is a meal that there is not. A page of a
 * week tells only days of the present week: next week's table is not there yet.
 */
export function createPageMenu({ page, trustedHosts }: PageMenuOptions): MenuSource {
  const reach = { allowHttp: true, trustedHosts };
  return {
    id: 'menu-page',
    memory: menuMemory,
    visit: async (context) => {
      const { runtime, contact, timeZone, memory } = context;
      const checked = checkPublicUrl(page.url, reach);
      if (!checked.ok) {
        const detail = `the page's address is not allowed (${checked.problem})`;
        return { outcome: { kind: 'blocked', detail }, memory: {} };
      }
      const visit = await politeGet({
        runtime: inUtf8(onlyPublic(runtime, reach)),
        url: checked.value.href,
        accept: page.find.kind === 'css' ? 'text/html' : 'application/json',
        contact,
        timeZone,
        memory,
      });
      return await judge(visit, context, page);
    },
  };
}

async function judge(
  { outcome, memory: pageMemory }: PageVisit,
  { runtime, timeZone, day, memory: { cells: known } }: SourceContext<MenuMemory>,
  page: MenuPage,
): Promise<SourceVisit<SourceOutcome<DayMenu>, MenuMemory>> {
  const today = dayOf(runtime.now(), timeZone);
  switch (outcome.kind) {
    case 'page': {
      const { cells, problem } = await cellsOf(outcome.text, page);
      // A page that is not as expected is read in full again: no validators of it are kept.
      const memory = { ...pageMemory, cells };
      if (problem !== null) return { outcome: { kind: 'broken', detail: problem }, memory };
      return {
        outcome: mealsOf(cells, page, { day, today }),
        memory: { ...memory, ...outcome.validators },
      };
    }
    case 'not-modified':
      if (known === undefined) {
        const detail = 'the page has not changed, but what it said is lost';
        return { outcome: { kind: 'broken', detail }, memory: {} };
      }
      return {
        outcome: mealsOf(known, page, { day, today }),
        memory: { ...pageMemory, cells: known },
      };
    case 'broken':
      return { outcome, memory: pageMemory };
    case 'unavailable':
    case 'blocked':
      return {
        outcome,
        memory: { ...pageMemory, ...(known === undefined ? {} : { cells: known }) },
      };
    default:
      return unreachable(outcome);
  }
}

/** The page's cells, and what is wrong with them. */
async function cellsOf(
  text: string,
  page: MenuPage,
): Promise<{ readonly cells: string[]; readonly problem: string | null }> {
  const found =
    page.find.kind === 'css'
      ? await htmlCells(text, page.find.selector)
      : jsonCells(text, page.find.path);
  if (!found.ok) return { cells: [], problem: found.detail };
  const cells = found.value.slice(0, MAX_CELLS).map((cell) => cell.slice(0, MAX_CELL_LENGTH));
  return { cells, problem: problemOf(cells, lastCell(page) + 1) };
}

function problemOf(cells: readonly string[], needed: number): string | null {
  if (cells.length === 0) return 'nothing on the page is where the menu was';
  if (cells.some((cell) => cell.includes('\u{fffd}'))) return 'the page is not in UTF-8';
  return cells.length < needed ? `${cells.length} cells where ${needed} are described` : null;
}

function lastCell({ first, dayStep, days }: MenuPage): number {
  const positions = MEALS.flatMap((meal) => first[meal] ?? []);
  return Math.max(...positions) + dayStep * (days - 1);
}

function mealsOf(
  cells: readonly string[],
  { url, find, first, dayStep, days, split, place }: MenuPage,
  { day, today }: { readonly day: string; readonly today: string },
): SourceOutcome<DayMenu> {
  const row = days === 1 ? daysBetween(today, day) : daysBetween(mondayOf(today), day);
  if (row < 0 || row >= days) return { kind: 'empty' };
  const meals = MEALS.flatMap((meal) => {
    const start = first[meal];
    const cell = start === null ? '' : (cells[start + row * dayStep] ?? '');
    const dishes = NO_MEAL.test(cell) ? [] : dishesOf(cell, split);
    return dishes.length > 0 ? [{ meal, dishes }] : [];
  });
  if (meals.length === 0) return { kind: 'empty' };
  const link = find.kind === 'css' ? url : null;
  return { kind: 'items', items: [{ place, meals, link }] };
}
