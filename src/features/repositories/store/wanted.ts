import { COUNTED_TO } from '../../../store/ownerLists.ts';
import { type BranchBefore, branchIsAsBefore } from './branches.ts';

/** A look that was asked for and did not come in this time was lost. */
const STALE_LOOK_MS = 10 * 60 * 1000;

/**
 * Id of the branch, or of the pattern, to look at when something happened in a repository, unless a
 * look is waiting already: it is asked for with this.
 *
 * @param branch where it happened; `null`: in the repository as a whole, one branch stands for all
 */
export async function askForLook(
  db: D1Database,
  repository: number,
  branch: string | null,
  now: number,
): Promise<number[]> {
  const { results } = await db
    .prepare(
      `UPDATE branches SET look_asked_at = ?3
       WHERE id IN (
         SELECT id FROM branches WHERE repository = ?1 AND name = ?2
           AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
         UNION SELECT id FROM branches WHERE repository = ?1 AND is_pattern = 1 AND ?2 GLOB name
           AND EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)
         UNION SELECT * FROM (
           SELECT branches.id FROM branches JOIN watches ON watches.branch = branches.id
           WHERE ?2 IS NULL AND branches.repository = ?1
           GROUP BY branches.id 
             ORDER BY max(watches.sees_private) DESC, max(watches.releases) DESC LIMIT 1))
         AND (look_asked_at IS NULL OR look_asked_at < ?3 - ${STALE_LOOK_MS})
       RETURNING id`,
    )
    .bind(repository, branch, now)
    .all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Condition: somebody watches the repository that a hint of GitHub's is about, given as JSON. */
export function isWatchedEvent(event: string): string {
  return `EXISTS (SELECT 1 FROM branches JOIN watches ON watches.branch = branches.id
    WHERE branches.repository = ${event}->>'repositoryId')`;
}

/** Somebody looks now: whatever happens from here on asks for another look. */
export async function beginLook(db: D1Database, id: number): Promise<void> {
  await db
    .prepare(`UPDATE branches SET look_asked_at = NULL WHERE id = ?1 AND look_asked_at IS NOT NULL`)
    .bind(id)
    .run();
}

/** What is stored of each, up to one more than {@link COUNTED_TO}. */
interface WatchedCounts {
  readonly repositories: number;
  readonly branches: number;
  readonly watches: number;
}

/** What people watch. Reads few rows however many there are. */
export async function countWatched(db: D1Database): Promise<WatchedCounts> {
  const counts = await db
    .prepare(
      `SELECT
         (SELECT count(*) FROM (SELECT 1 FROM repositories LIMIT ?1)) AS repositories,
         (SELECT count(*) FROM (SELECT 1 FROM branches LIMIT ?1)) AS branches,
         (SELECT count(*) FROM (SELECT 1 FROM watches LIMIT ?1)) AS watches`,
    )
    .bind(COUNTED_TO + 1)
    .first<WatchedCounts>();
  return counts ?? { repositories: 0, branches: 0, watches: 0 };
}

/**
 * Who hears of what, in SQL: the conditions and the words of a change as its watcher reads it.
 *
 * A change happened on a branch, or in a repository as a whole. It concerns the watches of that
 * branch, those of the patterns that stand for it, or all watches in the repository. Of these, the
 * ones that want it (their options, their pauses) and have not heard of the same subject before are
 * told. Each is told what their watch leaves in it: commits they leave out, and those that were there
 * when they began to watch, are neither told nor counted.
 */

/** The most commits told by name; the rest is a number. */
const MOST_COMMITS = 5;

/** Join: the watches that a change concerns. */
export const ITS_WATCHES = listeningTo('changes', 'watches');

function listeningTo(change: string, watch: string): string {
  return `${watch}.branch IN (
    SELECT id FROM branches WHERE ${change}.branch IS NULL AND repository = ${change}.repository
    UNION ALL SELECT ${change}.branch WHERE ${change}.branch IS NOT NULL
    UNION ALL SELECT pattern FROM covered WHERE covered.branch = ${change}.branch)`;
}

/** Condition on an entry `one` of a change's commits: the watch leaves it out. */
const IS_LEFT_OUT = `(watches.bots = 0 AND coalesce(one.value->>'isBot', 0))
  OR (watches.merges = 0 AND coalesce(one.value->>'isMerge', 0))
  OR EXISTS (SELECT 1 FROM json_each(watches.without_authors) AS author
             WHERE author.value IN (lower(one.value->>'author'), lower(one.value->>'login')))`;

const COMMITS = `json_each(changes.notice, '$.commits')`;

/**
 * Where in the list the commit stands that was the newest when the watch began; NULL: it does not,
 * or the branch has come back to it.
 */
const FIRST_SEEN = `(SELECT first.key FROM ${COMMITS} AS first
  WHERE first.value->>'sha' = watches.first_head AND NOT EXISTS (
    SELECT 1 FROM changes AS before
    WHERE before.repository = changes.repository AND before.branch = changes.branch
      AND before.id < changes.id AND before.kind = 'commits'
      AND before.at >= watches.created_at))`;

/** How many commits of a change are the watcher's. */
const HOW_MANY = `coalesce(${FIRST_SEEN}, changes.notice->>'total')
  - (SELECT count(*) FROM ${COMMITS} AS one
     WHERE one.key < coalesce(${FIRST_SEEN}, 9e9) AND (${IS_LEFT_OUT}))`;

/** Condition: this watch takes all commits of this change as they are. */
const IS_PLAIN = `watches.bots = 1 AND watches.merges = 1 AND watches.without_authors IS NULL
  AND ${FIRST_SEEN} IS NULL`;

/**
 * Condition on `watches`, `changes` and the change's `repositories`: this watcher wants to hear of
 * this change. What happens while a watch is paused is not told, unless that is for a time only. What
 * happens in private is for the owner's chats; that it was made private, for all others.
 */
export const IS_WANTED = isWanted('changes', 'watches');

function isWanted(change: string, watch: string): string {
  const condition = `(watches.paused_at IS NULL OR watches.paused_until IS NOT NULL)
    AND CASE
      WHEN changes.branch IS NULL AND changes.notice->>'what' IS 'gone' THEN watches.sees_private = 0
      WHEN changes.is_private = 0 AND repositories.is_private = 0 THEN 1
      ELSE watches.sees_private = 1 AND EXISTS (SELECT 1 FROM topics
        WHERE topics.person = watches.person AND topics.topic = 'owner' AND topics.is_on = 1)
      END
    AND CASE changes.kind
      WHEN 'commits' THEN watches.commits = 1 AND (
        changes.notice->>'change' NOT IN ('pushed')
        OR iif(${IS_PLAIN}, 1, ${HOW_MANY} > 0))
      WHEN 'release' THEN watches.releases = 1
        AND (watches.prereleases = 1 OR NOT changes.notice->>'isPrerelease')
        AND (watches.tag_pattern IS NULL OR changes.notice->>'tag' GLOB watches.tag_pattern)
        AND (watches.smallest_step = 'any' OR changes.step = 'major'
             OR (watches.smallest_step = 'minor' AND changes.step = 'minor'))
      ELSE CASE changes.notice->>'what'
        WHEN 'default-changed' THEN watches.follows_default = 1
        WHEN 'branch-renamed' THEN watches.follows_default = 0
        WHEN 'renamed' THEN watches.known_as IS NOT changes.notice->>'repository'
        WHEN 'transferred' THEN watches.known_as IS NOT changes.notice->>'repository'
        ELSE 1 END
      END`;
  return condition.replaceAll('changes.', `${change}.`).replaceAll('watches.', `${watch}.`);
}

/**
 * Condition: the same address was told of an earlier change about the same subject.
 *
 * @param among a further condition on it
 */
export const wasTold = (among = 'true') => `EXISTS (
  SELECT 1 FROM changes AS earlier
  CROSS JOIN people AS same
  CROSS JOIN watches AS then_watched ON then_watched.person = same.id
    AND ${listeningTo('earlier', 'then_watched')}
  WHERE changes.subject <> changes.key AND earlier.subject = changes.subject
    AND earlier.subject <> earlier.key AND earlier.id < changes.id
    AND same.channel = person.channel AND same.address = person.address
    AND then_watched.created_at <= earlier.at AND ${isWanted('earlier', 'then_watched')}
    AND ${among})`;

/** Condition: an hour of the day lies in the quiet hours of the row of `people` called `person`. */
export const isQuiet = (hour: string) => `coalesce(iif(person.quiet_from < person.quiet_to,
  ${hour} >= person.quiet_from AND ${hour} < person.quiet_to,
  ${hour} >= person.quiet_from OR ${hour} < person.quiet_to), 0)`;

/** Condition: nothing is to be told now of the row of `watches`, of the person `person`. */
export const isInQuiet = (hour: string, now: string) => `(${isQuiet(hour)}
  OR (watches.paused_at IS NOT NULL AND ifnull(watches.paused_until > ${now}, 1)))`;

/** The commits of a change as its watcher reads them, their number, and the watcher's own words. */
export const ITS_NOTICE = `json_set(
  CASE changes.kind
    WHEN 'commits' THEN json_set(changes.notice,
      '$.commits', (SELECT json_group_array(json(iif(watches.whole_messages, mine.value,
                      json_remove(mine.value, '$.body'))) ORDER BY mine.key)
                    FROM (SELECT one.key, one.value FROM ${COMMITS} AS one
                          WHERE one.key < coalesce(${FIRST_SEEN}, 9e9) AND NOT (${IS_LEFT_OUT})
                          ORDER BY one.key LIMIT ${MOST_COMMITS}) AS mine),
      '$.total', iif(${IS_PLAIN}, changes.notice->>'total', ${HOW_MANY}))
    WHEN 'release' THEN json_set(changes.notice,
      '$.isPromoted', json(iif(watches.prereleases AND changes.notice->>'isPromoted', 'true', 'false')))
    ELSE changes.notice END,
  '$.language', person.language, '$.nickname', watches.nickname,
  '$.branch', (SELECT name FROM branches WHERE id = coalesce(changes.branch, watches.branch)))`;

/** The default branch is another one now: whoever named none goes with it. */
export interface Following {
  /** Id of the branch that was the default one. */
  readonly from: number;
  readonly was: BranchBefore;
  readonly repository: number;
  /** The default branch as it is now. */
  readonly name: string;
  readonly nodeId: string;
  /** What of it is no news: where the old one was told last when it was renamed, else its head. */
  readonly head: string | null;
  readonly depth: number | null;
}

/** Statements: those who follow the default branch watch the new one from now on. */
export function followStatements(
  db: D1Database,
  following: Following,
  now: number,
): D1PreparedStatement[] {
  const { from, was, repository, name, nodeId, head, depth } = following;
  const guard = JSON.stringify([{ from, was }]);
  const isAsBefore = `EXISTS (SELECT 1 FROM json_each(?2) AS asked
    JOIN branches ON ${branchIsAsBefore('asked', 'from')})`;
  const target = `(SELECT id FROM branches WHERE repository = ?3 AND name = ?4)`;
  return [
    db
      .prepare(
        `INSERT INTO branches (repository, name, node_id, head, depth, changed_at, state)
         SELECT ?3, ?4, ?5, ?6, ?7, ?1, 'ok' WHERE ${isAsBefore}
         ON CONFLICT (repository, name) DO UPDATE
           SET node_id = excluded.node_id, head = excluded.head, depth = excluded.depth,
               changed_at = max(excluded.changed_at, changed_at + 1), state = 'ok', misses = 0,
               missing_since = NULL, stuck_since = NULL
           WHERE NOT EXISTS (SELECT 1 FROM watches WHERE watches.branch = branches.id)`,
      )
      .bind(now, guard, repository, name, nodeId, head, depth),
    // Who watches the new one already keeps that watch.
    db
      .prepare(
        `UPDATE OR IGNORE watches SET branch = ${target}, first_head = ?5
         WHERE branch = ?1 AND follows_default = 1 AND ${isAsBefore}`,
      )
      .bind(from, guard, repository, name, head),
    db
      .prepare(
        `DELETE FROM watches WHERE branch = ?1 AND follows_default = 1 AND ${isAsBefore}
           AND EXISTS (SELECT 1 FROM watches AS other
                       WHERE other.person = watches.person AND other.branch = ${target})`,
      )
      .bind(from, guard, repository, name),
  ];
}
