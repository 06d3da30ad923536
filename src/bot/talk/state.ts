import * as v from 'valibot';
import { inBoth, type Text } from '../../lib/text.ts';
import { type Language, MINUTE_MS } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import type { Reply } from './types.ts';

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
export function undoable(bot: Bot, person: Person): v.InferOutput<typeof since> | null {
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
