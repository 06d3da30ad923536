import type { Bot } from '../../bot/context.ts';
import { dailyAt, nextSlot } from '../../bot/jobs/schedule.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/types.ts';
import { type NewsText, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, dayOf, HOUR_MS, type Language, MINUTE_MS } from '../../lib/time.ts';
import { countWaitingOfRun, insertDeliveries } from '../../store/deliveries.ts';
import { tellTopic } from '../../store/topics.ts';
import type { Dish, Meal, MealOfDay, MenuOutcome } from './source/types.ts';
import { type MenuAnswer, visitMenu } from './visit.ts';

/** 07:30, 11:30 and 17:30 in Korea. */
export const menuSchedule = dailyAt([22, 30], [2, 30], [8, 30]);

/** After that the meal is over. */
export const MENU_CATCH_UP_MS = 2 * HOUR_MS;

const RETRY_MS = 5 * MINUTE_MS;

/**
 * Three times a day: tells the meal that is next to everybody who wants to hear of it. A day or meal
 * of which the source knows nothing is passed over in silence. A source that fails is asked again as
 * long as the meal is not over; in the end what it told earlier that day is told, and the run is
 * marked failed.
 */
export async function tellMeal(bot: Bot, run: JobRun): Promise<JobEnd<'told'>> {
  if (bot.runtime.now() - run.slot > MENU_CATCH_UP_MS) {
    return { kind: 'failed', counts: {}, reason: 'too late for this meal' };
  }
  const { answer, known } = await visitMenu(bot, dayOf(mealSlot(run.slot), bot.config.timeZone));
  const failure = failureOf(answer);
  if (failure !== null && isInTime(bot, run, failure.retryAfterMs)) {
    return { kind: 'retry', afterMs: failure.retryAfterMs, reason: failure.reason };
  }
  const { told, reason } = await tell(bot, run, known);
  if (failure !== null) return { kind: 'failed', counts: { told }, reason: failure.reason };
  if (reason === null) return { kind: 'done', counts: { told }, reason };
  return isInTime(bot, run, RETRY_MS)
    ? { kind: 'retry', afterMs: RETRY_MS, reason }
    : { kind: 'failed', counts: { told }, reason };
}

/** Whether a try after this time still comes before the meal is over. */
function isInTime(
  { runtime }: Bot,
  { slot }: JobRun,
  retryAfterMs: number | null,
): retryAfterMs is number {
  return retryAfterMs !== null && runtime.now() + retryAfterMs < slot + MENU_CATCH_UP_MS;
}

/** Why the source did not tell, and when to ask again (`null`: only the owner can help). */
function failureOf(
  answer: MenuAnswer,
): { readonly reason: string; readonly retryAfterMs: number | null } | null {
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

/** Tells the slot's meal. `reason`: whose friends could not be listed; telling again serves them. */
async function tell(
  bot: Bot,
  run: JobRun,
  answer: MenuAnswer,
): Promise<{ readonly told: number; readonly reason: string | null }> {
  const { db, runtime, config } = bot;
  const slot = mealSlot(run.slot);
  const day = dayOf(slot, config.timeZone);
  const meal = mealAt(slot);
  const noticeIn = (language: 'ko' | 'en') =>
    answer.kind === 'meals' ? mealNotice(answer, day, meal, language) : null;
  const [ko, en] = [noticeIn('ko'), noticeIn('en')];
  if (ko === null || en === null) return { told: 0, reason: null };

  const notices = { ko: JSON.stringify(ko), en: JSON.stringify(en) };
  const news = {
    key: `menu:${day}:${meal}`,
    run: `menu@${run.slot}`,
    expiresAt: slot + MENU_CATCH_UP_MS,
  };
  const channels = [...bot.channels.keys()];
  const friends = await Promise.all(
    bot.platforms.map(async (platform) =>
      platform.friends?.(bot, { ...news, notice: notices[config.language] }),
    ),
  );
  await db.batch([
    tellTopic(db, { ...news, topic: 'menu', channels, notices }, runtime.now()),
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
  nameOf: (dish: Dish) => string = ({ name }) => name,
): MenuNotice | null {
  const found: MealOfDay | undefined = menu.meals.find((one) => one.meal === meal);
  if (found === undefined) return null;
  const { place, link } = menu;
  return { kind: 'menu', language, day, meal, place, dishes: found.dishes.map(nameOf), link };
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
