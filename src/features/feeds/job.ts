import * as v from 'valibot';
import { countTold, toldToFollowers } from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/job.ts';
import { startJob } from '../../bot/jobs/run.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { type Publisher, publisherOf } from '../../bot/outbox/posters.ts';
import { pageMemory } from '../../bot/source/source.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, HOUR_MS } from '../../lib/time.ts';
import { tellOwner } from '../../store/incidents.ts';
import { bulletinsOf, postsOf } from './notices.ts';
import type { FeedItem, ReadFeed } from './source/items.ts';
import { type KnownItem, type Marks, marksOf, matchItems } from './source/items.ts';
import { visitFeed } from './source/read.ts';
import {
  dueFeeds,
  type Feed,
  feedTopic,
  forgetItems,
  insertItems,
  insertPosts,
  knownItems,
  recordFeedVisit,
  toldSince,
} from './store.ts';

/** So many items of one feed are told within two hours; what is more is a flood. */
const MOST_TOLD = 30;
const FLOOD_MS = 2 * HOUR_MS;

/** What a visit to a feed found. */
interface Findings {
  /** To be told, oldest first. */
  readonly fresh: readonly { readonly item: FeedItem; readonly marks: Marks }[];
  /** New too, but more than may be told. */
  readonly cut: readonly { readonly item: FeedItem; readonly marks: Marks }[];
  /** What known ones are known by now, too: whatever they were before may come back. */
  readonly changed: readonly Marks[];
}

/** What of a feed is new, and what of it may be told: the newest, as many as `room` leaves. */
function findNew(
  { items, siteUrl }: Pick<ReadFeed, 'items' | 'siteUrl'>,
  known: readonly KnownItem[],
  room: number,
): Findings {
  const marks = items.map((item) => marksOf(item, siteUrl));
  const ids = matchItems(marks, known);
  const byId = new Map(known.map((one) => [one.id, one]));
  const changed: Marks[] = [];
  const found: { item: FeedItem; marks: Marks }[] = [];
  for (const [index, item] of items.entries()) {
    const now = marks[index];
    if (now === undefined) continue;
    const id = ids[index] ?? null;
    const before = id === null ? undefined : byId.get(id);
    if (before === undefined) found.push({ item, marks: now });
    else if (!isSame(before, now)) changed.push(now);
  }
  const fresh = found.slice(0, Math.max(0, room)).toReversed();
  return { fresh, cut: found.slice(Math.max(0, room)), changed };
}

const NAMES = ['guid', 'link', 'titleKey', 'dated'] as const;

function isSame(before: Marks, now: Marks): boolean {
  return NAMES.every((name) => now[name] === null || before[name] === now[name]);
}

/** The newest item by its date, else the first; `null` when there is none. */
export function newestOf(items: readonly FeedItem[]): FeedItem | null {
  let newest = items[0] ?? null;
  for (const item of items) {
    const [at, best] = [item.dated, newest?.dated];
    if (typeof at === 'number' && (typeof best !== 'number' || at > best)) newest = item;
  }
  return newest;
}

export const FEEDS = 'feeds';

/** One invocation has 50 calls and 50 queries: a feed takes two calls and up to eight queries. */
const AT_ONCE = 4;
const KEPT_ITEMS = 400;
const COMPARED_ITEMS = 450;
/** How long a feed may fail before the owner hears of it, and before it is given up. */
const TOLD_AFTER_MS = DAY_MS;
const OVER_AFTER_MS = 30 * DAY_MS;
/** A slot is a half hour; a run of a long list has several. */
const SLOT_MS = HOUR_MS / 2;

type Count = 'visited' | 'fresh' | 'told';

/**
 * Every half hour: visits feeds and tells what is new. A run visits some; the rest have runs of
 * their own. One broken feed never stops another.
 */
export async function feedsJob(bot: Bot, { slot }: JobRun): Promise<JobEnd<Count>> {
  const since = slot - (slot % SLOT_MS);
  const feeds = await dueFeeds(bot.db, since, AT_ONCE);
  if (feeds.length === 0) return { kind: 'done', counts: {}, reason: null };
  const run = `${FEEDS}@${slot}`;
  const publisher = await publisherOf(bot);
  const counts = { visited: 0, fresh: 0, told: 0 };
  const failures: string[] = [];
  for (const feed of feeds) {
    try {
      const { fresh, told, problem } = await lookAt(bot, feed, { run, publisher });
      counts.visited += 1;
      counts.fresh += fresh;
      counts.told += told;
      if (problem !== null) failures.push(`${hostOf(feed.url)}: ${problem}`);
    } catch (cause) {
      log('feed-failed', { feed: feed.id, code: errorCode(cause) });
      failures.push(`${hostOf(feed.url)}: ${errorCode(cause)}`);
    }
  }
  await wakeOutbox(bot);
  if (feeds.length === AT_ONCE) await startJob(bot, FEEDS, slot + 1);
  return { kind: 'done', counts, reason: failures.length === 0 ? null : failures.join('; ') };
}

