import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { hasHangul } from '../../../bot/talk/grammar/normalize.ts';
import {
  has,
  means,
  type Token,
  type Utterance,
  written,
} from '../../../bot/talk/grammar/utterance.ts';
import { talkTexts, undoWords } from '../../../bot/talk/talkTexts.ts';
import { together } from '../../../bot/talk/together.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import type { WatchOptions } from '../store/options.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { describeOptions, readWatchOptions } from '../watching/options.ts';
import { planOptions } from '../watching/register.ts';
import { aboutWatch } from './aboutWatch.ts';
import { placeOfWhich } from './find.ts';
import { watchTexts } from './texts.ts';
import { settingsPhrasings } from './words.ts';

const ID = 'settings';
/** So many have their options changed by one sentence: each is some statements. */
const MOST_AT_ONCE = 15;

/** `설정 2` shows what is set, with buttons; `설정 2 릴리스만 매일 9시`, `skip pre-releases for lab`. */
export const settings: Intent = aboutWatch({
  id: ID,
  phrasings: settingsPhrasings,
  verb: { ko: '설정', en: 'set' },
  act: async (bot, person, watch, utterance) => {
    const changed = optionsAfter(watch.options, utterance);
    const reply =
      changed === null
        ? await show(bot, person, watch, utterance)
        : await set(bot, person, watch, changed);
    return { ...reply, follow: { intent: ID, data: watch.id } };
  },
  async actOnAll(bot, person, watches, utterance) {
    if (watches.length > MOST_AT_ONCE) return null;
    // `설정 모두` says which ones, not what.
    const tokens = utterance.tokens.filter((token) => !means(token, 'all'));
    const replies: Reply[] = [];
    for (const watch of watches) {
      const changed = optionsAfter(watch.options, { ...utterance, tokens });
      if (changed === null) return null;
      replies.push(await set(bot, person, watch, changed));
    }
    return replies.reduce((all, one) => together(all, one, '\n'));
  },
  // `설정 1`, then `릴리스만`.
  isAboutLast: (utterance) => !has(utterance, 'setting'),
  async takeBack(bot, person, data) {
    const { id, options } = v.parse(kept, data);
    const watch = (await watchesOf(bot.db, person.id, bot.runtime.now())).find(
      (one) => one.id === id,
    );
    if (watch === undefined) {
      return { text: talkTexts.nothingToUndo[person.language](), suggestions: [], person };
    }
    const before = { ...watch.options, ...asOptions(options) };
    const text = watchTexts.undone[person.language](watch.nickname);
    return {
      text: `${text}\n${describeOptions(before, person.language)}`,
      suggestions: [],
      person,
      ...planOptions(bot, person.id, watch, before),
    };
  },
  async again(bot, person, watch, data) {
    const { options, changed } = v.parse(kept, data);
    const before = new Map(Object.entries(asOptions(options)));
    const isChanged = ([name, value]: readonly [string, unknown]) =>
      JSON.stringify(value) !== JSON.stringify(before.get(name));
    const after = Object.fromEntries(Object.entries(asOptions(changed)).filter(isChanged));
    const wanted = { ...watch.options, ...asOptions({ ...watch.options, ...after }) };
    return { ...(await set(bot, person, watch, wanted)), follow: { intent: ID, data: watch.id } };
  },
});

/** What was said after the watch in exactly the words of options, else however it was said. */
function optionsAfter(options: WatchOptions, utterance: Utterance): WatchOptions | null {
  const which = placeOfWhich(utterance);
  const rest = which === null ? utterance.text : utterance.text.slice(which.end);
  const exact = readWatchOptions(options, rest.replace(/^(?:번|은|는|:)?\s*/u, ''));
  if (exact !== null) return exact;
  const words = optionWords(utterance);
  return words === '' ? null : readWatchOptions(options, words);
}

async function set(bot: Bot, person: Person, watch: Watch, changed: WatchOptions): Promise<Reply> {
  const { language } = person;
  const planned = planOptions(bot, person.id, watch, changed);
  if (planned === null) {
    return { text: watchTexts.settingsHow[language](watch.nickname), suggestions: [], person };
  }
  const described = describeOptions(changed, language);
  return {
    text: watchTexts.settings[language](watch.nickname, described),
    suggestions: [undoWords[language], ...buttons(person, watch, changed).slice(0, 3)],
    person,
    ...planned,
    undo: { intent: ID, data: { id: watch.id, options: watch.options, changed } },
  };
}

