import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import { graphemes } from '../../../lib/text.ts';
import type { Person } from '../../../store/people.ts';
import { MOST_WATCHES, nicknameKey } from '../../../store/watchRules.ts';
import {
  areKeepable,
  branchToLookAt,
  CHAT_OPTIONS,
  optionStatements,
  setWatchOptions,
  type WatchOptions,
  type WhichWatch,
} from '../store/options.ts';
import { addWatch, type Watch, watchesOf, watchStatements } from '../store/watches.ts';
import { type Found, findRepository, type NotFound, type Viewer } from './find.ts';
import { readWatchOptions } from './options.ts';

/** In characters. */
const LONGEST_NICKNAME = 30;

/** A nickname as it is kept: one line, no control characters; `null` when it is no nickname. */
export function readNickname(text: string): string | null {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // Digits alone would be taken for a number in the list.
  return /\p{L}/u.test(name) && graphemes(name).length <= LONGEST_NICKNAME ? name : null;
}

/** A name that is no person's own words, cut so that it is a nickname with this end. */
export function shortNickname(name: string, end = ''): string {
  const text = /\p{L}/u.test(name) ? name : `repo ${name}`;
  const parts = graphemes(text);
  const room = LONGEST_NICKNAME - graphemes(end).length;
  return parts.length <= room ? text + end : `${parts.slice(0, room - 1).join('')}…${end}`;
}

/** What a person wants to watch, in their own words. */
export interface Wish {
  readonly address: string;
  readonly branch: string | null;
  /** `null`: the repository's name, with the branch when that is taken. */
  readonly nickname: string | null;
}

export interface Registered extends Found {
  readonly nickname: string;
  /** False when it was watched already; its nickname is then the new one, if there was one. */
  readonly isNew: boolean;
}

/**
 * Registers a repository for a person, once: the same branch again changes its nickname only (as the
 * seed did).
 */
export async function registerWatch(
  bot: Bot,
  person: Pick<Person, 'id'>,
  wish: Wish,
): Promise<Result<Registered, NotFound>> {
  const given = wish.nickname === null ? null : readNickname(wish.nickname);
  if (wish.nickname !== null && given === null) return { ok: false, reason: 'nickname-invalid' };
  const found = await findRepository(bot, wish.address, wish.branch);
  if (!found.ok) return found;
  const { repository, branch, covers, followsDefault } = found.value;
  const names =
    given === null ? nicknamesFor(repository.owner, repository.name, branch.name) : [given];
  for (const nickname of names) {
    const added = await addWatch(
      bot.db,
      {
        person: person.id,
        repository,
        branch,
        covers,
        followsDefault,
        nickname,
        isNicknameGiven: given !== null,
      },
      bot.runtime.now(),
    );
    if (added.ok) return { ok: true, value: { ...found.value, ...added.value } };
    if (added.reason !== 'nickname-taken') return added;
  }
  return { ok: false, reason: 'nickname-taken' };
}

/** A change that is not written yet. */
export interface Planned {
  readonly writes: readonly D1PreparedStatement[];
  /** What follows when it is. */
  readonly after: () => Promise<void>;
}

/** A watch as it will be. */
export interface Planning extends Registered {
  /** What it will tell; `null`: as before. */
  readonly options: WatchOptions | null;
  /** The watch as it is; `null`: there is none yet. */
  readonly before: Watch | null;
}

/**
 * The same, to be written together with the answer to it: whoever asks again because there was none
 * is told the same.
 *
 * @param words what to tell of it, in words of options
 * @param others nicknames that are given in the same breath
 */
