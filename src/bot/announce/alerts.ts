import * as v from 'valibot';
import { inBoth, say, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Unless } from '../../store/deliveries.ts';
import type { Person } from '../../store/people.ts';
import { newsChannelOf, setTopic, tellTopic, wantedOf } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import type { Notice } from '../notice/notice.ts';
import { has, type Meaning, valuesOf as valuesIn } from '../talk/grammar/utterance.ts';
import { undoWords } from '../talk/talkTexts.ts';
import type { Intent, Reply } from '../talk/types.ts';

/** News that people switch on or off for themselves by chat. */
export interface Alerts {
  /** As `topics` keeps it. */
  readonly topic: string;
  /** What it is called in answers and suggestions: `넷플릭스 알림`, `netflix alerts`. */
  readonly name: Text;
  /** Concepts of the feature's words, one of which says that it is meant. */
  readonly concepts: string;
  /** What is told, in a sentence. */
  readonly about: Text;
  /** Kinds of it that can be wanted alone, by what `topics` keeps. */
  readonly kinds?: Readonly<Record<string, { readonly meaning: Meaning; readonly name: Text }>>;
  /** Whether there is anything to tell: what the owner has not switched on is said so. */
  readonly isOn?: (bot: Bot) => boolean;
}

/** What goes with the subject to say that its news is meant: to switch on, off, or to ask about. */
const SAYINGS = [
  'alert',
  'alert on',
  'alert want',
  'notify',
  'alert watch',
  'weekly',
  'weekly on',
  'weekly show',
  'daily',
  'daily show',
  'watch',
  'watch want',
  'whenever',
  'alert off',
  'alert not',
  'alert remove',
  'alert cancel',
  'alert pause',
  'weekly off',
  'daily off',
  'watch off',
  'watch remove',
  'off',
  'remove watch',
];
const ORNAMENT =
  'on off not remove cancel want show new week watch alert weekly whenever notify daily again mine only person is how';
const SWITCHES_ON = ['on', 'want', 'watch', 'weekly', 'daily', 'show', 'whenever', 'notify'];
const SWITCHES_OFF = ['off', 'not', 'no', 'remove', 'cancel', 'pause'];

const texts = {
  on: {
    ko: '{name}을 켰어요. {about} 그만 받으려면 ‘{off}’라고 말해 주세요.',
    en: '{name} are on. {about} To stop, say “{off}”.',
  },
  kind: { ko: '{kind}만 알려 드려요.', en: 'Only {kind}.' },
  off: { ko: '{name}을 껐어요.', en: '{name} are off.' },
  isOn: { ko: '{name}이 켜져 있어요.', en: '{name} are on.' },
  isOff: { ko: '{name}이 꺼져 있어요. {about}', en: '{name} are off. {about}' },
  unreachable: {
    ko: '지금은 먼저 말을 걸 길이 없어요. ‘연결’이라고 말해 카카오톡을 이어 주세요.',
    en: 'I cannot write to you first yet. Say “login” to connect KakaoTalk.',
  },
  sourceOff: {
    ko: '아직은 봇 주인이 이 소식을 켜지 않았어요. 켜지면 알려 드릴게요.',
    en: 'The owner of this bot has not switched this on yet. You will hear once it is.',
  },
} as const satisfies Record<string, Text>;

const turnOn = { ko: '{name} 켜기', en: '{name} on' } as const satisfies Text;
const turnOff = { ko: '{name} 끄기', en: '{name} off' } as const satisfies Text;

/** What switches the news on and off, and tells whether it is; either can be taken back. */
export function alertsIntent(alerts: Alerts): Intent {
  const id = `alerts-${alerts.topic}`;
  return {
    id,
    example: inBoth((language) => say(turnOn, language, { name: alerts.name[language] })),
    isSwitch: true,
    phrasings: [
      {
        says: SAYINGS.map((saying) => `${alerts.concepts} ${saying}`),
        with: `${ORNAMENT} ${alerts.concepts.replaceAll('|', ' ')}`,
        not: 'what address more count',
      },
    ],
    reply: async (bot, person, utterance) => {
      const isOff = has(utterance, ...SWITCHES_OFF);
      if (!isOff && !has(utterance, ...SWITCHES_ON)) return describe(bot, person, alerts);
      const choice = Object.entries(alerts.kinds ?? {}).find(([, { meaning }]) =>
        valuesIn(utterance, meaning.concept).includes(meaning.value),
      );
      const before = await wantedOf(bot.db, alerts.topic, person.id);
      const reply = await change(bot, person, alerts, !isOff, choice?.[0] ?? null);
      const undo = { isOn: before !== null, choice: before?.choice ?? null };
      return { ...reply, undo: { intent: id, data: undo } };
    },
    takeBack: (bot, person, data) => {
      const { isOn, choice } = v.parse(undoSchema, data);
      return change(bot, person, alerts, isOn, choice);
    },
  };
}

