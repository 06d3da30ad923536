import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { plainNews } from '../../../bot/notice/newsTexts.ts';
import type { RepositoryNotice } from '../../../bot/notice/notice.ts';
import { has, type Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { ask } from '../../../bot/talk/state.ts';
import { undoWords } from '../../../bot/talk/talkTexts.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { inBoth } from '../../../lib/text.ts';
import type { Person } from '../../../store/people.ts';
import { nicknameKey } from '../../../store/watchRules.ts';
import { renameWatch, type Watch, watchesOf } from '../store/watches.ts';
import { coveringText } from '../watching/branches.ts';
import { commitsSince } from '../watching/find.ts';
import { readNickname } from '../watching/register.ts';
import { aboutWatch } from './aboutWatch.ts';
import { placeOfWhich, whichOf } from './find.ts';
import { watchProblems, watchTexts } from './texts.ts';
import { historyLink, newName } from './welcome.ts';
import { renamePhrasings, statusPhrasings, unwatchPhrasings } from './words.ts';

/** A row of `watches` with all its columns, as it is kept to be brought back. */
type WatchRow = Readonly<Record<string, unknown>>;

/** The rows of some watches of a person, as they are before they are removed. */
async function removedWatch(
  db: D1Database,
  person: number,
  ids: readonly number[],
): Promise<WatchRow[]> {
  const { results } = await db
    .prepare(
      `SELECT * FROM watches WHERE person = ?1 AND id IN (SELECT value FROM json_each(?2))
       ORDER BY created_at, id`,
    )
    .bind(person, JSON.stringify(ids))
    .all<WatchRow>();
  return results;
}

const COLUMN = /^[a-z_]{1,40}$/;

/**
 * Statement: brings watches back as they were, in their places of the list. What happened in the
 * meantime is not told. A branch that nobody watched in between may be forgotten already: that watch
 * stays away.
 */
function restoreWatches(
  db: D1Database,
  person: number,
  rows: readonly WatchRow[],
): D1PreparedStatement {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => COLUMN.test(name));
  const values = columns.map((name) => (name === 'person' ? '?2' : `value->>'${name}'`));
  return db
    .prepare(
      `INSERT INTO watches (${columns.join(', ')})
       SELECT ${values.join(', ')} FROM json_each(?1)
       WHERE EXISTS (SELECT 1 FROM branches WHERE id = value->>'branch')
       ORDER BY key ON CONFLICT DO NOTHING`,
    )
    .bind(JSON.stringify(rows), person);
}

const ID = 'unwatch';
const ALL = 'all';
const answers = { ko: ['네', '아니요'], en: ['yes', 'no'] } as const;

const unwatchOne = aboutWatch({
  id: ID,
  phrasings: unwatchPhrasings,
  verb: { ko: '해제', en: 'unwatch' },
  act: (bot, person, watch) => unwatchSome(bot, person, [watch]),
  async actOnAll(bot, person, watches) {
    const text = inBoth((language) => watchTexts.allSure[language](watches.length));
    const data = { [ALL]: watches.map(({ id }) => id) };
    return ask(bot, person, { intent: ID, data, text, answers, takes: ['remove', 'all'] });
  },
});

/** `해제 2`: not watched any more; all of them after a yes. Either can be taken back. */
export const unwatch: Intent = {
  ...unwatchOne,
  example: { ko: '해제 1', en: 'unwatch 1' },
  async resume(bot, person, data, utterance) {
    const all = v.safeParse(v.object({ [ALL]: v.array(v.number()) }), data);
    if (!all.success) return (await unwatchOne.resume?.(bot, person, data, utterance)) ?? null;
    if (!has(utterance, 'yes', 'remove') || has(utterance, 'no', 'not', 'keep', 'what'))
      return null;
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
      writes: rows.length === 0 ? [] : [restoreWatches(bot.db, person.id, rows)],
    };
  },
};