interface Telling {
  readonly run: string;
  /** `null`: nothing can be posted. */
  readonly publisher: Publisher | null;
}

interface Looked {
  readonly fresh: number;
  readonly told: number;
  readonly problem: string | null;
}

async function lookAt(bot: Bot, feed: Feed, telling: Telling): Promise<Looked> {
  const { db, runtime, config } = bot;
  const { contact, timeZone, trustedHosts } = config;
  const kept = v.parse(pageMemory, feed.memory);
  const context = { runtime, contact, timeZone, memory: kept, trustedHosts };
  const { outcome, memory } = await visitFeed(context, feed.url);
  const now = runtime.now();
  switch (outcome.kind) {
    case 'feed':
      return tellNew(bot, feed, telling, { ...outcome, memory });
    case 'not-modified':
      await recordFeedVisit(
        db,
        feed.id,
        { state: 'ok', detail: null, memory, about: null },
        now,
      ).run();
      return { fresh: 0, told: 0, problem: null };
    case 'page':
      return fail(bot, feed, memory, 'a page in place of the feed');
    case 'unavailable':
    case 'blocked':
    case 'broken':
    case 'refused':
      return fail(bot, feed, memory, outcome.detail);
    default:
      return unreachable(outcome);
  }
}

/**
 * Writes down that a feed fails. One answer of 404 is not its end: many come back. One that was never
 * read stays new: what it has when it is read at last is no news.
 */
async function fail(bot: Bot, feed: Feed, memory: unknown, detail: string): Promise<Looked> {
  const now = bot.runtime.now();
  const since = feed.state === 'ok' ? now : feed.stateSince;
  const isOver = now - since > OVER_AFTER_MS;
  const going = feed.state === 'new' ? 'new' : 'failing';
  const state = isOver ? 'over' : going;
  await recordFeedVisit(bot.db, feed.id, { state, detail, memory, about: null }, now).run();
  if (isOver || now - since >= TOLD_AFTER_MS) {
    const kind = isOver ? 'feed-over' : 'feed-failing';
    const news = { title: feed.title, reason: detail };
    await tellOwner(bot.db, { key: `${kind}:${feed.id}:${since}`, kind, detail: news }, now);
  }
  return { fresh: 0, told: 0, problem: detail };
}

async function tellNew(
  bot: Bot,
  feed: Feed,
  { run, publisher }: Telling,
  read: { readonly feed: ReadFeed; readonly url: string; readonly memory: unknown },
): Promise<Looked> {
  const { db, runtime, config } = bot;
  const now = runtime.now();
  const known = await knownItems(db, feed.id, COMPARED_ITEMS);
  // What a feed has when it is read for the first time is no news.
  const isFirst = feed.state === 'new';
  const told = isFirst ? 0 : await toldSince(db, feed.id, now - FLOOD_MS);
  const { fresh, cut, changed } = findNew(read.feed, known, isFirst ? 0 : MOST_TOLD - told);
  const title = read.feed.title === '' ? feed.title : read.feed.title;
  const siteUrl = read.feed.siteUrl ?? feed.siteUrl;
  const isAnother = title !== feed.title || siteUrl !== feed.siteUrl || read.url !== feed.url;
  const about = isAnother ? { url: read.url, title, siteUrl } : null;
  const posts =
    publisher !== null && feed.posts
      ? postsOf({ ...feed, title }, fresh, config.language).map((post) => ({
          ...post,
          ...publisher,
          run,
        }))
      : [];
  const news = bulletinsOf({ ...feed, title }, fresh).flatMap(({ key, noticeIn }) =>
    toldToFollowers(bot, {
      topic: feedTopic(feed.id),
      key,
      run: `${run}:told`,
      noticeOf: (_choice, language) => noticeIn(language),
    }),
  );
  // One transaction: what is told is known, and what is known was told.
  const done = await db.batch([
    ...news,
    insertItems(
      db,
      feed.id,
      fresh.map(({ marks }) => marks),
      now,
      now,
    ),
    insertItems(
      db,
      feed.id,
      cut.map(({ marks }) => marks),
      now,
    ),
    insertItems(db, feed.id, changed, now),
    insertPosts(db, posts, now),
    recordFeedVisit(db, feed.id, { state: 'ok', detail: null, memory: read.memory, about }, now),
    ...(known.length >= COMPARED_ITEMS ? [forgetItems(db, feed.id, KEPT_ITEMS)] : []),
  ]);
  if (!isFirst && cut.length > 0) {
    const detail = { title, count: String(cut.length) };
    const key = `feed-flood:${feed.id}:${Math.floor(now / FLOOD_MS)}`;
    await tellOwner(db, { key, kind: 'feed-flood', detail }, now);
  }
  return { fresh: fresh.length, told: countTold(done.slice(0, news.length)), problem: null };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '…';
}
