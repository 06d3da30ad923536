import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/lexicon.ts';

export const titleWords: Words = {
  netflix:
    '넷플릭스, 넷플, 네플릭스, 넷플릭, 넷플렉스, 넷플잌스, 넷플스, 냇플릭스, ㄴㅍㄹㅅ, netflix, netflixs, netlfix, netflex, nflx',
  titletoday: '넷플릭스 오늘, 오늘 넷플릭스, 오늘 나오는 넷플릭스, netflix today, today on netflix',
  title:
    '영화, 드라마, 시리즈, 예능, 작품, 작품들, 신작, 공개작, 공개, 공개되, 개봉, 개봉작, 예정, 예정작, 공개 예정, 공개예정, 공개 예정작, 볼만한, 볼 만한, 볼만한거, 볼거, 볼 거, 볼것, 볼 것, 볼게, 볼까, 애니, 애니메이션, 다큐, 프로그램, 프로, 콘텐츠, 컨텐츠, 라인업, 편성, 나오는 거, 나오는거, 올라오는 거, 나올 거, 나오는 것, 기대작, 추천작, movie, movies, film, films, series, shows, tv, tv shows, title, titles, drama, dramas, anime, releases, coming soon, lineup, schedule, catalog, worth watching, good',
};

const ORNAMENT =
  'title new what is show want week day list count number how only all more say mine next compliment release watch person alert both';

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
    with: ORNAMENT.replace('watch ', '').concat(' weekly watch on off not remove'),
    not: 'address what',
  },
];
