import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import type { GitHubFailureReason } from '../../../platforms/github/api/answer.ts';
import type { RepositoryDetails } from '../../../platforms/github/api/types.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import type { Person } from '../../../store/people.ts';
import { MOST_WATCHES, nicknameKey } from '../../../store/watchRules.ts';
import { askInBatches, slices, startTalk } from '../polling/talk.ts';
import { meetBranches } from '../store/branches.ts';
import {
  areKeepable,
  beginReleases,
  columnsOf,
  LIST_OPTIONS,
  type WatchOptions,
} from '../store/options.ts';
import { meetRepositories } from '../store/repositories.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import type { WatchProblem } from '../talk/texts.ts';
import { problemOf } from './find.ts';
import { readWatchOptions } from './options.ts';
import type { Pasted } from './pasted.ts';
import { freeNickname } from './register.ts';

/** GitHub tells so many default branches with their histories in one call. */
const AT_ONCE = 40;

/** What became of a list of repositories that somebody wants to watch. */
export interface Sought {
  /** Not watched yet, public, and with news to come. */
  readonly found: readonly RepositoryDetails[];
  /** `owner/name` of those they watch already. */
  readonly already: readonly string[];
  /** There are none of these, or none that anybody may see. */
  readonly missing: readonly string[];
  readonly archived: readonly string[];
  /** GitHub failed on these. */
  readonly unsure: readonly string[];
  /** Nobody may watch so many: these were not looked at. */
  readonly left: readonly string[];
  readonly watches: readonly Watch[];
}

/** `owner/name` of each. */
export function namesOf(found: Sought['found']): string[] {
  return found.map(({ owner, name }) => `${owner}/${name}`);
}

/**
 * Looks repositories up at GitHub, forty in a call. One that is private is like one that is not
 * there.
 *
 * @param names `owner/name`
 */
export async function seekMany(
  bot: Bot,
  person: Pick<Person, 'id'>,
  names: readonly string[],
): Promise<Result<Sought, { readonly reason: WatchProblem }>> {
  const github = await githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
  const byName = new Map(
    watches.map(({ repository: { owner, name } }) => [`${owner}/${name}`.toLowerCase(), true]),
  );
  const fresh = names.filter((name) => !byName.has(name.toLowerCase()));
  const wanted = fresh.slice(0, MOST_WATCHES);
  const left = fresh.slice(MOST_WATCHES);
  const talk = startTalk();
  const told = new Map<string, RepositoryDetails | GitHubFailureReason>();
  await askInBatches(
    talk,
    slices(wanted, AT_ONCE),
    (batch) => github.lookUpMany(batch),
    (batch, answers) => {
      for (const [index, name] of batch.entries()) told.set(name, answers[index] ?? 'unavailable');
    },
  );
  const { stopped } = talk;
  if (told.size === 0 && stopped !== null && stopped !== 'no-calls-left') {
    return { ok: false, reason: problemOf(stopped) };
  }
  const found = new Map<number, RepositoryDetails>();
  const already = names.filter((name) => byName.has(name.toLowerCase()));
  const missing: string[] = [];
  const archived: string[] = [];
  const unsure: string[] = [];
  for (const name of wanted) {
    const one = told.get(name) ?? 'unavailable';
    if (typeof one === 'string') {
      (problemOf({ reason: one, status: null, detail: '' }) === 'unavailable'
        ? unsure
        : missing
      ).push(name);
    } else if (one.isPrivate || one.isDisabled) missing.push(name);
    // Under another name they may watch it all the same.
    else if (watches.some(({ repository }) => repository.id === one.id)) already.push(name);
    else if (one.isArchived) archived.push(name);
    else found.set(one.id, one);
  }
  const value = { found: [...found.values()], already, missing, archived, unsure, left, watches };
  return { ok: true, value };
}

/**
 * Statements: watch the default branches of repositories, as many as a person may. What is there when
 * the watches begin is no news; the next look learns of its releases.
 */
