import * as v from 'valibot';
import { say, type Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { type QuietHours, quietHoursOf, setQuietHours } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import { type Finder, hourOfDay, KOREAN_HOURS, PARTS_OF_DAY } from '../talk/grammar/find.ts';
import { firstValue, has } from '../talk/grammar/utterance.ts';
import { undoWords } from '../talk/talkTexts.ts';
import type { Intent, Reply, Vocabulary } from '../talk/types.ts';

const HOUR_WORDS = Object.keys(KOREAN_HOURS).join('|');
/** `밤 11시 반`, `열한 시`, `23:30`, `10pm`, `자정`; the groups of each of two have names of their own. */
const at = (which: 'from' | 'to') =>
  `(?:(?:(?<${which}Half>${PARTS_OF_DAY}) ?)?(?:(?<${which}Digits>\\d{1,2})|(?<${which}Word>${HOUR_WORDS})(?= ?시))(?: ?시)?(?:[ :]?(?:(?<${which}Minutes>반|[0-5]\\d)(?: ?분)?)(?![\\d시]))? ?(?<${which}Pm>am|pm)?|(?<${which}Noon>정오|noon)|(?<${which}Zero>자정|midnight))`;
const FROM_TO = `(?:from |between )?${at('from')} ?(?:부터|에서|~|-|to|until|till|and) ?${at('to')}(?: ?까지)?`;
const WORDS =
  '조용히|조용(?:한)? ?시간|방해 ?금지(?: ?시간)?|quiet(?: ?hours?)?|do not disturb|dnd';
const OFF = '끄기|꺼(?: ?줘요?)?|해제|취소|없애(?: ?줘요?)?|off';

const texts = {
  set: {
    ko: '{from}시부터 {to}시까지는 저장소, 새 작품, 공연, 피드 소식을 모아 두었다가 {to}시에 보낼게요.',
    en: 'From {from}:00 to {to}:00 news of repositories, titles, stage and feeds waits, and comes at {to}:00.',
  },
  off: { ko: '이제 언제든 소식을 보낼게요.', en: 'News comes at any hour from now on.' },
  none: {
    ko: '조용한 시간이 없어요. ‘조용히 22시~8시’처럼 말해 주세요.',
    en: 'There are no quiet hours. Say “quiet 22-8”, for example.',
  },
  wrong: {
    ko: '몇 시부터 몇 시까지인지 모르겠어요. ‘조용히 22시~8시’처럼 말해 주세요.',
    en: 'I did not get the hours. Say “quiet 22-8”, for example.',
  },
} as const satisfies Record<string, Text>;

const HOURS = [
  new RegExp(`^(?:${WORDS}) ${FROM_TO}$`),
  new RegExp(`^${FROM_TO} ?(?:에는 |는 |동안 |동안은 )?(?:${WORDS})$`),
];
const ALONE = new RegExp(`^(?:${WORDS})(?: ?(?<off>${OFF}))?$`);
const QUIET_HOURS = 'quiet-hours';
/** `11시부터 아침 7시까지는 알림 보내지 마`, `밤에는 조용히 해줘`, `언제 조용해?`. */
const ABOUT = [
  'hour hour off|pause|hush',
  'hour for-a-time off|pause|hush',
  'night off|pause|hush|not alert',
  'night hush',
  'hush what',
  'hush show',
  'hush setting',
  'hush off|remove',
];
const button = {
  off: { ko: '조용한 시간 끄기', en: 'quiet hours off' },
  on: { ko: '조용히 22시~8시', en: 'quiet 22-8' },
};

const ID = 'quiet';

/** Hours in which a person is told nothing that can wait. */
export const quiet: Intent = {
  id: ID,
  phrasings: [
    { says: [QUIET_HOURS] },
    {
      says: ABOUT,
      with: 'alert night hour for-a-time off pause hush not show on only mine how is all person again',
      not: 'name ordinal address menu netflix cat stage feed repo daily',
    },
  ],
  reply: async (bot, person, utterance) => {
    const { language } = person;
    const isOver =
      has(utterance, 'hush') && has(utterance, 'off', 'remove') && !has(utterance, 'hour', 'night');
    const said =
      firstValue(utterance, QUIET_HOURS) ?? hoursIn(utterance.text) ?? (isOver ? 'off' : '');
    const [from, to] = said.split('-').map(Number);
    if (said === 'off') return change(bot, person, null);
    if (said === '' || from === undefined || to === undefined) {
      const known = await quietHoursOf(bot.db, person.id);
      const text =
        known === null ? say(texts.none, language) : say(texts.set, language, { ...known });
      const next = button[known === null ? 'on' : 'off'][language];
      return { text, suggestions: [next], person };
    }
    if (from > 23 || to > 23 || from === to) {
      return { text: say(texts.wrong, language), suggestions: [button.on[language]], person };
    }
    return change(bot, person, { from, to });
  },
  takeBack: async (bot, person, data) => change(bot, person, v.parse(before, data).hours),
};

const before = v.object({ hours: v.nullable(v.object({ from: v.number(), to: v.number() })) });

async function change(bot: Bot, person: Person, hours: QuietHours | null): Promise<Reply> {
  const { language } = person;
  const isOn = hours !== null;
  return {
    text: isOn ? say(texts.set, language, { ...hours }) : say(texts.off, language),
    suggestions: [button[isOn ? 'off' : 'on'][language], undoWords[language]],
    person,
    writes: [setQuietHours(bot.db, person.id, hours)],
    undo: { intent: ID, data: { hours: await quietHoursOf(bot.db, person.id) } },
  };
}

/** `조용히 22시~8시`, `quiet hours off`: the whole text is about it. */
const findQuiet: Finder = (text) => {
  const words = text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s/]+|[\s.!?]+$/g, '');
  const found = (value: string) => [
    { start: 0, end: text.length, means: [{ concept: QUIET_HOURS, value }] },
  ];
  const alone = ALONE.exec(words);
  if (alone) return found(alone.groups?.['off'] === undefined ? '' : 'off');
  const hours = HOURS.map((pattern) => hoursIn(words, pattern)).find((one) => one !== null);
  return hours === undefined || hours === null ? [] : found(hours);
};

/** The hours in words: `23-7`; `null` when they name none. What begins or ends within one takes all of it. */
function hoursIn(words: string, pattern = new RegExp(FROM_TO)): string | null {
  const groups = pattern.exec(words.toLowerCase())?.groups;
  return groups === undefined ? null : `${hourOf(groups, 'from')}-${hourOf(groups, 'to')}`;
}

export const quietVocabulary: Vocabulary = {
  words: {
    hush: '조용, 조용히, 조용한, 조용한 시간, 조용시간, 방해금지, 방해 금지 시간, quiet, quiet hours, do not disturb, dnd',
    night: '밤, 밤에, 밤중, 새벽, 새벽에, 자는 동안, 잘 때, at night, night, overnight',
  },
  finders: [findQuiet],
};

function hourOf(groups: Readonly<Record<string, string>>, which: 'from' | 'to'): number {
  const said = (what: string) => groups[`${which}${what}`];
  if (said('Noon') !== undefined) return 12;
  if (said('Zero') !== undefined) return 0;
  const digits = said('Digits');
  const hour = digits === undefined ? (KOREAN_HOURS[said('Word') ?? ''] ?? 0) : Number(digits);
  const whole = hourOfDay(hour, said('Half') ?? said('Pm')) % 24;
  const minutes = said('Minutes') ?? '00';
  return which === 'to' && minutes !== '00' ? (whole + 1) % 24 : whole;
}
