import * as v from 'valibot';
import { inBoth, type Text } from '../../lib/text.ts';
import { DAY_MS, type Language, MINUTE_MS } from '../../lib/time.ts';
import { type Person, rememberPerson } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { means, type Token, type Utterance } from './grammar/utterance.ts';
import type { Intent, Reply } from './types.ts';

/** How long a question stays open, and how often it may be answered by something else. */
const QUESTION_MS = 10 * MINUTE_MS;
export const MOST_SLIPS = 3;
/** How long `더` goes on from the last answer. */
const FOLLOW_MS = 10 * MINUTE_MS;
/** How long something can be taken back. */
const UNDO_MS = 5 * MINUTE_MS;
/** No hint twice within that. */
const HINT_MS = 10 * MINUTE_MS;

const question = v.object({
  /** Id of the intent that asked. */
  intent: v.string(),
  data: v.unknown(),
  /** Words that were offered: answers even where they could mean something else. */
  answers: v.object({ ko: v.array(v.string()), en: v.array(v.string()) }),
  /** Concepts: a text of nothing else is an answer. */
  takes: v.array(v.string()),
  /** Any text that asks for nothing else is an answer: a name. */
  isFree: v.optional(v.boolean(), false),
  /** The question itself, to be asked again. */
  text: v.object({ ko: v.string(), en: v.string() }),
  askedAt: v.number(),
  slips: v.number(),
});
export type Question = Readonly<v.InferOutput<typeof question>>;

const since = v.object({ intent: v.string(), data: v.unknown(), at: v.number() });

/** What a conversation remembers of a person between two turns; each part goes stale by itself. */
const state = v.object({
  question: v.optional(question),
  /** What was answered last. */
  last: v.optional(since),
  undo: v.optional(since),
  /** When a hint was given, and which one. */
  hint: v.optional(v.object({ at: v.number(), count: v.number() })),
  /** The language somebody spoke last, of whom no platform tells which one they read. */
  spoken: v.optional(v.picklist(['ko', 'en'])),
  /** The person asked for their language: the platform's word does not change it any more. */
  wished: v.optional(v.boolean()),
});
export type State = v.InferOutput<typeof state>;

/** What is remembered; a text of another version of the bot is nothing. */
export function readState({ asking }: Pick<Person, 'asking'>): State {
  const parsed = v.safeParse(state, asking);
  return parsed.success ? parsed.output : {};
}