/** What is set now, and a button for each thing that could be set otherwise. */
async function show(_bot: Bot, person: Person, watch: Watch, utterance: Utterance): Promise<Reply> {
  const { language } = person;
  const described = describeOptions(watch.options, language);
  const isNotUnderstood =
    utterance.tokens.some((token) => token.means.length === 0) && !has(utterance, 'what');
  const text = isNotUnderstood
    ? `${watchTexts.optionsNotUnderstood[language](watch.nickname)} ${described}`
    : watchTexts.settings[language](watch.nickname, described);
  return { text, suggestions: buttons(person, watch, watch.options), person };
}

/** What can be said to change the options that are not so, what most people want first. */
function buttons({ language }: Person, { nickname }: Watch, options: WatchOptions): string[] {
  const { commits, releases, prereleases, digest } = options;
  const verb = language === 'ko' ? '설정' : 'set';
  const words: readonly (readonly [isSo: boolean, ko: string, en: string])[] = [
    [commits && releases, '모두', 'both'],
    [commits && !releases, '커밋만', 'commits'],
    [!commits && releases, '릴리스만', 'releases'],
    [prereleases, '프리릴리스 포함', 'with prereleases'],
    [!prereleases, '프리릴리스 제외', 'no prereleases'],
    [digest === 'instant', '바로', 'instant'],
    [digest === 'hourly', '매시간', 'hourly'],
    [digest === 'daily', '매일 9시', 'daily 9'],
    [!commits || !options.bots, '봇 빼고', 'no bots'],
    [!commits || !options.merges, '머지 빼고', 'no merges'],
  ];
  return words
    .filter(([isSo]) => !isSo)
    .map(([, ko, en]) => `${verb} ${nickname} ${language === 'ko' ? ko : en}`);
}

const optionsSchema = v.object({
  commits: v.boolean(),
  releases: v.boolean(),
  prereleases: v.boolean(),
  tagPattern: v.nullable(v.string()),
  smallestStep: v.picklist(['any', 'minor', 'major']),
  bots: v.boolean(),
  merges: v.boolean(),
  withoutAuthors: v.array(v.string()),
  wholeMessages: v.boolean(),
  together: v.boolean(),
  digest: v.picklist(['instant', 'hourly', 'daily']),
  digestHour: v.number(),
});

/** What is kept to take a change back, and to make it elsewhere: all options before and after it. */
const kept = v.object({
  id: v.number(),
  options: v.unknown(),
  changed: v.optional(v.unknown()),
});

/** What was kept, as far as it is of today's form. */
function asOptions(options: unknown): Partial<WatchOptions> {
  const parsed = v.safeParse(optionsSchema, options);
  return parsed.success ? parsed.output : {};
}

/** What can be left out or taken in, and how `readWatchOptions` is told. */
const FILTERS = [
  ['prerelease', '프리릴리스'],
  ['bots', '봇'],
  ['merge', '머지'],
] as const;

const LEAVE_OUT = ['not', 'off', 'remove', 'no'];
const TAKE_IN = ['include', 'show', 'on', 'want', 'more'];
const NOUNS = ['prerelease', 'bots', 'merge', 'commit', 'release'];

/**
 * What a person wants to be told of a watch, in the words that `readWatchOptions` reads, whichever
 * way they said it; blank when they said nothing of the kind.
 *
 * @example optionWords(parse('send hello once a day at 9')) // '매일 9시'
 */
