import * as v from 'valibot';
import { MINUTE_MS } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';

/** After that a text is a new beginning, not an answer. */
const WAIT_MS = 30 * MINUTE_MS;

const question = v.object({
  /** Id of the intent that asked. */
  intent: v.string(),
  data: v.unknown(),
  answers: v.array(v.string()),
  askedAt: v.number(),
});

/**
 * The person as one who was asked something: their next words go to the intent's `resume`.
 *
 * @param answers those that were offered; they are answers even where they could mean something else
 */
export function ask(
  bot: Bot,
  person: Person,
  asked: { readonly intent: string; readonly data: unknown; readonly answers: readonly string[] },
): Person {
  const { intent, data, answers } = asked;
  const asking: v.InferInput<typeof question> = {
    intent,
    data,
    answers: [...answers],
    askedAt: bot.runtime.now(),
  };
  return { ...person, asking };
}

/** The question a person has not answered yet; `null` when there is none, or it is too old. */
export function openQuestion(
  bot: Bot,
  person: Person,
): Readonly<v.InferOutput<typeof question>> | null {
  const asked = v.safeParse(question, person.asking);
  if (!asked.success || bot.runtime.now() - asked.output.askedAt > WAIT_MS) return null;
  return asked.output;
}
