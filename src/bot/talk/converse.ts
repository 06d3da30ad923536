import type { Language } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import {
  commandLanguage,
  has,
  isOnly,
  means,
  REPLIES,
  sentenceLanguage,
  type Utterance,
} from './grammar/utterance.ts';
import { hint, suggestionsIn } from './hint.ts';
import { MOST_SLIPS, openQuestion, putRight, type Question, readState, remember } from './state.ts';
import { talkTexts, texts } from './talkTexts.ts';
import { together } from './together.ts';
import type { Intent, Reply } from './types.ts';
import { listen, type Understood } from './understand.ts';

/** What comes with the words. */
export interface Turn {
  /** What the platform says that they read; `null` when it does not tell. */
  readonly platformLanguage?: Language | null;
}

/**
 * One turn of a conversation, the same on every channel: text in, reply out. There is always a
 * reply. After a question the words are its answer, unless they plainly ask for something else: that
 * is answered, and the question stays open.
 *
 * A sentence is answered in its own language; what is stored of a person's language is what the
 * platform says or what they asked for, so that news keeps to it. Where a platform tells nothing
 * (X), a whole sentence does; a word, a command or a name never does.
 */
export async function converse(
  asked: Bot,
  known: Person,
  said: string,
  { platformLanguage = null }: Turn = {},
): Promise<Reply> {
  const bot = asked.askedBy(known);
  const before = { ...known, language: storedLanguage(known, platformLanguage) };
  const understood = await listen(bot, before);
  const { utterance, meant } = understood(said);
  const { wished, spoken } = readState(before);
  const isTold = platformLanguage !== null || wished === true;
  const payload = /^\s*\/start(?:@\w+)?\s+(\S+)\s*$/i.exec(said)?.[1] ?? null;
  // What stands in a link nobody has written.
  const sentence = payload === null ? sentenceLanguage(utterance) : null;
  // Where no platform tells, only what people write does; a whole sentence of it.
  const stored = { ...before, language: (isTold ? null : sentence) ?? before.language };
  const isTelling = !isTold && payload === null;
  const isAnswer = openQuestion(bot, stored) !== null;
  const telling = sentence ?? (isTelling && !isAnswer ? commandLanguage(utterance) : null);
  const language = telling ?? (isTold ? null : spoken) ?? stored.language;
  const person = remember({ ...stored, language }, isTold ? {} : { spoken: telling ?? spoken });
  const reply =
    payload === null
      ? await answer(bot, person, { said, utterance, meant, understood })
      : await openLink(bot, person, { payload, utterance });
  const isOther = !isTold && telling !== null && telling !== stored.language;
  const words = talkTexts.speak[language]();
  return settled(
    bot,
    isOther ? { ...reply, suggestions: [...reply.suggestions, words] } : reply,
    stored,
  );
}

/** A wish holds; else the platform's word does, which may have changed. */
function storedLanguage(known: Person, platform: Language | null): Language {
  return platform === null || readState(known).wished === true ? known.language : platform;
}

interface Words extends Understood {
  readonly said: string;
  /** What a part of it means. */
  readonly understood: (said: string) => Understood;
}

async function answer(bot: Bot, person: Person, words: Words): Promise<Reply> {
  const question = openQuestion(bot, person);
  if (question === null) {
    const free = remember(person, { question: null });
    const right = await putRight(bot, free, words.utterance, words.meant);
    if (right !== null) return right;
    const both = await answerBoth(bot, free, words);
    if (both !== null) return both;
    return words.meant === null
      ? hint(bot, free, words.utterance)
      : words.meant.reply(bot, free, words.utterance);
  }
  return (
    (await answerTo(bot, person, question, words)) ?? (await aside(bot, person, question, words))
  );
}

/** What a wish is about. */
const WATCHED = ['name', 'ordinal', 'number', 'address'];
/** What joins two wishes. */
const AND =
  /(?<=\S)(?:이?랑|하고|(?<=[끄켜우끊추꾸])고|과|와)\s+|\s*(?:,|그리고|&|\+|\s+and\s+)\s*/iu;
/** Behind a verb stands another wish: `이름을 바꾸고 릴리스만`. */
const VERB = /(?<=[끄켜우끊추꾸])고\s/u;

/** `메뉴랑 고양이 알려줘`: one answer after the other; `null` when they are not two wishes. */
async function answerBoth(
  bot: Bot,
  person: Person,
  { said, meant, understood }: Words,
): Promise<Reply | null> {
  const [one = '', other = '', ...more] = said.split(AND);
  if (other === '' || more.length > 0) return null;
  const [first, second] = [understood(one), understood(other)];
  if (!first.meant || !second.meant || first.meant.id === second.meant.id) return null;
  // Only what can be wished for by itself: `커밋이랑 릴리스만` is one wish, and so is what is a third.
  const wishes = [first.meant, second.meant];
  const isTwo = VERB.test(said) || wishes.every(({ example }) => example !== undefined);
  const isThird = meant !== null && !meant.isVague && !wishes.some(({ id }) => id === meant.id);
  // `hello와 lab 해제해줘`: a name alone is no wish beside another.
  const all = [first.utterance, second.utterance];
  const isNamed = all.every((wish) => has(wish, ...WATCHED));
  if (isNamed && all.some((wish) => isOnly(wish, WATCHED))) return null;
  if (!isTwo || isThird) return null;
  const before = await first.meant.reply(bot, person, first.utterance);
  // What is asked first must be answered first.
  if (openQuestion(bot, before.person) !== null) return before;
  return together(before, await second.meant.reply(bot, before.person, second.utterance));
}

