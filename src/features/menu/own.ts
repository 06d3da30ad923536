import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { trySource } from '../../bot/source/source.ts';
import { inBatches } from '../../lib/batches.ts';
import { weekdayOf } from '../../lib/weeks.ts';
import { topicOf } from '../../store/topics.ts';
import { freshOf, keepAll, readCaches, type Said, schoolSourceOf } from './cache.ts';
import type { SchoolCodes } from './settings.ts';
import { type Dish, type MenuOutcome, menuOf } from './source/meals.ts';
import { schoolSource } from './sources.ts';

export const TOPIC = 'menu';

/** What somebody wants of the menu that is their own. */
export interface OwnMenu {
  /** Their school; `null`: the bot's. */
  readonly school: (SchoolCodes & { readonly name: string }) | null;
  /** Numbers of what they must not eat. */
  readonly allergens: readonly number[];
  /** Dishes with it are left out instead of marked. */
  readonly isLeftOut: boolean;
  /** Nothing on Saturdays and Sundays. */
  readonly isWeekdays: boolean;
}

/** As everybody begins. */
export const USUAL: OwnMenu = {
  school: null,
  allergens: [],
  isLeftOut: false,
  isWeekdays: false,
};

const kept = v.tuple([
  v.nullable(v.tuple([v.string(), v.string(), v.string()])),
  v.array(v.number()),
  v.number(),
  v.number(),
]);

/**
 * What is one's own, as the topic keeps it: whoever wants the same is told the same. `null` where
 * nothing is.
 *
 * @example writeOwn({ ...USUAL, allergens: [2] }) // "[null,[2],0,0]", with ' for "
 */
export function writeOwn({ school, allergens, isLeftOut, isWeekdays }: OwnMenu): string | null {
  if (school === null && allergens.length === 0 && !isWeekdays) return null;
  const codes = school && [school.office, school.school, school.name.replace(/['"\\]/g, '')];
  const list = [codes, allergens, isLeftOut ? 1 : 0, isWeekdays ? 1 : 0];
  // It is a key of a JSON path, in which a " would be the end.
  return JSON.stringify(list).replaceAll('"', "'");
}

/** What was kept; of another form it is nothing. */
export function readOwn(choice: string | null): OwnMenu {
  if (choice === null) return USUAL;
  let value: unknown;
  try {
    value = JSON.parse(choice.replaceAll("'", '"'));
  } catch {
    return USUAL;
  }
  const read = v.safeParse(kept, value);
  if (!read.success) return USUAL;
  const [codes, allergens, isLeftOut, isWeekdays] = read.output;
  const [office = '', school = '', name = ''] = codes ?? [];
  return {
    school: codes && { office, school, name },
    allergens,
    isLeftOut: isLeftOut === 1,
    isWeekdays: isWeekdays === 1,
  };
}

/** What a person wants that is their own, and whether the menu is told to them. */
export async function ownMenuOf(
  db: D1Database,
  person: number,
): Promise<{ readonly isOn: boolean; readonly own: OwnMenu; readonly choice: string | null }> {
  const topic = await topicOf(db, TOPIC, person);
  const choice = topic?.choice ?? null;
  return { isOn: topic?.isOn ?? false, own: readOwn(choice), choice };
}

/** A day on which whoever wants weekdays only is told nothing. */
export function isFree(own: OwnMenu, day: string): boolean {
  return own.isWeekdays && [0, 6].includes(weekdayOf(day));
}

/** Dishes as somebody reads them: what they must not eat is marked, or not there. */
export function dishesFor(own: OwnMenu, dishes: readonly Dish[]): Dish[] {
  return dishes.flatMap((dish) => {
    const isBad = dish.allergens.some((one) => own.allergens.includes(one));
    if (!isBad) return [dish];
    return own.isLeftOut ? [] : [{ ...dish, name: `⚠ ${dish.name}` }];
  });
}

/** An invocation has 50 calls, of which the bot's own source and lists of friends take some. */
const MOST_ASKED = 25;
/** A Worker has no more connections at a time; NEIS gets 10 seconds for each. */
const AT_ONCE = 6;

/** What the schools say that people chose for themselves. */
interface SchoolMenus {
  /** By {@link schoolSourceOf}; a school that was not asked yet is not in it. */
  readonly answers: ReadonlyMap<string, MenuOutcome>;
  /** What those said that were asked now. */
  readonly asked: readonly MenuOutcome[];
  /** How many are left for the next try. */
  readonly left: number;
}

/**
 * A day's menus of many schools, by one query and one statement: what they said a while ago, and of
 * the others as many as one invocation may ask, first those that were asked longest ago.
 */
export async function askSchools(
  bot: Bot,
  day: string,
  schools: readonly SchoolCodes[],
): Promise<SchoolMenus> {
  if (schools.length === 0) return { answers: new Map(), asked: [], left: 0 };
  const { db, runtime } = bot;
  const bySource = new Map(schools.map((school) => [schoolSourceOf(school), school] as const));
  const caches = await readCaches(db, [...bySource.keys()]);
  const now = runtime.now();
  const looked = [...bySource].map(([source, school]) => {
    const cache = caches.get(source) ?? [];
    const askedAt = cache.find((one) => one.day === day)?.at ?? 0;
    return { source, school, askedAt, known: freshOf(cache, day, now) };
  });
  const missing = looked
    .filter(({ known }) => known === null)
    .toSorted((one, other) => one.askedAt - other.askedAt);
  const said: Said[] = [];
  for (const some of inBatches(missing.slice(0, MOST_ASKED), AT_ONCE)) {
    said.push(
      ...(await Promise.all(
        some.map(async ({ source, school }) => {
          const outcome = await askSchool(bot, day, school);
          return { source, day, outcome };
        }),
      )),
    );
  }
  const known = looked.flatMap((one) => (one.known ? [[one.source, one.known] as const] : []));
  const saved = await keepAll(db, caches, said, runtime.now());
  return {
    answers: new Map([...known, ...saved]),
    asked: said.map(({ outcome }) => outcome),
    left: missing.length - said.length,
  };
}

/** Another person's school says nothing of how the bot's own source is. */
async function askSchool(bot: Bot, day: string, school: SchoolCodes): Promise<MenuOutcome> {
  return menuOf((await trySource(bot, schoolSource(bot, school), { day })).outcome);
}
