import { type Alerts, alertsIntent, alertsQuiet } from '../../bot/announce/alerts.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import { firstValue } from '../../bot/talk/hear/heard.ts';
import type { Intent, Reply, Vocabulary } from '../../bot/talk/types.ts';
import { say } from '../../lib/text.ts';
import { addDays, dayOf, type Language } from '../../lib/time.ts';
import { readSources } from '../../store/sources.ts';
import { SOON_DAYS } from './choose.ts';
import { SOURCE } from './collect.ts';
import { TOPIC } from './job.ts';
import { regionOf } from './regions.ts';
import { stageSettings } from './settings.ts';
import { productionsOn, type StoredProduction } from './store.ts';
import { genreNames, periodForPeople, texts } from './texts.ts';
import { stageHears, stageWords } from './words.ts';

const MOST_LINES = 10;

/** `공연`, `뮤지컬 부산`, `서울 연극`. */
const ask: Intent = {
  id: 'stage',
  hears: stageHears,
  example: { ko: '공연', en: 'stage' },
  reply: async (bot, person, heard): Promise<Reply> => {
    const { language } = person;
    const settings = bot.read(stageSettings);
    const answer = (text: string, suggestions: readonly string[] = []): Reply => ({
      text,
      suggestions,
      person,
    });
    if (settings.key === null) return answer(say(texts.off, language));
    const wanted = regionOf(firstValue(heard, 'region') ?? '');
    if (wanted !== null && settings.region !== null && wanted.ko !== settings.region.ko) {
      return answer(say(texts.onlyHere, language, { region: settings.region[language] }));
    }
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const kind = genreOf(firstValue(heard, 'genre'));
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

export const stageIntents: readonly Intent[] = [ask, alertsIntent(alerts)];

export const stageVocabulary: Vocabulary = {
  words: stageWords,
  quiets: (bot, person) => alertsQuiet(bot, person, alerts),
};
