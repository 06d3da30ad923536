import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/heard.ts';

/** What the bot says about titles in a conversation, beside the texts of all lists. */
export const titleTalkTexts = {
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
export const titleSuggestions = {
  now: { ko: '넷플릭스', en: 'netflix' },
  turnOn: { ko: '넷플릭스 알림 켜기', en: 'netflix alerts on' },
  turnOff: { ko: '넷플릭스 알림 끄기', en: 'netflix alerts off' },
} as const;

export const titleWords: Words = {
  netflix:
    '넷플릭스, 넷플, 네플릭스, 넷플릭, 넷플렉스, 넷플잌스, 넷플스, 냇플릭스, ㄴㅍㄹㅅ, netflix, netflixs, netlfix, netflex, nflx',
  titletoday: '넷플릭스 오늘, 오늘 넷플릭스, 오늘 나오는 넷플릭스, netflix today, today on netflix',
  title:
    '영화, 드라마, 시리즈, 예능, 작품, 작품들, 신작, 공개작, 공개, 공개되, 개봉, 개봉작, 예정, 예정작, 공개 예정, 공개예정, 공개 예정작, 볼만한, 볼 만한, 볼만한거, 볼거, 볼 거, 볼것, 볼 것, 볼게, 볼까, 애니, 애니메이션, 다큐, 프로그램, 프로, 콘텐츠, 컨텐츠, 라인업, 편성, 나오는 거, 나오는거, 올라오는 거, 나올 거, 나오는 것, 기대작, 추천작, movie, movies, film, films, series, shows, tv, tv shows, title, titles, drama, dramas, anime, releases, coming soon, lineup, schedule, catalog, worth watching, good',
};

const ORNAMENT =
  'title new what is show want week day list count number how only all more say mine next compliment release watch person alert both status fresh';

/** `넷플릭스`, `netflix this week`; right after it, `더 보여줘`. */
export const titlesHears: readonly Hearing[] = [
  { says: ['netflix'], with: ORNAMENT, not: 'off address' },
  {
    says: ['more', 'title more', 'week', 'week title', 'all', 'all more', 'next'],
    with: ORNAMENT,
    isFollowUp: true,
    not: 'menu meal cat address',
  },
];

/** `넷플릭스 알림 켜기`. */
export const titlesAlertHears: readonly Hearing[] = [
  {
    says: [
      'netflix alert on',
      'netflix alert want',
      'netflix weekly',
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
    with: ORNAMENT.replace('watch ', '').concat(' weekly whenever watch on off not remove'),
    not: 'address what',
  },
  {
    says: ['netflix whenever alert|show|want'],
    with: ORNAMENT.concat(' whenever alert on'),
    not: 'address off not',
  },
];
