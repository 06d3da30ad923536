import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import { firstValue, has, type Utterance, type Words } from '../../bot/talk/grammar/utterance.ts';
import { suggestionsIn } from '../../bot/talk/hint.ts';
import { lastAnswer } from '../../bot/talk/state.ts';
import { moreWords, undoWords } from '../../bot/talk/talkTexts.ts';
import type { Intent, Reply, Vocabulary } from '../../bot/talk/types.ts';
import { addDays, dayForPeople, dayOf } from '../../lib/time.ts';
import { mondayOf, weeksAhead } from '../../lib/weeks.ts';
import type { Person } from '../../store/people.ts';
import { isTopicOn, newsChannelOf, setTopic } from '../../store/topics.ts';
import { fullTitle, NETFLIX_SOURCES, UPCOMING_DAYS, upcomingItems } from './store/items.ts';
import { titlesTodayAlerts } from './tell.ts';

/** What the bot says about titles in a conversation, beside the texts of all lists. */
const titleTalkTexts = {
  none: {
    ko: '앞으로 2주 안에 나올 넷플릭스 작품을 아직 찾지 못했어요. 내일 다시 물어봐 주세요.',
    en: 'I know of no Netflix title for the next two weeks yet. Please ask again tomorrow.',
  },
  head: {
    ko: '2주 안에 나올 넷플릭스 작품이에요.',
    en: 'Coming to Netflix in the next two weeks:',
  },
  more: {
    ko: (count: number) => `그 밖에 ${count}편이 더 있어요.`,
    en: (count: number) => `and ${count} more`,
  },
  noneThen: {
    ko: '그때 나올 넷플릭스 작품은 아직 없어요. ‘넷플릭스’라고 하면 2주치를 보여 드려요.',
    en: 'I know of no Netflix title for then. Say “netflix” for the next two weeks.',
  },
  noMore: { ko: '이게 전부예요.', en: 'That was all of them.' },
  goingOn: { ko: '이어서 보여 드릴게요.', en: 'Here are more:' },
  headOfDays: {
    ko: (from: string, to: string) => `${from}부터 ${to}까지 나올 넷플릭스 작품이에요.`,
    en: (from: string, to: string) => `Coming to Netflix from ${from} to ${to}:`,
  },
  alertsOn: {
    ko: '넷플릭스 알림을 켰어요. 토요일마다 앞으로 나올 작품을 보내 드릴게요.',
    en: 'Netflix alerts are on: every Saturday I send you what is coming.',
  },
  alertsOff: {
    ko: '넷플릭스 알림을 껐어요. 언제든 다시 켤 수 있어요.',
    en: 'Netflix alerts are off. You can turn them on again any time.',
  },
  unreachable: {
    ko: '다만 여기로는 제가 먼저 말을 걸 수 없어요. ‘연결’이라고 말하고 카카오톡으로 로그인하면 그리로 보내 드려요.',
    en: 'But I cannot write here first. Say “connect” and log in with Kakao to get them in KakaoTalk.',
  },
} as const;

/** Words a person can say next. */
const titleSuggestions = {
  now: { ko: '넷플릭스', en: 'netflix' },
  turnOn: { ko: '넷플릭스 알림 켜기', en: 'netflix alerts on' },
  turnOff: { ko: '넷플릭스 알림 끄기', en: 'netflix alerts off' },
} as const;

const titleWords: Words = {
  netflix:
    '넷플릭스, 넷플, 네플릭스, 넷플릭, 넷플렉스, 넷플잌스, 넷플스, 냇플릭스, ㄴㅍㄹㅅ, netflix, netflixs, netlfix, netflex, nflx',
  titletoday: '넷플릭스 오늘, 오늘 넷플릭스, 오늘 나오는 넷플릭스, netflix today, today on netflix',
  title:
    '오픈, 오픈 예정, 영화, 드라마, 시리즈, 예능, 작품, 작품들, 신작, 공개작, 공개, 공개되, 개봉, 개봉작, 예정, 예정작, 공개 예정, 공개 예정작, 볼만한, 볼만한거, 볼거, 볼것, 볼게, 볼까, 애니, 애니메이션, 다큐, 프로그램, 프로, 콘텐츠, 컨텐츠, 라인업, 편성, 나오는 거, 올라오는 거, 나올 거, 나오는 것, 기대작, 추천작, movie, movies, film, films, series, shows, tv, tv shows, title, titles, drama, dramas, anime, releases, coming soon, lineup, schedule, catalog, worth watching, good',
};

