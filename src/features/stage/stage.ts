import { type Alerts, alertsIntent, alertsQuiet } from '../../bot/announce/alerts.ts';
import type { Feature } from '../../bot/feature.ts';
import { defineJob } from '../../bot/jobs/job.ts';
import { firstValue } from '../../bot/talk/grammar/utterance.ts';
import type { Intent, Reply, Vocabulary } from '../../bot/talk/types.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import { say } from '../../lib/text.ts';
import { addDays, dayOf, HOUR_MS, type Language } from '../../lib/time.ts';
import { readSources } from '../../store/sources.ts';
import { stageFrontPage } from './frontPage.tsx';
import { posterRoutes, SOON_DAYS, stageJob, stageSchedule, TOPIC } from './job.ts';
import { regionOf, SOURCE, stageFeatures, stageSettings } from './settings.ts';
import { forgetProductions, productionsOn, type StoredProduction } from './store.ts';
import { genreNames, periodForPeople, stagePhrasings, stageWords, texts } from './texts.ts';

const MOST_LINES = 10;

/** `공연`, `뮤지컬 부산`, `서울 연극`. */
const ask: Intent = {
  id: 'stage',
  phrasings: stagePhrasings,
  example: { ko: '공연', en: 'stage' },
  reply: async (bot, person, utterance): Promise<Reply> => {
    const { language } = person;
    const settings = bot.read(stageSettings);
    const answer = (text: string, suggestions: readonly string[] = []): Reply => ({
      text,
      suggestions,
      person,
    });
    if (settings.key === null) return answer(say(texts.off, language));
    const wanted = regionOf(firstValue(utterance, 'region') ?? '');
    if (wanted !== null && settings.region !== null && wanted.ko !== settings.region.ko) {
      return answer(say(texts.onlyHere, language, { region: settings.region[language] }));
    }
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const kind = genreOf(firstValue(utterance, 'genre'));
    const { productions, total } = await productionsOn(bot.db, {
      today,
      until: addDays(today, SOON_DAYS),
      genre: kind,
      areas: wanted?.areas ?? [],
      limit: MOST_LINES,
    });
    const where = (wanted ?? settings.region)?.[language];
    const what = genreNames[kind ?? 'both'][language];
    if (productions.length === 0) {
      const sources = await readSources(bot.db);
      const hasRun = sources.some(({ id, state }) => id === SOURCE && /items|empty/.test(state));
      return answer(say(hasRun ? texts.none : texts.notYet, language, { what }));
    }
    const rest = total - productions.length;
    const head = where === undefined ? texts.head : texts.headIn;
    return answer(
      [
        say(head, language, { what, ...(where !== undefined && { where }) }),
        ...productions.flatMap((production) => ['', ...linesOf(production, language)]),
        ...(rest > 0 ? ['', say(texts.more, language, { count: rest })] : []),
      ].join('\n'),
      [say(texts.alertsOffer, language)],
    );
  },
};

function linesOf(production: StoredProduction, language: Language): string[] {
  const { name, venue } = production;
  return [unlinked(name), `${unlinked(venue)} · ${periodForPeople(production, language)}`];
}

function genreOf(value: string | null): StoredProduction['genre'] | null {
  return value === 'musical' || value === 'play' ? value : null;
}

const alerts: Alerts = {
  topic: TOPIC,
  name: { ko: '공연 알림', en: 'stage alerts' },
  concepts: 'stage|genre',
  about: {
    ko: '수요일과 토요일에 새로 열거나 곧 끝나는 연극과 뮤지컬을 알려 드려요.',
    en: 'On Wednesdays and Saturdays you hear which plays and musicals opened or end soon.',
  },
  kinds: {
    play: { meaning: { concept: 'genre', value: 'play' }, name: genreNames.play },
    musical: { meaning: { concept: 'genre', value: 'musical' }, name: genreNames.musical },
  },
  isOn: (bot) => bot.read(stageSettings).key !== null,
};

const stageIntents: readonly Intent[] = [ask, alertsIntent(alerts)];

const stageVocabulary: Vocabulary = {
  words: stageWords,
  quiets: (bot, person) => alertsQuiet(bot, person, alerts),
};

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
    bot.read(stageSettings).key === null ? [] : stageFeatures.filter(({ id }) => id === SOURCE),
};
