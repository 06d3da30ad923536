import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import {
  firstValue,
  has,
  type Utterance,
  valuesOf,
  type Words,
} from '../../bot/talk/grammar/utterance.ts';
import { addDays, daysBetween, isDay, type Language, minuteOf } from '../../lib/time.ts';
import { LONGEST_AGO_DAYS, mondayOf, weekdayOf, weeksAhead } from '../../lib/weeks.ts';
import { MEALS, type Meal } from './source/meals.ts';

/** What the bot says about menus. `when` is a day, or a day and a meal, as {@link newsWords} has it. */
export const menuTexts = {
  none: {
    ko: (when: string) => `${when} 메뉴가 없어요. 쉬는 날이거나 아직 올라오지 않았을 수 있어요.`,
    en: (when: string) => `No menu for ${when}. It may be a day off, or not be published yet.`,
  },
  noneInWeek: {
    ko: () => '그 주의 메뉴가 아직 없어요. 쉬는 주이거나 아직 올라오지 않았을 수 있어요.',
    en: () => 'No menu for that week. It may be days off, or not be published yet.',
  },
  away: {
    ko: () => '지금은 메뉴를 가져올 수 없어요. 잠시 뒤에 다시 물어봐 주세요.',
    en: () => 'The menu cannot be reached right now. Please ask again in a while.',
  },
  blocked: {
    ko: () => '지금은 식단을 볼 수 없어요. 봇 주인이 살펴볼 거예요.',
    en: () => 'The menu cannot be seen right now. The owner of this bot will look into it.',
  },
  failing: {
    ko: () => '메뉴가 있던 곳이 바뀌어서 읽을 수 없어요. 봇 주인이 고칠 때까지 기다려 주세요.',
    en: () =>
      'The place of the menu has changed and cannot be read until the owner of this bot fixes it.',
  },
  off: {
    ko: () => '메뉴를 가져올 곳이 아직 정해지지 않았어요. 봇 주인이 정하면 알려 드릴 수 있어요.',
    en: () => 'No place to get the menu from is set yet. The owner of this bot can set one.',
  },
  alertsOn: {
    ko: () => '메뉴 알림을 켰어요. 아침 7시 30분, 점심 11시 30분, 저녁 5시 30분에 보내 드릴게요.',
    en: () => 'Menu alerts are on: breakfast at 07:30, lunch at 11:30, dinner at 17:30 in Korea.',
  },
  alertsOff: {
    ko: () => '메뉴 알림을 껐어요. 언제든 다시 켤 수 있어요.',
    en: () => 'Menu alerts are off. You can turn them on again any time.',
  },
  alertsAre: {
    ko: (isOn: boolean) => `메뉴 알림이 ${isOn ? '켜져' : '꺼져'} 있어요.`,
    en: (isOn: boolean) => `Menu alerts are ${isOn ? 'on' : 'off'}.`,
  },
  unreachable: {
    ko: () =>
      '다만 여기로는 제가 먼저 말을 걸 수 없어요. ‘연결’이라고 말하고 카카오톡으로 로그인하면 그리로 보내 드려요.',
    en: () =>
      'But I cannot write here first. Say “connect” and log in with Kakao to get them in KakaoTalk.',
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** Words a person can say next. */
export const menuSuggestions = {
  tomorrow: { ko: '급식 내일', en: 'menu tomorrow' },
  now: { ko: '메뉴', en: 'menu' },
  turnOn: { ko: '메뉴 알림 켜기', en: 'menu alerts on' },
  turnOff: { ko: '메뉴 알림 끄기', en: 'menu alerts off' },
  connect: { ko: '연결', en: 'connect' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

export const menuWords: Words = {
  menu: '맘마, 뭐 주, 맛있는 거, 맛난 거, 먹거리, 메뉴 뭐, 밥 뭐, grub, chow, on today s menu, 메뉴, 메뉴판, 매뉴, 메누, 메뉴표, 급식, 급식표, 급식메뉴, 식단, 식단표, 학식, 밥, 밥상, 식사, 끼니, 한끼, 반찬, 구내식당, 식당, 먹지, 먹을까, 먹어, 먹나, 먹냐, 먹을, 먹는, 먹고, 먹니, 먹음, 먹게, 먹으면, 먹었, 배고파, 배고프, 배고픈데, 배고픔, 출출, 뭐 먹, menu, menus, meal, meals, food, eat, eating, to eat, cafeteria, canteen, dining hall, dish, dishes, hungry, im hungry, starving, serving, served, serve, serves, cooking, on the menu',
  'meal=1':
    '모닝, 아침꺼, 아침거, 아침, 아침밥, 아침식사, 아침메뉴, 조식, 조찬, 모닝밥, breakfast, brekkie, brekky',
  'meal=2':
    '점심꺼, 점심거, 점심, 점심밥, 점심식사, 점심메뉴, 중식, 런치, 점심시간, lunch, lunchtime, luncheon, noon meal',
  'meal=3':
    '저녁꺼, 저녁거, 저녁, 저녁밥, 저녁식사, 저녁메뉴, 석식, 저녁거리, 디너, dinner, dinnertime, supper, evening meal',
};

const ORNAMENT =
  'menu meal day week next last what is show want how allergen new count number all school mine person say more only';

/** `메뉴`, `급식 점심 내일`, `what is for dinner`; right after it, `내일은?`. */
export const menuPhrasings: readonly Phrasing[] = [
  {
    says: [
      'menu',
      'meal',
      'menu meal',
      'menu week',
      'menu day',
      'meal day',
      'menu meal day',
      'meal week',
    ],
    with: ORNAMENT,
    not: 'alert off daily address netflix cat watch remove',
  },
  {
    says: ['menu|meal news show', 'menu|meal news what'],
    with: ORNAMENT,
    not: 'on off want daily address netflix cat watch remove',
  },
  {
    says: ['day', 'meal', 'week', 'next', 'day meal', 'week day'],
    with: ORNAMENT,
    isFollowUp: true,
    not: 'alert off netflix cat',
  },
];

/** What may be said around switching the menu's alerts. */
export const SWITCHED = `${ORNAMENT} notify alert on off not remove daily watch again weekend hour setting whenever`;

/** `메뉴 알림 켜기`, `매일 급식 알려줘`, `stop menu alerts`. */
export const menuAlertPhrasings: readonly Phrasing[] = [
  {
    says: [
      'menu|meal alert',
      'menu|meal alert on',
      'menu|meal alert want',
      'menu|meal daily',
      'menu|meal notify',
      'menu|meal daily on',
      'menu|meal daily show',
      'menu|meal watch',
      'menu|meal alert setting',
      'menu|meal setting',
      'menu|meal whenever',
      'menu|meal alert off',
      'menu|meal alert not',
      'menu|meal alert remove',
      'menu|meal alert cancel',
      'menu|meal alert pause',
      'menu|meal daily off',
      'menu|meal daily not',
      'menu|meal watch off',
      'menu|meal off',
      'menu|meal watch remove',
      'menu remove',
    ],
    with: SWITCHED,
    not: 'address netflix cat ordinal name',
  },
];

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

/**
 * Reads what somebody asked. A weekday is the next one, today included; of a week that is named, its
 * own (weeks begin on Monday).
 *
 * @param today `YYYY-MM-DD`
 */
export function readAsked(utterance: Utterance, today: string): Asked {
  const said = firstValue(utterance, 'week');
  const week = said === null ? null : weeksAhead(said, today);
  const [one = '', ...others] = new Set(valuesOf(utterance, 'meal'));
  // `점심 저녁 뭐야` is about all of the day.
  const meal = others.length === 0 ? (MEAL_NAMES[one] ?? null) : null;
  const named = dayAsked(utterance, today, week);
  const day = named ?? (others.length === 0 || week !== null ? null : today);
  return {
    day: day ?? (week === null ? null : weekFrom(today, week)),
    meal,
    isWeek: day === null && week !== null,
    allergens: has(utterance, 'allergen'),
  };
}

function dayAsked(utterance: Utterance, today: string, week: number | null): string | null {
  const values = valuesOf(utterance, 'day');
  // A date tells more than the weekday beside it.
  const value = values.find((one) => one.startsWith('date:')) ?? values[0];
  if (value === undefined) return null;
  if (value.startsWith('date:')) return dateOf(value.slice('date:'.length), today);
  const ahead = Number(value);
  if (Number.isInteger(ahead)) return addDays(today, ahead);
  const weekday = WEEKDAYS.indexOf(value === 'weekend' ? 'sat' : value);
  if (week !== null) {
    const named = addDays(mondayOf(today), 7 * week + ((weekday + 6) % 7));
    // Of this week a day that is to come is meant, on a Sunday the week that begins.
    return week === 0 && named < today ? addDays(named, 7) : named;
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
  // In January a day of December was a while ago.
  const day = [year - 1, year, year + 1]
    .map((one) => `${one}-${written}`)
    .find((one) => isDay(one) && daysBetween(one, today) <= LONGEST_AGO_DAYS);
  return day ?? null;
}

/** The Monday of a week that is so many ahead; on a Sunday this week is the one that begins. */
function weekFrom(today: string, ahead: number): string {
  const isOver = ahead === 0 && weekdayOf(today) === 0;
  return addDays(mondayOf(today), 7 * (isOver ? 1 : ahead));
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
