import type { Language } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { type Heard, has, isOnly, means, REPLIES, type Token, written } from './hear/heard.ts';
import { hasHangul } from './hear/normalize.ts';
import { hint, suggestionsIn } from './hint.ts';
import { askedBy } from './patience.ts';
import { MOST_SLIPS, openQuestion, type Question, readState, remember } from './state.ts';
import { talkTexts, texts } from './talkTexts.ts';
import type { Intent, Reply } from './types.ts';
import { listen, type Understood } from './understand.ts';

/** So many words make a sentence, one of them being of those that no name is made of. */
const SENTENCE = 3;
const SMALL_WORD =
  /^(?:a|an|the|i|i'm|me|my|you|your|we|us|is|are|am|was|be|it|its|it's|do|does|did|don't|can|could|would|will|should|have|has|what|what's|who|when|where|why|how|which|to|of|in|on|at|for|from|with|about|and|or|not|no|any|some|please|this|that|there|if|off|up|out|all|more|tell|show|give)$/i;

/** Names and what was pasted are in no language. */
function isQuoted(token: Token): boolean {
  return means(token, 'address') || means(token, 'name') || means(token, 'pasted');
}

/**
 * The language a whole sentence is written in; `null` for what does not tell: commands, names,
 * addresses, a word or two.
 */
function sentenceLanguage(heard: Heard): Language | null {
  const names = heard.tokens.filter(isQuoted);
  let text = heard.text;
  for (const { start, end } of names.toReversed()) {
    text = `${text.slice(0, start)} ${text.slice(end)}`;
  }
  // What holds digits is a code or a version: no word of a language.
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== '');
  const korean = words.filter((word) => hasHangul(word));
  const latin = words.filter((word) => /^[a-z'’]+$/i.test(word));
  if (korean.length === 0) {
    const isSaid = latin.some((word) => SMALL_WORD.test(word.replace('’', "'")));
    return latin.length >= SENTENCE && isSaid ? 'en' : null;
  }
  // A Korean verb makes a sentence of two words: `목록 보여줘`.
  return korean.length >= 2 && korean.length >= latin.length ? 'ko' : null;
}

/**
 * The language of a command, for somebody of whom nobody has said what they read: that of the words
 * the grammar knows; addresses, names and other words tell nothing.
 */
function commandLanguage(heard: Heard): Language | null {
  const words = heard.tokens.filter((token) => !isQuoted(token));
  const isKorean = words.some((token) => hasHangul(written(heard, token)));
  if (isKorean) return 'ko';
  const isCommand = words.some(
    (token) => token.means.length > 0 && /^[a-z]/i.test(written(heard, token)),
  );
  return isCommand ? 'en' : null;
}

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
  const bot = askedBy(asked, known);
  const before = { ...known, language: storedLanguage(known, platformLanguage) };
  const understood = await listen(bot, before);
  const { heard, meant } = understood(said);
  const { wished, spoken } = readState(before);
  const isTold = platformLanguage !== null || wished === true;
  const payload = /^\s*\/start(?:@\w+)?\s+(\S+)\s*$/i.exec(said)?.[1] ?? null;
  // What stands in a link nobody has written.
  const sentence = payload === null ? sentenceLanguage(heard) : null;
  // Where no platform tells, only what people write does; a whole sentence of it.
  const stored = { ...before, language: (isTold ? null : sentence) ?? before.language };
  const isTelling = !isTold && payload === null;
  const isAnswer = openQuestion(bot, stored) !== null;
  const telling = sentence ?? (isTelling && !isAnswer ? commandLanguage(heard) : null);
  const language = telling ?? (isTold ? null : spoken) ?? stored.language;
  const person = remember({ ...stored, language }, isTold ? {} : { spoken: telling ?? spoken });
  const reply =
    payload === null
      ? await answer(bot, person, { said, heard, meant, understood })
      : await openLink(bot, person, { payload, heard });
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
    const both = await answerBoth(bot, free, words);
    if (both !== null) return both;
    return words.meant === null
      ? hint(bot, free, words.heard)
      : words.meant.reply(bot, free, words.heard);
  }
  return (
    (await answerTo(bot, person, question, words)) ?? (await aside(bot, person, question, words))
  );
}

