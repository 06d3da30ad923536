import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import type { Bot } from '../../context.ts';
import { generalHears, smallTalkHears } from '../generalWords.ts';
import { type Heard, has, means, tokensOf, written } from '../hear/heard.ts';
import { hasHangul } from '../hear/normalize.ts';
import { helpText, suggestionsIn } from '../hint.ts';
import { remember, undoable } from '../state.ts';
import { smallTalkTexts, talkTexts, talkTexts as texts } from '../talkTexts.ts';
import type { Intent } from '../types.ts';
import { understand } from '../understand.ts';
import { forget } from './forget.ts';
import { fetchAnswer } from './lateAnswer.ts';

/**
 * `되돌리기`: takes back the last change that can be, within five minutes. `아니 그거 말고 두 번째`
 * does it to the other one instead.
 */
const undo: Intent = {
  id: 'undo',
  hears: generalHears.undo,
  async reply(bot, person, heard) {
    const last = undoable(bot, person);
    const cleared = remember(person, { undo: null });
    const author = bot.talk.intents.find(({ id }) => id === last?.intent);
    const reply = last && (await author?.takeBack?.(bot, cleared, last.data));
    if (reply) {
      if (!has(heard, 'ordinal', 'name')) return reply;
      // The other one is looked for in what is there again.
      if (reply.writes?.length) await bot.db.batch([...reply.writes]);
      const tokens = heard.tokens.filter(
        (token) => means(token, 'ordinal') || means(token, 'name'),
      );
      const other = await author?.resume?.(bot, reply.person, null, { ...heard, tokens });
      return !other ? { ...reply, writes: [] } : { ...other, text: `${reply.text}\n${other.text}` };
    }
    const { language } = person;
    return {
      text: texts.nothingToUndo[language](),
      suggestions: suggestionsIn(bot, language),
      person: cleared,
    };
  },
};

/** Greetings, thanks, goodbyes: one warm line, and what can be said next where that helps. */
const smallTalk: readonly Intent[] = (
  ['greeting', 'thanks', 'bye', 'sorry', 'compliment', 'insult'] as const
).map((id) => ({
  id,
  hears: smallTalkHears[id],
  reply: async (bot, person) => ({
    text: smallTalkTexts[id][person.language],
    suggestions: id === 'greeting' || id === 'sorry' ? suggestionsIn(bot, person.language) : [],
    person,
  }),
}));

/** Answers to a question that nobody asked, and a `더` after nothing there is more of. */
const replies: readonly Intent[] = [
  saying('yes', texts.yesToNothing),
  saying('cancel', texts.nothingToCancel),
  saying('no', texts.noToNothing),
  saying('more', texts.moreOfNothing),
];

function saying(
  id: 'yes' | 'no' | 'cancel' | 'more',
  text: Readonly<Record<Language, () => string>>,
): Intent {
  return {
    id,
    hears: generalHears[id],
    reply: async (bot, person) => ({
      text: text[person.language](),
      suggestions: suggestionsIn(bot, person.language),
      person,
    }),
  };
}

/** What may stand between a language and that somebody does not speak it. */
const LITTLE = /^[을를은는도]?\s*(?:잘|하나도|전혀|거의|완전|진짜)?\s*$/u;
const ANY = /^\s+(?:(?:or|and)\s+\w+\s+)?(?:(?:any|much|good)\s+)?$/i;

/** The language somebody asks for; of one they cannot read (`한국말 못해`) the other. */
export function languageWished(heard: Heard): Language {
  // `너 한국말 못해` is about the bot.
  const isTheirs = has(heard, 'mine') || !has(heard, 'person');
  const unable = heard.tokens.find((token) => isTheirs && means(token, 'unable'));
  const all = tokensOf(heard, 'lang');
  const refused =
    unable &&
    all.find(({ start, end }) =>
      hasHangul(written(heard, unable))
        ? end <= unable.start && LITTLE.test(heard.text.slice(end, unable.start))
        : ANY.test(heard.text.slice(unable.end, start)),
    );
  const wished = all.find((token) => token !== refused);
  const isEnglish = (wished ?? refused)?.means.some(({ value }) => value === 'en') === true;
  return isEnglish === (wished !== undefined) ? 'en' : 'ko';
}

/** `영어로 말해줘`, `speak Korean`: the language of all answers and news from now on. */
const languageIntent: Intent = {
  id: 'language',
  hears: generalHears.language,
  reply: async (bot, person, heard) => {
    const wished = languageWished(heard);
    return {
      text: talkTexts.languageSet[wished](),
      suggestions: suggestionsIn(bot, wished),
      person,
      language: wished,
    };
  },
};

const help: Intent = {
  id: 'help',
  hears: generalHears.help,
  example: { ko: '도움말', en: 'help' },
  reply: async (bot, person) => ({
    text: helpText(bot, person.language),
    suggestions: suggestionsIn(bot, person.language),
    person,
  }),
};

/**
 * `알림 꺼줘`, `stop`: whatever news the person gets. With one kind of it there is nothing to ask;
 * of several, one is chosen.
 */
const alertsOff: Intent = {
  id: 'alerts-off',
  hears: generalHears['alerts-off'],
  async reply(bot, person) {
    const { language } = person;
    const kinds = await quietsOf(bot, person);
    const [only] = kinds;
    if (only === undefined) {
      return {
        text: texts.noAlerts[language](),
        suggestions: suggestionsIn(bot, language),
        person,
      };
    }
    if (kinds.length > 1) {
      return { text: texts.whichAlerts[language](), suggestions: kinds, person };
    }
    const { heard, meant } = await understand(bot, person, only);
    const intent = bot.talk.intents.find(({ id }) => id === meant?.id && id !== 'alerts-off');
    return intent
      ? intent.reply(bot, person, heard)
      : { text: texts.whichAlerts[language](), suggestions: kinds, person };
  },
};

/** Words that stop what the person gets by itself, a kind each. */
async function quietsOf(bot: Bot, person: Person): Promise<string[]> {
  const kinds: string[] = [];
  for (const { quiets } of bot.talk.vocabularies) {
    if (quiets !== undefined) kinds.push(...(await quiets(bot, person)));
  }
  return kinds;
}

/** `무슨 알림 있어?`, `알림 켜줘`: how many kinds come, and the words that switch each. */
const alerts: Intent = {
  id: 'alerts',
  hears: generalHears.alerts,
  async reply(bot, person) {
    const { language } = person;
    const kinds = await quietsOf(bot, person);
    const known = kinds.map(withoutVerb);
    const others = bot.talk.intents
      .flatMap(({ isSwitch, example }) => (isSwitch && example ? [example[language]] : []))
      .filter((words) => !known.includes(withoutVerb(words)));
    return {
      text: texts.alertsAre[language](kinds.length),
      suggestions: [...others, ...kinds],
      person,
    };
  },
};

/** `메뉴 알림 켜기` and `메뉴 알림 끄기` are about the same. */
function withoutVerb(words: string): string {
  return words.slice(0, words.lastIndexOf(' '));
}

/** What can be said whatever the bot tells of: before the intents of features, and behind them. */
export const generalIntents: Readonly<Record<'first' | 'last', readonly Intent[]>> = {
  first: [...smallTalk, help],
  last: [languageIntent, forget, fetchAnswer, undo, alertsOff, alerts, ...replies],
};
