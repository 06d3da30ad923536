import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { type Finder, hourOfDay, PARTS_OF_DAY } from '../../../bot/talk/grammar/find.ts';
import { firstValue, type Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { talkTexts, undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { localHour, tellWoken } from '../polling/localHour.ts';
import { holdCollected } from '../store/history.ts';
import { LONGEST_MUTE_MS, type Pause, pauseWatches } from '../store/options.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { aboutWatch } from './aboutWatch.ts';
import { untilText, watchTexts } from './texts.ts';
import { pausePhrasings, resumePhrasings } from './words.ts';

/** How long to be quiet: minutes, or days and the hour (`+1@9`, `sat@9`). */
const FOR_A_TIME = 'for-a-time';
const QUIET =
  /조용|뮤트|음소거|무음|묵음|멈[추춰출춤췄]|쉬|쉴|꺼|끄|끌|중지|중단|정지|스톱|스탑|보류|잠재|그만|보내지|안 ?보내|\b(?:mute|quiet|silence|snooze|pause|hush|hold|stop|off|suspend|freeze|shut)\b/i;
const MORNING = 9;

const COUNTS: Readonly<Record<string, number>> = {
  한: 1,
  두: 2,
  세: 3,
  네: 4,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
};
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:분|min)/i, MINUTE_MS],
  [/^(?:시간|hour)/i, HOUR_MS],
  [/^(?:일|day)/i, DAY_MS],
  [/^(?:주|week)/i, 7 * DAY_MS],
  [/^(?:달|개월|month)/i, 30 * DAY_MS],
];
const WORDS: Readonly<Record<string, number>> = {
  하루: DAY_MS,
  이틀: 2 * DAY_MS,
  사흘: 3 * DAY_MS,
  나흘: 4 * DAY_MS,
  일주일: 7 * DAY_MS,
  이주일: 14 * DAY_MS,
  반나절: 6 * HOUR_MS,
};
const LASTS =
  /(?<word>하루|이틀|사흘|나흘|일주일|이주일|반나절)(?: ?(?:동안|간|만|정도))*(?! ?에)|(?<![\p{L}\p{N}])(?:for )?(?<count>\d{1,3}|한|두|세|네|an?|one|two|three|four|five) ?(?<unit>분|시간|일(?![요주])|주일?|달|개월|min(?:ute)?s?\b|hours?\b|days?\b|weeks?\b|months?\b)(?: ?(?:동안|간|만|정도))*(?! ?에)/iu;
const DAYS: readonly (readonly [RegExp, string])[] = [
  [/^(?:오늘|today|tonight)/i, '+0'],
  [/^(?:내일 ?모레|모레|the day after tomorrow)/i, '+2'],
  [/^(?:내일|낼|tomorrow)/i, '+1'],
  [/^글피/, '+3'],
  [/^(?:주말|weekend|the weekend)/i, 'sat'],
  [/^(?:다음 ?주|next week)/i, 'mon'],
  ...(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const).map(
    (day, index) => [new RegExp(`^(?:${'일월화수목금토'[index]}요일|${day})`, 'i'), day] as const,
  ),
];
const DAY =
  '오늘|내일 ?모레|내일|낼|모레|글피|주말|다음 ?주(?: 월요일)?|[일월화수목금토]요일|today|tonight|tomorrow|the day after tomorrow|(?:the )?weekend|next week|(?:sun|mon|tues|wednes|thurs|fri|satur)day';
const HALF = `${PARTS_OF_DAY}|morning|noon|evening|night`;
const UNTIL = new RegExp(
  `(?<day>${DAY})?(?: ?(?<half>${HALF}))?(?: ?(?<hour>\\d{1,2}) ?시(?: ?(?<minutes>반|\\d{1,2}(?= ?분))(?: ?분)?)?)? ?까지|(?:until|till|til) (?<enDay>${DAY})?(?: ?(?<enHalf>${HALF}))?(?: ?(?:at )?(?<enHour>\\d{1,2})(?::(?<enMinutes>\\d{2}))? ?(?<pm>am|pm)?)?`,
  'iu',
);