/** The words as an answer to an open question; `null` when they are none. */
async function answerTo(
  bot: Bot,
  person: Person,
  question: Question,
  { said, utterance, meant }: Words,
): Promise<Reply | null> {
  const free = remember(person, { question: null });
  const asker = bot.talk.intents.find(({ id }) => id === question.intent);
  const resume = async () => (await asker?.resume?.(bot, free, question.data, utterance)) ?? null;
  // `네?`: whoever asks back has not said yes.
  if (/[?？]\s*$/u.test(said) && isOnly(utterance, ['yes'])) return null;
  const words = plainly(said);
  const isOffered = Object.values(question.answers).flat().map(plainly).includes(words);
  const offered = isOffered && !has(utterance, 'cancel') ? await resume() : null;
  if (offered !== null) return offered;
  // `아 잠깐 점심 뭐야`: what they break off for is answered first.
  const isOther = isWish(meant) && meant.id !== question.intent;
  const isRefused =
    question.isFree && has(utterance, 'no') && !has(utterance, 'skip') && !isFree(utterance);
  if (isOther && (has(utterance, 'wait') || isRefused)) return null;
  if (
    has(utterance, 'yes', 'no', 'keep', 'cancel', 'skip') &&
    !isSomethingElse(utterance, question)
  ) {
    const taken = has(utterance, 'yes', 'no', 'skip') ? await resume() : null;
    if (taken !== null) return taken;
    // `아니 커밋만`: the same wish again, put right.
    const isPutRight = !has(utterance, 'cancel', 'off') && meant?.id === question.intent;
    if (isPutRight && !isOnly(utterance, [...REPLIES])) return meant.reply(bot, free, utterance);
    if (has(utterance, 'no', 'keep', 'cancel')) return cancelled(bot, free);
  }
  const isAnswer =
    meant === null ||
    meant.id === question.intent ||
    (question.isFree && isFree(utterance)) ||
    isOnly(utterance, [...question.takes, 'yes', 'no']);
  return isAnswer ? resume() : null;
}

/** Whether somebody asks for something, and does more than answer. */
function isWish(meant: Intent | null): meant is Intent {
  return meant !== null && !REPLIES.has(meant.id);
}

/** Whether words can be any text: some are not known, or they are names or name (`별명은 첫째`). */
function isFree(utterance: Utterance): boolean {
  const [first, ...others] = utterance.tokens;
  const isNaming =
    first !== undefined &&
    (means(first, 'nick') || means(first, 'as')) &&
    others.length > 0 &&
    !has(utterance, 'what', 'how');
  const isUnknown = utterance.tokens.some((token) => token.means.length === 0);
  return isNaming || isUnknown || isOnly(utterance, ['name']);
}

/** Whether a no or a cancel is about something of its own: `2번 구독 취소`. */
function isSomethingElse(utterance: Utterance, { takes }: Question): boolean {
  return has(utterance, 'address', 'name', 'ordinal') && !takes.some((one) => has(utterance, one));
}

/** Something else than the answer: it is answered, or the question is asked again. */
async function aside(
  bot: Bot,
  person: Person,
  question: Question,
  { utterance, meant }: Words,
): Promise<Reply> {
  if (isWish(meant)) return meant.reply(bot, person, utterance);
  const { language } = person;
  const slips = question.slips + 1;
  if (slips >= MOST_SLIPS) {
    return {
      text: talkTexts.questionClosed[language](),
      suggestions: suggestionsIn(bot, language),
      person: remember(person, { question: null }),
    };
  }
  return {
    text: talkTexts.slip[language](question.text[language]),
    suggestions: [...question.answers[language], talkTexts.cancelWord[language]()].filter(
      (word, index, all) => all.indexOf(word) === index,
    ),
    person: remember(person, { question: { ...question, slips } }),
  };
}

function cancelled(bot: Bot, person: Person): Reply {
  const { language } = person;
  return { text: texts.cancelled[language](), suggestions: suggestionsIn(bot, language), person };
}

async function openLink(
  bot: Bot,
  person: Person,
  { payload, utterance }: { readonly payload: string; readonly utterance: Utterance },
): Promise<Reply> {
  const free = remember(person, { question: null });
  for (const { open } of bot.talk.intents) {
    const opened = (await open?.(bot, free, payload)) ?? null;
    if (opened !== null) return opened;
  }
  const help = bot.talk.intents.find(({ id }) => id === 'help');
  return help ? help.reply(bot, free, utterance) : hint(bot, free, utterance);
}

/** What is remembered of a turn. The language of an answer is not, unless it was asked for. */
function settled(bot: Bot, reply: Reply, stored: Person): Reply {
  const at = bot.runtime.now();
  const { follow, undo, language } = reply;
  const person = remember(reply.person, {
    ...(follow !== undefined && { last: { ...follow, at } }),
    ...(undo !== undefined && { undo: { ...undo, at } }),
    ...(language !== undefined && { wished: true }),
  });
  const { question, hint: hinted } = readState(person);
  const isOptional = question?.askedAt !== at && hinted?.at !== at;
  const spoken = language ?? reply.person.language;
  const own = { ...person, language: language ?? stored.language };
  return { ...reply, spoken, isOptional, person: own };
}

/** An answer as it is compared with those that were offered. */
function plainly(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
}
