import type { Feature } from '../../bot/feature.ts';
import { defineJob, every } from '../../bot/jobs/job.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { feedsRoutes } from './admin/routes.tsx';
import { done, texts } from './admin/texts.ts';
import { feedIntents, feedVocabulary } from './intent.ts';
import { FEEDS, feedsJob } from './job.ts';
import { newsText } from './notices.ts';
import { dueFeeds, forgetUnfollowed } from './store.ts';

/** RSS, Atom and JSON feeds: what is new is posted, or told to those who follow. */
export const feeds: Feature = {
  id: 'feeds',
  name: { ko: '피드', en: 'Feeds' },
  jobs: [
    defineJob({
      id: FEEDS,
      name: { ko: '피드 살피기', en: 'Looking at feeds' },
      schedule: every(30 * MINUTE_MS),
      catchUpMs: 30 * MINUTE_MS,
      warning: {
        ko: '새 글이 있으면 X에 바로 올리고 받는 사람들에게 알려요.',
        en: 'What is new is posted on X and told to those who follow, at once.',
      },
      counts: {
        visited: { ko: '살펴봄', en: 'visited' },
        fresh: { ko: '새 글', en: 'new' },
        told: { ko: '알림', en: 'told' },
      },
      isIdle: async ({ db }) => (await dueFeeds(db, Number.MAX_SAFE_INTEGER, 1)).length === 0,
      run: feedsJob,
    }),
  ],
  cleanUp: ({ db }) => forgetUnfollowed(db),
  intents: feedIntents,
  vocabulary: feedVocabulary,
  talk: {
    help: [
      {
        say: { ko: '피드', en: 'feed' },
        gives: {
          ko: '블로그와 뉴스의 새 글 (피드 이름, 피드 해제 이름)',
          en: 'what is new on blogs and news pages (feed name, unfollow name)',
        },
      },
    ],
    suggestions: [],
    commands: { feeds: { ko: '받는 피드', en: 'Feeds you follow' } },
  },
  adminPage: { path: '/admin/feeds', title: texts.title, routes: feedsRoutes },
  flash: done,
  newsText,
};