/** `오늘 하루만`, `just for today`: until midnight. */
const TODAY =
  /오늘 ?(?:하루|만|은|동안)(?: ?(?:동안|만|은|종일))*|(?:just |only |for )+today|(?:for )?the rest of (?:the day|today)/iu;
const MIDNIGHT = '+1@0';

/** `하루`, `내일 아침 9시까지`, `for three hours`, `until monday`: only beside a word for being quiet. */
export const findMute: Finder = (text) => {
  if (!QUIET.test(text)) return [];
  const until = UNTIL.exec(text);
  const value = until && endSaid(until.groups ?? {});
  const today = TODAY.exec(text);
  const lasts = LASTS.exec(text);
  const match = value ? until : (today ?? lasts);
  if (!match) return [];
  const said = value ?? (today ? MIDNIGHT : lengthSaid(lasts?.groups ?? {}));
  const [whole] = match;
  const start = match.index + whole.length - whole.trimStart().length;
  const end = match.index + whole.trimEnd().length;
  return [{ start, end, means: [{ concept: FOR_A_TIME, value: said }] }];
};

function lengthSaid({ word, count = '', unit = '' }: Groups): string {
  const each = UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? DAY_MS;
  const ms =
    word === undefined ? (COUNTS[count.toLowerCase()] ?? Number(count)) * each : WORDS[word];
  return String((ms ?? DAY_MS) / MINUTE_MS);
}

type Groups = Readonly<Record<string, string | undefined>>;

/** `null` when nothing says until when. */
function endSaid(groups: Groups): string | null {
  const day = groups['day'] ?? groups['enDay'];
  const half = groups['half'] ?? groups['enHalf'] ?? groups['pm'];
  const said = groups['hour'] ?? groups['enHour'];
  if (day === undefined && half === undefined && said === undefined) return null;
  const isToday = day !== undefined && /^(?:오늘|today|tonight)/i.test(day);
  const usual = /밤|night/.test(half ?? '') ? 21 : /저녁|evening/.test(half ?? '') ? 18 : MORNING;
  const noon = /점심|noon/.test(half ?? '') ? 12 : usual;
  const hour = said === undefined ? noon : hourOfDay(Number(said), half) % 24;
  // Today is over at midnight.
  if (isToday && said === undefined && half === undefined) return MIDNIGHT;
  const which = DAYS.find(([pattern]) => pattern.test(day ?? ''))?.[1] ?? 'next';
  const minutes = groups['minutes'] ?? groups['enMinutes'] ?? '0';
  return `${which}@${hour + (minutes === '반' ? 30 : Number(minutes)) / 60}`;
}

/** Epoch milliseconds at which a time that was said is over. */
function muteEnd(said: string, now: number, timeZone: string): number {
  if (/^\d+(?:\.\d+)?$/.test(said)) return now + Number(said) * MINUTE_MS;
  const [day = 'next', hour = String(MORNING)] = said.split('@');
  const local = localHour(now, timeZone);
  const midnight = local.startsAt - local.hour * HOUR_MS;
  const at = midnight + Number(hour) * HOUR_MS;
  if (day === 'next') return at > now ? at : at + DAY_MS;
  if (day.startsWith('+')) {
    const end = at + Number(day) * DAY_MS;
    return end > now ? end : end + DAY_MS;
  }
  const wanted = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].indexOf(day);
  const weekday = new Date(dayOf(now, timeZone)).getUTCDay();
  const days = (wanted - weekday + 7) % 7 || 7;
  return at + days * DAY_MS;
}

/** `멈춤 2`: nothing is told until `다시 2`; `2 하루 조용히`: it waits until that is over. */
export const pause: Intent = pausing('pause', true);

/** `다시 2` */
export const resume: Intent = pausing('resume', false);