/** What a wish is about. */
const WATCHED = ['name', 'ordinal', 'number', 'address'];
/** What joins two wishes. */
const AND =
  /(?<=\S)(?:이?랑|하고|(?<=[끄켜우끊추])고|과|와)\s+|\s*(?:,|그리고|&|\+|\s+and\s+)\s*/iu;

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
  const isTwo = wishes.every(({ example }) => example !== undefined);
  // `hello와 lab 해제해줘`: a name alone is no wish beside another.
  const all = [first.heard, second.heard];
  const isNamed = all.every((wish) => has(wish, ...WATCHED));
  if (isNamed && all.some((wish) => isOnly(wish, WATCHED))) return null;
  if (!isTwo || !wishes.some(({ id }) => meant === null || id === meant.id)) return null;
  const before = await first.meant.reply(bot, person, first.heard);
  // What is asked first must be answered first.
  if (openQuestion(bot, before.person) !== null) return before;
  const after = await second.meant.reply(bot, before.person, second.heard);
  return {
    ...(before.undo && { undo: before.undo }),
    ...after,
    text: `${before.text}\n\n${after.text}`,
    links: [...(before.links ?? []), ...(after.links ?? [])],
    writes: [...(before.writes ?? []), ...(after.writes ?? [])],
    after: async () => {
      await before.after?.();
      await after.after?.();
    },
  };
}

/** The words as an answer to an open question; `null` when they are none. */
async function answerTo(
  bot: Bot,
  person: Person,
  question: Question,
  { said, heard, meant }: Words,
): Promise<Reply | null> {
  const free = remember(person, { question: null });
  const asker = bot.talk.intents.find(({ id }) => id === question.intent);
  const resume = async () => (await asker?.resume?.(bot, free, question.data, heard)) ?? null;
  const words = plainly(said);
  const isOffered = Object.values(question.answers).flat().map(plainly).includes(words);
  const offered = isOffered && !has(heard, 'cancel') ? await resume() : null;
  if (offered !== null) return offered;
  // `아 잠깐 점심 뭐야`: what they break off for is answered first.
  const isOther = isWish(meant) && meant.id !== question.intent;
  const isRefused = question.isFree && has(heard, 'no') && !has(heard, 'skip') && !isFree(heard);
  if (isOther && (has(heard, 'wait') || isRefused)) return null;
  if (has(heard, 'yes', 'no', 'keep', 'cancel', 'skip') && !isSomethingElse(heard, question)) {
    const taken = has(heard, 'yes', 'no', 'skip') ? await resume() : null;
    if (taken !== null) return taken;
    // `아니 커밋만`: the same wish again, put right.
    const isPutRight = !has(heard, 'cancel', 'off') && meant?.id === question.intent;
    if (isPutRight && !isOnly(heard, [...REPLIES])) return meant.reply(bot, free, heard);
    if (has(heard, 'no', 'keep', 'cancel')) return cancelled(bot, free);
  }
  const isAnswer =
    meant === null ||
    meant.id === question.intent ||
    (question.isFree && isFree(heard)) ||
    isOnly(heard, [...question.takes, 'yes', 'no']);
  return isAnswer ? resume() : null;
}

/** Whether somebody asks for something, and does more than answer. */
function isWish(meant: Intent | null): meant is Intent {
  return meant !== null && !REPLIES.has(meant.id);
}

/** Whether words can be any text: some are not known, or they are names or name (`별명은 첫째`). */
function isFree(heard: Heard): boolean {
  const [first, ...others] = heard.tokens;
  const isNaming =
    first !== undefined &&
    (means(first, 'nick') || means(first, 'as')) &&
    others.length > 0 &&
    !has(heard, 'what', 'how');
  const isUnknown = heard.tokens.some((token) => token.means.length === 0);
  return isNaming || isUnknown || isOnly(heard, ['name']);
}

/** Whether a no or a cancel is about something of its own: `2번 구독 취소`. */
function isSomethingElse(heard: Heard, { takes }: Question): boolean {
  return has(heard, 'address', 'name', 'ordinal') && !takes.some((one) => has(heard, one));
}

/** Something else than the answer: it is answered, or the question is asked again. */
async function aside(
  bot: Bot,
  person: Person,
  question: Question,
  { heard, meant }: Words,
): Promise<Reply> {
  if (meant !== null) return meant.reply(bot, person, heard);
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
  { payload, heard }: { readonly payload: string; readonly heard: Heard },
): Promise<Reply> {
  const free = remember(person, { question: null });
  for (const { open } of bot.talk.intents) {
    const opened = (await open?.(bot, free, payload)) ?? null;
    if (opened !== null) return opened;
  }
  const help = bot.talk.intents.find(({ id }) => id === 'help');
  return help ? help.reply(bot, free, heard) : hint(bot, free, heard);
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