export function optionWords(utterance: Utterance): string {
  return [
    kindsOf(utterance),
    ...filtersOf(utterance),
    ...tagOf(utterance),
    stepOf(utterance),
    whenOf(utterance),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function kindsOf(utterance: Utterance): string {
  const [commit, release] = ['commit', 'release'].map((concept) =>
    utterance.tokens.find(
      (token) => means(token, concept) && !means(token, 'bots') && !means(token, 'merge'),
    ),
  );
  const isOut = (token: Token | undefined) =>
    token !== undefined && polarity(utterance, token) === 'out';
  if (isOut(commit) && !isOut(release)) return '릴리스만';
  if (isOut(release) && !isOut(commit)) return '커밋만';
  if (has(utterance, 'both') || (commit !== undefined && release !== undefined)) return '모두';
  if (has(utterance, 'all') && has(utterance, 'setting') && !has(utterance, 'tag')) return '모두';
  const hasStep = has(utterance, 'major', 'minor') || tagOf(utterance).length > 0;
  if (release !== undefined && !hasStep) return '릴리스만';
  return commit === undefined ? '' : '커밋만';
}

function filtersOf(utterance: Utterance): string[] {
  return FILTERS.flatMap(([concept, word]) => {
    const token = utterance.tokens.find((one) => means(one, concept));
    if (token === undefined) return [];
    const side = polarity(utterance, token);
    const isBare = side === null && concept !== 'prerelease';
    if (isBare) return [];
    if (concept === 'prerelease') return [side === 'out' ? '프리릴리스 제외' : '프리릴리스 포함'];
    return [side === 'out' ? `${word} 빼고` : `${word} 포함`];
  });
}

/** Whether what a word names is to be left out or taken in: said behind it in Korean, before it in English. */
function polarity(utterance: Utterance, token: Token): 'out' | 'in' | null {
  const { tokens } = utterance;
  const at = tokens.indexOf(token);
  const neighbours = hasHangul(written(utterance, token))
    ? tokens.slice(at + 1)
    : [...tokens.slice(0, at).toReversed(), ...tokens.slice(at + 1)];
  for (const other of neighbours) {
    if (LEAVE_OUT.some((concept) => means(other, concept))) return 'out';
    if (TAKE_IN.some((concept) => means(other, concept))) return 'in';
    if (NOUNS.some((concept) => means(other, concept)) && !isListed(utterance, token, other))
      return null;
  }
  return null;
}

/** `봇이랑 머지 빼고` leaves both out. */
function isListed(utterance: Utterance, one: Token, other: Token): boolean {
  const between = utterance.text.slice(
    Math.min(one.end, other.end),
    Math.max(one.start, other.start),
  );
  return /^\s*(?:,|이?랑|하고|와|과|and|or|및|·)/u.test(between);
}

function tagOf(utterance: Utterance): string[] {
  const token = utterance.tokens.find((one) => means(one, 'tag'));
  if (token === undefined || polarity(utterance, token) === 'out') return [];
  if (has(utterance, 'all')) return ['태그 모두'];
  const pattern = /^\s*(?:은|는|:)?\s*(\S{1,100})/u.exec(utterance.text.slice(token.end))?.[1];
  return pattern === undefined ? [] : [`태그 ${pattern.replace(/[만,]$/u, '')}`];
}

function stepOf(utterance: Utterance): string {
  if (has(utterance, 'major')) return '메이저만';
  return has(utterance, 'minor') ? '마이너까지' : '';
}

function whenOf(utterance: Utterance): string {
  if (has(utterance, 'hourly')) return '매시간';
  const hour = hourOf(utterance);
  if (has(utterance, 'daily') || (hour !== null && has(utterance, 'digest', 'setting'))) {
    return hour === null ? '매일' : `매일 ${hour}시`;
  }
  if (has(utterance, 'digest') && has(utterance, 'day')) return '매일';
  return has(utterance, 'instant') ? '바로' : '';
}

/** `오후 7시` is 19; a bare number behind `매일` is an hour too. */
function hourOf(utterance: Utterance): number | null {
  const { tokens } = utterance;
  const daily = tokens.findIndex((token) => means(token, 'daily'));
  const token =
    tokens.find((one) => means(one, 'hour')) ??
    (daily >= 0 && means(tokens[daily + 1] ?? { start: 0, end: 0, means: [] }, 'number')
      ? tokens[daily + 1]
      : undefined);
  const value = token?.means.find(
    ({ concept }) => concept === 'hour' || concept === 'number',
  )?.value;
  if (token === undefined || value === undefined) return null;
  return Number(value);
}
