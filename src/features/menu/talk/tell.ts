import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { newsText } from '../../../bot/notice/newsTexts.ts';
import { newsWords } from '../../../bot/notice/newsWords.ts';
import { has } from '../../../bot/talk/grammar/utterance.ts';
import { lastAnswer } from '../../../bot/talk/state.ts';
import { undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply, Vocabulary } from '../../../bot/talk/types.ts';
import { unreachable } from '../../../lib/result.ts';
import { addDays, dayForPeople, dayOf } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { isTopicOn, newsChannelOf, setTopic } from '../../../store/topics.ts';
import { mealNotice, type ToldMenu } from '../job.ts';
import { ownMenuOf, readOwn, TOPIC } from '../own.ts';
import type { SchoolCodes } from '../settings.ts';
import { type Dish, MEALS, type Meal } from '../source/meals.ts';
import { askMenu, askMenus, type MenuAnswer, menuSource } from '../sources.ts';
import {
  type Asked,
  mealsAhead,
  menuAlertPhrasings,
  menuPhrasings,
  menuWords,
  readAsked,
  menuSuggestions as suggestions,
  menuTexts as texts,
} from '../words.ts';
import { allergens as allergensIntent, school, weekend } from './wishes.ts';
import { wishWords } from './wishWords.ts';

const ID = 'menu-alerts';

/** `메뉴 알림 켜기`, `매일 급식 알려줘`, `메뉴 알림 그만`; `메뉴 알림` tells how it is. */
export const menuAlerts: Intent = {
  id: ID,
  phrasings: menuAlertPhrasings,
  example: { ko: '메뉴 알림 켜기', en: 'menu alerts on' },
  isSwitch: true,
  async reply(bot, person, utterance) {
    if (has(utterance, 'off', 'not', 'no', 'remove', 'pause', 'cancel'))
      return switchAlerts(bot, person, false);
    if (has(utterance, 'on', 'want', 'daily', 'watch', 'setting', 'whenever', 'notify'))
      return switchAlerts(bot, person, true);
    return describeAlerts(bot, person);
  },
  async takeBack(bot, person, data) {
    return switchAlerts(bot, person, v.parse(v.object({ isOn: v.boolean() }), data).isOn);
  },
};

/** What stops the menu; nothing when it is not told. */
export async function menuQuiets(bot: Bot, person: Person): Promise<string[]> {
  const isOn = await isTopicOn(bot.db, 'menu', person.id);
  return isOn ? [suggestions.turnOff[person.language]] : [];
}

async function switchAlerts(bot: Bot, person: Person, isOn: boolean): Promise<Reply> {
  const { language } = person;
  const { choice } = await ownMenuOf(bot.db, person.id);
  const writes = [setTopic(bot.db, TOPIC, person.id, isOn, bot.runtime.now(), choice)];
  const undo = { intent: ID, data: { isOn: !isOn } };
  if (!isOn) {
    return {
      text: texts.alertsOff[language](),
      suggestions: [undoWords[language], suggestions.turnOn[language], suggestions.now[language]],
      person,
      writes,
      undo,
    };
  }
  const channel = await newsChannelOf(bot.db, person.id);
  const canBeTold = channel !== null && bot.channels.has(channel);
  const hasSource = (await menuSource(bot, readOwn(choice).school)) !== null;
  return {
    text: [
      texts.alertsOn[language](),
      ...(canBeTold ? [] : [texts.unreachable[language]()]),
      ...(hasSource ? [] : [texts.off[language]()]),
    ].join('\n\n'),
    suggestions: [
      canBeTold ? suggestions.now[language] : suggestions.connect[language],
      suggestions.turnOff[language],
    ],
    person,
    writes,
    undo,
  };
}

async function describeAlerts(bot: Bot, person: Person): Promise<Reply> {
  const isOn = await isTopicOn(bot.db, 'menu', person.id);
  const text = texts.alertsAre[person.language](isOn);
  return { text, suggestions: await nextWords(bot, person), person };
}

/** KakaoTalk waits 5 s for an answer; the rest is for storage. */
const PATIENCE_MS = 2500;
const DAYS_OF_WEEK = 7;

/** `메뉴`, `급식 점심 내일`, `이번주 급식`; right after it, `내일은?`. */
export const menu: Intent = {
  id: 'menu',
  phrasings: menuPhrasings,
  example: { ko: '메뉴', en: 'menu' },
  async reply(bot, person, utterance) {
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const asked = goingOn(readAsked(utterance, today), lastAnswer(bot, person));
    const reply = asked.isWeek
      ? await tellWeek(bot, person, asked)
      : await tellMenu(bot, person, asked);
    const { day, meal } = asked;
    return { ...reply, follow: { intent: 'menu', data: { day, meal } } };
  },
};

const askedBefore = v.object({
  day: v.nullable(v.string()),
  meal: v.nullable(v.picklist(MEALS)),
});

/** `저녁은?` after tomorrow's lunch means tomorrow's dinner; `모레는?` means that day's lunch. */
function goingOn(
  asked: Asked,
  last: { readonly intent: string; readonly data: unknown } | null,
): Asked {
  if (last?.intent !== 'menu' || asked.isWeek) return asked;
  const before = v.safeParse(askedBefore, last.data);
  if (!before.success || (asked.day === null) === (asked.meal === null)) return asked;
  return {
    ...asked,
    day: asked.day ?? before.output.day,
    meal: asked.meal ?? before.output.meal,
  };
}