export function manyStatements(
  { db, runtime }: Pick<Bot, 'db' | 'runtime'>,
  person: number,
  { found, watches }: Pick<Sought, 'found' | 'watches'>,
  options: WatchOptions,
): D1PreparedStatement[] {
  const now = runtime.now();
  const taken = new Set(watches.map(({ nickname }) => nicknameKey(nickname)));
  const rows = found.map((repository) => {
    const { id, owner, name, branch, defaultBranch } = repository;
    const {
      name: branchName,
      nodeId,
      head,
      depth,
    } = branch ?? {
      name: defaultBranch ?? 'main',
      nodeId: null,
      head: null,
      depth: null,
    };
    const nickname = freeNickname({ owner, name, branch: branchName }, taken);
    const key = nicknameKey(nickname);
    taken.add(key);
    return {
      repository: id,
      name: branchName,
      nodeId,
      head,
      depth,
      isPattern: false,
      nickname,
      key,
      knownAs: `${owner}/${name}`,
    };
  });
  const columns = Object.entries(columnsOf(options));
  return [
    meetRepositories(db, found, now),
    meetBranches(db, rows, now),
    ...(options.releases
      ? [
          beginReleases(
            db,
            found.map(({ id }) => id),
            now,
          ),
        ]
      : []),
    db
      .prepare(
        `INSERT INTO watches (person, branch, nickname, nickname_key, first_head, seen_head, known_as,
                              follows_default, digested, created_at,
                              ${columns.map(([name]) => name).join(', ')})
         SELECT ?1, branches.id, asked.value->>'nickname', asked.value->>'key',
                asked.value->>'head', asked.value->>'head', asked.value->>'knownAs', 1,
                coalesce((SELECT max(id) FROM changes), 0), ?3,
                ${columns.map((_, index) => `?${index + 5}`).join(', ')}
         FROM json_each(?2) AS asked
         JOIN branches ON branches.repository = asked.value->>'repository'
           AND branches.name = asked.value->>'name'
         WHERE (SELECT count(*) FROM watches WHERE person = ?1) + asked.key < ?4
         ORDER BY asked.key ON CONFLICT DO NOTHING RETURNING known_as AS name`,
      )
      .bind(person, JSON.stringify(rows), now, MOST_WATCHES, ...columns.map(([, value]) => value)),
  ];
}

/** More of an account's stars are not looked at: a person watches no more anyway. */
const MOST_PAGES = 4;

/**
 * What a program or a page names: a pasted list, and what an account starred, the newest 400.
 *
 * @param login blank: nobody
 * @returns each once
 */
export async function namesWanted(
  bot: Bot,
  { pasted, login }: { readonly pasted: Pasted; readonly login: string },
): Promise<Result<string[], { readonly reason: WatchProblem | 'no-account' }>> {
  const names = new Set(pasted.repositories);
  const github = await githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  let page: number | null = login === '' ? null : 1;
  while (page !== null && page <= MOST_PAGES) {
    const told = await github.stars(login, page);
    if (!told.ok) {
      return { ok: false, reason: told.reason === 'not-found' ? 'no-account' : problemOf(told) };
    }
    for (const name of told.value.names) names.add(name);
    page = told.value.next;
  }
  return { ok: true, value: [...names] };
}

/** What a list tells: releases, or what is said of it in words of options that can be kept. */
export function listOptions(words: string): WatchOptions {
  if (words === '릴리스만') return LIST_OPTIONS;
  const read = readWatchOptions(LIST_OPTIONS, words);
  return read !== null && areKeepable(read) ? read : LIST_OPTIONS;
}

/** Statement: ends the watches that began together at an instant. */
export function takeBackMany(db: D1Database, person: number, at: number): D1PreparedStatement {
  return db.prepare(`DELETE FROM watches WHERE person = ?1 AND created_at = ?2`).bind(person, at);
}
