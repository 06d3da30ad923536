import * as v from 'valibot';
import { firstValue, type Heard, has, valuesOf } from '../../bot/talk/hear/heard.ts';
import {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  isDay,
  MINUTE_MS,
  minuteOf,
} from '../../lib/time.ts';
import { readSettings, writeSettings } from '../../store/settings.ts';
import type { SchoolCodes } from './settings.ts';
import { MEALS, type Meal, type MenuOutcome } from './source/types.ts';

/** What somebody wants to know of the menu. */
export interface Asked {
  /** `YYYY-MM-DD`; `null`: no day was named. With `isWeek` it is the first day to tell. */
  readonly day: string | null;
  readonly meal: Meal | null;
  /** All days of a week. */
  readonly isWeek: boolean;
  /** Numbers of allergens too. */
  readonly allergens: boolean;
}

const MEAL_NAMES: Readonly<Record<string, Meal>> = { 1: 'breakfast', 2: 'lunch', 3: 'dinner' };
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** A date without a year that is longer ago means next year's. */
const LONGEST_AGO_DAYS = 150;

/**
 * Reads what somebody asked. A weekday is the next one, today included; of a week that is named, its
 * own (weeks begin on Monday).
 *
 * @param today `YYYY-MM-DD`
 */
export function readAsked(heard: Heard, today: string): Asked {
  const week = firstValue(heard, 'week');
  const meal = MEAL_NAMES[firstValue(heard, 'meal') ?? ''] ?? null;
  const day = dayAsked(heard, today, week);
  return {
    day: day ?? (week === null ? null : weekFrom(today, Number(week))),
    meal,
    isWeek: day === null && week !== null,
    allergens: has(heard, 'allergen'),
  };
}

function dayAsked(heard: Heard, today: string, week: string | null): string | null {
  const values = valuesOf(heard, 'day');
  // A date tells more than the weekday beside it.
  const value = values.find((one) => one.startsWith('date:')) ?? values[0];
  if (value === undefined) return null;
  if (value.startsWith('date:')) return dateOf(value.slice('date:'.length), today);
  const ahead = Number(value);
  if (Number.isInteger(ahead)) return addDays(today, ahead);
  const weekday = WEEKDAYS.indexOf(value === 'weekend' ? 'sat' : value);
  if (week !== null) {
    const named = addDays(mondayOf(today), 7 * Number(week) + ((weekday + 6) % 7));
    // Of this week a day that is to come is meant, on a Sunday the week that begins.
    return week === '0' && named < today ? addDays(named, 7) : named;
  }
  const days = (weekday - weekdayOf(today) + 7) % 7;
  return addDays(today, days === 0 && has(heard, 'next') ? 7 : days);
}