async function tellMenu(bot: Bot, person: Person, asked: Asked): Promise<Reply> {
  const { own } = await ownMenuOf(bot.db, person.id);
  const found = await find(bot, asked, AbortSignal.timeout(PATIENCE_MS), own.school);
  const reply = { suggestions: await nextWords(bot, person), person };
  if ('why' in found) return { ...reply, text: excuse(bot, person, found) };

  const style = { own, ...(asked.allergens && { nameOf: withAllergens }) };
  const told = found.meals.flatMap((meal) => {
    const notice = mealNotice(found.menu, found.day, meal, person.language, style);
    return notice === null ? [] : [newsText(notice, bot.config.timeZone)];
  });
  const link = told[0]?.link ?? null;
  return {
    ...reply,
    text: told.map(({ head, lines }) => [head, ...lines].join('\n')).join('\n\n'),
    ...(link === null ? {} : { links: [link] }),
  };
}

/** A week at once: a day a paragraph, days without a menu left out. */
async function tellWeek(bot: Bot, person: Person, { day, meal, allergens }: Asked): Promise<Reply> {
  const monday = day ?? dayOf(bot.runtime.now(), bot.config.timeZone);
  const days = Array.from({ length: DAYS_OF_WEEK }, (_, index) => addDays(monday, index));
  const { own } = await ownMenuOf(bot.db, person.id);
  const answers = await askMenus(bot, days, AbortSignal.timeout(PATIENCE_MS), own.school);
  const style = { own, ...(allergens && { nameOf: withAllergens }) };
  const paragraphs = answers.flatMap((answer, index) => {
    const at = days[index] ?? monday;
    if (answer.kind !== 'meals') return [];
    return (meal === null ? MEALS : [meal]).flatMap((one) => {
      const notice = mealNotice(answer, at, one, person.language, style);
      if (notice === null) return [];
      const { head, lines } = newsText(notice, bot.config.timeZone);
      return [`${head}\n${lines.join(', ')}`];
    });
  });
  const reply = { suggestions: await nextWords(bot, person), person };
  if (paragraphs.length > 0) return { ...reply, text: paragraphs.join('\n\n') };
  const why = answers.find(({ kind }) => kind !== 'meals' && kind !== 'none')?.kind ?? 'none';
  if (why === 'meals') return { ...reply, text: '' };
  const text =
    why === 'none'
      ? texts.noneInWeek[person.language]()
      : excuse(bot, person, { day: monday, meal, why });
  return { ...reply, text };
}

type Found =
  | { readonly day: string; readonly menu: ToldMenu; readonly meals: readonly Meal[] }
  | Missing;

interface Missing {
  readonly day: string;
  readonly meal: Meal | null;
  readonly why: Exclude<MenuAnswer['kind'], 'meals'>;
}

/** What was asked for; without a day and a meal, the next meal there is today or tomorrow. */
async function find(
  bot: Bot,
  { day, meal }: Asked,
  patience: AbortSignal,
  own: SchoolCodes | null,
): Promise<Found> {
  const { timeZone } = bot.config;
  const now = bot.runtime.now();
  const today = dayOf(now, timeZone);
  if (day !== null || meal !== null) {
    const answer = await askMenu(bot, day ?? today, patience, own);
    return among(answer, day ?? today, meal === null ? MEALS : [meal], meal);
  }
  const ahead = mealsAhead(now, timeZone);
  const answer = ahead.length > 0 ? await askMenu(bot, today, patience, own) : null;
  const here = answer && first(among(answer, today, ahead, null));
  if (here && !isNone(here)) return here;
  const tomorrow = addDays(today, 1);
  const there = first(among(await askMenu(bot, tomorrow, patience, own), tomorrow, MEALS, null));
  // With nothing on either day, the nearer one is what was meant.
  return here && answer.kind === 'none' && isNone(there) ? here : there;
}

function isNone(found: Found): boolean {
  return 'why' in found && found.why === 'none';
}

function among(answer: MenuAnswer, day: string, wanted: readonly Meal[], meal: Meal | null): Found {
  if (answer.kind !== 'meals') return { day, meal, why: answer.kind };
  const meals = wanted.filter((one) => answer.meals.some((told) => told.meal === one));
  return meals.length > 0 ? { day, menu: answer, meals } : { day, meal, why: 'none' };
}

function first(found: Found): Found {
  return 'why' in found ? found : { ...found, meals: found.meals.slice(0, 1) };
}

function excuse(bot: Bot, { language }: Person, { day, meal, why }: Missing): string {
  switch (why) {
    case 'none': {
      const today = dayOf(bot.runtime.now(), bot.config.timeZone);
      return texts.none[language](
        meal === null
          ? dayForPeople(day, today, language)
          : newsWords.mealHead[language](day, meal),
      );
    }
    case 'off':
      return texts.off[language]();
    case 'unavailable':
      return texts.away[language]();
    case 'broken':
      return texts.failing[language]();
    case 'blocked':
      return texts.blocked[language]();
    default:
      return unreachable(why);
  }
}

function withAllergens({ name, allergens }: Dish): string {
  return allergens.length === 0 ? name : `${name} (${allergens.join('.')})`;
}

export async function nextWords(bot: Bot, { id, language }: Person): Promise<string[]> {
  const isOn = await isTopicOn(bot.db, 'menu', id);
  return [suggestions.tomorrow[language], suggestions[isOn ? 'turnOff' : 'turnOn'][language]];
}

/** What can be said about menus. */
export const menuIntents: readonly Intent[] = [menu, menuAlerts, weekend, school, allergensIntent];

export const menuVocabulary: Vocabulary = {
  words: { ...menuWords, ...wishWords },
  quiets: menuQuiets,
};
