import { addDays, minuteOf } from '../../lib/time.ts';
import { MEALS, type Meal } from './source/types.ts';

/** What somebody wants to know of the menu. */
export interface Asked {
  /** `YYYY-MM-DD`; `null`: no day was named. */
  readonly day: string | null;
  readonly meal: Meal | null;
  /** Numbers of allergens too. */
  readonly allergens: boolean;
}

const TOPIC = '메뉴|급식|식단|학식';
const MEAL_WORDS: Readonly<Record<Meal, string>> = {
  breakfast: '아침|조식|breakfast',
  lunch: '점심|중식|lunch',
  dinner: '저녁|석식|dinner',
};
const WEEKDAYS = [
  '일요일|sunday|sun',
  '월요일|monday|mon',
  '화요일|tuesday|tue',
  '수요일|wednesday|wed',
  '목요일|thursday|thu',
  '금요일|friday|fri',
  '토요일|saturday|sat',
] as const;
const DAYS_AHEAD = ['오늘|today', '내일|tomorrow', '모레'] as const;
const ALLERGENS = '알레르기|알러지|allerg(?:y|ens?|ies)';

const SUBJECT = [TOPIC, 'menu|meals?', ...Object.values(MEAL_WORDS)].join('|');
const DETAIL = [...WEEKDAYS, ...DAYS_AHEAD, ALLERGENS].join('|');
const FILLER =
  "이번(?: ?주)?|은|는|의|뭐(?:야|예요|에요|지)?|알려 ?줘요?|보여 ?줘요?|정보|'s|the|for|on|of|what's|with|please|show";

/**
 * Texts that ask for a menu, in words of any order and with or without spaces between them: at least
 * one that names it, and none that is not about it.
 */
export const MENU_PATTERN = new RegExp(
  `^(?=.*(?:${SUBJECT}))(?:(?:${SUBJECT}|${DETAIL}|${FILLER})[ ,]{0,2})+$`,
);

/** Reads a text that {@link MENU_PATTERN} took. A weekday is the next one, today included. */
export function readAsked(words: string, today: string): Asked {
  const meal = MEALS.find((one) => new RegExp(MEAL_WORDS[one]).test(words)) ?? null;
  const ahead = DAYS_AHEAD.findIndex((names) => new RegExp(names).test(words));
  const weekday = WEEKDAYS.findIndex((names) => new RegExp(names).test(words));
  return {
    day: ahead >= 0 ? addDays(today, ahead) : weekday >= 0 ? next(weekday, today) : null,
    meal,
    allergens: new RegExp(ALLERGENS).test(words),
  };
}

function next(weekday: number, today: string): string {
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, (weekday - now + 7) % 7);
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
