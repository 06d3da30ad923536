import type { Bot } from '../../bot/context.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/job.ts';
import { dailyAt, nextSlot } from '../../bot/jobs/job.ts';
import { type NewsText, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { inBatches } from '../../lib/batches.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, dayOf, HOUR_MS, type Language, MINUTE_MS } from '../../lib/time.ts';
import { countWaitingOfRun, insertDeliveries } from '../../store/deliveries.ts';
import { choicesOf, tellTopic } from '../../store/topics.ts';
import { schoolSourceOf } from './cache.ts';
import { askSchools, dishesFor, isFree, type OwnMenu, readOwn, TOPIC, USUAL } from './own.ts';
import type { Dish, Meal, MealOfDay, MenuOutcome } from './source/meals.ts';
import { type MenuAnswer, visitMenu } from './sources.ts';

/** 07:30, 11:30 and 17:30 in Korea. */
export const menuSchedule = dailyAt([22, 30], [2, 30], [8, 30]);

/** After that the meal is over. */
export const MENU_CATCH_UP_MS = 2 * HOUR_MS;

const RETRY_MS = 5 * MINUTE_MS;

/**
 * Three times a day: tells the meal that is next to everybody who wants to hear of it. A day or meal
 * of which the source knows nothing is passed over in silence. The bot's source comes first, then the
 * schools people chose, some at a try. One that fails is asked again as long as the meal is not over; in the end what it told earlier that day is told, and the run is
 * marked failed.
 */
export async function tellMeal(bot: Bot, run: JobRun): Promise<JobEnd<'told'>> {
  if (bot.runtime.now() - run.slot > MENU_CATCH_UP_MS) {
    return { kind: 'failed', counts: {}, reason: 'too late for this meal' };
  }
  const day = dayOf(mealSlot(run.slot), bot.config.timeZone);
  const { answer, known } = await visitMenu(bot, day, run.slot);
  const failure = failureOf(answer);
  const isAgain = failure !== null && isInTime(bot, run, failure.retryAfterMs);
  const choices = (await choicesOf(bot.db, TOPIC)).map((choice) => ({
    choice,
    own: readOwn(choice),
  }));
  // Nobody waits for the schools of others.
  const usual = await tell(bot, run, isAgain ? { kind: 'none' } : known, usualOf(choices));
  const own = await ownMenus(bot, day, choices);
  const { told } = await tell(bot, run, { kind: 'none' }, own.menus);
  const counts = { told: Math.max(usual.told, told) };
  const friends = usual.reason === null ? null : { reason: usual.reason, retryAfterMs: RETRY_MS };
  const failures = [failure, own.failure, friends].filter((one) => one !== null);
  const [first] = failures;
  if (first === undefined) return { kind: 'done', counts, reason: null };
  const waits = failures
    .map(({ retryAfterMs }) => retryAfterMs)
    .filter((waitMs) => isInTime(bot, run, waitMs));
  return waits.length > 0
    ? { kind: 'retry', afterMs: Math.min(...waits), reason: first.reason }
    : { kind: 'failed', counts, reason: first.reason };
}

/** Whether a try after this time still comes before the meal is over. */
function isInTime(
  { runtime }: Bot,
  { slot }: JobRun,
  retryAfterMs: number | null,
): retryAfterMs is number {
  return retryAfterMs !== null && runtime.now() + retryAfterMs < slot + MENU_CATCH_UP_MS;
}

/** Why a source did not tell, and when to ask again (`null`: only the owner can help). */
interface Failure {
  readonly reason: string;
  readonly retryAfterMs: number | null;
}

function failureOf(answer: MenuAnswer): Failure | null {
  switch (answer.kind) {
    case 'meals':
    case 'none':
    case 'off':
      return null;
    case 'unavailable':
      return { reason: answer.detail, retryAfterMs: answer.retryAfterMs ?? RETRY_MS };
    case 'broken':
      return { reason: answer.detail, retryAfterMs: RETRY_MS };
    case 'blocked':
      return { reason: answer.detail, retryAfterMs: null };
    default:
      return unreachable(answer);
  }
}

/** Somebody's wishes as they are kept, and what they mean. */
interface Choice {
  readonly choice: string;
  readonly own: OwnMenu;
}

/** Whose wishes are told of what. */
interface Told extends Choice {
  readonly answer: MenuAnswer | null;
}

/** The wishes of those who are told what the bot's source says. */
function usualOf(choices: readonly Choice[]): Told[] {
  return choices.flatMap((one) => (one.own.school === null ? [{ ...one, answer: null }] : []));
}

/** Asks each school that somebody chose, once, whoever else chose it. */
async function ownMenus(
  bot: Bot,
  day: string,
  choices: readonly Choice[],
): Promise<{ readonly menus: readonly Told[]; readonly failure: Failure | null }> {
  const schools = choices.flatMap(({ own }) => own.school ?? []);
  const { answers, asked, left } = await askSchools(bot, day, schools);
  const menus = choices.flatMap((one) => {
    const { school } = one.own;
    const answer = school === null ? undefined : answers.get(schoolSourceOf(school));
    return answer === undefined ? [] : [{ ...one, answer }];
  });
  // Where none answers, the others are hardly better off in a minute.
  const isAnswered = asked.some((outcome) => failureOf(outcome) === null);
  const [failure = null] = [...answers.values()].flatMap((answer) => failureOf(answer) ?? []);
  const more = { reason: 'more schools', retryAfterMs: MINUTE_MS };
  return { menus, failure: left > 0 && isAnswered ? more : failure };
}

/** Tells the slot's meal. `reason`: whose friends could not be listed; telling again serves them. */
async function tell(
  bot: Bot,
  run: JobRun,
  answer: MenuAnswer,
  own: readonly Told[],
): Promise<{ readonly told: number; readonly reason: string | null }> {
  const { db, runtime, config } = bot;
  const slot = mealSlot(run.slot);
  const day = dayOf(slot, config.timeZone);
  const meal = mealAt(slot);
  const notices = noticesOf(answer, day, meal, USUAL);
  const kinds = own.flatMap(({ choice, own: wishes, answer: theirs }) => {
    const told = noticesOf(theirs ?? answer, day, meal, wishes);
    return told === null ? [] : [[choice, told] as const];
  });
  if (notices === null && kinds.length === 0) return { told: 0, reason: null };

  const news = {
    key: `menu:${day}:${meal}`,
    run: `menu@${run.slot}`,
    expiresAt: slot + MENU_CATCH_UP_MS,
  };
  const channels = [...bot.channels.keys()];
  const friends = await Promise.all(
    notices === null
      ? []
      : bot.platforms.map(async (platform) =>
          platform.friends?.(bot, { ...news, notice: notices[config.language] }),
        ),
  );
  const parts = kinds.length === 0 ? [[]] : inBatches(kinds, MOST_KINDS);
  await db.batch([
    ...parts.map((some) =>
      tellTopic(
        db,
        { ...news, topic: TOPIC, channels, notices, kinds: Object.fromEntries(some) },
        runtime.now(),
      ),
    ),
    insertDeliveries(
      db,
      friends.flatMap((told) => told?.deliveries ?? []),
      runtime.now(),
    ),
  ]);
  // All of this run's, also those that a try before a crash wrote.
  const waiting = await countWaitingOfRun(db, news.run);
  await wakeOutbox(bot);
  const failures = friends.flatMap((told) => told?.failures ?? []);
  return { told: waiting, reason: failures.length === 0 ? null : failures.join('; ') };
}

/** One statement holds no more kinds of notices: D1 takes 2 MB. */
const MOST_KINDS = 100;

/** A meal in both languages as somebody with these wishes reads it; `null`: they are told nothing. */
function noticesOf(
  answer: MenuAnswer,
  day: string,
  meal: Meal,
  own: OwnMenu,
): Record<Language, string> | null {
  if (answer.kind !== 'meals' || isFree(own, day)) return null;
  const ko = mealNotice(answer, day, meal, 'ko', { own });
  const en = mealNotice(answer, day, meal, 'en', { own });
  return ko && en && { ko: JSON.stringify(ko), en: JSON.stringify(en) };
}

/** When the meal that is on, or else the next one, is to be told: the owner may ask at any time. */
function mealSlot(now: number): number {
  const last = menuSchedule(now);
  return now - last <= MENU_CATCH_UP_MS ? last : nextSlot(menuSchedule, now);
}

/** Which meal is told at a slot of {@link menuSchedule}. */
function mealAt(slot: number): Meal {
  const hour = Math.floor((slot % DAY_MS) / HOUR_MS);
  if (hour === 22) return 'breakfast';
  return hour === 2 ? 'lunch' : 'dinner';
}

export type ToldMenu = Extract<MenuOutcome, { readonly kind: 'meals' }>;
type MenuNotice = Extract<Notice, { readonly kind: 'menu' }>;

/** One meal as it is told; `null` when the day has no such meal. */
export function mealNotice(
  menu: ToldMenu,
  day: string,
  meal: Meal,
  language: Language,
  {
    own = USUAL,
    nameOf = ({ name }) => name,
  }: { readonly own?: OwnMenu; readonly nameOf?: (dish: Dish) => string } = {},
): MenuNotice | null {
  const found: MealOfDay | undefined = menu.meals.find((one) => one.meal === meal);
  const dishes = dishesFor(own, found?.dishes ?? []);
  if (dishes.length === 0) return null;
  const { place, link } = menu;
  return { kind: 'menu', language, day, meal, place, dishes: dishes.map(nameOf), link };
}

/** All meals of a day in the words people read. */
export function dayTexts(
  menu: ToldMenu,
  day: string,
  language: Language,
  timeZone: string,
): NewsText[] {
  return menu.meals.flatMap(({ meal }) => {
    const notice = mealNotice(menu, day, meal, language);
    return notice ? [newsText(notice, timeZone)] : [];
  });
}
