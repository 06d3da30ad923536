import type { Bot } from '../../bot/context.ts';
import { newsText } from '../../bot/notice/newsTexts.ts';
import { newsWords } from '../../bot/notice/newsWords.ts';
import type { Intent, Reply } from '../../bot/talk/types.ts';
import { unreachable } from '../../lib/result.ts';
import { addDays, dayForPeople, dayOf } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import { isTopicOn, newsChannelOf, setTopic } from '../../store/topics.ts';
import { type Asked, MENU_PATTERN, mealsAhead, readAsked } from './asked.ts';
import { mealNotice, type ToldMenu } from './notice.ts';
import { type Dish, MEALS, type Meal } from './source/types.ts';
import { menuSource } from './sources.ts';
import { menuSuggestions as suggestions, menuTexts as texts } from './texts.ts';
import { askMenu, type MenuAnswer } from './visit.ts';

/** KakaoTalk waits 5 s for an answer; the rest is for storage. */
const PATIENCE_MS = 2500;

const SWITCH = '(?<on>켜기|켜 ?줘요?|켜|on|받기|신청)|(?<off>끄기|꺼 ?줘요?|꺼|off|해제|취소|그만)';

/** `메뉴`, `급식 점심 내일`, and whether to hear of it every day. */
export const menuIntent: Intent = {
  id: 'menu',
  patterns: [
    new RegExp(`^(?:메뉴|급식|식단) ?(?<alerts>알림)(?: ?(?:${SWITCH}))?$`),
    /^(?:menu|meals?) (?<alerts>alerts?|alarms?|notifications?)(?: (?:(?<on>on)|(?<off>off)))?$/,
    /^turn (?:(?<on>on)|(?<off>off)) (?:the )?(?:menu|meals?) (?<alerts>alerts?|alarms?)$/,
    MENU_PATTERN,
  ],
  async reply(bot, person, match) {
    const { on, off, alerts } = match.groups ?? {};
    if (alerts === undefined) return tellMenu(bot, person, match[0]);
    if (on !== undefined) return switchAlerts(bot, person, true);
    if (off !== undefined) return switchAlerts(bot, person, false);
    return describeAlerts(bot, person);
  },
};

async function switchAlerts(bot: Bot, person: Person, isOn: boolean): Promise<Reply> {
  const { language } = person;
  await setTopic(bot.db, 'menu', person.id, isOn, bot.runtime.now()).run();
  if (!isOn) {
    return {
      text: texts.alertsOff[language](),
      suggestions: [suggestions.turnOn[language], suggestions.now[language]],
      person,
    };
  }
  const channel = await newsChannelOf(bot.db, person.id);
  const canBeTold = channel !== null && bot.channels.has(channel);
  const hasSource = (await menuSource(bot)) !== null;
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
  };
}

async function describeAlerts(bot: Bot, person: Person): Promise<Reply> {
  const isOn = await isTopicOn(bot.db, 'menu', person.id);
  const text = texts.alertsAre[person.language](isOn);
  return { text, suggestions: await nextWords(bot, person), person };
}

async function tellMenu(bot: Bot, person: Person, words: string): Promise<Reply> {
  const now = bot.runtime.now();
  const asked = readAsked(words, dayOf(now, bot.config.timeZone));
  const found = await find(bot, asked, AbortSignal.timeout(PATIENCE_MS));
  const reply = { suggestions: await nextWords(bot, person), person };
  if ('why' in found) return { ...reply, text: excuse(bot, person, found) };

  const nameOf = asked.allergens ? withAllergens : undefined;
  const told = found.meals.flatMap((meal) => {
    const notice = mealNotice(found.menu, found.day, meal, person.language, nameOf);
    return notice === null ? [] : [newsText(notice, bot.config.timeZone)];
  });
  const link = told[0]?.link ?? null;
  return {
    ...reply,
    text: told.map(({ head, lines }) => [head, ...lines].join('\n')).join('\n\n'),
    ...(link === null ? {} : { links: [link] }),
  };
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
async function find(bot: Bot, { day, meal }: Asked, patience: AbortSignal): Promise<Found> {
  const { timeZone } = bot.config;
  const now = bot.runtime.now();
  const today = dayOf(now, timeZone);
  if (day !== null || meal !== null) {
    const answer = await askMenu(bot, day ?? today, patience);
    return among(answer, day ?? today, meal === null ? MEALS : [meal], meal);
  }
  const ahead = mealsAhead(now, timeZone);
  const answer = ahead.length > 0 ? await askMenu(bot, today, patience) : null;
  const here = answer && first(among(answer, today, ahead, null));
  if (here && !isNone(here)) return here;
  const tomorrow = addDays(today, 1);
  const there = first(among(await askMenu(bot, tomorrow, patience), tomorrow, MEALS, null));
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
    case 'blocked':
      return texts.failing[language]();
    default:
      return unreachable(why);
  }
}

function withAllergens({ name, allergens }: Dish): string {
  return allergens.length === 0 ? name : `${name} (${allergens.join('.')})`;
}

async function nextWords(bot: Bot, { id, language }: Person): Promise<string[]> {
  const isOn = await isTopicOn(bot.db, 'menu', id);
  return [suggestions.tomorrow[language], suggestions[isOn ? 'turnOff' : 'turnOn'][language]];
}
