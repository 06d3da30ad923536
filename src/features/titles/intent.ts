import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { firstValue, type Heard, has } from '../../bot/talk/hear/heard.ts';
import { suggestionsIn } from '../../bot/talk/hint.ts';
import { lastAnswer } from '../../bot/talk/state.ts';
import { moreWords, undoWords } from '../../bot/talk/talkTexts.ts';
import type { Intent, Reply, Vocabulary } from '../../bot/talk/types.ts';
import { addDays, dayForPeople, dayOf } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import { isTopicOn, newsChannelOf, setTopic } from '../../store/topics.ts';
import { fullTitle, NETFLIX_SOURCES, UPCOMING_DAYS, upcomingItems } from './store/items.ts';
import { titlesTodayAlerts } from './tell.ts';
import {
  titleTalkTexts as own,
  titleSuggestions,
  titlesAlertHears,
  titlesHears,
  titleWords,
} from './words.ts';

const ID = 'netflix';
const ALERTS_ID = 'netflix-alerts';
const PAGE = 10;
const MOST_TITLES = 100;

/** Where the last answer ended. */
const shown = v.object({ from: v.string(), to: v.string(), next: v.number() });

/** `넷플릭스`, `netflix this week`; right after it, `더 보기`. */
const netflix: Intent = {
  id: ID,
  hears: titlesHears,
  example: { ko: '넷플릭스', en: 'netflix' },
  async reply(bot, person, heard) {
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const last = lastAnswer(bot, person);
    const before = last?.intent === ID ? v.safeParse(shown, last.data) : null;
    const isMore = before?.success && has(heard, 'more') && !has(heard, 'netflix', 'week');
    return isMore
      ? tell(bot, person, today, before.output)
      : tell(bot, person, today, { ...daysAsked(heard, today), next: 0 });
  },
};

/** The days that are asked for: two weeks, or the rest of a week. */
export function daysAsked(
  heard: Heard,
  today: string,
): { readonly from: string; readonly to: string } {
  const week = firstValue(heard, 'week');
  if (week === null || Number(week) < 0) return { from: today, to: addDays(today, UPCOMING_DAYS) };
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, 7 * Number(week) - weekday);
  return { from: monday > today ? monday : today, to: addDays(monday, 6) };
}

async function tell(
  bot: Bot,
  person: Person,
  today: string,
  { from, to, next }: v.InferOutput<typeof shown>,
): Promise<Reply> {
  const { language } = person;
  const items = await upcomingItems(bot.db, NETFLIX_SOURCES, from, to, MOST_TITLES);
  if (items.length === 0) {
    const isAll = from === today && to === addDays(today, UPCOMING_DAYS);
    const text = isAll ? own.none[language] : own.noneThen[language];
    return { text, suggestions: suggestionsIn(bot, language), person };
  }
  const page = items.slice(next, next + PAGE);
  const rest = items.length - next - page.length;
  const isOn = await isTopicOn(bot.db, 'netflix', person.id);
  if (page.length === 0) {
    return { text: own.noMore[language], suggestions: suggestionsIn(bot, language), person };
  }
  const lines = page.map(
    (item) => `${dayForPeople(item.startsOn, today, language)} ${fullTitle(item)}`,
  );
  return {
    text: [
      next > 0 ? own.goingOn[language] : headOf(today, { from, to }, language),
      '',
      ...lines,
      ...(rest > 0 ? ['', own.more[language](rest)] : []),
    ].join('\n'),
    suggestions: [
      ...(rest > 0 ? [moreWords[language]] : []),
      titleSuggestions[isOn ? 'turnOff' : 'turnOn'][language],
    ],
    person,
    follow: { intent: ID, data: { from, to, next: next + page.length } },
  };
}

function headOf(
  today: string,
  { from, to }: { readonly from: string; readonly to: string },
  language: Person['language'],
): string {
  if (to === addDays(today, UPCOMING_DAYS)) return own.head[language];
  return own.headOfDays[language](
    dayForPeople(from, today, language),
    dayForPeople(to, today, language),
  );
}

/** `넷플릭스 알림 켜기`, `넷플 소식 매주 받을래`, `stop netflix alerts`. */
const netflixAlerts: Intent = {
  id: ALERTS_ID,
  hears: titlesAlertHears,
  example: { ko: '넷플릭스 알림 켜기', en: 'netflix alerts on' },
  reply: (bot, person, heard) =>
    switchAlerts(bot, person, !has(heard, 'off', 'not', 'no', 'remove', 'pause', 'cancel')),
  takeBack: (bot, person, data) =>
    switchAlerts(bot, person, v.parse(v.object({ isOn: v.boolean() }), data).isOn),
};

async function switchAlerts(bot: Bot, person: Person, isOn: boolean): Promise<Reply> {
  const { language } = person;
  const channel = isOn ? await newsChannelOf(bot.db, person.id) : null;
  const isReached = channel !== null && bot.channels.has(channel);
  const words = [
    titleSuggestions.now[language],
    titleSuggestions[isOn ? 'turnOff' : 'turnOn'][language],
  ];
  return {
    text: [
      own[isOn ? 'alertsOn' : 'alertsOff'][language],
      ...(isOn && !isReached ? [own.unreachable[language]] : []),
    ].join('\n\n'),
    suggestions: isOn ? words : [undoWords[language], ...words],
    person,
    writes: [setTopic(bot.db, 'netflix', person.id, isOn, bot.runtime.now())],
    undo: { intent: ALERTS_ID, data: { isOn: !isOn } },
  };
}

/** What can be said about titles. */
export const titleIntents: readonly Intent[] = [titlesTodayAlerts, netflix, netflixAlerts];

export const titleVocabulary: Vocabulary = {
  words: titleWords,
  quiets: async (bot, person) =>
    (await isTopicOn(bot.db, 'netflix', person.id))
      ? [titleSuggestions.turnOff[person.language]]
      : [],
};