const undoSchema = v.object({ isOn: v.boolean(), choice: v.nullable(v.string()) });

/** What stops this news; nothing when the person does not get it. */
export async function alertsQuiet(bot: Bot, person: Person, alerts: Alerts): Promise<string[]> {
  const wanted = await wantedOf(bot.db, alerts.topic, person.id);
  return wanted === null ? [] : [valuesOf(alerts, person.language).off];
}

async function change(
  bot: Bot,
  person: Person,
  alerts: Alerts,
  isOn: boolean,
  choice: string | null,
): Promise<Reply> {
  const { language } = person;
  const now = bot.runtime.now();
  const writes = [setTopic(bot.db, alerts.topic, person.id, isOn, now, isOn ? choice : null)];
  const values = valuesOf(alerts, language);
  if (!isOn) {
    const suggestions = [undoWords[language], values.on];
    return { text: say(texts.off, language, values), suggestions, person, writes };
  }
  const channel = await newsChannelOf(bot.db, person.id);
  const canBeTold = channel !== null && bot.channels.has(channel);
  const kind = choice === null ? undefined : alerts.kinds?.[choice]?.name;
  return {
    text: [
      say(texts.on, language, values),
      ...(kind ? [say(texts.kind, language, { kind: kind[language] })] : []),
      ...(canBeTold ? [] : [say(texts.unreachable, language)]),
      ...((alerts.isOn?.(bot) ?? true) ? [] : [say(texts.sourceOff, language)]),
    ].join('\n\n'),
    suggestions: [values.off],
    person,
    writes,
  };
}

async function describe(bot: Bot, person: Person, alerts: Alerts): Promise<Reply> {
  const { language } = person;
  const wanted = await wantedOf(bot.db, alerts.topic, person.id);
  const values = valuesOf(alerts, language);
  if (wanted === null) {
    return { text: say(texts.isOff, language, values), suggestions: [values.on], person };
  }
  const kind = wanted.choice === null ? undefined : alerts.kinds?.[wanted.choice]?.name;
  const only = kind ? ` ${say(texts.kind, language, { kind: kind[language] })}` : '';
  return {
    text: `${say(texts.isOn, language, values)}${only}`,
    suggestions: [values.off],
    person,
  };
}

function valuesOf({ name, about }: Alerts, language: Language) {
  const called = { name: name[language] };
  return {
    ...called,
    about: about[language],
    on: say(turnOn, language, called),
    off: say(turnOff, language, called),
  };
}

/** Something to be told to whoever follows a topic. */
export interface Announcement {
  readonly topic: string;
  /** Names what is told: who was told it is not told it again. */
  readonly key: string;
  /** The run that tells it, as `job@slot`. */
  readonly run: string;
  /**
   * What is said in a language to those who want a kind of it (`''`: every kind); `null`: there is
   * nothing of that kind.
   */
  readonly noticeOf: (choice: string, language: Language) => Notice | null;
  /** The kinds that can be wanted, beside every kind. */
  readonly choices?: readonly string[];
}

/**
 * Statements: tells it to everybody who follows the topic and can be reached, each once; whoever has
 * quiet hours now hears of it when they are over. They belong into the transaction that writes down
 * that it is told: a crash in between would be silence. Each gives a row for everybody it tells.
 *
 * @param unless nobody is told when it is true at that moment
 */
export function toldToFollowers(
  { db, runtime, config, channels }: Pick<Bot, 'db' | 'runtime' | 'config' | 'channels'>,
  { topic, key, run, noticeOf, choices = [] }: Announcement,
  unless?: Unless,
): D1PreparedStatement[] {
  const noticesOf = (choice: string) => {
    const [ko, en] = [noticeOf(choice, 'ko'), noticeOf(choice, 'en')];
    return ko && en ? { ko: JSON.stringify(ko), en: JSON.stringify(en) } : null;
  };
  const notices = noticesOf('');
  if (notices === null) return [];
  const kinds: Record<string, Record<Language, string>> = {};
  for (const choice of choices) {
    const ofKind = noticesOf(choice);
    if (ofKind !== null) kinds[choice] = ofKind;
  }
  const news = {
    topic,
    key,
    run,
    notices,
    kinds,
    channels: [...channels.keys()],
    timeZone: config.timeZone,
    ...(unless && { unless }),
  };
  return [tellTopic(db, news, runtime.now())];
}

/** How many people such statements told, by what they gave. */
export function countTold(given: readonly D1Result[]): number {
  return given.reduce((sum, { results }) => sum + results.length, 0);
}
