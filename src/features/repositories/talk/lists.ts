import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { type Heard, has } from '../../../bot/talk/hear/heard.ts';
import { suggestionsIn } from '../../../bot/talk/hint.ts';
import { ask } from '../../../bot/talk/state.ts';
import { moreWords, undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Result } from '../../../lib/result.ts';
import { inBoth, say } from '../../../lib/text.ts';
import type { Person } from '../../../store/people.ts';
import { MOST_WATCHES } from '../../../store/watchRules.ts';
import { LIST_OPTIONS, type WatchOptions } from '../store/options.ts';
import { manyStatements, type Sought, seekMany, takeBackMany } from '../watching/many.ts';
import { describeOptions, readWatchOptions } from '../watching/options.ts';
import { isCut, type Pasted, pastedIn } from '../watching/pasted.ts';
import { heardOptions } from './heardOptions.ts';
import { listLine, listTexts, pastedLines, soughtLines } from './listTexts.ts';
import { type WatchProblem, watchProblems } from './texts.ts';
import { untoldHint } from './welcome.ts';
import { listsHears } from './words.ts';

const ID = 'watch-list';
/** So many are shown at once: all of them can be read in one message, and GitHub tells them in one call. */
const PART = 30;

/** A list that is gone through part by part. */
const waiting = v.object({
  /** `owner/name` of those that were shown, and are watched after a yes. */
  names: v.array(v.string()),
  /** Those that come after them. */
  rest: v.array(v.string()),
  /** What to tell of them, in the words of `readWatchOptions`; blank: releases. */
  options: v.string(),
});
type Waiting = v.InferOutput<typeof waiting>;

/** A pasted package.json, requirements.txt, or lines of addresses: watched for releases after a yes. */
export const lists: Intent = {
  id: ID,
  hears: listsHears,

  async reply(bot, person, heard) {
    const { text } = heard;
    const found = pastedIn(text) ?? { repositories: [], names: [], elsewhere: [] };
    return offerList(bot, person, found, heardOptions(heard), isCut(text));
  },

  async resume(bot, person, data, heard) {
    const parsed = v.safeParse(waiting, data);
    if (!parsed.success || !isYes(heard)) return null;
    return parsed.output.names.length === 0
      ? offer(bot, person, parsed.output)
      : register(bot, person, parsed.output);
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

function isYes(heard: Heard): boolean {
  return has(heard, 'yes', 'more', 'watch', 'release') && !has(heard, 'no', 'not');
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
  return offer(bot, person, { names: [], rest: [...pasted.repositories], options }, notes);
}

async function offer(
  bot: Bot,
  person: Person,
  { rest: all, options }: Waiting,
  notes: readonly string[] = [],
): Promise<Reply> {
  const { language } = person;
  const sought = await seekMany(bot, person, all.slice(0, PART));
  if (!sought.ok) return plain(bot, person, [watchProblems[sought.reason][language]()]);
  const { found, watches } = sought.value;
  const room = Math.max(0, MOST_WATCHES - watches.length);
  const names = namesOf(found.slice(0, room));
  const isFull = found.length > room;
  const rest = isFull ? [] : all.slice(PART);
  const left = found.length - names.length + all.slice(PART).length;
  const lines = [
    ...(names.length > 0 ? [listLine(listTexts.found, names, language, names.length)] : []),
    ...soughtLines(sought.value, language),
    ...notes,
    ...(isFull ? [say(listTexts.full, language, { most: MOST_WATCHES, count: left })] : []),
  ];
  if (names.length === 0) {
    return rest.length > 0
      ? goOn(bot, person, { names, rest, options }, lines)
      : plain(bot, person, lines);
  }
  const set = optionsOf(options);
  const text = inBoth((one) =>
    set === LIST_OPTIONS
      ? say(listTexts.releases, one)
      : say(listTexts.so, one, { what: describeOptions(set, one) }),
  );
  const answers = { ko: ['네', '취소'], en: ['yes', 'cancel'] };
  const data: Waiting = { names, rest, options };
  const takes = ['watch', 'more', 'release', 'only'];
  const shown = [...lines, text[language]].join('\n');
  return ask(bot, person, { intent: ID, data, text, answers, takes }, shown);
}

/** Asks whether to show the next part. */
function goOn(bot: Bot, person: Person, data: Waiting, lines: readonly string[]): Reply {
  const text = inBoth((one) => say(listTexts.goOn, one, { count: data.rest.length }));
  const answers = inBoth((one) => [moreWords[one], one === 'ko' ? '취소' : 'cancel']);
  const shown = [...lines, text[person.language]].join('\n');
  return ask(bot, person, { intent: ID, data, text, answers, takes: ['more', 'watch'] }, shown);
}

async function register(
  bot: Bot,
  person: Person,
  { names, rest, options }: Waiting,
): Promise<Reply> {
  const { language } = person;
  const planned = await planList(bot, person, names, optionsOf(options));
  if (!planned.ok) return plain(bot, person, [watchProblems[planned.reason][language]()]);
  const { lines, writes, undo } = planned.value;
  const reply =
    rest.length > 0
      ? goOn(bot, person, { names: [], rest, options }, [...lines, ''])
      : plain(bot, person, lines);
  const next = rest.length > 0 ? reply.suggestions : [language === 'ko' ? '목록' : 'list'];
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

function namesOf(found: Sought['found']): string[] {
  return found.map(({ owner, name }) => `${owner}/${name}`);
}

function optionsOf(words: string): WatchOptions {
  return readWatchOptions(LIST_OPTIONS, words) ?? LIST_OPTIONS;
}

function plain(bot: Bot, person: Person, lines: readonly string[]): Reply {
  return { text: lines.join('\n'), suggestions: suggestionsIn(bot, person.language), person };
}
