import { DAY_MS } from '../../lib/time.ts';
import { type Person, rememberPerson } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { means, type Token, type Utterance } from './grammar/utterance.ts';
import { remember, undoable } from './state.ts';
import type { Intent, Reply } from './types.ts';

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
