import { say, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import { newsChannelOf, setTopic, wantedOf } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import type { Intent, Reply } from '../talk/types.ts';

/** News that people switch on or off for themselves by chat. */
export interface Alerts {
  /** As `topics` keeps it. */
  readonly topic: string;
  /** What it is called in answers and suggestions: `넷플릭스 알림`, `netflix alerts`. */
  readonly name: Text;
  /** Expressions for the words in front of `알림` and `alerts`. */
  readonly words: { readonly ko: string; readonly en: string };
  /** What is told, in a sentence. */
  readonly about: Text;
  /** Kinds of it that can be wanted alone, by what `topics` keeps. */
  readonly kinds?: Readonly<Record<string, { readonly words: string; readonly name: Text }>>;
  /** Whether there is anything to tell: what the owner has not switched on is said so. */
  readonly isOn?: (bot: Bot) => boolean;
}

const ON = '켜 ?기|켜(?: ?줘요?|요)?|on|받기|받을래요?|신청|시작';
const OFF = '끄기|꺼(?: ?줘요?|요)?|off|해제|취소|그만(?: ?받기)?|중지';

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

/** What switches the news on and off, and tells whether it is. */
export function alertsIntent(alerts: Alerts): Intent {
  const { ko, en } = alerts.words;
  const kind = Object.entries(alerts.kinds ?? {})
    .map(([name, { words }]) => `(?<${name}>${words})`)
    .join('|');
  const only = kind === '' ? '' : `(?:(?:${kind})만? ?)?`;
  return {
    id: `alerts-${alerts.topic}`,
    patterns: [
      new RegExp(`^(?:${ko}) ?${only}(?:알림|소식 알림)(?: ?(?:(?<on>${ON})|(?<off>${OFF})))?$`),
      new RegExp(
        `^(?:${en}) ${only}(?:alerts?|alarms?|notifications?|news)(?: (?:(?<on>on)|(?<off>off)))$`,
      ),
      new RegExp(`^turn (?:(?<on>on)|(?<off>off)) (?:the )?(?:${en}) ${only}(?:alerts?|alarms?)$`),
    ],
    reply: async (bot, person, match) => {
      const { on, off } = match.groups ?? {};
      if (on === undefined && off === undefined) return describe(bot, person, alerts);
      const choice = Object.keys(alerts.kinds ?? {}).find((name) => match.groups?.[name]) ?? null;
      return change(bot, person, alerts, on !== undefined, choice);
    },
  };
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
  await setTopic(bot.db, alerts.topic, person.id, isOn, now, isOn ? choice : null).run();
  const values = valuesOf(alerts, language);
  if (!isOn) {
    return { text: say(texts.off, language, values), suggestions: [values.on], person };
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
