import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { firstValue, has, type Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { suggestionsIn } from '../../../bot/talk/hint.ts';
import { ask } from '../../../bot/talk/state.ts';
import { moreWords, undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Result } from '../../../lib/result.ts';
import { inBoth, say } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import type { Person } from '../../../store/people.ts';
import { MOST_WATCHES } from '../../../store/watchRules.ts';
import { LIST_OPTIONS, type WatchOptions } from '../store/options.ts';
import { problemOf } from '../watching/find.ts';
import { listOptions, manyStatements, namesOf, seekMany, takeBackMany } from '../watching/many.ts';
import { describeOptions } from '../watching/options.ts';
import { isCut, type Pasted, pastedIn } from '../watching/pasted.ts';
import { loginIn } from './find.ts';
import { listLine, listTexts, pastedLines, soughtLines } from './listTexts.ts';
import { optionWords } from './settings.ts';
import { type WatchProblem, watchProblems } from './texts.ts';
import { untoldHint } from './welcome.ts';
import { listsPhrasings } from './words.ts';

const ID = 'watch-list';
/** So many are shown at once: all of them can be read in one message, and GitHub tells them in one call. */
const PART = 30;

/** A list that is gone through part by part. */
const waiting = v.object({
  /** `owner/name` of those that were shown, and are watched after a yes. */
  names: v.array(v.string()),
  /** Those that come after them. */
  rest: v.array(v.string()),
  /** Whose stars come after those, and which page of them. */
  stars: v.optional(v.nullable(v.object({ login: v.string(), page: v.number() })), null),
  /** What to tell of them, in the words of `readWatchOptions`; blank: releases. */
  options: v.string(),
});
type Waiting = v.InferOutput<typeof waiting>;
/** Whose stars are meant was asked. */
const askedLogin = v.object({ asks: v.literal('login'), options: v.string() });

/**
 * A pasted package.json, requirements.txt, or lines of addresses; `내 스타 octocat`: watched for
 * releases after a yes.
 */
export const lists: Intent = {
  id: ID,
  phrasings: listsPhrasings,
  example: { ko: '내 스타', en: 'my stars' },

  async reply(bot, person, utterance) {
    const { text } = utterance;
    const options = optionWords(utterance);
    const found = pastedIn(text);
    if (found !== null) return offerList(bot, person, found, options, isCut(text));
    const login = firstValue(utterance, 'login');
    return login === null
      ? askLogin(bot, person, options)
      : offer(bot, person, { names: [], rest: [], stars: { login, page: 1 }, options });
  },

  async resume(bot, person, data, utterance) {
    const asked = v.safeParse(askedLogin, data);
    if (asked.success) {
      const { options } = asked.output;
      const login = loginIn(utterance.text);
      if (login === null) return null;
      return offer(bot, person, { names: [], rest: [], stars: { login, page: 1 }, options });
    }
    const parsed = v.safeParse(waiting, data);
    if (!parsed.success || !isYes(utterance)) return null;
    return parsed.output.names.length === 0
      ? offer(bot, person, parsed.output)
      : registerList(bot, person, parsed.output);
  },

  async takeBack(bot, person, data) {
    const { at, count } = v.parse(v.object({ at: v.number(), count: v.number() }), data);
    return {
      text: say(listTexts.back, person.language, { count }),
      suggestions: [person.language === 'ko' ? '목록' : 'list'],
      person,
      writes: [takeBackMany(bot.db, person.id, at)],
    };
  },
};

function askLogin(bot: Bot, person: Person, options: string): Reply {
  const text = inBoth((one) => say(listTexts.askLogin, one));
  const data: v.InferOutput<typeof askedLogin> = { asks: 'login', options };
  const takes = ['login', 'star', 'name'];
  return ask(bot, person, { intent: ID, data, text, answers: [], takes, isFree: true });
}

function isYes(utterance: Utterance): boolean {
  return has(utterance, 'yes', 'more', 'watch', 'release') && !has(utterance, 'no', 'not');
}

/**
 * Shows what of a list can be watched, and asks whether it shall be.
 *
 * @param options what to tell, in words of options; blank: releases
 * @param wasCut more was said than is read
 */
export async function offerList(
  bot: Bot,
  person: Person,
  pasted: Pasted,
  options: string,
  wasCut = false,
): Promise<Reply> {
  const { language } = person;
  const notes = [
    ...pastedLines(pasted, language),
    ...(wasCut ? [say(listTexts.cut, language)] : []),
  ];
  const [first] = pasted.repositories;
  if (first === undefined) {
    return plain(bot, person, [say(listTexts.none, language), ...notes]);
  }
  const rest = [...pasted.repositories];
  return offer(bot, person, { names: [], rest, stars: null, options }, notes);
}

async function offer(
  bot: Bot,
  person: Person,
  wanted: Waiting,
  notes: readonly string[] = [],
): Promise<Reply> {
  const { language } = person;
  const filled = await withStars(bot, wanted);
  if (typeof filled === 'string')
    return plain(bot, person, [problemText(filled, wanted, language)]);
  const { rest: all, stars, options } = filled;
  const sought = await seekMany(bot, person, all.slice(0, PART));
  if (!sought.ok) return plain(bot, person, [watchProblems[sought.reason][language]()]);
  const { found, watches } = sought.value;
  const room = Math.max(0, MOST_WATCHES - watches.length);
  const names = namesOf(found.slice(0, room));
  const isFull = found.length > room;
  const after = { rest: all.slice(PART), stars, options };
  const left = found.length - names.length + after.rest.length;
  const lines = [
    ...(names.length > 0 ? [listLine(listTexts.found, names, language, names.length)] : []),
    ...soughtLines(sought.value, language),
    ...notes,
    ...(isFull ? [say(listTexts.full, language, { most: MOST_WATCHES, count: left })] : []),
  ];
  if (names.length === 0) {
    return hasMore(after) && !isFull ? goOn(bot, person, after, lines) : plain(bot, person, lines);
  }
  const set = listOptions(options);
  const text = inBoth((one) =>
    set === LIST_OPTIONS
      ? say(listTexts.releases, one)
      : say(listTexts.so, one, { what: describeOptions(set, one) }),
  );
  const answers = { ko: ['네', '취소'], en: ['yes', 'cancel'] };
  const data: Waiting = { ...(isFull ? { rest: [], stars: null, options } : after), names };
  const takes = ['watch', 'more', 'release', 'only'];
  const shown = [...lines, text[language]].join('\n');
  return ask(bot, person, { intent: ID, data, text, answers, takes }, shown);
}

/** What comes after the part that was shown. */
type After = Omit<Waiting, 'names'>;

function hasMore({ rest, stars }: After): boolean {
  return rest.length > 0 || stars !== null;
}

/** The next page of stars where none of the last one is left; else why there is none. */
async function withStars(
  bot: Bot,
  wanted: Waiting,
): Promise<Waiting | WatchProblem | 'no-account' | 'no-stars'> {
  if (wanted.rest.length > 0 || wanted.stars === null) return wanted;
  const { login, page } = wanted.stars;
  const github = await githubOf(bot);
  if (github === null) return 'off';
  const told = await github.stars(login, page);
  if (!told.ok) return told.reason === 'not-found' ? 'no-account' : problemOf(told);
  const { names, next } = told.value;
  if (names.length === 0 && next === null) return 'no-stars';
  return { ...wanted, rest: [...names], stars: next === null ? null : { login, page: next } };
}

function problemText(
  problem: WatchProblem | 'no-account' | 'no-stars',
  { stars }: Waiting,
  language: Language,
): string {
  const values = { login: stars?.login ?? '' };
  if (problem === 'no-account') return say(listTexts.noAccount, language, values);
  if (problem === 'no-stars') return say(listTexts.noStars, language, values);
  return watchProblems[problem][language]();
}

/** Asks whether to show the next part. */
function goOn(bot: Bot, person: Person, after: After, lines: readonly string[]): Reply {
  const { rest, stars } = after;
  const data: Waiting = { ...after, names: [] };
  const text = inBoth((one) =>
    say(stars === null ? listTexts.goOn : listTexts.goOnStars, one, { count: rest.length }),
  );
  const answers = inBoth((one) => [moreWords[one], one === 'ko' ? '취소' : 'cancel']);
  const shown = [...lines, text[person.language]].join('\n');
  return ask(bot, person, { intent: ID, data, text, answers, takes: ['more', 'watch'] }, shown);
}

/** Watches what was shown, and asks whether to go on where there is more. */
export async function registerList(
  bot: Bot,
  person: Person,
  { names, ...after }: Waiting,
): Promise<Reply> {
  const { language } = person;
  const planned = await planList(bot, person, names, listOptions(after.options));
  if (!planned.ok) return plain(bot, person, [watchProblems[planned.reason][language]()]);
  const { lines, writes, undo } = planned.value;
  const reply = hasMore(after)
    ? goOn(bot, person, after, [...lines, ''])
    : plain(bot, person, lines);
  const next = hasMore(after) ? reply.suggestions : [language === 'ko' ? '목록' : 'list'];
  return { ...reply, suggestions: [undoWords[language], ...next], writes, undo };
}

/** Watches the repositories of a list, and says so. */
async function planList(
  bot: Bot,
  person: Person,
  names: readonly string[],
  options: WatchOptions,
): Promise<
  Result<
    Required<Pick<Reply, 'writes' | 'undo'>> & { readonly lines: readonly string[] },
    { readonly reason: WatchProblem }
  >
> {
  const { language } = person;
  const sought = await seekMany(bot, person, names);
  if (!sought.ok) return sought;
  const { value } = sought;
  const found = value.found.slice(0, Math.max(0, MOST_WATCHES - value.watches.length));
  const text = options === LIST_OPTIONS ? listTexts.done : listTexts.doneSo;
  const what = describeOptions(options, language);
  const lines = [
    found.length > 0
      ? listLine(text, namesOf(found), language, found.length, { what })
      : say(listTexts.none, language),
    ...soughtLines(value, language),
    ...untoldHint(bot, person),
  ];
  const writes = manyStatements(bot, person.id, { found, watches: value.watches }, options);
  const undo = { intent: ID, data: { at: bot.runtime.now(), count: found.length } };
  return { ok: true, value: { lines, writes, undo } };
}

function plain(bot: Bot, person: Person, lines: readonly string[]): Reply {
  return { text: lines.join('\n'), suggestions: suggestionsIn(bot, person.language), person };
}