/** Ends some watches, with a way back. */
export async function unwatchSome(
  bot: Bot,
  person: Person,
  watches: readonly Watch[],
): Promise<Reply> {
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

const MOST_COMMITS = 5;

/** `상태 2`: the commits since the person last asked. */
export const status: Intent = {
  ...aboutWatch({
    id: 'status',
    phrasings: statusPhrasings,
    verb: { ko: '상태', en: 'status' },
    async act(bot, person, watch) {
      const { language } = person;
      if (watch.branch.isPattern) {
        const links = await historyLink(bot, watch.repository.id, language);
        return { ...said(person, await coveringText(bot, watch, language)), links };
      }
      const since = await commitsSince(bot, watch);
      if (!since.ok) return said(person, watchProblems[since.reason][language]());
      const { commits, total, url, writes } = since.value;
      const { nickname, repository, branch } = watch;
      const links = await historyLink(bot, repository.id, language);
      if (total === 0) return { ...said(person, watchTexts.statusNone[language](nickname)), links };
      const news: RepositoryNotice = {
        kind: 'commits',
        language,
        nickname,
        repository: `${repository.owner}/${repository.name}`,
        branch: branch.name,
        change: 'pushed',
        commits: commits.slice(0, MOST_COMMITS),
        total,
        compareUrl: url,
      };
      return { ...said(person, plainNews(news, bot.config.timeZone)), links, writes };
    },
  }),
  example: { ko: '상태 1', en: 'status 1' },
};

/** `이름 2 새 별명`, `hello를 메인앱이라고 불러줘`. */
const renaming = aboutWatch({
  id: 'rename',
  phrasings: renamePhrasings,
  verb: { ko: '이름', en: 'rename' },
  act: (bot, person, watch, utterance) => nameIt(bot, person, watch, nameIn(utterance)),
  async takeBack(bot, person, data) {
    const { id, nickname } = v.parse(keptName, data);
    const watch = (await watchesOf(bot.db, person.id, bot.runtime.now())).find(
      (one) => one.id === id,
    );
    if (watch === undefined)
      return said(person, watchProblems['nickname-taken'][person.language]());
    return nameIt(bot, person, watch, nickname);
  },
  again: (bot, person, watch, data) => nameIt(bot, person, watch, v.parse(keptName, data).to ?? ''),
});

/** The nickname a watch had, and the one it got. */
const keptName = v.object({ id: v.number(), nickname: v.string(), to: v.optional(v.string()) });

export const rename: Intent = {
  ...renaming,
  async resume(bot, person, data, utterance) {
    const parsed = v.safeParse(v.object({ id: v.number() }), data);
    if (!parsed.success) return (await renaming.resume?.(bot, person, data, utterance)) ?? null;
    const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
    const watch = watches.find(({ id }) => id === parsed.output.id);
    const name = newName(utterance, null) || utterance.text.trim();
    return watch === undefined || whichOf(utterance, watches).kind === 'some'
      ? null
      : nameIt(bot, person, watch, name);
  },
};

function nameIn(utterance: Utterance): string {
  return newName(utterance, placeOfWhich(utterance));
}

async function nameIt(bot: Bot, person: Person, watch: Watch, wanted: string): Promise<Reply> {
  const { language } = person;
  if (wanted === '') {
    const text = inBoth((one) => watchTexts.askNewName[one](watch.nickname));
    const data = { id: watch.id };
    return ask(bot, person, { intent: 'rename', data, text, answers: [], isFree: true });
  }
  const nickname = readNickname(wanted);
  if (nickname === null) return said(person, watchProblems['nickname-invalid'][language]());
  const key = nicknameKey(nickname);
  const isTaken = (await watchesOf(bot.db, person.id, bot.runtime.now())).some(
    (other) => other.id !== watch.id && nicknameKey(other.nickname) === key,
  );
  if (isTaken) return said(person, watchProblems['nickname-taken'][language]());
  return {
    text: watchTexts.renamed[language](nickname),
    suggestions: [undoWords[language], language === 'ko' ? '목록' : 'list'],
    person,
    writes: [renameWatch(bot.db, person.id, watch.id, nickname)],
    undo: { intent: 'rename', data: { id: watch.id, nickname: watch.nickname, to: nickname } },
  };
}

function said(person: Person, text: string): Reply {
  return { text, suggestions: [person.language === 'ko' ? '목록' : 'list'], person };
}
