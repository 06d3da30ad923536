import { addDays, daysBetween } from './time.ts';

/** A date without a year that is longer ago means next year's. */
export const LONGEST_AGO_DAYS = 150;

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/**
 * How many weeks ahead a week is that somebody said: a number is one already; `12:1` is the first
 * week of December, `+1:-1` the last one of next month. The first week of a month is that of its
 * first day from Monday to Friday.
 *
 * @param today `YYYY-MM-DD`
 */
export function weeksAhead(said: string, today: string): number {
  const [of = '', which] = said.split(':');
  if (which === undefined) return Number(said);
  const [year = 0, month = 1] = today.split('-').map(Number);
  // In January the first week of December was a while ago.
  const years = of.startsWith('+') ? [] : [year - 1, year, year + 1];
  const begins =
    years
      .map((one) => firstOf(one, Number(of)))
      .find((first) => daysBetween(first, today) <= LONGEST_AGO_DAYS) ??
    firstOf(year, month + Number(of));
  const [yearOf = 0, monthOf = 1] = begins.split('-').map(Number);
  const last = addDays(firstOf(yearOf, monthOf + 1), -1);
  const monday =
    Number(which) < 0
      ? mondayOf(last)
      : addDays(mondayOf(workday(begins)), 7 * (Number(which) - 1));
  return daysBetween(mondayOf(today), monday) / 7;
}

/** The first of a month; the thirteenth is January of the next year. */
function firstOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}

/** The day itself, or the Monday after a weekend. */
function workday(day: string): string {
  const weekday = weekdayOf(day);
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day;
}
