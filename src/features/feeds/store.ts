import { titleKey } from '../../lib/text.ts';
import { insertDeliveries, type NewDelivery } from '../../store/deliveries.ts';
import type { KnownItem, Marks } from './source/items.ts';

/** A feed that is visited. */
export interface Feed {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly siteUrl: string | null;
  /** Whether its items are posted for everyone to see. */
  readonly posts: boolean;
  /** Whether a post has the item's address in it. */
  readonly postLinks: boolean;
  /** False: somebody brought it by chat; it goes when nobody follows it any more. */
  readonly byOwner: boolean;
  /** `new`: never read yet; `over`: not visited any more. */
  readonly state: 'new' | 'ok' | 'failing' | 'over';
  readonly detail: string | null;
  readonly stateSince: number;
  readonly visitedAt: number;
  readonly memory: unknown;
}

interface Row extends Omit<Feed, 'posts' | 'postLinks' | 'byOwner' | 'memory'> {
  readonly posts: number;
  readonly postLinks: number;
  readonly byOwner: number;
  readonly memory: string;
}

const COLUMNS = `id, url, title, site_url AS siteUrl, posts, post_links AS postLinks,
  by_owner AS byOwner, state, detail, state_since AS stateSince, visited_at AS visitedAt, memory`;

function feedOf(row: Row): Feed {
  return {
    ...row,
    posts: row.posts === 1,
    postLinks: row.postLinks === 1,
    byOwner: row.byOwner === 1,
    memory: JSON.parse(row.memory),
  };
}

async function feedsBy(
  db: D1Database,
  condition: string,
  ...values: readonly (string | number)[]
): Promise<readonly Feed[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM feeds ${condition}`)
    .bind(...values)
    .all<Row>();
  return results.map(feedOf);
}

/** All feeds, in the order they were added. */
export function readFeeds(db: D1Database, limit: number): Promise<readonly Feed[]> {
  return feedsBy(db, 'ORDER BY id LIMIT ?1', limit);
}

/** The feeds that were not visited since an instant, those that wait longest first. */
export function dueFeeds(db: D1Database, since: number, limit: number): Promise<readonly Feed[]> {
  return feedsBy(
    db,
    `WHERE state <> 'over' AND visited_at < ?1 ORDER BY visited_at, id LIMIT ?2`,
    since,
    limit,
  );
}

export async function feedById(db: D1Database, id: number): Promise<Feed | null> {
  const [feed] = await feedsBy(db, 'WHERE id = ?1', id);
  return feed ?? null;
}

export async function feedByUrl(db: D1Database, url: string): Promise<Feed | null> {
  const [feed] = await feedsBy(db, 'WHERE url = ?1', url);
  return feed ?? null;
}

/** The feeds whose title begins with what somebody wrote, an exact one first. */
export function feedsByTitle(
  db: D1Database,
  text: string,
  limit: number,
): Promise<readonly Feed[]> {
  return feedsBy(
    db,
    `WHERE ?1 <> '' AND instr(title_key, ?1) > 0
     ORDER BY title_key <> ?1, instr(title_key, ?1), id LIMIT ?2`,
    titleKey(text),
    limit,
  );
}

/** How many people follow each feed. */
export async function followersOf(db: D1Database): Promise<ReadonlyMap<number, number>> {
  const { results } = await db
    .prepare(
      `SELECT CAST(substr(topic, 6) AS INTEGER) AS feed, count(*) AS count FROM topics
       WHERE topic GLOB 'feed:*' AND is_on = 1 GROUP BY topic`,
    )
    .all<{ feed: number; count: number }>();
  return new Map(results.map(({ feed, count }) => [feed, count]));
}

/** Topic under which people follow a feed. */
export function feedTopic(id: number): string {
  return `feed:${id}`;
}

/** A feed to be visited from now on. */
export interface NewFeed
  extends Pick<Feed, 'url' | 'title' | 'siteUrl' | 'posts' | 'postLinks' | 'byOwner'> {
  /** What is known already and is not told; `null`: it was not read yet. */
  readonly known: readonly Marks[] | null;
}

/** Adds a feed; `null` when its address is there already. */
export async function addFeed(db: D1Database, feed: NewFeed, now: number): Promise<number | null> {
  const id = await db
    .prepare(
      `INSERT INTO feeds (url, title, title_key, site_url, posts, post_links, by_owner, state,
         state_since, added_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9) ON CONFLICT (url) DO NOTHING RETURNING id`,
    )
    .bind(
      feed.url,
      feed.title,
      titleKey(feed.title),
      feed.siteUrl,
      feed.posts ? 1 : 0,
      feed.postLinks ? 1 : 0,
      feed.byOwner ? 1 : 0,
      feed.known === null ? 'new' : 'ok',
      now,
    )
    .first<number>('id');
  if (id !== null && feed.known !== null) await insertItems(db, id, feed.known, now).run();
  return id;
}

/** Statement: the owner decides where a feed's items go. */
export function setFeedPosts(
  db: D1Database,
  id: number,
  { posts, postLinks }: Pick<Feed, 'posts' | 'postLinks'>,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE feeds SET posts = ?2, post_links = ?3 WHERE id = ?1`)
    .bind(id, posts ? 1 : 0, postLinks ? 1 : 0);
}

