import type { Publisher } from '../../bot/announce/publisher.ts';
import type { Bot } from '../../bot/context.ts';
import type { NoticeTitle, TitlesPost } from '../../bot/notice/notice.ts';
import { EVERYONE } from '../../bot/outbox/channel.ts';
import { addDays, dayOf } from '../../lib/time.ts';
import type { NewDelivery } from '../../store/deliveries.ts';
import { titleSettings } from './settings.ts';
import { announce } from './store/announcing.ts';
import { type StoredItem, upcomingItems } from './store/items.ts';
import { NETFLIX_SOURCES, UPCOMING_DAYS } from './title.ts';

const MOST_TITLES = 90;
const TITLES_IN_A_THREAD_POST = 4;

/** A post about titles to come, ready to be handed over. */
export interface PlannedPost extends Pick<NewDelivery, 'dedupeKey' | 'follows'> {
  readonly notice: TitlesPost;
  /** The titles in it. */
  readonly items: readonly StoredItem[];
}

/**
 * Titles of the coming two weeks that were never announced, soonest first: those that are to be, and
 * those the owner does not want posted.
 *
 * @param now epoch milliseconds
 */
export async function titlesToCome(
  { db, config }: Pick<Bot, 'db' | 'config'>,
  now: number,
): Promise<{ readonly free: readonly StoredItem[]; readonly skipped: readonly StoredItem[] }> {
  const today = dayOf(now, config.timeZone);
  const lastDay = addDays(today, UPCOMING_DAYS);
  const upcoming = await upcomingItems(db, NETFLIX_SOURCES, today, lastDay, MOST_TITLES);
  const open = upcoming.filter((item) => item.announcedAt === null);
  return {
    free: open.filter((item) => item.skippedAt === null),
    skipped: open.filter((item) => item.skippedAt !== null),
  };
}

/** The posts for these titles: one each, or a thread of four a post. */
export function planPosts(
  titles: readonly StoredItem[],
  { config, read }: Pick<Bot, 'config' | 'read'>,
  style = read(titleSettings).postStyle,
): PlannedPost[] {
  const { language } = config;
  const { postLinks } = read(titleSettings);
  const isThread = style === 'thread';
  const size = isThread ? TITLES_IN_A_THREAD_POST : 1;
  const of = Math.ceil(titles.length / size);
  const posts: PlannedPost[] = [];
  for (let start = 0; start < titles.length; start += size) {
    const items = titles.slice(start, start + size);
    const previous = isThread ? posts.at(-1) : undefined;
    posts.push({
      dedupeKey: `announce:${items.map((item) => item.id).join(',')}`,
      notice: {
        kind: 'upcoming',
        language,
        titles: items.map((item) => noticeTitle(item, postLinks)),
        part: isThread ? { number: posts.length + 1, of } : null,
      },
      items,
      ...(previous ? { follows: previous.dedupeKey } : {}),
    });
  }
  return posts;
}

/**
 * Hands posts over to the outbox and marks their titles as announced, in one transaction.
 *
 * @param publisher who posts them
 * @param run as `job@slot`
 * @returns false when one of the titles was posted or skipped meanwhile: nothing is done then
 */
export async function handOver(
  { db, runtime }: Bot,
  { channel, account }: Publisher,
  posts: readonly PlannedPost[],
  run?: string,
): Promise<boolean> {
  const deliveries = posts.map(({ dedupeKey, follows, notice }) => ({
    dedupeKey,
    channel,
    account,
    address: EVERYONE,
    notice: JSON.stringify(notice),
    ...(follows === undefined ? {} : { follows }),
    ...(run === undefined ? {} : { run }),
  }));
  const ids = posts.flatMap(({ items }) => items.map(({ id }) => id));
  return announce(db, ids, deliveries, runtime.now());
}

function noticeTitle(item: StoredItem, withLink: boolean): NoticeTitle {
  return {
    title: item.ownTitle ?? item.title,
    subtitle: item.ownTitle === null ? item.subtitle : null,
    day: item.startsOn,
    poster:
      item.posterUrl === null
        ? null
        : { key: `poster:${item.source}:${item.sourceId}`, url: item.posterUrl },
    link: withLink ? item.pageUrl : null,
  };
}