/** What each of some watches is to be from now on. */
type Change = readonly (readonly [watch: Watch, pause: Pause])[];

function pausing(id: 'pause' | 'resume', isPause: boolean): Intent {
  const change = async (bot: Bot, person: Person, pauses: Change): Promise<Reply> => {
    const { language } = person;
    const now = bot.runtime.now();
    const asked = pauses.map(([watch, one]) => ({ id: watch.id, ...one }));
    const text = ([{ nickname }, { isPaused, until }]: Change[number]) =>
      isPaused && until !== null
        ? watchTexts.muted[language](nickname, untilText(until, now, bot.config.timeZone, language))
        : watchTexts[isPaused ? 'pausedNow' : 'resumed'][language](nickname);
    const [first] = pauses;
    if (first === undefined) {
      return { text: talkTexts.nothingToUndo[language](), suggestions: [], person };
    }
    const [only, { isPaused }] = first;
    const back = language === 'ko' ? (isPaused ? '다시' : '멈춤') : isPaused ? 'resume' : 'pause';
    return {
      text: pauses.map(text).join('\n'),
      suggestions: [
        pauses.length === 1 ? `${back} ${only.nickname}` : undoWords[language],
        language === 'ko' ? '목록' : 'list',
      ],
      person,
      writes: [
        holdCollected(bot.db, person.id, asked),
        pauseWatches(bot.db, person.id, asked, now),
      ],
      ...(pauses.some(([, one]) => !one.isPaused) && { after: () => tellWoken(bot) }),
      undo: {
        intent: id,
        data: pauses.map(([watch, { until }]) => ({
          id: watch.id,
          isPaused: watch.isPaused,
          until: watch.pausedUntil,
          to: until,
        })),
      },
    };
  };
  const meant = (bot: Bot, utterance: Utterance, watches: readonly Watch[]): Change => {
    const said = isPause ? firstValue(utterance, FOR_A_TIME) : null;
    const now = bot.runtime.now();
    const until =
      said === null
        ? null
        : Math.min(muteEnd(said, now, bot.config.timeZone), now + LONGEST_MUTE_MS);
    return watches.map((watch) => [watch, { isPaused: isPause, until }]);
  };
  return aboutWatch({
    id,
    phrasings: isPause ? pausePhrasings : resumePhrasings,
    verb: isPause ? { ko: '멈춤', en: 'pause' } : { ko: '다시', en: 'resume' },
    act: (bot, person, watch, utterance) => change(bot, person, meant(bot, utterance, [watch])),
    actOnAll: (bot, person, watches, utterance) =>
      change(bot, person, meant(bot, utterance, watches)),
    canBe: ({ isPaused }) => isPaused !== isPause,
    // `하루 조용히` is about all of them.
    isAboutAll: (utterance) => isPause && firstValue(utterance, FOR_A_TIME) !== null,
    async takeBack(bot, person, data) {
      const before = new Map(
        v
          .parse(keptPauses, data)
          .map(({ id: of, isPaused, until }) => [of, { isPaused, until }] as const),
      );
      const now = bot.runtime.now();
      const watches = await watchesOf(bot.db, person.id, now);
      const pauses = watches.flatMap((watch) => {
        const was = before.get(watch.id);
        if (was === undefined) return [];
        const isOver = was.until !== null && was.until <= now;
        return [[watch, isOver ? { isPaused: false, until: null } : was] as const];
      });
      return change(bot, person, pauses);
    },
    again: (bot, person, watch, data) => {
      const until = v.parse(keptPauses, data)[0]?.to ?? null;
      return change(bot, person, [[watch, { isPaused: isPause, until }]]);
    },
  });
}

/** How some watches were, to be so again. */
const keptPauses = v.array(
  v.object({
    id: v.number(),
    isPaused: v.boolean(),
    until: v.nullable(v.number()),
    /** Until when it was paused then. */
    to: v.optional(v.nullable(v.number())),
  }),
);