/** Statement: a feed that was given up is visited again: somebody wants it. */
export function reviveFeed(db: D1Database, id: number, now: number): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE feeds SET state = 'failing', state_since = ?2 WHERE id = ?1 AND state = 'over'`,
    )
    .bind(id, now);
}

/** Forgets a feed, its items and who follows it. */
export async function removeFeed(db: D1Database, id: number): Promise<void> {
  await db.batch([
    db.prepare(`DELETE FROM topics WHERE topic = ?1`).bind(feedTopic(id)),
    db.prepare(`DELETE FROM feeds WHERE id = ?1`).bind(id),
  ]);
}

/**
 * Statements: a feed that somebody brought goes when nobody follows it any more, and with it what
 * people said of it: another feed may get its number.
 */
export function forgetUnfollowed(db: D1Database): D1PreparedStatement[] {
  return [
    db.prepare(
      `DELETE FROM feeds WHERE by_owner = 0 AND NOT EXISTS (
         SELECT 1 FROM topics WHERE topic = 'feed:' || feeds.id AND is_on = 1)`,
    ),
    db.prepare(
      `DELETE FROM topics WHERE topic GLOB 'feed:*' AND NOT EXISTS (
         SELECT 1 FROM feeds WHERE feeds.id = CAST(substr(topic, 6) AS INTEGER))`,
    ),
  ];
}

/** How many feeds there are. */
export async function countFeeds(db: D1Database): Promise<number> {
  return (await db.prepare(`SELECT count(*) AS count FROM feeds`).first<number>('count')) ?? 0;
}

/** How a feed was at its last visit. */
export interface VisitRecord {
  readonly state: Feed['state'];
  readonly detail: string | null;
  readonly memory: unknown;
  /** What the feed tells of itself; `null`: nothing new. */
  readonly about: Pick<Feed, 'url' | 'title' | 'siteUrl'> | null;
}

/** Statement: writes a visit down. A new address that another feed has already is left out. */
export function recordFeedVisit(
  db: D1Database,
  id: number,
  { state, detail, memory, about }: VisitRecord,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE feeds SET state_since = iif(state = ?2, state_since, ?5), state = ?2, detail = ?3,
         memory = ?4, visited_at = ?5,
         title = ifnull(?6, title), title_key = ifnull(?7, title_key),
         site_url = iif(?6 IS NULL, site_url, ?8),
         url = iif(?9 IS NULL OR EXISTS (SELECT 1 FROM feeds AS other WHERE other.url = ?9), url, ?9)
       WHERE id = ?1`,
    )
    .bind(
      id,
      state,
      detail,
      JSON.stringify(memory),
      now,
      about?.title ?? null,
      about === null ? null : titleKey(about.title),
      about?.siteUrl ?? null,
      about?.url ?? null,
    );
}

/** What is known of a feed, newest first. */
export async function knownItems(
  db: D1Database,
  feed: number,
  limit: number,
): Promise<readonly KnownItem[]> {
  const { results } = await db
    .prepare(
      `SELECT id, guid, link, title_key AS titleKey, dated FROM feed_items
       WHERE feed = ?1 ORDER BY id DESC LIMIT ?2`,
    )
    .bind(feed, limit)
    .all<KnownItem>();
  return results;
}

/** How many items of a feed were told since an instant. */
export async function toldSince(db: D1Database, feed: number, since: number): Promise<number> {
  const count = await db
    .prepare(`SELECT count(*) AS count FROM feed_items WHERE feed = ?1 AND told_at >= ?2`)
    .bind(feed, since)
    .first<number>('count');
  return count ?? 0;
}

/** Statement: these items are known from now on; told, when `toldAt` says when. */
export function insertItems(
  db: D1Database,
  feed: number,
  items: readonly Marks[],
  now: number,
  toldAt: number | null = null,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO feed_items (feed, guid, link, title_key, dated, seen_at, told_at)
       SELECT ?1, value->>'guid', value->>'link', value->>'titleKey', value->>'dated', ?3, ?4
       FROM json_each(?2)`,
    )
    .bind(feed, JSON.stringify(items), now, toldAt);
}

/** Statement: forgets all but the newest items of a feed. */
export function forgetItems(db: D1Database, feed: number, kept: number): D1PreparedStatement {
  return db
    .prepare(
      `DELETE FROM feed_items WHERE feed = ?1 AND id <= (
         SELECT id FROM feed_items WHERE feed = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`,
    )
    .bind(feed, kept);
}

/** Statement: posts about items, each once. */
export function insertPosts(
  db: D1Database,
  posts: readonly NewDelivery[],
  now: number,
): D1PreparedStatement {
  return insertDeliveries(db, posts, now);
}
