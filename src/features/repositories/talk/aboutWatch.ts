import type { Bot } from '../../../bot/context.ts';
import type { Phrasing } from '../../../bot/talk/grammar/choose.ts';
import type { Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { ask, lastAnswer } from '../../../bot/talk/state.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { inBoth } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { whichOf } from './find.ts';
import { listLines, listReply } from './list.ts';
import { watchTexts } from './texts.ts';

const MOST_SUGGESTIONS = 9;

export interface AboutWatch {
  readonly id: string;
  readonly phrasings: readonly Phrasing[];
  /** The word that asks for it, as a button says it before the number. */
  readonly verb: Readonly<Record<Language, string>>;
  /** @param utterance what was said when the question began; with an answer in between, the answer */
  readonly act: (bot: Bot, person: Person, watch: Watch, utterance: Utterance) => Promise<Reply>;
  /** What all of them mean; without it, and for `null`, the question which one is asked. */
  readonly actOnAll?: (
    bot: Bot,
    person: Person,
    watches: readonly Watch[],
    utterance: Utterance,
  ) => Promise<Reply | null>;
  /** Which watches it can be about: of the only one there is, nobody need say which. */
  readonly canBe?: (watch: Watch) => boolean;
  /** Whether words that name none go on from the watch it was about last (`follow` holds its id). */
  readonly isAboutLast?: (utterance: Utterance) => boolean;
  /** Whether words that name none mean all of them. */
  readonly isAboutAll?: (utterance: Utterance) => boolean;
  readonly takeBack?: Intent['takeBack'];
  /** Does to a watch what was done to another by mistake, of which `data` was kept. Else: `act`. */
  readonly again?: (bot: Bot, person: Person, watch: Watch, data: unknown) => Promise<Reply>;
}

/**
 * An intent about one of a person's watches, named by number, nickname or `owner/name`. Asks for it
 * when it is not named; with a single watch there is nothing to ask.
 */
export function aboutWatch(about: AboutWatch): Intent {
  const { id, phrasings, verb, act, actOnAll, isAboutAll, isAboutLast, takeBack, again } = about;
  const { canBe = () => true } = about;
  return {
    id,
    phrasings,
    ...(takeBack && { takeBack }),
    async instead(bot, person, data, utterance) {
      const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
      const which = whichOf(utterance, watches);
      const [first, ...others] = which.kind === 'some' ? which.watches : [];
      if (first === undefined || others.length > 0) return null;
      return again ? again(bot, person, first, data) : act(bot, person, first, utterance);
    },
    async reply(bot, person, utterance) {
      const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
      if (watches.length === 0) return listReply(bot, person, watches);
      const which = whichOf(utterance, watches);
      const [only, ...others] = watches.length === 1 ? watches : watches.filter(canBe);
      if (which.kind === 'none' && only && others.length === 0)
        return act(bot, person, only, utterance);
      const last = isAboutLast?.(utterance) === true ? lastAnswer(bot, person) : null;
      const before = watches.find((watch) => last?.intent === id && watch.id === last.data);
      if (which.kind === 'none' && before) return act(bot, person, before, utterance);
      const isAll = which.kind === 'none' && isAboutAll?.(utterance) === true;
      const [first, ...rest] = which.kind === 'some' ? which.watches : isAll ? watches : [];
      if (first && rest.length === 0) return act(bot, person, first, utterance);
      const all = first && (await actOnAll?.(bot, person, [first, ...rest], utterance));
      if (all) return all;
      return askWhich(bot, person, watches, {
        id,
        verb,
        said: utterance.text,
        unknown: which.kind === 'unknown' ? which.words : null,
      });
    },
    async resume(bot, person, data, utterance) {
      const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
      const which = whichOf(utterance, watches);
      if (which.kind !== 'some') return null;
      const [first] = which.watches;
      if (!first) return null;
      // What was to be done was said with the question: `릴리스만 알려줘`, then `2`.
      const said = typeof data === 'string' ? await bot.talk.parse(bot, person, data) : utterance;
      const isOne = which.watches.length === 1 || actOnAll === undefined;
      return isOne ? act(bot, person, first, said) : actOnAll(bot, person, which.watches, said);
    },
  };
}

function askWhich(
  bot: Bot,
  person: Person,
  watches: readonly Watch[],
  asked: {
    readonly id: string;
    readonly verb: Readonly<Record<Language, string>>;
    readonly said: string;
    readonly unknown: string | null;
  },
): Reply {
  const { language } = person;
  const { id, unknown, said } = asked;
  const answers = watches.slice(0, MOST_SUGGESTIONS).map((_, index) => `${index + 1}`);
  const head = unknown === null ? '' : `${watchTexts.noSuchWatch[language](unknown)}\n\n`;
  const shown = listLines(bot, watches, language).slice(0, MOST_SUGGESTIONS).join('\n');
  const text = inBoth((one) => watchTexts.whichOne[one]());
  const takes = ['name', 'number', 'ordinal', 'count', 'address', 'all', 'greeting'];
  return ask(
    bot,
    person,
    { intent: id, data: said, text, answers, takes },
    `${head}${shown}\n\n${text[language]}`,
  );
}
