import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { has } from '../../../bot/talk/hear/heard.ts';
import { ask } from '../../../bot/talk/state.ts';
import { undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import { removedWatch, restoreWatch } from '../store/removed.ts';
import type { Watch } from '../store/watches.ts';
import { aboutWatch } from './aboutWatch.ts';
import { watchTexts } from './texts.ts';
import { unwatchHears } from './words.ts';

const ID = 'unwatch';
const ALL = 'all';
const answers = { ko: ['네', '아니요'], en: ['yes', 'no'] } as const;

const one = aboutWatch({
  id: ID,
  hears: unwatchHears,
  verb: { ko: '해제', en: 'unwatch' },
  act: (bot, person, watch) => remove(bot, person, [watch]),
  async actOnAll(bot, person, watches) {
    const text = watchTexts.allSure[person.language](watches.length);
    const asked = { intent: ID, text, answers: answers[person.language] };
    const ids = watches.map(({ id }) => id);
    return {
      text,
      suggestions: answers[person.language],
      person: ask(bot, person, { ...asked, data: { [ALL]: ids }, takes: ['remove', 'all'] }),
    };
  },
});

/** `해제 2`: not watched any more; all of them after a yes. Either can be taken back. */
export const unwatch: Intent = {
  ...one,
  async resume(bot, person, data, heard) {
    const all = v.safeParse(v.object({ [ALL]: v.array(v.number()) }), data);
    if (!all.success) return (await one.resume?.(bot, person, data, heard)) ?? null;
    if (!has(heard, 'yes', 'remove') || has(heard, 'no', 'not')) return null;
    const watches = await removedWatch(bot.db, person.id, all.output[ALL]);
    return removeAll(bot, person, watches);
  },
  async takeBack(bot, person, data) {
    const rows = v.parse(v.array(v.record(v.string(), v.unknown())), data);
    const names = rows.map(({ nickname }) => `[${String(nickname)}]`).join(', ');
    return {
      text: watchTexts.backAgain[person.language](names),
      suggestions: [person.language === 'ko' ? '목록' : 'list'],
      person,
      writes: rows.map((row) => restoreWatch(bot.db, person.id, row)),
    };
  },
};

async function remove(bot: Bot, person: Person, watches: readonly Watch[]): Promise<Reply> {
  const ids = watches.map(({ id }) => id);
  const removed = await removedWatch(bot.db, person.id, ids);
  return removeAll(bot, person, removed);
}

async function removeAll(
  bot: Bot,
  person: Person,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Reply> {
  const { language } = person;
  const [first] = rows;
  const ids = rows.map(({ id }) => id);
  return {
    text:
      rows.length === 1
        ? watchTexts.unwatched[language](String(first?.['nickname']))
        : watchTexts.unwatchedAll[language](rows.length),
    suggestions: [undoWords[language], language === 'ko' ? '목록' : 'list'],
    person,
    writes: [
      bot.db
        .prepare(
          `DELETE FROM watches WHERE person = ?1 AND id IN (SELECT value FROM json_each(?2))`,
        )
        .bind(person.id, JSON.stringify(ids)),
    ],
    undo: { intent: ID, data: rows },
  };
}
