import * as v from 'valibot';
import { inBoth } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { forgetPerson, type Person, takeLateAnswer } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { endTiesOf } from '../forgetting.ts';
import { generalPhrasings, smallTalkPhrasings } from './generalWords.ts';
import { hasHangul } from './grammar/normalize.ts';
import { has, isOnly, means, tokensOf, type Utterance, written } from './grammar/utterance.ts';
import { helpText, suggestionsIn } from './hint.ts';
import { ask, remember, takeBack } from './state.ts';
import { fetchWords, smallTalkTexts, talkTexts, texts } from './talkTexts.ts';
import { nothingToUndo, takeBackSeveral, UNDO_ID } from './together.ts';
import type { Intent, Reply } from './types.ts';
import { understand } from './understand.ts';

/** `되돌리기`: takes back the last change that can be, within five minutes. */
const undo: Intent = {
  id: UNDO_ID,
  phrasings: generalPhrasings.undo,
  takeBack: takeBackSeveral,
  async reply(bot, person) {
    return (await takeBack(bot, person)) ?? nothingToUndo(bot, remember(person, { undo: null }));
  },
};

/** Greetings, thanks, goodbyes: one warm line, and what can be said next where that helps. */
const smallTalk: readonly Intent[] = (
  ['greeting', 'thanks', 'bye', 'sorry', 'compliment', 'insult'] as const
).map((id) => ({
  id,
  phrasings: smallTalkPhrasings[id],
  reply: async (bot, person) => ({
    text: smallTalkTexts[id][person.language],
    suggestions: id === 'greeting' || id === 'sorry' ? suggestionsIn(bot, person.language) : [],
    person,
  }),
}));

/** Answers to a question that nobody asked, and a `더` after nothing there is more of. */
const replies: readonly Intent[] = [
  saying('yes', talkTexts.yesToNothing),
  saying('cancel', talkTexts.nothingToCancel),
  saying('no', talkTexts.noToNothing),
  saying('more', talkTexts.moreOfNothing),
];

function saying(
  id: 'yes' | 'no' | 'cancel' | 'more',
  text: Readonly<Record<Language, () => string>>,
): Intent {
  return {
    id,
    phrasings: generalPhrasings[id],
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
export function languageWished(utterance: Utterance): Language {
  // `너 한국말 못해` is about the bot.
  const isTheirs = has(utterance, 'mine') || !has(utterance, 'person');
  const unable = utterance.tokens.find((token) => isTheirs && means(token, 'unable'));
  const all = tokensOf(utterance, 'lang');
  const refused =
    unable &&
    all.find(({ start, end }) =>
      hasHangul(written(utterance, unable))
        ? end <= unable.start && LITTLE.test(utterance.text.slice(end, unable.start))
        : ANY.test(utterance.text.slice(unable.end, start)),
    );
  const wished = all.find((token) => token !== refused);
  const isEnglish = (wished ?? refused)?.means.some(({ value }) => value === 'en') === true;
  return isEnglish === (wished !== undefined) ? 'en' : 'ko';
}

/** `영어로 말해줘`, `speak Korean`: the language of all answers and news from now on. */
const languageIntent: Intent = {
  id: 'language',
  phrasings: generalPhrasings.language,
  reply: async (bot, person, utterance) => {
    const wished = languageWished(utterance);
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
  phrasings: generalPhrasings.help,
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
  phrasings: generalPhrasings['alerts-off'],
  isVague: true,
  async reply(bot, person) {
    const { language } = person;
    const kinds = await quietsOf(bot, person);
    const [only] = kinds;
    if (only === undefined) {
      return {
        text: talkTexts.noAlerts[language](),
        suggestions: suggestionsIn(bot, language),
        person,
      };
    }
    if (kinds.length > 1) {
      return { text: talkTexts.whichAlerts[language](), suggestions: kinds, person };
    }
    const { utterance, meant } = await understand(bot, person, only);
    const intent = bot.talk.intents.find(({ id }) => id === meant?.id && id !== 'alerts-off');
    return intent
      ? intent.reply(bot, person, utterance)
      : { text: talkTexts.whichAlerts[language](), suggestions: kinds, person };
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
  phrasings: generalPhrasings.alerts,
  async reply(bot, person) {
    const { language } = person;
    const kinds = await quietsOf(bot, person);
    const known = kinds.map(withoutVerb);
    const others = bot.talk.intents
      .flatMap(({ isSwitch, example }) => (isSwitch && example ? [example[language]] : []))
      .filter((words) => !known.includes(withoutVerb(words)));
    return {
      text: talkTexts.alertsAre[language](kinds.length),
      suggestions: [...others, ...kinds],
      person,
    };
  },
};

/** `메뉴 알림 켜기` and `메뉴 알림 끄기` are about the same. */
function withoutVerb(words: string): string {
  return words.slice(0, words.lastIndexOf(' '));
}

const FORGET = 'forget';
const yesWords = { ko: ['네', '아니요'], en: ['yes', 'no'] } as const;

/** A yes with anything else in it is not sure enough. */
const SURE = ['yes', 'leave', 'remove', 'data', 'all', 'watch', 'repo', 'alert', 'person'];

function askWhetherSure(bot: Bot, person: Person): Reply {
  const text = inBoth((language) => texts.forgetSure[language]());
  const takes = ['remove', 'leave'];
  return ask(bot, person, { intent: FORGET, data: null, text, answers: yesWords, takes });
}

/** `탈퇴`: everything about the person is deleted, after a yes. */
const forget: Intent = {
  id: FORGET,
  phrasings: generalPhrasings.forget,
  reply: async (bot, person) => askWhetherSure(bot, person),
  async resume(bot, person, _data, utterance) {
    const isRefused = has(utterance, 'no', 'not', 'keep', 'cancel');
    // `뭐가 지워지는데?` says no more than the question does, and no yes.
    const isAsking = has(utterance, 'what', 'how');
    if (isAsking && !isRefused && has(utterance, 'leave', 'remove'))
      return askWhetherSure(bot, person);
    const isYes = has(utterance, 'yes', 'leave', 'remove') && isOnly(utterance, SURE);
    if (!isYes || isRefused || isAsking) return null;
    const { language } = person;
    await endTiesOf(bot, person);
    return {
      text: texts.forgotten[language](),
      suggestions: suggestionsIn(bot, language),
      person: { ...person, asking: null },
      writes: forgetPerson(bot.db, person),
    };
  },
};

/** A reply as it is kept for somebody whose platform did not wait for it. */
export const lateAnswer = v.object({
  text: v.string(),
  suggestions: v.array(v.string()),
  links: v.optional(v.array(v.object({ label: v.string(), url: v.string() })), []),
});

/** `결과 보기`: the answer that took too long. */
const fetchAnswer: Intent = {
  id: 'fetch-answer',
  phrasings: generalPhrasings['fetch-answer'],
  async reply(bot, person) {
    const kept = await takeLateAnswer(bot.db, person.id);
    if (kept !== null) return { ...v.parse(lateAnswer, JSON.parse(kept)), person };
    const { language } = person;
    return { text: texts.notYet[language](), suggestions: [fetchWords[language]], person };
  },
};

/** What can be said whatever the bot tells of: before the intents of features, and behind them. */
export const generalIntents: Readonly<Record<'first' | 'last', readonly Intent[]>> = {
  first: [...smallTalk, help],
  last: [languageIntent, forget, fetchAnswer, undo, alertsOff, alerts, ...replies],
};