/** @param written `MM-DD`, `YYYY-MM-DD` or `DD`; a day there is not is no day */
function dateOf(written: string, today: string): string | null {
  if (written.length > 5) return isDay(written) ? written : null;
  if (written.length === 2) {
    const here = `${today.slice(0, 8)}${written}`;
    const isHere = isDay(here) && here >= today;
    const first = addDays(`${today.slice(0, 8)}01`, 31);
    const next = `${first.slice(0, 8)}${written}`;
    return isHere ? here : isDay(next) ? next : null;
  }
  const year = Number(today.slice(0, 4));
  const day = [`${year}-${written}`, `${year + 1}-${written}`].find(
    (one) => isDay(one) && daysBetween(one, today) <= LONGEST_AGO_DAYS,
  );
  return day ?? null;
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The Monday of a week that is so many ahead; on a Sunday this week is the one that begins. */
function weekFrom(today: string, ahead: number): string {
  const isOver = ahead === 0 && weekdayOf(today) === 0;
  return addDays(mondayOf(today), 7 * (isOver ? 1 : ahead));
}

/** Monday of a day's week. */
function mondayOf(day: string): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/** Until when (local time) a question for the next meal means this one. */
const UNTIL: Readonly<Record<Meal, string>> = {
  breakfast: '09:00',
  lunch: '14:00',
  dinner: '20:00',
};

/** Today's meals that are not over at an instant. */
export function mealsAhead(now: number, timeZone: string): Meal[] {
  const time = minuteOf(now, timeZone).slice(11);
  return MEALS.filter((meal) => time < UNTIL[meal]);
}

/** Key of what is remembered of a source. */
export const cacheKeyOf = (source: string) => `menu-cache:${source}`;

/** Another school is another source. */
export const schoolSourceOf = ({ office, school }: SchoolCodes) => `menu-neis:${office}:${school}`;

/** More than the page of a day shows to strangers, so that they cannot push each other's days out. */
const MAX_DAYS = 24;

const KEPT_MS = 2 * DAY_MS;

/** How long what a source said is good enough for a question. */
const FRESH_MS: Readonly<Record<MenuOutcome['kind'], number>> = {
  meals: 3 * HOUR_MS,
  none: HOUR_MS / 2,
  broken: 5 * MINUTE_MS,
  blocked: 5 * MINUTE_MS,
  unavailable: MINUTE_MS,
};

const failure = { detail: v.string() };
const outcomeSchema = v.variant('kind', [
  v.object({
    kind: v.literal('meals'),
    place: v.string(),
    meals: v.array(
      v.object({
        meal: v.picklist(MEALS),
        dishes: v.array(v.object({ name: v.string(), allergens: v.array(v.number()) })),
      }),
    ),
    link: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('unavailable'), ...failure }),
  v.object({ kind: v.literal('broken'), ...failure }),
  v.object({ kind: v.literal('blocked'), ...failure }),
]);

const cacheSchema = v.object({
  days: v.array(v.object({ day: v.string(), at: v.number(), outcome: outcomeSchema })),
});

/** What a source said of some days, and when. */
export type MenuCache = readonly {
  readonly day: string;
  readonly at: number;
  readonly outcome: MenuOutcome;
}[];

/** What several sources said, by source, in one query. */
export async function readCaches(
  db: D1Database,
  sources: readonly string[],
): Promise<ReadonlyMap<string, MenuCache>> {
  const kept = await readSettings(db, sources.map(cacheKeyOf), cacheSchema);
  return new Map(
    sources.map((source) => [source, kept.get(cacheKeyOf(source))?.days ?? []] as const),
  );
}

/** What is good enough of a day for a question now; `null` when the source has to be asked (again). */
export function freshOf(cache: MenuCache, day: string, now: number): MenuOutcome | null {
  const known = cache.find((one) => one.day === day);
  if (known === undefined || now < known.at) return null;
  return now - known.at < FRESH_MS[known.outcome.kind] ? known.outcome : null;
}

/** What a source said of a day a short while ago; `null` when it has to be asked (again). */
export async function recall(
  db: D1Database,
  source: string,
  day: string,
  now: number,
): Promise<MenuOutcome | null> {
  return freshOf((await readCaches(db, [source])).get(source) ?? [], day, now);
}

/** What a source told of a day since an instant, when it did not fail; `null`: nothing. */
export async function recallSince(
  db: D1Database,
  source: string,
  day: string,
  since: number,
): Promise<MenuOutcome | null> {
  const cache = (await readCaches(db, [source])).get(source);
  const known = cache?.find((one) => one.day === day && one.at >= since)?.outcome;
  return known?.kind === 'meals' || known?.kind === 'none' ? known : null;
}

/** What a source said of a day. */
export interface Said {
  readonly source: string;
  readonly day: string;
  readonly outcome: MenuOutcome;
}

/**
 * Keeps what sources said of a day, beside what they said of others, in one statement. Meals that one
 * told stay when it fails later, for as long as the failure would.
 *
 * @param caches what was kept of these sources
 * @returns what now holds of that day, by source
 */
export async function keepAll(
  db: D1Database,
  caches: ReadonlyMap<string, MenuCache>,
  said: readonly Said[],
  now: number,
): Promise<ReadonlyMap<string, MenuOutcome>> {
  const holds = new Map<string, MenuOutcome>();
  const values = new Map<string, { readonly days: MenuCache }>();
  for (const { source, day, outcome } of said) {
    const entries = caches.get(source) ?? [];
    const known = entries.find((one) => one.day === day)?.outcome;
    const isFailure = outcome.kind !== 'meals' && outcome.kind !== 'none';
    const entry =
      isFailure && known?.kind === 'meals'
        ? { day, outcome: known, at: now - FRESH_MS.meals + FRESH_MS[outcome.kind] }
        : { day, outcome, at: now };
    const others = entries.filter((one) => one.day !== day && now - one.at < KEPT_MS);
    values.set(cacheKeyOf(source), { days: [...others, entry].slice(-MAX_DAYS) });
    holds.set(source, entry.outcome);
  }
  if (values.size > 0) await writeSettings(db, values, now).run();
  return holds;
}

/** {@link keepAll} of one source. */
export async function keep(db: D1Database, said: Said, now: number): Promise<MenuOutcome> {
  const holds = await keepAll(db, await readCaches(db, [said.source]), [said], now);
  return holds.get(said.source) ?? said.outcome;
}

/** Statement: forgets what is too old to be of use, also of schools that nobody asks for any more. */
export function forgetOldMenus(db: D1Database, now: number): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM settings WHERE key >= ?1 AND key < ?2 AND changed_at < ?3`)
    .bind(cacheKeyOf(''), 'menu-cache;', now - KEPT_MS);
}
