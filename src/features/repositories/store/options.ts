import { DAY_MS, SECOND_MS } from '../../../lib/time.ts';
import { MOST_AUTHORS, TAG_PATTERN_BYTES } from '../../../store/watchRules.ts';

/** What somebody wants to hear of a watched branch, and when. */
export interface WatchOptions {
  readonly commits: boolean;
  readonly releases: boolean;
  /** Pre-releases too, and a tag that is made anew (`nightly`) once a day. */
  readonly prereleases: boolean;
  /** Glob over tag names (`*`, `?`, `[...]`), such as `@scope/pkg@*`; `null`: every tag. */
  readonly tagPattern: string | null;
  /** Smallest step of a version that is told. */
  readonly smallestStep: 'any' | 'minor' | 'major';
  /** Commits of bots too. */
  readonly bots: boolean;
  /** Merge commits too. */
  readonly merges: boolean;
  /** Names or logins whose commits are left out, in lower case. */
  readonly withoutAuthors: readonly string[];
  /** Whole messages of commits, not their first lines only. */
  readonly wholeMessages: boolean;
  /** What one look finds comes in one message, not in one each. */
  readonly together: boolean;
  readonly digest: 'instant' | 'hourly' | 'daily';
  /** Hour of the day (owner's time zone) of a daily digest. */
  readonly digestHour: number;
}

/**
 * How a watch is written down where nothing is said of it: every commit, at once. Programs and the
 * blocks of a chatbot that were made for the bot before get what they got there. The table's own
 * defaults say the same.
 */
export const DEFAULT_OPTIONS: WatchOptions = {
  commits: true,
  releases: false,
  prereleases: false,
  tagPattern: null,
  smallestStep: 'any',
  bots: true,
  merges: true,
  withoutAuthors: [],
  wholeMessages: false,
  together: true,
  digest: 'instant',
  digestHour: 9,
};

/** How watches of a whole list begin: what people depend on is news when there is a version. */
export const LIST_OPTIONS: WatchOptions = { ...DEFAULT_OPTIONS, commits: false, releases: true };

/** How a watch that somebody begins in a chat, or on the pages, begins: releases are told too. */
export const CHAT_OPTIONS: WatchOptions = { ...DEFAULT_OPTIONS, releases: true };

/** The columns of `watches` that hold the options. */
export interface OptionColumns {
  readonly commits: number;
  readonly releases: number;
  readonly prereleases: number;
  readonly tag_pattern: string | null;
  readonly smallest_step: WatchOptions['smallestStep'];
  readonly bots: number;
  readonly merges: number;
  readonly without_authors: string | null;
  readonly whole_messages: number;
  readonly together: number;
  readonly digest: WatchOptions['digest'];
  readonly digest_hour: number;
}

export function optionsOf(row: OptionColumns): WatchOptions {
  return {
    commits: row.commits === 1,
    releases: row.releases === 1,
    prereleases: row.prereleases === 1,
    tagPattern: row.tag_pattern,
    smallestStep: row.smallest_step,
    bots: row.bots === 1,
    merges: row.merges === 1,
    withoutAuthors: authorsIn(row.without_authors),
    wholeMessages: row.whole_messages === 1,
    together: row.together === 1,
    digest: row.digest,
    digestHour: row.digest_hour,
  };
}

/** The same the other way round. */
export function columnsOf(options: WatchOptions): OptionColumns {
  const { withoutAuthors } = options;
  return {
    commits: Number(options.commits),
    releases: Number(options.releases),
    prereleases: Number(options.prereleases),
    tag_pattern: options.tagPattern,
    smallest_step: options.smallestStep,
    bots: Number(options.bots),
    merges: Number(options.merges),
    without_authors: withoutAuthors.length === 0 ? null : JSON.stringify(withoutAuthors),
    whole_messages: Number(options.wholeMessages),
    together: Number(options.together),
    digest: options.digest,
    digest_hour: options.digestHour,
  };
}

/** Whether they can be kept: a tag pattern that is not too long, not too many authors. */
export function areKeepable({ tagPattern, withoutAuthors }: WatchOptions): boolean {
  const isShort = new TextEncoder().encode(tagPattern ?? '').length <= TAG_PATTERN_BYTES;
  return isShort && withoutAuthors.length <= MOST_AUTHORS;
}

/**
 * Sets what is told of a watch, in one transaction.
 *
 * @returns `refused` when they cannot be kept, and nothing is changed; `look` when the repository's
 *   releases are wanted for the first time: whoever looks now learns what is no news
 */
export async function setWatchOptions(
  db: D1Database,
  person: number,
  id: number,
  options: WatchOptions,
  now: number,
): Promise<'set' | 'look' | 'refused'> {
  if (!areKeepable(options)) return 'refused';
  const [unknown] = await db.batch(optionStatements(db, person, { id }, options, now));
  return unknown?.results.length === 1 ? 'look' : 'set';
}

/** A watch of a person: by its id, or by what it is about where it is only being written. */
export type WhichWatch =
  | { readonly id: number }
  | { readonly repository: number; readonly branch: string };

/** Id of the watch of the person `?1` with the id `?2`, or of the branch named `?4` of `?3`. */
const WATCH = `coalesce(?2, (SELECT watches.id FROM watches JOIN branches ON branches.id = branch
  WHERE person = ?1 AND branches.repository = ?3 AND branches.name = ?4))`;

/**
 * Statements: set what is told of a watch. What happened before the options changed is not told by
 * them: the first digest, or the first release, is one that comes after.
 */
