import { alertsIntent } from '../../bot/announce/alerts.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import type { Intent, Reply } from '../../bot/talk/types.ts';
import { say } from '../../lib/text.ts';
import { addDays, dayOf, type Language } from '../../lib/time.ts';
import { readSources } from '../../store/sources.ts';
import { SOON_DAYS } from './choose.ts';
import { SOURCE } from './collect.ts';
import { TOPIC } from './job.ts';
import { REGIONS, regionOf } from './regions.ts';
import { stageSettings } from './settings.ts';
import { productionsOn, type StoredProduction } from './store.ts';
import { genreNames, periodForPeople, texts } from './texts.ts';

const MOST_LINES = 10;

const region = `(?<region>${REGIONS.flatMap(({ en, areas }) => [...areas.map((area) => `${area}(?:특별시|광역시|특별자치시|특별자치도|시|도)?`), en.toLowerCase()]).join('|')})`;
const genre = '(?<genre>공연|뮤지컬|연극|무대|stage|shows?|musicals?|plays?|theat(?:er|re))';
const end =
  '(?: ?(?:소식|목록|일정|추천|정보|볼래|보여 ?줘요?|알려 ?줘요?|뭐 ?(?:해|있어|하지)요?))?';

/** `공연`, `뮤지컬 부산`, `서울 연극`. */
const ask: Intent = {
  id: 'stage',
  patterns: [
    new RegExp(`^${genre}(?: (?:in )?${region}(?:에서)?)?${end}$`),
    new RegExp(`^(?:요즘 |지금 )?${region}(?:에서 하는|의|에서)? ?(?:하는 )?${genre}${end}$`),
    new RegExp(`^(?:요즘|지금|오늘) ?(?:하는 )?${genre}${end}$`),
  ],
  reply: async (bot, person, match): Promise<Reply> => {
    const { language } = person;
    const settings = bot.read(stageSettings);
    const answer = (text: string, suggestions: readonly string[] = []): Reply => ({
      text,
      suggestions,
      person,
    });
    if (settings.key === null) return answer(say(texts.off, language));
    const wanted = regionOf(match.groups?.['region'] ?? '');
    if (wanted !== null && settings.region !== null && wanted.ko !== settings.region.ko) {
      return answer(say(texts.onlyHere, language, { region: settings.region[language] }));
    }
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const kind = genreOf(match.groups?.['genre'] ?? '');
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

function genreOf(word: string): StoredProduction['genre'] | null {
  if (/^(?:뮤지컬|musical)/.test(word)) return 'musical';
  return /^(?:연극|play)/.test(word) ? 'play' : null;
}

const alerts = alertsIntent({
  topic: TOPIC,
  name: { ko: '공연 알림', en: 'stage alerts' },
  words: { ko: '공연|무대', en: 'stage|shows?' },
  about: {
    ko: '수요일과 토요일에 새로 열거나 곧 끝나는 연극과 뮤지컬을 알려 드려요.',
    en: 'On Wednesdays and Saturdays you hear which plays and musicals opened or end soon.',
  },
  kinds: {
    play: { words: '연극|plays?', name: genreNames.play },
    musical: { words: '뮤지컬|musicals?', name: genreNames.musical },
  },
  isOn: (bot) => bot.read(stageSettings).key !== null,
});

export const stageIntents: readonly Intent[] = [alerts, ask];
