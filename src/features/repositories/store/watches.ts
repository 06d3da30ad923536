import type { Result } from '../../../lib/result.ts';
import { MOST_WATCHES, nicknameKey } from '../../../store/watchRules.ts';
import { meetBranches, type NewBranch } from './branches.ts';
import { coverBranches } from './covered.ts';
import { type OptionColumns, optionsOf, type WatchOptions } from './options.ts';
import { meetRepositories, type NewRepository } from './repositories.ts';

/** A branch somebody watches, under a name of their own. */
export interface Watch {
  readonly id: number;
  readonly nickname: string;
  readonly repository: {
    readonly id: number;
    readonly nodeId: string;
    readonly owner: string;
    readonly name: string;
    readonly isArchived: boolean;
    readonly isPrivate: boolean;
  };
  readonly branch: {
    readonly id: number;
    /** `release/*` when it is a pattern. */
    readonly name: string;
    readonly isPattern: boolean;
    /** Commit the people were told of last; `null`: no commit yet. */
    readonly head: string | null;
    /** `missing`: not found lately; `gone`: given up, its watchers were told. */
    readonly state: 'ok' | 'missing' | 'gone';
  };
  readonly options: WatchOptions;
  readonly isPaused: boolean;
  /** Epoch milliseconds until which it is paused; `null`: until the person says so. */
  readonly pausedUntil: number | null;
  /** Nobody named a branch: it follows the default one. */
  readonly followsDefault: boolean;
  /** The owner's own watch of a private repository. */
  readonly seesPrivate: boolean;
  /** Commit up to which this person has asked (`status`). */
  readonly seenHead: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What is to be watched, as GitHub just told it. */
export interface NewWatch {
  /** Id of the person. */
  readonly person: number;
  readonly repository: NewRepository;
  readonly branch: NewBranch;
  /** For a pattern: the branches it stands for now. */
  readonly covers: readonly Pick<NewBranch, 'name' | 'nodeId' | 'head'>[];
  /** Nobody named the branch: it is the default one, whichever that is. */
  readonly followsDefault: boolean;
  readonly nickname: string;
  /** False when the bot chose it: a watch that is there keeps its own then. */
  readonly isNicknameGiven: boolean;
}

/**
 * Watches a branch for a person, in one transaction. What is there when the watch begins is no news;
 * the same branch again changes its nickname only (as in the seed).
 *
 * @returns the nickname it has now, and whether it is watched from now on only
 */
export async function addWatch(
  db: D1Database,
  wanted: NewWatch,
  now: number,
): Promise<
  Result<
    { readonly id: number; readonly nickname: string; readonly isNew: boolean },
    { readonly reason: 'nickname-taken' | 'too-many' }
  >
> {
  const { person, repository, branch, nickname, isNicknameGiven } = wanted;
  const key = nicknameKey(nickname);
  const answers = await db.batch<{ id: number; nickname: string }>([
    ...watchStatements(db, wanted, now),
    db
      .prepare(
        `SELECT watches.id, watches.nickname FROM branches
         JOIN watches ON watches.branch = branches.id AND watches.person = ?1
         WHERE branches.repository = ?2 AND branches.name = ?3`,
      )
      .bind(person, repository.id, branch.name),
    db
      .prepare(`SELECT id, nickname FROM watches WHERE person = ?1 AND nickname_key = ?2`)
      .bind(person, key),
  ]);
  const [renamed] = answers;
  const [inserted, found, taken] = answers.slice(-3);
  const watch = found?.results[0];
  const holder = taken?.results[0];
  if (!watch) return { ok: false, reason: holder ? 'nickname-taken' : 'too-many' };
  const isNew = inserted?.results.length === 1;
  if (isNicknameGiven && renamed?.meta.changes === 0 && holder?.id !== watch.id) {
    return { ok: false, reason: 'nickname-taken' };
  }
  return { ok: true, value: { ...watch, isNew } };
}

/**
 * Statements: a new nickname for a watch that is there, else the watch. They change nothing where the
 * nickname is another watch's, or the person has too many.
 */
export function watchStatements(
  db: D1Database,
  wanted: NewWatch,
  now: number,
): D1PreparedStatement[] {
  const { person, repository, branch, covers, followsDefault, nickname, isNicknameGiven } = wanted;
  const key = nicknameKey(nickname);
  const of = { repository: repository.id, branch: branch.name };
  return [
    db
      .prepare(
        `UPDATE OR IGNORE watches SET nickname = ?4, nickname_key = ?5
         WHERE person = ?1 AND ?6 AND nickname <> ?4
           AND branch = (SELECT id FROM branches WHERE repository = ?2 AND name = ?3)`,
      )
      .bind(person, of.repository, of.branch, nickname, key, isNicknameGiven ? 1 : 0),
    meetRepositories(db, [repository], now),
    meetBranches(db, [{ ...branch, repository: repository.id }], now),
    ...(branch.isPattern ? coverBranches(db, repository.id, branch.name, covers, now) : []),
    db
      .prepare(
        `INSERT INTO watches (person, branch, nickname, nickname_key, first_head, seen_head,
                              known_as, follows_default, sees_private, digested,
                              created_at)
         SELECT ?1, branches.id, ?4, ?5, ?6, ?6, ?9, ?10, ?11,
                coalesce((SELECT max(id) FROM changes), 0), ?7
         FROM branches
         WHERE branches.repository = ?2 AND branches.name = ?3
           AND (SELECT count(*) FROM watches WHERE person = ?1) < ?8
         ON CONFLICT DO NOTHING RETURNING id, nickname`,
      )
      .bind(
        person,
        of.repository,
        of.branch,
        nickname,
        key,
        branch.head,
        now,
        MOST_WATCHES,
        `${repository.owner}/${repository.name}`,
        followsDefault ? 1 : 0,
        repository.isPrivate ? 1 : 0,
      ),
  ];
}

interface WatchRow extends OptionColumns {
  readonly id: number;
  readonly nickname: string;
  readonly repository: number;
  readonly node_id: string;
  readonly owner: string;
  readonly name: string;
  readonly branch: number;
  readonly branch_name: string;
  readonly head: string | null;
  readonly state: Watch['branch']['state'];
  readonly is_pattern: number;
  readonly is_archived: number;
  readonly is_private: number;
  readonly paused_until: number | null;
  readonly follows_default: number;
  readonly sees_private: number;
  readonly paused_at: number | null;
  readonly seen_head: string | null;
  readonly created_at: number;
  readonly known_as: string | null;
}

/**
 * What a person watches, always in the order it was added: a number in the list keeps its meaning. What
 * is private and not theirs is as they knew it, and gone.
 *
 * @param now what is paused until an earlier instant is so no more
 */
export async function watchesOf(db: D1Database, person: number, now: number): Promise<Watch[]> {
  const { results } = await db
    .prepare(
      `SELECT watches.*, repositories.id AS repository, repositories.node_id, owner,
              repositories.name, branches.name AS branch_name, head, state, is_pattern, is_archived,
              is_private
       FROM watches JOIN branches ON branches.id = watches.branch
       JOIN repositories ON repositories.id = branches.repository
       WHERE person = ?1 ORDER BY created_at, watches.id`,
    )
    .bind(person)
    .all<WatchRow>();
  return results.map((row) => {
    const isHidden = row.is_private === 1 && row.sees_private === 0;
    const [owner = '', name = ''] = (isHidden ? row.known_as : null)?.split('/') ?? [
      row.owner,
      row.name,
    ];
    const isOver = row.paused_until !== null && row.paused_until <= now;
    return {
      id: row.id,
      nickname: row.nickname,
      repository: {
        id: row.repository,
        nodeId: row.node_id,
        owner,
        name,
        isArchived: row.is_archived === 1 && !isHidden,
        isPrivate: row.is_private === 1,
      },
      branch: {
        id: row.branch,
        name: row.branch_name,
        isPattern: row.is_pattern === 1,
        head: row.head,
        state: isHidden ? 'gone' : row.state,
      },
      options: optionsOf(row),
      isPaused: row.paused_at !== null && !isOver,
      pausedUntil: isOver ? null : row.paused_until,
      followsDefault: row.follows_default === 1,
      seesPrivate: row.sees_private === 1,
      seenHead: row.seen_head,
      createdAt: row.created_at,
    };
  });
}

/** False when this person has no such watch. */
export async function removeWatch(db: D1Database, person: number, id: number): Promise<boolean> {
  const { meta } = await db
    .prepare(`DELETE FROM watches WHERE id = ?2 AND person = ?1`)
    .bind(person, id)
    .run();
  return meta.changes > 0;
}

/** Statement: changes nothing when another watch of this person has that nickname. */
export function renameWatch(
  db: D1Database,
  person: number,
  id: number,
  nickname: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE OR IGNORE watches SET nickname = ?3, nickname_key = ?4 WHERE id = ?2 AND person = ?1`,
    )
    .bind(person, id, nickname, nicknameKey(nickname));
}

/** Statement: the person has asked for everything up to a commit. */
export function markSeen(db: D1Database, id: number, head: string): D1PreparedStatement {
  return db
    .prepare(`UPDATE watches SET seen_head = ?2 WHERE id = ?1 AND seen_head IS NOT ?2`)
    .bind(id, head);
}
