import type { Result } from '../../../lib/result.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { meetBranch, type NewBranch } from './branches.ts';
import { meetRepository, type NewRepository, RELEASES_WANTED } from './repositories.ts';

/** How many branches a person may watch. */
export const MOST_WATCHES = 50;

/** D1 takes no longer pattern, in UTF-8. */
export const TAG_PATTERN_BYTES = 50;

/** What somebody wants to hear of a watched branch, and when. */
export interface WatchOptions {
  readonly commits: boolean;
  readonly releases: boolean;
  /** Pre-releases too. */
  readonly prereleases: boolean;
  /** Glob over tag names (`*`, `?`, `[...]`), such as `@scope/pkg@*`; `null`: every tag. */
  readonly tagPattern: string | null;
  /** Smallest step of a version that is told. */
  readonly smallestStep: 'any' | 'minor' | 'major';
  readonly digest: 'instant' | 'hourly' | 'daily';
  /** Hour of the day (owner's time zone) of a daily digest. */
  readonly digestHour: number;
}

/** A branch somebody watches, under a name of their own. */
export interface Watch {
  readonly id: number;
  readonly nickname: string;
  readonly repository: {
    readonly id: number;
    readonly nodeId: string;
    readonly owner: string;
    readonly name: string;
  };
  readonly branch: {
    readonly id: number;
    readonly name: string;
    /** Commit the people were told of last; `null`: no commit yet. */
    readonly head: string | null;
    /** `missing`: not found lately; `gone`: given up, its watchers were told. */
    readonly state: 'ok' | 'missing' | 'gone';
  };
  readonly options: WatchOptions;
  readonly isPaused: boolean;
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
  readonly nickname: string;
  /** False when the bot chose it: a watch that is there keeps its own then. */
  readonly isNicknameGiven: boolean;
}