export function optionStatements(
  db: D1Database,
  person: number,
  which: WhichWatch,
  options: WatchOptions,
  now: number,
): D1PreparedStatement[] {
  const columns = Object.entries(columnsOf(options));
  const watch =
    'id' in which ? [person, which.id, null, null] : [person, null, which.repository, which.branch];
  return [
    // Nobody has looked at the releases since the last one who wanted them.
    db
      .prepare(
        `UPDATE repositories SET releases_seen = ?6, changed_at = changed_at + 1
         WHERE ?5 AND id = (SELECT repository FROM branches JOIN watches ON branch = branches.id
                            WHERE watches.id = ${WATCH} AND person = ?1)
           AND NOT EXISTS (${RELEASES_WANTED}) RETURNING id`,
      )
      .bind(...watch, options.releases ? 1 : 0, `since ${wholeSecond(now)}`),
    db
      .prepare(
        `UPDATE watches
         SET digested = iif(digest = 'instant', coalesce((SELECT max(id) FROM changes), 0), digested),
             ${columns.map(([name], index) => `${name} = ?${index + 5}`).join(', ')}
         WHERE id = ${WATCH} AND person = ?1`,
      )
      .bind(...watch, ...columns.map(([, value]) => value)),
  ];
}

/**
 * Id of a branch of a repository whose releases are wanted and were never looked at; `null` when
 * there is nothing to look for.
 */
export async function branchToLookAt(
  db: D1Database,
  person: number,
  which: WhichWatch,
): Promise<number | null> {
  const watch =
    'id' in which ? [person, which.id, null, null] : [person, null, which.repository, which.branch];
  const row = await db
    .prepare(
      `SELECT branch FROM watches JOIN branches ON branches.id = branch
       JOIN repositories ON repositories.id = repository
       WHERE watches.id = ${WATCH} AND person = ?1 AND releases = 1
         AND releases_seen LIKE 'since %'`,
    )
    .bind(...watch)
    .first<{ branch: number }>();
  return row?.branch ?? null;
}

/** Query: whether anybody wants to hear of the releases of the row of `repositories` around it. */
export const RELEASES_WANTED = `SELECT 1 FROM branches JOIN watches ON watches.branch = branches.id
  WHERE branches.repository = repositories.id AND watches.releases = 1`;

/** The longest a watch can be muted for a time. */
export const LONGEST_MUTE_MS = 90 * DAY_MS;

/** Whether a watch tells nothing, and until when; `null`: until the person says so. */
export interface Pause {
  readonly isPaused: boolean;
  readonly until: number | null;
}

/** Conditions: a watch is to be stopped for good, as `asked` says; it has been until now. */
export const IS_FOR_GOOD = `(asked.value->>'isPaused' AND asked.value->>'until' IS NULL)`;
export const WAS_FOR_GOOD = `(watches.paused_at IS NOT NULL AND watches.paused_until IS NULL)`;

/**
 * Statement: stops telling of watches, or goes on. What happens while one is stopped for good is
 * never told; what happens while it is until an instant is held, and told when it goes on.
 *
 * @param pauses by the id of the watch
 */
export function pauseWatches(
  db: D1Database,
  person: number,
  pauses: readonly (Pause & { readonly id: number })[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE watches
       SET paused_at = iif(asked.value->>'isPaused', ?3, NULL),
           paused_until = asked.value->>'until',
           digested = iif(${IS_FOR_GOOD} OR ${WAS_FOR_GOOD},
                          max(digested, coalesce((SELECT max(id) FROM changes), 0)), digested)
       FROM json_each(?2) AS asked
       WHERE watches.id = asked.value->>'id' AND person = ?1
         AND (paused_at IS NOT NULL OR asked.value->>'isPaused')`,
    )
    .bind(person, JSON.stringify(pauses), now);
}

/**
 * Whether nothing is to be told together: nobody wants a digest, and none is held for somebody whose
 * quiet ends by itself. What is stopped for good waits for its person, not for a time. Of each watch
 * for which something is held one row is read.
 */
export async function nobodyCollects(db: D1Database): Promise<boolean> {
  const some = await db
    .prepare(
      `WITH RECURSIVE holding (watch) AS (
         SELECT min(watch) FROM held
         UNION ALL
         SELECT (SELECT min(watch) FROM held WHERE held.watch > holding.watch) FROM holding
         WHERE watch IS NOT NULL)
       SELECT EXISTS (SELECT 1 FROM watches WHERE digest <> 'instant' AND NOT ${WAS_FOR_GOOD})
         OR EXISTS (SELECT 1 FROM holding JOIN watches ON watches.id = holding.watch
                    WHERE NOT ${WAS_FOR_GOOD}) AS some`,
    )
    .first<number>('some');
  return some === 0;
}

/**
 * Statement: what is there now of the releases of repositories is no news, where nobody wanted any
 * of it yet. To be carried out before somebody does.
 *
 * @param repositories GitHub's numbers
 */
export function beginReleases(
  db: D1Database,
  repositories: readonly number[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE repositories SET releases_seen = ?2, changed_at = changed_at + 1
       WHERE id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (${RELEASES_WANTED})`,
    )
    .bind(JSON.stringify(repositories), `since ${wholeSecond(now)}`);
}

/** What GitHub dates has whole seconds, and none of them may be lost. */
function wholeSecond(at: number): number {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}

function authorsIn(json: string | null): readonly string[] {
  const value: unknown = json === null ? [] : JSON.parse(json);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
