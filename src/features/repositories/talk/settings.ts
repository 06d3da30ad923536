import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { has, type Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { talkTexts, undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import type { WatchOptions } from '../store/options.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { describeOptions, readWatchOptions } from '../watching/options.ts';
import { planOptions } from '../watching/register.ts';
import { aboutWatch } from './aboutWatch.ts';
import { placeOfWhich } from './find.ts';
import { optionWords } from './optionWords.ts';
import { watchTexts } from './texts.ts';
import { settingsPhrasings } from './words.ts';

const ID = 'settings';

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
    utterance.tokens.some(({ means }) => means.length === 0) && !has(utterance, 'what');
  const text = isNotUnderstood
    ? `${watchTexts.optionsNotUnderstood[language](watch.nickname)} ${described}`
    : watchTexts.settings[language](watch.nickname, described);
  return { text, suggestions: buttons(person, watch, watch.options), person };
}

/** What can be said to change the options that are not so. */
function buttons({ language }: Person, { nickname }: Watch, options: WatchOptions): string[] {
  const { commits, releases, prereleases, digest } = options;
  const verb = language === 'ko' ? '설정' : 'set';
  const words: readonly (readonly [isSo: boolean, ko: string, en: string])[] = [
    [commits && releases, '모두', 'both'],
    [commits && !releases, '커밋만', 'commits'],
    [!commits && releases, '릴리스만', 'releases'],
    [prereleases, '프리릴리스 포함', 'with prereleases'],
    [!prereleases, '프리릴리스 제외', 'without prereleases'],
    [!commits || !options.bots, '봇 빼고', 'without bots'],
    [!commits || !options.merges, '머지 빼고', 'without merges'],
    [digest === 'instant', '바로', 'instant'],
    [digest === 'hourly', '매시간', 'hourly'],
    [digest === 'daily', '매일 9시', 'daily 9'],
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