/** A nickname as it is compared: case, width and spacing forgiven. */
export function nicknameKey(nickname: string): string {
  return nickname.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * Watches a branch for a person, in one transaction. What is there when the watch begins is no news;
 * the same branch again changes its nickname only (as in the seed).
 *
 * @returns the nickname it has now, and whether it is watched from now on only
 */
export async function addWatch(
  db: D1Database,
  { person, repository, branch, nickname, isNicknameGiven }: NewWatch,
  now: number,
): Promise<
  Result<
    { readonly id: number; readonly nickname: string; readonly isNew: boolean },
    { readonly reason: 'nickname-taken' | 'too-many' }
  >
> {
  const key = nicknameKey(nickname);
  const of = { repository: repository.id, branch: branch.name };
  const find = db
    .prepare(
      `SELECT watches.id, watches.nickname FROM branches
       JOIN watches ON watches.branch = branches.id AND watches.person = ?1
       WHERE branches.repository = ?2 AND branches.name = ?3`,
    )
    .bind(person, of.repository, of.branch);
  const [, , , inserted, renamed, found, taken] = await db.batch<{ id: number; nickname: string }>([
    ...meetRepository(db, repository, now),
    meetBranch(db, repository.id, branch, now),
    db
      .prepare(
        `INSERT INTO watches (person, branch, nickname, nickname_key, first_head, seen_head,
                              digested, created_at)
         SELECT ?1, branches.id, ?4, ?5, ?6, ?6, coalesce((SELECT max(id) FROM changes), 0), ?7
         FROM branches
         WHERE branches.repository = ?2 AND branches.name = ?3
           AND (SELECT count(*) FROM watches WHERE person = ?1) < ?8
         ON CONFLICT DO NOTHING RETURNING id, nickname`,
      )
      .bind(person, of.repository, of.branch, nickname, key, branch.head, now, MOST_WATCHES),
    db
      .prepare(
        `UPDATE OR IGNORE watches SET nickname = ?4, nickname_key = ?5
         WHERE person = ?1 AND ?6 AND nickname <> ?4
           AND branch = (SELECT id FROM branches WHERE repository = ?2 AND name = ?3)`,
      )
      .bind(person, of.repository, of.branch, nickname, key, isNicknameGiven ? 1 : 0),
    find,
    db.prepare(`SELECT id FROM watches WHERE person = ?1 AND nickname_key = ?2`).bind(person, key),
  ]);
  const watch = found?.results[0];
  const holder = taken?.results[0];
  if (!watch) return { ok: false, reason: holder ? 'nickname-taken' : 'too-many' };
  const isNew = inserted?.results.length === 1;
  if (isNicknameGiven && renamed?.meta.changes === 0 && holder?.id !== watch.id) {
    return { ok: false, reason: 'nickname-taken' };
  }
  return { ok: true, value: { ...watch, isNew } };
}

interface WatchRow {
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
  readonly commits: number;
  readonly releases: number;
  readonly prereleases: number;
  readonly tag_pattern: string | null;
  readonly smallest_step: WatchOptions['smallestStep'];
  readonly digest: WatchOptions['digest'];
  readonly digest_hour: number;
  readonly paused_at: number | null;
  readonly seen_head: string | null;
  readonly created_at: number;
}

/** What a person watches, always in the order it was added: a number in the list keeps its meaning. */
export async function watchesOf(db: D1Database, person: number): Promise<Watch[]> {
  const { results } = await db
    .prepare(
      `SELECT watches.*, repositories.id AS repository, repositories.node_id, owner,
              repositories.name, branches.name AS branch_name, head, state
       FROM watches JOIN branches ON branches.id = watches.branch
       JOIN repositories ON repositories.id = branches.repository
       WHERE person = ?1 ORDER BY created_at, watches.id`,
    )
    .bind(person)
    .all<WatchRow>();
  return results.map((row) => ({
    id: row.id,
    nickname: row.nickname,
    repository: { id: row.repository, nodeId: row.node_id, owner: row.owner, name: row.name },
    branch: { id: row.branch, name: row.branch_name, head: row.head, state: row.state },
    options: {
      commits: row.commits === 1,
      releases: row.releases === 1,
      prereleases: row.prereleases === 1,
      tagPattern: row.tag_pattern,
      smallestStep: row.smallest_step,
      digest: row.digest,
      digestHour: row.digest_hour,
    },
    isPaused: row.paused_at !== null,
    seenHead: row.seen_head,
    createdAt: row.created_at,
  }));
}

/** False when this person has no such watch. */
export async function removeWatch(db: D1Database, person: number, id: number): Promise<boolean> {
  const { meta } = await db
    .prepare(`DELETE FROM watches WHERE id = ?2 AND person = ?1`)
    .bind(person, id)
    .run();
  return meta.changes > 0;
}

/** False when another watch of this person has that nickname, or there is no such watch. */
export async function renameWatch(
  db: D1Database,
  person: number,
  id: number,
  nickname: string,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE OR IGNORE watches SET nickname = ?3, nickname_key = ?4 WHERE id = ?2 AND person = ?1`,
    )
    .bind(person, id, nickname, nicknameKey(nickname))
    .run();
  return meta.changes > 0;
}

/**
 * Stops telling of a watch, or goes on (`null`). What happened while it was stopped is never told.
 *
 * @param pausedAt epoch milliseconds
 */
export async function pauseWatch(
  db: D1Database,
  person: number,
  id: number,
  pausedAt: number | null,
): Promise<void> {
  await db
    .prepare(
      `UPDATE watches SET paused_at = ?3, digested = coalesce((SELECT max(id) FROM changes), 0)
       WHERE id = ?2 AND person = ?1 AND (paused_at IS NULL) <> (?3 IS NULL)`,
    )
    .bind(person, id, pausedAt)
    .run();
}

/**
 * What happened before the options changed is not told by them: the first digest, or the first
 * release, is one that comes after.
 *
 * @returns false when the tag pattern is longer than {@link TAG_PATTERN_BYTES}: nothing is changed
 */
export async function setWatchOptions(
  db: D1Database,
  person: number,
  id: number,
  options: WatchOptions,
  now: number,
): Promise<boolean> {
  const { tagPattern } = options;
  if (new TextEncoder().encode(tagPattern ?? '').length > TAG_PATTERN_BYTES) return false;
  await db.batch([
    // Nobody has looked at the releases since the last one who wanted them.
    db
      .prepare(
        `UPDATE repositories SET releases_known = ?4
         WHERE ?3 AND id = (SELECT repository FROM branches JOIN watches ON branch = branches.id
                            WHERE watches.id = ?2 AND person = ?1)
           AND NOT EXISTS (${RELEASES_WANTED})`,
      )
      .bind(person, id, options.releases ? 1 : 0, wholeSecond(now)),
    db
      .prepare(
        `UPDATE watches
         SET digested = iif(digest = 'instant', coalesce((SELECT max(id) FROM changes), 0), digested),
             commits = ?3, releases = ?4, prereleases = ?5, tag_pattern = ?6, smallest_step = ?7,
             digest = ?8, digest_hour = ?9
         WHERE id = ?2 AND person = ?1`,
      )
      .bind(
        person,
        id,
        options.commits ? 1 : 0,
        options.releases ? 1 : 0,
        options.prereleases ? 1 : 0,
        tagPattern,
        options.smallestStep,
        options.digest,
        options.digestHour,
      ),
  ]);
  return true;
}

/** As JSON. What GitHub dates has whole seconds, and none of them may be lost. */
function wholeSecond(at: number): string {
  return String(Math.floor(at / SECOND_MS) * SECOND_MS);
}

/** The person has asked for everything up to a commit. */
export async function markSeen(db: D1Database, id: number, head: string): Promise<void> {
  await db
    .prepare(`UPDATE watches SET seen_head = ?2 WHERE id = ?1 AND seen_head IS NOT ?2`)
    .bind(id, head)
    .run();
}