const ORNAMENT =
  'title new what is show want week day list count number how only all more say mine next compliment release watch person alert both status fresh';

/** `넷플릭스`, `netflix this week`; right after it, `더 보여줘`. */
const titlesPhrasings: readonly Phrasing[] = [
  { says: ['netflix'], with: ORNAMENT, not: 'off address' },
  {
    says: ['more', 'title more', 'week', 'week title', 'all', 'all more', 'next'],
    with: ORNAMENT,
    isFollowUp: true,
    not: 'menu meal cat address',
  },
];

/** `넷플릭스 알림 켜기`. */
const titlesAlertPhrasings: readonly Phrasing[] = [
  {
    says: [
      'netflix alert on',
      'netflix alert want',
      'netflix weekly',
      'netflix notify',
      'netflix weekly on',
      'netflix watch',
      'netflix daily',
      'netflix alert off',
      'netflix alert not',
      'netflix off',
      'netflix watch off',
      'netflix alert remove',
      'netflix watch remove',
      'netflix weekly off',
    ],
    with: ORNAMENT.replace('watch ', '').concat(' weekly whenever notify watch on off not remove'),
    not: 'address what',
  },
  {
    says: ['netflix whenever alert|show|want'],
    with: ORNAMENT.concat(' whenever alert on'),
    not: 'address off not',
  },
];

const ID = 'netflix';
const ALERTS_ID = 'netflix-alerts';
const PAGE = 10;
const MOST_TITLES = 100;

/** Where the last answer ended. */
const shown = v.object({ from: v.string(), to: v.string(), next: v.number() });

/** `넷플릭스`, `netflix this week`; right after it, `더 보기`. */
const netflix: Intent = {
  id: ID,
  phrasings: titlesPhrasings,
  example: { ko: '넷플릭스', en: 'netflix' },
  async reply(bot, person, utterance) {
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const last = lastAnswer(bot, person);
    const before = last?.intent === ID ? v.safeParse(shown, last.data) : null;
    const isMore = before?.success && has(utterance, 'more') && !has(utterance, 'netflix', 'week');
    return isMore
      ? tell(bot, person, today, before.output)
      : tell(bot, person, today, { ...daysAsked(utterance, today), next: 0 });
  },
};

/** The days that are asked for: two weeks, or the rest of a week. */
export function daysAsked(
  utterance: Utterance,
  today: string,
): { readonly from: string; readonly to: string } {
  const said = firstValue(utterance, 'week');
  const week = said === null ? -1 : weeksAhead(said, today);
  if (week < 0) return { from: today, to: addDays(today, UPCOMING_DAYS) };
  const monday = addDays(mondayOf(today), 7 * week);
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
    const text = isAll ? titleTalkTexts.none[language] : titleTalkTexts.noneThen[language];
    return { text, suggestions: suggestionsIn(bot, language), person };
  }
  const page = items.slice(next, next + PAGE);
  const rest = items.length - next - page.length;
  const isOn = await isTopicOn(bot.db, 'netflix', person.id);
  if (page.length === 0) {
    return {
      text: titleTalkTexts.noMore[language],
      suggestions: suggestionsIn(bot, language),
      person,
    };
  }
  const lines = page.map(
    (item) => `${dayForPeople(item.startsOn, today, language)} ${fullTitle(item)}`,
  );
  return {
    text: [
      next > 0 ? titleTalkTexts.goingOn[language] : headOf(today, { from, to }, language),
      '',
      ...lines,
      ...(rest > 0 ? ['', titleTalkTexts.more[language](rest)] : []),
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
  if (to === addDays(today, UPCOMING_DAYS)) return titleTalkTexts.head[language];
  return titleTalkTexts.headOfDays[language](
    dayForPeople(from, today, language),
    dayForPeople(to, today, language),
  );
}

/** `넷플릭스 알림 켜기`, `넷플 소식 매주 받을래`, `stop netflix alerts`. */
const netflixAlerts: Intent = {
  id: ALERTS_ID,
  phrasings: titlesAlertPhrasings,
  example: { ko: '넷플릭스 알림 켜기', en: 'netflix alerts on' },
  isSwitch: true,
  reply: (bot, person, utterance) =>
    switchAlerts(bot, person, !has(utterance, 'off', 'not', 'no', 'remove', 'pause', 'cancel')),
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
      titleTalkTexts[isOn ? 'alertsOn' : 'alertsOff'][language],
      ...(isOn && !isReached ? [titleTalkTexts.unreachable[language]] : []),
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
