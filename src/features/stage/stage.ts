import type { Feature } from '../../bot/feature.ts';
import { defineJob } from '../../bot/jobs/types.ts';
import { addDays, dayOf, HOUR_MS } from '../../lib/time.ts';
import { SOURCE } from './collect.ts';
import { stageFrontPage } from './frontPage.tsx';
import { stageIntents, stageVocabulary } from './intent.ts';
import { stageJob, stageSchedule, TOPIC } from './job.ts';
import { posterRoutes } from './posters.ts';
import { stageFeatures, stageSettings } from './settings.ts';
import { forgetProductions } from './store.ts';

/** How long what was never announced is kept after it is over. */
const KEPT_DAYS = 60;

/** Plays and musicals: posted twice a week, told to those who follow, and on demand. */
export const stage: Feature = {
  id: 'stage',
  name: { ko: '공연', en: 'Stage' },
  settings: stageSettings,
  parts: stageFeatures,
  jobs: [
    defineJob({
      id: 'stage',
      name: { ko: '공연 모으고 알리기', en: 'Collecting and telling the stage' },
      schedule: stageSchedule,
      catchUpMs: 12 * HOUR_MS,
      again: 2,
      warning: {
        ko: '새로 열거나 곧 끝나는 공연을 X에 바로 올리고 받는 사람들에게 알려요. 올린 글은 여기서 되돌릴 수 없어요.',
        en: 'What opened or ends soon is posted on X and told to those who follow, at once. Posts cannot be undone here.',
      },
      counts: {
        found: { ko: '찾음', en: 'found' },
        changed: { ko: '바뀜', en: 'changed' },
        posted: { ko: '올림', en: 'posted' },
        told: { ko: '알림', en: 'told' },
      },
      run: stageJob,
    }),
  ],
  cleanUp: ({ db, config }, now) => [
    forgetProductions(db, addDays(dayOf(now, config.timeZone), -KEPT_DAYS)),
  ],
  intents: stageIntents,
  vocabulary: stageVocabulary,
  talk: {
    help: [
      {
        say: { ko: '공연', en: 'stage' },
        gives: {
          ko: '지금 하거나 곧 여는 연극과 뮤지컬 (뮤지컬 부산, 공연 알림 켜기)',
          en: 'plays and musicals on now or soon (musicals busan, stage alerts on)',
        },
      },
    ],
    suggestions: [{ ko: '공연', en: 'stage' }],
    commands: { stage: { ko: '연극과 뮤지컬', en: 'Plays and musicals' } },
  },
  topics: { [TOPIC]: { ko: '공연 소식', en: 'the stage' } },
  routes: [{ path: '/stage', routes: posterRoutes }],
  frontPage: stageFrontPage,
  sources: async (bot) =>
    bot.read(stageSettings).key === null
      ? []
      : [{ id: SOURCE, name: { ko: '공연 목록 (KOPIS)', en: 'List of the stage (KOPIS)' } }],
};
