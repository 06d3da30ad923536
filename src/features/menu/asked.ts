import { firstValue, has, type Utterance, valuesOf } from '../../bot/talk/grammar/utterance.ts';
import { addDays, daysBetween, isDay, minuteOf } from '../../lib/time.ts';
import { MEALS, type Meal } from './source/meals.ts';

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
export function readAsked(utterance: Utterance, today: string): Asked {
  const week = firstValue(utterance, 'week');
  const meal = MEAL_NAMES[firstValue(utterance, 'meal') ?? ''] ?? null;
  const day = dayAsked(utterance, today, week);
  return {
    day: day ?? (week === null ? null : weekFrom(today, Number(week))),
    meal,
    isWeek: day === null && week !== null,
    allergens: has(utterance, 'allergen'),
  };
}

function dayAsked(utterance: Utterance, today: string, week: string | null): string | null {
  const values = valuesOf(utterance, 'day');
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
  if (has(utterance, 'last')) return addDays(today, days - 7);
  return addDays(today, days === 0 && has(utterance, 'next') ? 7 : days);
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
