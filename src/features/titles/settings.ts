import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, choice, flag, secret, settingsOf } from '../../config/setting.ts';

/** What of the owner's settings is about upcoming Netflix titles. */
export const titleSettings = settingsOf(
  {
    tmdbToken: secret('TMDB_TOKEN', {
      what: {
        ko: 'API 읽기 토큰. 넷플릭스 페이지가 안 될 때 대신 써요',
        en: 'API Read Access Token; stands in when Netflix’s page fails',
      },
      where: { ko: 'themoviedb.org > 설정 > API', en: 'themoviedb.org > Settings > API' },
    }),
    postStyle: choice('NETFLIX_POST_STYLE', ['each', 'thread'], {
      what: {
        ko: '글의 모양: 작품마다 한 글(each), 네 작품씩 타래(thread)',
        en: 'a post per title (each), or four posters a post (thread)',
      },
    }),
    postLinks: flag('NETFLIX_POST_LINKS', {
      what: {
        ko: '글에 주소 넣기 (값이 13배)',
        en: 'put the address into posts (13 times the price)',
      },
    }),
    pageUrl: address('NETFLIX_PAGE_URL', 'https://about.netflix.com/ko/new-to-watch', {
      what: { ko: '넷플릭스 공개 예정 페이지', en: 'Netflix’s page of what is to come' },
    }),
    tmdbUrl: address('TMDB_API_URL', 'https://api.themoviedb.org/3', {
      what: { ko: 'TMDB API', en: 'API of TMDB' },
    }),
  },
  (values) => values,
);

export const titleFeatures: readonly FeatureRule[] = [
  {
    id: 'netflix',
    name: { ko: '넷플릭스 공개 예정작', en: 'Upcoming on Netflix' },
    state: () => ({ state: 'on' }),
  },
  {
    id: 'tmdb',
    name: { ko: 'TMDB (넷플릭스가 안 될 때)', en: 'TMDB, when Netflix fails' },
    state: needs(titleSettings.declared.tmdbToken),
  },
];
