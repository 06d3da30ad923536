import type { Feature } from '../../bot/feature.ts';
import { daily, weekly } from '../../bot/jobs/schedule.ts';
import { defineJob } from '../../bot/jobs/types.ts';
import { DAY_MS, HOUR_MS } from '../../lib/time.ts';
import { postsRoutes } from './admin/routes.ts';
import { titleIntents, titleVocabulary } from './intent.ts';
import { collect } from './jobs/collect.ts';
import { netflixWeekly } from './jobs/netflixWeekly.ts';
import { titleFeatures, titleSettings } from './settings.ts';
import { tmdbSource } from './source/sources.ts';
import { titlesToday } from './tell.ts';
import { upcoming } from './upcoming.tsx';

const collected = {
  found: { ko: '찾음', en: 'found' },
  fresh: { ko: '새것', en: 'new' },
  changed: { ko: '바뀜', en: 'changed' },
  moved: { ko: '날짜 바뀜', en: 'moved' },
  withdrawn: { ko: '사라짐', en: 'withdrawn' },
} as const;

/** Titles that are about to come to Netflix: posted every Saturday, told on demand. */
export const titles: Feature = {
  id: 'titles',
  name: { ko: '넷플릭스 공개 예정작', en: 'Upcoming on Netflix' },
  settings: titleSettings,
  parts: titleFeatures,
  jobs: [
    defineJob({
      id: 'collect',
      name: { ko: '소식 모으기', en: 'Collecting news' },
      // 05:00 in Korea.
      schedule: daily(20),
      catchUpMs: DAY_MS,
      counts: collected,
      run: collect,
    }),
    defineJob({
      id: 'netflix-weekly',
      name: { ko: '토요일 넷플릭스 글', en: 'Saturday’s Netflix posts' },
      // Saturday 09:00 in Korea; posted until the evening when the morning was missed.
      schedule: weekly('sat', 0),
      catchUpMs: 12 * HOUR_MS,
      warning: {
        ko: '앞으로 2주 안에 공개될 작품을 X에 바로 올려요. 올린 글은 여기서 되돌릴 수 없어요.',
        en: 'Titles of the coming two weeks are posted on X at once. Posts cannot be undone here.',
      },
      counts: { ...collected, titles: { ko: '작품', en: 'titles' } },
      run: netflixWeekly,
    }),
    defineJob({
      id: 'netflix-today',
      name: { ko: '오늘의 넷플릭스', en: 'Netflix today' },
      // 09:00 in Korea; after noon it is no morning's news.
      schedule: daily(0),
      catchUpMs: 3 * HOUR_MS,
      counts: { titles: { ko: '작품', en: 'titles' }, told: { ko: '알림', en: 'told' } },
      run: titlesToday,
    }),
  ],
  topics: {
    netflix: { ko: '넷플릭스 새 작품', en: 'Netflix titles' },
    'netflix-today': { ko: '오늘의 넷플릭스', en: 'Netflix today' },
  },
  intents: titleIntents,
  vocabulary: titleVocabulary,
  talk: {
    help: [
      {
        say: { ko: '넷플릭스', en: 'netflix' },
        gives: {
          ko: '2주 안에 나올 넷플릭스 작품',
          en: 'what comes to Netflix in the next two weeks',
        },
      },
    ],
    suggestions: [{ ko: '넷플릭스', en: 'netflix' }],
    commands: { netflix: { ko: '넷플릭스 공개 예정작', en: 'Coming to Netflix' } },
  },
  frontPage: upcoming,
  adminPage: {
    path: '/admin/posts',
    title: { ko: '올릴 글', en: 'Posts' },
    routes: postsRoutes,
  },
  sources: async (bot) => [
    { id: 'netflix', name: { ko: '넷플릭스 공개 예정작', en: 'Upcoming on Netflix' } },
    ...(tmdbSource(bot) === null
      ? []
      : [
          {
            id: 'tmdb',
            name: { ko: 'TMDB (넷플릭스가 안 될 때)', en: 'TMDB, when Netflix fails' },
          },
        ]),
  ],
};
