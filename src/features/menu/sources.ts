import type { Bot } from '../../bot/context.ts';
import { type SourceOutcome, trySource, visitSource } from '../../bot/source/source.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { dayOf, SECOND_MS } from '../../lib/time.ts';
import { deleteSetting, readSetting, writeSetting } from '../../store/settings.ts';
import { forgetSource } from '../../store/sources.ts';
import { fetchMeals, type NeisMeal, type NeisRequest } from './api/neis.ts';
import { cacheKeyOf, keep, recall, recallSince, schoolSourceOf } from './cache.ts';
import { menuSettings, type SchoolCodes } from './settings.ts';
import {
  type DayMenu,
  dishesOfNeis,
  type MealOfDay,
  type MenuMemory,
  type MenuOutcome,
  type MenuSource,
  menuMemory,
  menuOf,
} from './source/meals.ts';
import { createPageMenu, type MenuPage, menuPage } from './source/page.ts';

const CODES = { 1: 'breakfast', 2: 'lunch', 3: 'dinner' } as const;

type NeisOptions = Pick<NeisRequest, 'apiUrl' | 'key' | 'office' | 'school'>;

/** The meals of a Korean school, from NEIS (docs/platforms/sources.md, NEIS). */
export function createNeisMenu(options: NeisOptions): MenuSource {
  return {
    id: 'menu-neis',
    memory: menuMemory,
    visit: async ({ runtime, day }) => {
      const answer = await fetchMeals({ runtime, ...options, day });
      switch (answer.kind) {
        case 'meals':
          return { outcome: judge(answer.meals), memory: {} };
        case 'refused':
          return { outcome: { kind: 'auth', detail: answer.detail }, memory: {} };
        case 'none':
          return { outcome: { kind: 'empty' }, memory: {} };
        case 'unavailable':
        case 'broken':
          return { outcome: answer, memory: {} };
        default:
          return unreachable(answer);
      }
    },
  };
}

function judge(found: readonly NeisMeal[]): SourceOutcome<DayMenu> {
  const meals: MealOfDay[] = [];
  for (const { code, dishes: text } of found) {
    const dishes = dishesOfNeis(text);
    const meal = CODES[code];
    if (dishes.length > 0 && !meals.some((told) => told.meal === meal)) {
      meals.push({ meal, dishes });
    }
  }
  if (meals.length === 0) return { kind: 'empty' };
  return { kind: 'items', items: [{ place: found[0]?.school ?? '', meals, link: null }] };
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
  await db.batch([deleteSetting(db, cacheKeyOf('menu-page')), forgetSource(db, 'menu-page')]);
}

/** What can be said of a day's menu; `off`: the owner has named no source. */
export type MenuAnswer = MenuOutcome | { readonly kind: 'off' };

/** How a visit ended, and what holds of the day all the same when an earlier one ended better. */
export interface Visited {
  readonly answer: MenuAnswer;
  readonly known: MenuAnswer;
}

/**
 * Asks the source itself for a day's menu and writes down how it was; not again once it has told.
 *
 * @param day `YYYY-MM-DD` in the owner's time zone
 * @param since what it told from then on still holds
 */
export async function visitMenu(bot: Bot, day: string, since: number): Promise<Visited> {
  const source = await menuSource(bot);
  if (source === null) return { answer: { kind: 'off' }, known: { kind: 'off' } };
  const told = await recallSince(bot.db, cacheKey(bot, source, null), day, since);
  return told === null ? visit(bot, source, day, null) : { answer: told, known: told };
}

/**
 * A day's menu for somebody who waits: as the source told it a while ago, else as it tells it before
 * `patience` ends.
 *
 * @param own their own school; `null`: the bot's source
 */
export async function askMenu(
  bot: Bot,
  day: string,
  patience: AbortSignal,
  own: SchoolCodes | null = null,
): Promise<MenuAnswer> {
  const source = await menuSource(bot, own);
  if (source === null) return { kind: 'off' };
  const key = cacheKey(bot, source, own);
  const known = await recall(bot.db, key, day, bot.runtime.now());
  if (known !== null) return known;
  if (own === null) return (await visit(bot, source, day, patience)).known;
  // Somebody's own school says nothing of how the bot's source is.
  const { outcome } = await tryMenu(bot, source, day, patience);
  return keep(bot.db, { source: key, day, outcome }, bot.runtime.now());
}

/** The menus of several days, each as {@link askMenu} has it. */
export async function askMenus(
  bot: Bot,
  days: readonly string[],
  patience: AbortSignal,
  own: SchoolCodes | null = null,
): Promise<MenuAnswer[]> {
  const answers: MenuAnswer[] = [];
  // One after the other: they share what is remembered of the source.
  for (const day of days) answers.push(await askMenu(bot, day, patience, own));
  return answers;
}

/** What a visit told of a day, and what a page had in its cells. */
export interface MenuVisit {
  readonly outcome: MenuOutcome;
  readonly memory: MenuMemory;
}

/** One visit that is not written down and remembers nothing, to try a source out. */
export async function tryMenu(
  bot: Bot,
  source: MenuSource,
  day: string,
  patience: AbortSignal,
): Promise<MenuVisit> {
  const runtime = until(bot.runtime, patience);
  const { outcome, memory } = await trySource(bot, source, { day, runtime });
  return { outcome: menuOf(outcome), memory };
}

async function visit(
  bot: Bot,
  source: MenuSource,
  day: string,
  patience: AbortSignal | null,
): Promise<Visited> {
  const { db, runtime } = bot;
  const { outcome, record } = await visitSource(bot, source, {
    day,
    ...(patience !== null && { runtime: until(runtime, patience) }),
  });
  const answer = menuOf(outcome);
  const said = { source: cacheKey(bot, source, null), day, outcome: answer };
  const visited = { answer, known: await keep(db, said, runtime.now()) };
  // That we did not wait long enough says nothing of the source.
  if (outcome.kind !== 'unavailable' || !patience?.aborted) await record().run();
  return visited;
}

function cacheKey({ read }: Bot, { id }: MenuSource, own: SchoolCodes | null): string {
  const school = own ?? read(menuSettings).school;
  return id === 'menu-neis' && school ? schoolSourceOf(school) : id;
}

/** A network that answers nothing any more once a signal has fired. */
function until(runtime: Runtime, signal: AbortSignal): Runtime {
  return {
    ...runtime,
    fetch: (request) =>
      runtime.fetch(new Request(request, { signal: AbortSignal.any([request.signal, signal]) })),
  };
}
