import type { BackupFile } from './backupFile.ts';
import { nicknameKey } from './watchRules.ts';

/**
 * How many rows were written of each; topics, feeds and hooks count as settings, branches as
 * repositories, productions as titles.
 */
type Restored = Readonly<
  Record<'settings' | 'people' | 'watches' | 'repositories' | 'kakaoLogins' | 'titles', number>
>;

/** D1 takes values of 2 MB; a letter has up to three bytes. */
const MOST_LETTERS = 500_000;

const SETTINGS = `INSERT INTO settings (key, value, changed_at)
  SELECT value->>'key', value->'value', ?2 FROM json_each(?1) WHERE true
  ON CONFLICT (key) DO NOTHING`;

// Their tokens are nowhere in a backup.
const LOGINS = `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since, reason)
  SELECT value->>'id', value->'scopes', value->>'connectedAt',
    iif(value->>'state' = 'connected', 'log-in-again', value->>'state'),
    iif(value->>'state' = 'connected', ?2, value->>'stateSince'),
    iif(value->>'state' = 'connected', 'imported', value->>'reason')
  FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`;

const REPOSITORIES = `INSERT INTO repositories (id, node_id, owner, name, releases_seen,
    default_branch, is_archived, is_private, added_at)
  SELECT value->>'id', value->>'nodeId', value->>'owner', value->>'name',
    value->>'releasesSeen', value->>'defaultBranch', value->>'isArchived', value->>'isPrivate',
    value->>'addedAt'
  FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`;

const BRANCHES = `INSERT INTO branches
    (repository, name, node_id, head, depth, changed_at, state, misses, missing_since, is_pattern)
  SELECT asked.value->>'id', its.value->>'name', its.value->>'nodeId', its.value->>'head',
    its.value->>'depth', its.value->>'changedAt', its.value->>'state', its.value->>'misses',
    its.value->>'missingSince', its.value->>'isPattern'
  FROM json_each(?1) AS asked, json_each(asked.value, '$.branches') AS its WHERE true
  ON CONFLICT (repository, name) DO NOTHING`;

const RELEASES = `INSERT INTO known_releases (repository, known)
  SELECT value->>'id', value->>'releasesKnown' FROM json_each(?1)
  WHERE value->>'releasesKnown' IS NOT NULL ON CONFLICT (repository) DO NOTHING`;

const COVERED = `INSERT INTO covered (pattern, branch)
  SELECT pattern.id, branches.id
  FROM json_each(?1) AS asked, json_each(asked.value, '$.branches') AS its,
    json_each(its.value, '$.covers') AS one
  JOIN branches AS pattern ON pattern.repository = asked.value->>'id'
    AND pattern.name = its.value->>'name'
  JOIN branches ON branches.repository = asked.value->>'id' AND branches.name = one.value
  WHERE true ON CONFLICT DO NOTHING`;

// Posted, skipped or worded in either place holds: nothing is posted twice.
const TITLES = `INSERT INTO items
    (source, source_id, revision, title, subtitle, title_key, kind, starts_at, starts_on, poster_url,
     page_url, raw, first_seen_at, changed_at, withdrawn_at, announced_at, own_title, skipped_at)
  SELECT value->>'source', value->>'sourceId', value->>'revision', value->>'title',
    value->>'subtitle', value->>'titleKey', value->>'kind', value->>'startsAt',
    value->>'startsOn', value->>'posterUrl', value->>'pageUrl', '{}', value->>'firstSeenAt', ?2,
    value->>'withdrawnAt', value->>'announcedAt', value->>'ownTitle', value->>'skippedAt'
  FROM json_each(?1) WHERE true
  ON CONFLICT (source, source_id, revision) DO UPDATE SET
    announced_at = coalesce(announced_at, excluded.announced_at),
    own_title = coalesce(own_title, excluded.own_title),
    skipped_at = coalesce(skipped_at, excluded.skipped_at)
  WHERE (announced_at IS NULL AND excluded.announced_at IS NOT NULL)
     OR (own_title IS NULL AND excluded.own_title IS NOT NULL)
     OR (skipped_at IS NULL AND excluded.skipped_at IS NOT NULL)`;

const PEOPLE = `INSERT INTO people (channel, address, second_address, account, language, kakao_id,
    blocked_at, created_at, quiet_from, quiet_to)
  SELECT value->>'channel', value->>'address', value->>'secondAddress', value->>'account',
    value->>'language', value->>'kakaoId', value->>'blockedAt', value->>'createdAt',
    value->>'quietFrom', value->>'quietTo'
  FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`;

const THEIRS = `json_each(?1) AS asked
  JOIN people ON people.channel = asked.value->>'channel'
    AND people.address = asked.value->>'address'`;

// Before people: they follow feeds by the number of its row here. Items that are there are no news.
const FEEDS = `INSERT INTO feeds
    (url, title, title_key, site_url, posts, post_links, by_owner, state, state_since, added_at)
  SELECT value->>'url', value->>'title', value->>'titleKey', value->>'siteUrl', value->>'posts',
    value->>'postLinks', value->>'byOwner', 'new', ?2, value->>'addedAt'
  FROM json_each(?1) WHERE true ON CONFLICT (url) DO NOTHING`;

