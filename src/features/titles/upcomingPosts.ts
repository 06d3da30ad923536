import { previewOf, publisherOf } from '../../bot/announce/publisher.ts';
import type { Bot } from '../../bot/context.ts';
import type { Picture } from '../../bot/outbox/channel.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { loadPoster } from '../../bot/outbox/posters.ts';
import { handOver, type PlannedPost, planPosts, titlesToCome } from './planPosts.ts';
import type { StoredItem } from './store/items.ts';
import { fullTitle } from './title.ts';

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
  if (post === null || !(await handOver(bot, publisher, [post]))) return 'gone';
  await wakeOutbox(bot);
  return 'posted';
}

async function planOne(bot: Bot, id: number): Promise<PlannedPost | null> {
  const { free, skipped } = await titlesToCome(bot, bot.runtime.now());
  const item = [...free, ...skipped].find((candidate: StoredItem) => candidate.id === id);
  return item ? (planPosts([item], bot, 'each')[0] ?? null) : null;
}
