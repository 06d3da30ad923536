export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Language = 'ko' | 'en';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:MM`; making a format costs more CPU than a whole job. */
function written(atMs: number, timeZone: string): string {
  // Korea has been at UTC+9 all year since 1988.
  if (timeZone === 'Asia/Seoul') {
    return new Date(atMs + 9 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');
  }
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(atMs);
}

/**
 * The calendar day (`YYYY-MM-DD`) of an instant in a time zone.
 *
 * @param atMs milliseconds since the epoch, 1988-10-09 or later for Asia/Seoul
 * @param timeZone IANA name; throws RangeError for an unknown one
 * @example dayOf(Date.UTC(2026, 10, 26, 15), 'Asia/Seoul') // '2026-11-27'
 */
export function dayOf(atMs: number, timeZone: string): string {
  return written(atMs, timeZone).slice(0, 10);
}

const LAST_INSTANT = Date.UTC(9999, 11, 30);

/**
 * Day and time of an instant in a time zone, to the minute. An instant that no calendar has (a commit
 * may claim anything) becomes the nearest one there is.
 *
 * @example minuteOf(Date.UTC(2026, 10, 22, 4, 5), 'Asia/Seoul') // '2026-11-22 13:05'
 */
export function minuteOf(atMs: number, timeZone: string): string {
  return written(Math.min(Math.max(0, atMs), LAST_INSTANT), timeZone);
}

/** True for an existing day of the Gregorian calendar written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** The day `days` after (or before, when negative) a `YYYY-MM-DD` day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

const WEEKDAYS = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * A day as people read it; the year only when it is not `today`'s.
 *
 * @example dayForPeople('2026-11-27', '2026-11-22', 'ko') // '11월 27일 (금)'
 * @example dayForPeople('2026-11-27', '2026-11-22', 'en') // 'Fri 27 Nov'
 */
export function dayForPeople(day: string, today: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = WEEKDAYS[language][date.getUTCDay()];
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  if (language === 'ko') {
    const monthDay = `${date.getUTCMonth() + 1}월 ${date.getUTCDate()}일 (${weekday})`;
    return isThisYear ? monthDay : `${day.slice(0, 4)}년 ${monthDay}`;
  }
  const monthDay = `${weekday} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return isThisYear ? monthDay : `${monthDay} ${day.slice(0, 4)}`;
}

/**
 * The instant at which the calendar month of `atMs` began in a time zone, in epoch milliseconds.
 *
 * @param timeZone IANA name
 * @example monthStart(Date.UTC(2026, 10, 22), 'Asia/Seoul') // 2026-10-31T15:00Z
 */
export function monthStart(atMs: number, timeZone: string): number {
  const first = `${dayOf(atMs, timeZone).slice(0, 7)}-01`;
  // Zones lie between UTC-12 and UTC+14, in steps of a quarter of an hour.
  let low = Date.parse(`${first}T00:00:00Z`) - 14 * HOUR_MS;
  let high = low + DAY_MS + 2 * HOUR_MS;
  const step = 15 * MINUTE_MS;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2 / step) * step;
    if (dayOf(middle, timeZone) < first) low = middle + step;
    else high = middle;
  }
  return low;
}
