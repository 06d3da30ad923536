import type { Bot } from '../../bot/context.ts';
import { dailyAt, nextSlot } from '../../bot/jobs/schedule.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/types.ts';
import { type NewsText, newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { inBatches } from '../../lib/batches.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, dayOf, HOUR_MS, type Language, MINUTE_MS } from '../../lib/time.ts';
import { countWaitingOfRun, insertDeliveries } from '../../store/deliveries.ts';
import { choicesOf, tellTopic } from '../../store/topics.ts';
import { dishesFor, isFree, type OwnMenu, readOwn, TOPIC, USUAL } from './own.ts';
import type { Dish, Meal, MealOfDay, MenuOutcome } from './source/types.ts';
import { askMenu, isRemembered, type MenuAnswer, visitMenu } from './visit.ts';

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
  const day = dayOf(mealSlot(run.slot), bot.config.timeZone);
  const { answer, known } = await visitMenu(bot, day);
  const own = await ownMenus(bot, day);
  const failure = failureOf(answer) ?? own.failure;
  if (failure !== null && isInTime(bot, run, failure.retryAfterMs)) {
    // Those whose school answered need not wait for the others.
    const isKnown = failureOf(answer) === null;
    await tell(bot, run, isKnown ? known : { kind: 'none' }, own.menus);
    return { kind: 'retry', afterMs: failure.retryAfterMs, reason: failure.reason };
  }
  const { told, reason } = await tell(bot, run, known, own.menus);
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

/** What people with a menu of their own are told: by what they chose. */
interface OwnMenus {
  readonly menus: readonly {
    readonly choice: string;
    /** `null`: what the bot's source says. */
    readonly answer: MenuAnswer | null;
  }[];
  /** Why one of the schools did not tell. */
  readonly failure: ReturnType<typeof failureOf>;
}

/** So many schools are asked at one try; the next one goes on with the others. */
const MOST_SCHOOLS = 25;
const SCHOOL_PATIENCE_MS = 10_000;

/** Asks each school that somebody chose, once, whoever else chose it. */
async function ownMenus(bot: Bot, day: string): Promise<OwnMenus> {
  const choices = (await choicesOf(bot.db, TOPIC)).map((choice) => ({
    choice,
    own: readOwn(choice),
  }));
  const schools = new Map(
    choices.flatMap(({ own: { school } }) =>
      school === null ? [] : [[`${school.office}:${school.school}`, school] as const],
    ),
  );
  const answers = new Map<string, MenuAnswer>();
  let failure: OwnMenus['failure'] = null;
  let asked = 0;
  for (const [key, school] of schools) {
    const isKnown = await isRemembered(bot, day, school);
    if (!isKnown && ++asked > MOST_SCHOOLS) {
      return {
        menus: menusFor(choices, answers),
        failure: { reason: 'more schools', retryAfterMs: MINUTE_MS },
      };
    }
    const answer = await askMenu(bot, day, AbortSignal.timeout(SCHOOL_PATIENCE_MS), school);
    answers.set(key, answer);
    failure ??= failureOf(answer);
  }
  return { menus: menusFor(choices, answers), failure };
}

function menusFor(
  choices: readonly { readonly choice: string; readonly own: OwnMenu }[],
  answers: ReadonlyMap<string, MenuAnswer>,
): OwnMenus['menus'] {
  return choices.flatMap(({ choice, own: { school } }): OwnMenus['menus'] => {
    if (school === null) return [{ choice, answer: null }];
    const answer = answers.get(`${school.office}:${school.school}`);
    return answer ? [{ choice, answer }] : [];
  });
}

/** Tells the slot's meal. `reason`: whose friends could not be listed; telling again serves them. */
async function tell(
  bot: Bot,
  run: JobRun,
  answer: MenuAnswer,
  own: OwnMenus['menus'],
): Promise<{ readonly told: number; readonly reason: string | null }> {
  const { db, runtime, config } = bot;
  const slot = mealSlot(run.slot);
  const day = dayOf(slot, config.timeZone);
  const meal = mealAt(slot);
  const notices = noticesOf(answer, day, meal, USUAL);
  const kinds = own.flatMap(({ choice, answer: theirs }) => {
    const told = noticesOf(theirs ?? answer, day, meal, readOwn(choice));
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
