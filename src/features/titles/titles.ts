import type { Bot } from '../../bot/context.ts';
import type { Feature } from '../../bot/feature.ts';
import {
  daily,
  defineJob,
  type JobEnd,
  type JobRun,
  mayRetry,
  weekly,
} from '../../bot/jobs/job.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { keepPosters, publisherOf, publishingPart } from '../../bot/outbox/posters.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import { done, postsRoutes } from './admin/page.tsx';
import { type CollectedCount, collect, collectNetflix } from './collect.ts';
import { titleIntents, titleVocabulary } from './intent.ts';
import { handOver, planPosts, titlesToCome } from './planPosts.ts';
import { titleFeatures, titleSettings } from './settings.ts';
import { tmdbSource } from './source/netflix.ts';
import { tellWithoutPosts, titlesToday } from './tell.ts';
import { upcoming } from './upcoming.tsx';

const collectedTexts = {
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
      counts: collectedTexts,
      run: collectWithPosters,
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
      counts: { ...collectedTexts, titles: { ko: '작품', en: 'titles' } },
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
  flash: done,
  adminPage: {
    path: '/admin/posts',
    title: { ko: '올릴 글', en: 'Posts' },
    routes: postsRoutes,
  },
  sources: async (bot) =>
    titleFeatures.filter(({ id }) => id !== 'tmdb' || tmdbSource(bot) !== null),
};

/** Daily: what is to come, and the posters of what Saturday will post. */
async function collectWithPosters(bot: Bot, run: JobRun): Promise<JobEnd<CollectedCount>> {
  const end = await collect(bot, run);
  if (end.kind !== 'done') return end;
  const { free } = await titlesToCome(bot, run.slot);
  const posters = planPosts(free, bot).flatMap(({ notice }) =>
    notice.titles.flatMap(({ poster }) => poster ?? []),
  );
  await keepPosters(bot, posters);
  return end;
}

/**
 * Saturday: collects, then hands every title of the coming two weeks that was never announced to
 * the outbox. Handing over, telling followers and marking as announced are one transaction, so a
 * title is told once, ever. When every source fails, what was collected on better days is still
 * posted and the run is marked failed.
 */
async function netflixWeekly(bot: Bot, run: JobRun): Promise<JobEnd<CollectedCount | 'titles'>> {
  const collected = await collectNetflix(bot, run.slot);
  if (!collected.ok && mayRetry(collected.retryAfterMs, run)) {
    return {
      kind: 'retry',
      afterMs: collected.retryAfterMs,
      reason: collected.reason ?? 'unavailable',
    };
  }
  const publisher = await publisherOf(bot);
  if (publisher === null) {
    // The posts wait for an account, those who follow do not.
    const { free } = await titlesToCome(bot, run.slot);
    await tellWithoutPosts(bot, run.slot, free);
    return { kind: 'failed', counts: collected.counts, reason: `${publishingPart(bot)} is off` };
  }

  const { free } = await titlesToCome(bot, run.slot);
  if (free.length > 0) {
    const told = { slot: run.slot, run: `netflix-weekly@${run.slot}` };
    const isDone = await handOver(bot, publisher, planPosts(free, bot), told);
    // The owner posted or skipped one of them in this very moment.
    if (!isDone) return { kind: 'retry', afterMs: SECOND_MS, reason: 'titles changed' };
  }
  await wakeOutbox(bot);
  const counts = { ...collected.counts, titles: free.length };
  return collected.ok
    ? { kind: 'done', counts, reason: collected.reason }
    : { kind: 'failed', counts, reason: collected.reason ?? 'no source told' };
}
