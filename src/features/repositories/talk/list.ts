import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { has } from '../../../bot/talk/grammar/utterance.ts';
import { lastAnswer } from '../../../bot/talk/state.ts';
import { moreWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { describeOptions } from '../watching/options.ts';
import { untilText, watchTexts } from './texts.ts';
import { listPhrasings } from './words.ts';

const ID = 'list';
/** So many fit into one message of every channel. */
const PAGE = 8;
/** Of more than two pages each has one line, and more of them fit. */
const MANY = 16;
const SHORT_PAGE = 20;
const MOST_SUGGESTIONS = 5;

const shown = v.object({ next: v.number() });

/** `목록`: everything a person watches, with the numbers the other intents take, and what is told. */
export const list: Intent = {
  id: ID,
  phrasings: listPhrasings,
  example: { ko: '목록', en: 'list' },
  async reply(bot, person, utterance) {
    const last = lastAnswer(bot, person);
    const before = last?.intent === ID ? v.safeParse(shown, last.data) : null;
    const isMore = before?.success && has(utterance, 'more') && !has(utterance, 'list', 'repo');
    const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
    return listReply(bot, person, watches, isMore ? before.output.next : 0);
  },
};

/** The list from a place on; the numbers are those of the order the watches were added in. */
export async function listReply(
  bot: Bot,
  person: Person,
  watches: readonly Watch[],
  from = 0,
): Promise<Reply> {
  const { language } = person;
  if (watches.length === 0) {
    const word = language === 'ko' ? '관심 레포 추가' : 'watch';
    return { text: watchTexts.listNone[language](), suggestions: [word], person };
  }
  const isShort = watches.length > MANY;
  const lines = listLines(bot, watches, language, isShort);
  const page = lines.slice(from, from + (isShort ? SHORT_PAGE : PAGE));
  if (page.length === 0) {
    return {
      text: watchTexts.noMore[language](),
      suggestions: [language === 'ko' ? '목록' : 'list'],
      person,
    };
  }
  const verb = language === 'ko' ? '상태' : 'status';
  const rest = watches.length - from - page.length;
  const buttons = page.slice(0, MOST_SUGGESTIONS).map((_, index) => `${verb} ${from + index + 1}`);
  return {
    text: [
      from === 0 ? watchTexts.list[language]() : watchTexts.goingOn[language](),
      ...page,
      ...(rest > 0 ? [watchTexts.andMore[language](rest)] : []),
    ].join('\n'),
    suggestions: rest > 0 ? [moreWords[language], ...buttons] : buttons,
    person,
    follow: { intent: ID, data: { next: from + page.length } },
  };
}

/**
 * Of each watch: number, nickname, place, and what is told of it.
 *
 * @param isShort in one line: a branch is named only where somebody named it
 */
export function listLines(
  { runtime, config }: Pick<Bot, 'runtime' | 'config'>,
  watches: readonly Watch[],
  language: Language,
  isShort = false,
): string[] {
  const now = runtime.now();
  return watches.map((watch, index) => {
    const { nickname, repository, branch, options, isPaused, pausedUntil, followsDefault } = watch;
    const until = pausedUntil && untilText(pausedUntil, now, config.timeZone, language);
    const marks = [
      `${repository.owner}/${repository.name}`,
      ...(isShort && followsDefault ? [] : [branch.name]),
      ...(isPaused
        ? [until ? watchTexts.quietUntil[language](until) : watchTexts.paused[language]()]
        : []),
      ...(branch.state === 'ok' ? [] : [watchTexts.missing[language]()]),
      ...(repository.isArchived ? [watchTexts.archivedMark[language]()] : []),
    ];
    const told = describeOptions(options, language);
    const gap = isShort ? ' ' : '\n   ';
    return `${index + 1}. ${nickname} (${marks.join(' · ')})${gap}${told}`;
  });
}
