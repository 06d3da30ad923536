import { say, type Text } from '../../lib/text.ts';
import { quietHoursOf, setQuietHours } from '../../store/topics.ts';
import type { Finder } from '../talk/grammar/find.ts';
import { firstValue, has } from '../talk/grammar/utterance.ts';
import type { Intent, Vocabulary } from '../talk/types.ts';

const HOUR = '(오전|오후|밤|새벽|아침|저녁)? ?(\\d{1,2}) ?(?:시|:00)? ?(am|pm)?';
const FROM_TO = `(?:from )?${HOUR} ?(?:부터|에서|~|-|to|until) ?${HOUR}(?: ?까지)?`;
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
  new RegExp(`^${FROM_TO} ?(?:에는 |동안 )?(?:${WORDS})$`),
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

/** Hours in which a person is told nothing that can wait. */
export const quiet: Intent = {
  id: 'quiet',
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
    if (said === 'off') {
      return {
        text: say(texts.off, language),
        suggestions: [button.on[language]],
        person,
        writes: [setQuietHours(bot.db, person.id, null)],
      };
    }
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
    const hours = { from, to };
    return {
      text: say(texts.set, language, hours),
      suggestions: [button.off[language]],
      person,
      writes: [setQuietHours(bot.db, person.id, hours)],
    };
  },
};

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

/** The hours in words: `23-7`; `null` when they name none. */
function hoursIn(words: string, pattern = new RegExp(FROM_TO)): string | null {
  const [, half, hour, pm, halfTo, hourTo, pmTo] = pattern.exec(words.toLowerCase()) ?? [];
  if (hour === undefined || hourTo === undefined) return null;
  return `${hourOf(hour, half ?? pm)}-${hourOf(hourTo, halfTo ?? pmTo)}`;
}

export const quietVocabulary: Vocabulary = {
  words: {
    hush: '조용, 조용히, 조용한, 조용한 시간, 조용시간, 방해금지, 방해 금지 시간, quiet, quiet hours, do not disturb, dnd',
    night: '밤, 밤에, 밤중, 새벽, 새벽에, 자는 동안, 잘 때, at night, night, overnight',
  },
  finders: [findQuiet],
};

function hourOf(digits: string, half: string | undefined): number {
  const hour = Number(digits) % 24;
  const isLate =
    half === '오후' || half === '저녁' || half === 'pm' || (half === '밤' && hour >= 6);
  if (isLate && hour < 12) return hour + 12;
  return (half === '오전' || half === 'am' || half === '새벽' || half === '밤') && hour === 12
    ? 0
    : hour;
}