const PRODUCTIONS = `INSERT INTO productions (key, name, venue, genre, area, starts_on, ends_on,
    poster_url, first_seen_at, changed_at, announced_at)
  SELECT value->>'key', value->>'name', value->>'venue', value->>'genre', value->>'area',
    value->>'startsOn', value->>'endsOn', value->>'posterUrl', value->>'firstSeenAt',
    value->>'changedAt', value->>'announcedAt'
  FROM json_each(?1) WHERE true ON CONFLICT (key) DO UPDATE SET
    announced_at = coalesce(announced_at, excluded.announced_at)
  WHERE announced_at IS NULL`;

// Of use with the same TOKEN_KEY only.
const HOOKS = `INSERT INTO hooks (channel, address, sealed, state, created_at, changed_at)
  SELECT value->>'channel', value->>'address', value->>'sealed', 'proved', value->>'createdAt', ?2
  FROM json_each(?1) WHERE true ON CONFLICT (channel, address) DO NOTHING`;

// A feed that is not in the file: one of an old export that named the row of its own database.
const TOPICS = `INSERT INTO topics (topic, person, is_on, choice, changed_at)
  SELECT coalesce('feed:' || feeds.id, its.key), people.id, its.value,
    (SELECT value FROM json_each(asked.value, '$.choices') AS chosen WHERE chosen.key = its.key), ?2
  FROM ${THEIRS} JOIN json_each(asked.value, '$.topics') AS its
  LEFT JOIN feeds ON its.key = 'feed:' || feeds.url
  WHERE its.key NOT LIKE 'feed:%' OR feeds.id IS NOT NULL ON CONFLICT (topic, person) DO NOTHING`;

// What happened before somebody watched here is no news to them.
const WATCHES = `INSERT INTO watches (person, branch, nickname, nickname_key, commits, releases,
    prereleases, tag_pattern, smallest_step, bots, merges, without_authors, whole_messages, together,
    digest, digest_hour, digested, paused_at, paused_until, follows_default, sees_private, first_head,
    seen_head, created_at)
  SELECT people.id, branches.id, its.value->>'nickname', its.value->>'nicknameKey',
    its.value->>'commits', its.value->>'releases', its.value->>'prereleases',
    its.value->>'tagPattern', its.value->>'smallestStep', its.value->>'bots',
    its.value->>'merges', nullif(its.value->>'withoutAuthors', '[]'), its.value->>'wholeMessages',
    its.value->>'together', its.value->>'digest',
    its.value->>'digestHour', coalesce((SELECT max(id) FROM changes), 0),
    its.value->>'pausedAt', its.value->>'pausedUntil', its.value->>'followsDefault',
    its.value->>'seesPrivate', its.value->>'firstHead', its.value->>'seenHead',
    its.value->>'createdAt'
  FROM ${THEIRS} JOIN json_each(asked.value, '$.watches') AS its
  JOIN branches ON branches.repository = its.value->>'repository'
    AND branches.name = its.value->>'branch'
  WHERE true ON CONFLICT DO NOTHING`;

/**
 * Adds to the database what a backup has and the database lacks; what is there stays as it is. Reading
 * the same one back again changes nothing, and so does going on after a crash.
 */
export async function restore(db: D1Database, file: BackupFile, now: number): Promise<Restored> {
  // D1 wants as many values as a statement names.
  const bind = (sql: string, rows: string) =>
    db.prepare(sql).bind(...(sql.includes('?2') ? [rows, now] : [rows]));
  const write = async (rows: readonly unknown[], ...statements: readonly string[]) => {
    const written = statements.map(() => 0);
    for (const part of partsOf(rows)) {
      const done = await db.batch(statements.map((sql) => bind(sql, part)));
      for (const [index, { meta }] of done.entries()) {
        written[index] = (written[index] ?? 0) + meta.changes;
      }
    }
    return written;
  };
  const people = file.people.map((person) => ({
    ...person,
    watches: person.watches.map((watch) => ({
      ...watch,
      nicknameKey: nicknameKey(watch.nickname),
    })),
  }));
  const [settings = 0] = await write(file.settings, SETTINGS);
  const [kakaoLogins = 0] = await write(file.kakaoLogins, LOGINS);
  const [repositories = 0, branches = 0] = await write(
    file.repositories,
    REPOSITORIES,
    BRANCHES,
    RELEASES,
    COVERED,
  );
  const [titles = 0] = await write(file.titles, TITLES);
  const [feeds = 0] = await write(file.feeds, FEEDS);
  const [productions = 0] = await write(file.productions, PRODUCTIONS);
  const [hooks = 0] = await write(file.hooks, HOOKS);
  const [met = 0, topics = 0, watches = 0] = await write(people, PEOPLE, TOPICS, WATCHES);
  return {
    settings: settings + topics + feeds + hooks,
    people: met,
    watches,
    repositories: repositories + branches,
    kakaoLogins,
    titles: titles + productions,
  };
}

/** The rows as JSON lists, each small enough for D1. */
function* partsOf(rows: readonly unknown[]): Generator<string, void> {
  let part: string[] = [];
  let letters = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (letters + text.length > MOST_LETTERS && part.length > 0) {
      yield `[${part.join(',')}]`;
      part = [];
      letters = 0;
    }
    part.push(text);
    letters += text.length + 1;
  }
  if (part.length > 0) yield `[${part.join(',')}]`;
}