/** The person as one of whom this is remembered too. */
export function remember(person: Person, change: Partial<Record<keyof State, unknown>>): Person {
  const merged = Object.entries({ ...readState(person), ...change }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return { ...person, asking: merged.length === 0 ? null : Object.fromEntries(merged) };
}

/** What an intent wants to know. */
export interface Asked {
  readonly intent: string;
  readonly data: unknown;
  /** Who slips in the other language is asked again in that one. */
  readonly text: Text;
  /** Names and numbers are the same in both. */
  readonly answers: readonly string[] | Readonly<Record<Language, readonly string[]>>;
  readonly takes?: readonly string[];
  readonly isFree?: boolean;
}

/**
 * A question to a person: their next words go to the intent's `resume`.
 *
 * @param shown what they read, where that is more than the question
 */
export function ask(bot: Bot, person: Person, asked: Asked, shown?: string): Reply {
  const { intent, data, text, answers, takes = [], isFree = false } = asked;
  const offered = 'ko' in answers ? answers : { ko: answers, en: answers };
  return {
    text: shown ?? text[person.language],
    suggestions: offered[person.language],
    person: remember(person, {
      question: {
        intent,
        data,
        text: inBoth((language) => text[language].slice(0, 500)),
        answers: offered,
        takes: [...takes],
        isFree,
        askedAt: bot.runtime.now(),
        slips: 0,
      },
    }),
  };
}

/** The question a person has not answered yet; `null` when there is none, or it is too old. */
export function openQuestion(bot: Bot, person: Person): Question | null {
  const { question: asked } = readState(person);
  if (asked === undefined || bot.runtime.now() - asked.askedAt > QUESTION_MS) return null;
  return asked;
}

/** What the last answer was about, to be gone on from; `null` when that is too long ago. */
export function lastAnswer(bot: Bot, person: Person): v.InferOutput<typeof since> | null {
  return fresh(bot, readState(person).last, FOLLOW_MS);
}

/** What can be taken back; `null` when there is nothing, or not any more. */
function undoable(bot: Bot, person: Person): v.InferOutput<typeof since> | null {
  return fresh(bot, readState(person).undo, UNDO_MS);
}

/** How many hints were given lately. */
export function hintsLately(bot: Bot, person: Person): number {
  const { hint } = readState(person);
  return hint !== undefined && bot.runtime.now() - hint.at <= HINT_MS ? hint.count : 0;
}

function fresh<Of extends { readonly at: number }>(
  bot: Bot,
  kept: Of | undefined,
  forMs: number,
): Of | null {
  return kept !== undefined && bot.runtime.now() - kept.at <= forMs ? kept : null;
}

/** What names one of several. */
const WHICH = ['name', 'ordinal', 'number', 'address'];
/** What says that something was a mistake. */
const REFUSALS = ['no', 'not', 'instead', 'swap', 'sorry', 'mistaken'];
/** What may be said beside it. */
const BESIDE = [...REFUSALS, 'count', 'cancel', 'mine', 'want', 'please', 'person', 'again'];

function isOneOf(token: Token, concepts: readonly string[]): boolean {
  return concepts.some((concept) => means(token, concept));
}

/** Takes back the last change that can be; `null` when there is none, or not any more. */
export async function takeBack(bot: Bot, person: Person): Promise<Reply | null> {
  const last = undoable(bot, person);
  const author = bot.talk.intents.find(({ id }) => id === last?.intent);
  return (last && (await author?.takeBack?.(bot, cleared(person), last.data))) ?? null;
}

function cleared(person: Person): Person {
  return remember(person, { undo: null });
}

/**
 * `아니 두 번째`, right after the first one was done: takes that back and does the same to the other
 * one. `null` when the words are none of that kind.
 */
export async function putRight(
  bot: Bot,
  person: Person,
  utterance: Utterance,
  meant: Intent | null,
): Promise<Reply | null> {
  const last = undoable(bot, person);
  const author = bot.talk.intents.find(({ id }) => id === last?.intent);
  if (last === null || author?.instead === undefined) return null;
  if (!isPutRight(utterance, meant?.id === author.id)) return null;
  const back = await takeBack(bot, person);
  if (back === null) return null;
  // The other one is looked for in what is there again. Whoever dies after that does it all once more:
  // to put back what is back changes nothing, and it stays to be put back however late that is.
  const at = bot.runtime.now() + DAY_MS;
  const kept = remember(person, { undo: { ...last, at } });
  await bot.db.batch([...(back.writes ?? []), rememberPerson(bot.db, kept)]);
  const again = await bot.talk.parse(bot, back.person, utterance.text);
  const named = { ...again, tokens: meantOf(again) };
  const other = await author.instead(bot, back.person, last.data, named);
  if (other === null) return { ...back, writes: [] };
  return {
    ...other,
    text: `${back.text}\n${other.text}`,
    after: async () => {
      await back.after?.();
      await other.after?.();
    },
  };
}

/** @param isSame the words ask for the same as those that were a mistake */
function isPutRight({ text, tokens }: Utterance, isSame: boolean): boolean {
  const refusal = tokens.findIndex((token) => isOneOf(token, REFUSALS));
  const isNamedAfter = meantOf({ text, tokens }).some((token) => tokens.indexOf(token) > refusal);
  const isInstead = tokens.some((token) => means(token, 'swap'));
  const isAll = tokens.every(
    (token, at) =>
      isSame || isOneOf(token, [...WHICH, ...BESIDE]) || isRefused({ text, tokens }, at),
  );
  return refusal >= 0 && (isNamedAfter || isInstead) && isAll;
}

/** What is named, but for what is not meant: `not 1, 2`, `hello 말고 lab`. */
function meantOf(utterance: Utterance): Token[] {
  return utterance.tokens.filter(
    (token, at) =>
      isOneOf(token, WHICH) && (!isRefused(utterance, at) || isLastNamed(utterance, at)),
  );
}

function isLastNamed({ tokens }: Utterance, at: number): boolean {
  return !tokens.some((token) => token !== tokens[at] && isOneOf(token, WHICH));
}

function isRefused({ text, tokens }: Utterance, at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined) return false;
  const isNotIt =
    before !== undefined &&
    means(before, 'not') &&
    !means(before, 'no') &&
    text.slice(before.end, token.start).trim() === '';
  return isNotIt || (after !== undefined && means(after, 'instead'));
}
