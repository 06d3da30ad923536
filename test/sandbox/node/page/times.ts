import type { Language } from './texts.ts';

const locales = { ko: 'ko-KR', en: 'en-GB' } as const;
const timeZone = 'Asia/Seoul';

function shown(at: number, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone, ...options }).format(at);
}

/** Hour and minute in Seoul. */
export const clockTime = (at: number, language: Language) =>
  shown(at, language, { hour: 'numeric', minute: '2-digit' });

/** Day and month in Seoul. */
export const day = (at: number, language: Language) =>
  shown(at, language, { month: 'short', day: 'numeric' });

/** Day and month with the weekday. */
export const weekday = (at: number, language: Language) =>
  shown(at, language, { month: 'short', day: 'numeric', weekday: 'short' });

/** `월` or `Mon`. */
export const shortWeekday = (at: number, language: Language) =>
  shown(at, language, { weekday: 'short' });

/** As X dates a post: the time of day for one of today, else the day. */
export const postTime = (at: number, now: number, language: Language) =>
  day(at, language) === day(now, language) ? clockTime(at, language) : day(at, language);

/** The whole day, as chats part their messages. */
export const fullDay = (at: number, language: Language) =>
  shown(at, language, { dateStyle: 'full' });

/** All of it. */
export const moment = (at: number, language: Language) =>
  shown(at, language, {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