export async function planWatch(
  bot: Bot,
  person: Viewer,
  wish: Wish,
  words: string,
  others: readonly string[] = [],
): Promise<Result<Planning & Planned, NotFound>> {
  const given = wish.nickname === null ? null : readNickname(wish.nickname);
  if (wish.nickname !== null && given === null) return { ok: false, reason: 'nickname-invalid' };
  const looked = await findRepository(bot, wish.address, wish.branch, person);
  if (!looked.ok) return looked;
  const found = looked.value;
  const { repository, branch, covers, followsDefault } = found;
  const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
  const known = watches.find(
    (one) => one.repository.id === repository.id && one.branch.name === branch.name,
  );
  const used = watches.filter((one) => one !== known).map((one) => one.nickname);
  const taken = new Set([...used, ...others].map(nicknameKey));
  const names =
    given !== null
      ? [given]
      : known
        ? [known.nickname]
        : nicknamesFor(repository.owner, repository.name, branch.name);
  const nickname = firstFree(names, taken);
  if (nickname === undefined) return { ok: false, reason: 'nickname-taken' };
  if (!known && watches.length + others.length >= MOST_WATCHES) {
    return { ok: false, reason: 'too-many' };
  }
  const now = bot.runtime.now();
  const wanted = { repository, branch, covers, followsDefault };
  const isNicknameGiven = given !== null;
  const writes = watchStatements(
    bot.db,
    { ...wanted, person: person.id, nickname, isNicknameGiven },
    now,
  );
  const said = readWatchOptions(known?.options ?? CHAT_OPTIONS, words);
  const options = said ?? (known ? null : CHAT_OPTIONS);
  const which = { repository: repository.id, branch: branch.name };
  const set = options && planOptions(bot, person.id, which, options);
  const registered = { ...found, nickname, isNew: !known, before: known ?? null, options };
  const after = set?.after ?? (async () => {});
  return {
    ok: true,
    value: { ...registered, writes: [...writes, ...(set?.writes ?? [])], after },
  };
}

/** Other options for a watch; `null` when they cannot be kept. */
export function planOptions(
  bot: Pick<Bot, 'db' | 'runtime' | 'polls'>,
  person: number,
  which: WhichWatch,
  options: WatchOptions,
): Planned | null {
  if (!areKeepable(options)) return null;
  return {
    writes: optionStatements(bot.db, person, which, options, bot.runtime.now()),
    after: async () => {
      const branch = await branchToLookAt(bot.db, person, which);
      if (branch !== null) await bot.polls.send({ branch });
    },
  };
}

/**
 * What a repository is called when its watcher gives it no name: the first that is free. Names that
 * are longer than a nickname may be are shortened, and numbered in the end.
 */
function* nicknamesFor(owner: string, name: string, branch: string): Generator<string> {
  for (const text of [
    name,
    `${name} ${branch}`,
    `${owner}/${name}`,
    `${owner}/${name} ${branch}`,
  ]) {
    // A repository may be called 404; a nickname may not.
    const nickname = readNickname(text) ?? readNickname(`repo ${text}`);
    if (nickname !== null) yield nickname;
  }
  yield shortNickname(name);
  for (let number = 2; number <= MOST_WATCHES + 1; number++) {
    yield shortNickname(name, ` ${number}`);
  }
}

/** @param taken keys of the nicknames that are none of it */
function firstFree(names: Iterable<string>, taken: ReadonlySet<string>): string | undefined {
  for (const name of names) if (!taken.has(nicknameKey(name))) return name;
  return undefined;
}

/** The nickname the bot gives a branch beside others; there is always a free one. */
export function freeNickname(
  {
    owner,
    name,
    branch,
  }: { readonly owner: string; readonly name: string; readonly branch: string },
  taken: ReadonlySet<string>,
): string {
  return firstFree(nicknamesFor(owner, name, branch), taken) ?? shortNickname(`${owner}/${name}`);
}

/**
 * Sets the options of a watch. Where releases are wanted for the first time somebody looks at once:
 * what is there then is no news, and what comes after is.
 *
 * @returns false when they cannot be kept: nothing is changed
 */
export async function changeOptions(
  bot: Pick<Bot, 'db' | 'runtime' | 'polls'>,
  person: number,
  watch: Pick<Watch, 'id' | 'branch'>,
  options: WatchOptions,
): Promise<boolean> {
  const result = await setWatchOptions(bot.db, person, watch.id, options, bot.runtime.now());
  if (result === 'look') await bot.polls.send({ branch: watch.branch.id });
  return result !== 'refused';
}
