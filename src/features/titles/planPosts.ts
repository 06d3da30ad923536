import { toldToFollowers } from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import type { NoticeTitle, TitlesPost } from '../../bot/notice/notice.ts';
import { EVERYONE, type Picture } from '../../bot/outbox/channel.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { loadPoster, type Publisher, previewOf, publisherOf } from '../../bot/outbox/posters.ts';
import type { Text } from '../../lib/text.ts';
import { addDays, dayOf, type Language } from '../../lib/time.ts';
import type { NewDelivery } from '../../store/deliveries.ts';
import { titleSettings } from './settings.ts';
import {
  announce,
  fullTitle,
  type ItemKind,
  NETFLIX_SOURCES,
  type StoredItem,
  UPCOMING_DAYS,
  upcomingItems,
} from './store/items.ts';
import { comingNews, untold } from './tell.ts';

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
  const told = tellApart(upcoming, config.language);
  const open = told.filter((item) => item.announcedAt === null);
  return {
    free: open.filter((item) => item.skippedAt === null),
    skipped: open.filter((item) => item.skippedAt !== null),
  };
}

const kindNames: Readonly<Record<Exclude<ItemKind, 'unknown'>, Text>> = {
  film: { ko: '영화', en: 'film' },
  series: { ko: '시리즈', en: 'series' },
  special: { ko: '스페셜', en: 'special' },
  live: { ko: '라이브', en: 'live' },
  game: { ko: '게임', en: 'game' },
};

/**
 * Titles of one name and day would be one post to X: the later ones carry what they are, or else
 * their number.
 */
function tellApart(items: readonly StoredItem[], language: Language): StoredItem[] {
  const taken = new Set<string>();
  return items.map((item) => {
    const name = fullTitle(item);
    const kind = item.kind === 'unknown' ? undefined : kindNames[item.kind][language];
    const names = [name, ...(kind === undefined ? [] : [`${name} (${kind})`])];
    let free = names.find((one) => !taken.has(`${item.startsOn} ${one}`));
    for (let number = 2; free === undefined; number += 1) {
      const numbered = `${name} (${number})`;
      if (!taken.has(`${item.startsOn} ${numbered}`)) free = numbered;
    }
    taken.add(`${item.startsOn} ${free}`);
    return free === name ? item : { ...item, ownTitle: free };
  });
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
 * Hands posts over to the outbox, tells followers of their titles and marks these as announced, in
 * one transaction.
 *
 * @param publisher who posts them
 * @param told which run does it, and when
 * @returns false when one of the titles was posted or skipped meanwhile: nothing is done then
 */
export async function handOver(
  bot: Bot,
  { channel, account }: Publisher,
  posts: readonly PlannedPost[],
  told: { readonly slot: number; readonly run: string },
): Promise<boolean> {
  const deliveries = posts.map(({ dedupeKey, follows, notice }) => ({
    dedupeKey,
    channel,
    account,
    address: EVERYONE,
    notice: JSON.stringify(notice),
    ...(follows === undefined ? {} : { follows }),
    run: told.run,
  }));
  const items = posts.flatMap((post) => post.items);
  const ids = items.map(({ id }) => id);
  const news = comingNews(bot, told, await untold(bot, items));
  return announce(bot.db, ids, deliveries, bot.runtime.now(), (unless) =>
    toldToFollowers(bot, news, unless),
  );
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

/** A title that is to be posted, or would be if the owner did not skip it. */
export interface TitleToCome {
  readonly id: number;
  /** As it will be posted, season included. */
  readonly title: string;
  /** As the source has it. */
  readonly sourceTitle: string;
  /** Describes the poster to those who do not see it; `null`: there is none. */
  readonly posterText: string | null;
}

/** A post as it will look. */
export interface PostToCome {
  readonly text: string;
  readonly titles: readonly TitleToCome[];
}

/** The posts that Saturday's job would make now, and the titles that the owner skips. */
export async function upcomingPosts(
  bot: Bot,
): Promise<{ readonly posts: readonly PostToCome[]; readonly skipped: readonly TitleToCome[] }> {
  const { free, skipped } = await titlesToCome(bot, bot.runtime.now());
  return {
    posts: planPosts(free, bot).map((post) => toCome(bot, post)),
    skipped: planPosts(skipped, bot, 'each').flatMap((post) => toCome(bot, post).titles),
  };
}

function toCome(bot: Bot, { notice, items }: PlannedPost): PostToCome {
  const { text, pictures } = previewOf(bot, notice);
  return {
    text,
    titles: items.map((item, index) => {
      const key = notice.titles[index]?.poster?.key;
      return {
        id: item.id,
        title: fullTitle(item),
        sourceTitle: fullTitle({ ...item, ownTitle: null }),
        posterText: pictures.find((picture) => picture.key === key)?.alt ?? null,
      };
    }),
  };
}

/** A title as {@link upcomingPosts} tells it; `null` when it is not to come (any more). */
export async function findTitle(bot: Bot, id: number): Promise<TitleToCome | null> {
  const post = await planOne(bot, id);
  return post && (toCome(bot, post).titles[0] ?? null);
}

/** The poster of a title to come; `null` when there is none, or its host does not give it. */
export async function posterOf(bot: Bot, id: number): Promise<Picture | null> {
  const poster = (await planOne(bot, id))?.notice.titles[0]?.poster;
  if (!poster) return null;
  const loaded = await loadPoster(bot, poster);
  return loaded.ok ? loaded.value : null;
}

/**
 * Posts one title at once instead of next Saturday, in a post of its own. Whoever comes first, this
 * or the job, posts it; the other does nothing.
 *
 * @returns `gone`: it is posted or skipped already; `no-account`: nobody is there to post it
 */
export async function postNow(bot: Bot, id: number): Promise<'posted' | 'gone' | 'no-account'> {
  const publisher = await publisherOf(bot);
  if (publisher === null) return 'no-account';
  const post = await planOne(bot, id);
  const now = bot.runtime.now();
  const told = { slot: now, run: `netflix-now@${now}` };
  if (post === null || !(await handOver(bot, publisher, [post], told))) return 'gone';
  await wakeOutbox(bot);
  return 'posted';
}

async function planOne(bot: Bot, id: number): Promise<PlannedPost | null> {
  const { free, skipped } = await titlesToCome(bot, bot.runtime.now());
  const item = [...free, ...skipped].find((candidate: StoredItem) => candidate.id === id);
  return item ? (planPosts([item], bot, 'each')[0] ?? null) : null;
}
