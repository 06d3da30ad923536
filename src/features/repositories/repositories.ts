import * as v from 'valibot';
import { type Feature, onMessage } from '../../bot/feature.ts';
import { defineJob, every } from '../../bot/jobs/job.ts';
import type { Intent, Vocabulary } from '../../bot/talk/types.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import { REPO_POLL } from '../../store/runs.ts';
import { watchedCard } from './adminCard.tsx';
import { calls } from './api/calls.ts';
import { repoRoutes } from './pages/routes.tsx';
import { repoDigest } from './polling/localHour.ts';
import { follow, hint, pollBranch, repoPoll, runShard } from './polling/poll.ts';
import { findCode, forgetCodes } from './register/code.ts';
import { registerRoutes } from './register/routes.tsx';
import { registration } from './register/steps.tsx';
import { forgetChanges } from './store/history.ts';
import { nobodyCollects } from './store/options.ts';
import { forgetUnwatched } from './store/repositories.ts';
import { isWatchedEvent } from './store/wanted.ts';
import { watchesOf } from './store/watches.ts';
import { exchange } from './talk/exchange.ts';
import { findAddresses, findNames, findStars } from './talk/find.ts';
import { list } from './talk/list.ts';
import { lists } from './talk/lists.ts';
import { findMute, pause, resume } from './talk/pauses.ts';
import { settings } from './talk/settings.ts';
import { watch } from './talk/watch.ts';
import { rename, status, unwatch } from './talk/watches.ts';
import { repositoryWords } from './talk/words.ts';
import { isWatching } from './watching/find.ts';
import { findPasted } from './watching/pasted.ts';
import { seedSkills } from './watching/seedSkills.ts';

/** What can be said about repositories. */
const repositoryIntents: readonly Intent[] = [
  lists,
  watch,
  list,
  status,
  unwatch,
  exchange,
  pause,
  resume,
  rename,
  settings,
];

const repositoryVocabulary: Vocabulary = {
  words: repositoryWords,
  finders: [findPasted, findStars, findCode, findAddresses, findMute],
  names: async (bot, person) =>
    findNames(
      (await watchesOf(bot.db, person.id, bot.runtime.now())).map(
        ({ nickname, repository: { owner, name } }) => [nickname, `${owner}/${name}`],
      ),
    ),
  quiets: async (bot, { id, language }) =>
    (await watchesOf(bot.db, id, bot.runtime.now())).flatMap(({ nickname, isPaused }) =>
      isPaused ? [] : [`${language === 'ko' ? '멈춤' : 'pause'} ${nickname}`],
    ),
};

const GITHUB = { ko: 'GitHub', en: 'GitHub' };
const KEEP_CHANGES_MS = 90 * DAY_MS;

/** Commits and releases of GitHub repositories: told to those who watch them. */
export const repositories: Feature = {
  id: 'repositories',
  name: { ko: 'GitHub 저장소 살펴보기', en: 'Looking at GitHub repositories' },
  needs: ['github'],
  jobs: [
    defineJob({
      id: REPO_POLL,
      name: { ko: '저장소 살펴보기', en: 'Looking at repositories' },
      schedule: every(30 * MINUTE_MS),
      catchUpMs: 30 * MINUTE_MS,
      counts: {
        shards: { ko: '묶음', en: 'parts' },
        branches: { ko: '브랜치', en: 'branches' },
        changed: { ko: '바뀜', en: 'changed' },
        told: { ko: '알림', en: 'told' },
        calls: { ko: '호출', en: 'calls' },
        looked: { ko: '다 본 묶음', en: 'parts looked at' },
      },
      isHere: true,
      run: repoPoll,
    }),
    defineJob({
      id: 'repo-digest',
      name: { ko: '모아 보내기', en: 'Digests' },
      schedule: every(30 * MINUTE_MS),
      catchUpMs: 30 * MINUTE_MS,
      warning: {
        ko: '이 시각에 받기로 한 사람에게 저장소 소식 모음을 바로 보내요.',
        en: 'Digests go to everyone who has one due at this hour, at once.',
      },
      counts: { digests: { ko: '모음', en: 'digests' } },
      isIdle: ({ db }) => nobodyCollects(db),
      run: repoDigest,
    }),
  ],
  messages: [
    onMessage(v.object({ shard: v.number(), slot: v.number() }), (bot, { shard, slot }) =>
      runShard(bot, shard, slot),
    ),
    onMessage(
      v.object({
        branch: v.number(),
        sure: v.optional(v.number(), 0),
        at: v.optional(v.number(), 0),
      }),
      (bot, { branch, sure, at }) => pollBranch(bot, branch, { isSure: sure === 1, at }),
    ),
  ],
  card: watchedCard,
  sources: async (bot) => ((await isWatching(bot)) ? [{ id: 'repositories', name: GITHUB }] : []),
  events: [
    {
      channel: 'github',
      handle: (bot, event) => follow(bot, v.parse(hint, event)),
      wanted: isWatchedEvent,
    },
  ],
  cleanUp: ({ db }, now) => [
    forgetChanges(db, now - KEEP_CHANGES_MS),
    ...forgetUnwatched(db),
    forgetCodes(db, now),
  ],
  intents: repositoryIntents,
  vocabulary: repositoryVocabulary,
  talk: {
    help: [
      {
        say: { ko: '관심 레포 추가', en: 'watch' },
        gives: { ko: 'GitHub 저장소 지켜보기', en: 'watch a GitHub repository' },
      },
      {
        say: { ko: '내 스타', en: 'my stars' },
        gives: { ko: '별표한 저장소들의 릴리스', en: 'releases of what you starred' },
      },
      {
        say: {
          ko: '목록 · 상태 1 · 설정 1 · 해제 1',
          en: 'list · status 1 · set 1 · unwatch 1',
        },
        gives: { ko: '지켜보는 저장소', en: 'your repositories' },
      },
    ],
    suggestions: [{ ko: '관심 레포 추가', en: 'watch' }],
    commands: {
      watch: { ko: '깃허브 저장소 구독하기', en: 'Watch a GitHub repository' },
      list: { ko: '구독한 저장소 보기', en: 'Show what you watch' },
      status: { ko: '지난번 뒤의 새 커밋 보기', en: 'Commits since you last asked' },
      settings: { ko: '알릴 소식 정하기', en: 'Choose what is told' },
      unwatch: { ko: '구독 끝내기', en: 'Stop watching' },
    },
  },
  skills: seedSkills,
  apiCalls: calls,
  routes: [
    { path: '/register', routes: registerRoutes },
    { path: '/repos', routes: repoRoutes },
  ],
  frontPage: registration,
};
