import { speakerId } from '../../accounts/twitter/roster.ts';
import type { Notice, NoticeTitle } from '../../channels/notice.ts';
import { TIMELINE } from '../../channels/twitter.ts';
import { addDays, dayOf } from '../../lib/time.ts';
import { insertDeliveries, type NewDelivery, waitingOfRun } from '../../store/deliveries.ts';
import { markAnnounced, type StoredItem, upcomingItems } from '../../store/items.ts';
import type { Bot } from '../context.ts';
import { queueDeliveries } from '../deliver.ts';
import { NETFLIX_SOURCES, UPCOMING_DAYS } from '../titles.ts';
import { mayRetry } from './collect.ts';
import { collectNetflix } from './collectNetflix.ts';
import type { JobEnd, JobRun } from './types.ts';

const MOST_TITLES = 90;
const TITLES_IN_A_THREAD_POST = 4;

/**
 * Saturday: collects, then hands every title of the coming two weeks that was never announced to
 * the outbox. Handing over and marking as announced are one transaction, so a title is posted once,
 * ever. When every source fails, what was collected on better days is still posted and the run is
 * marked failed.
 */
export async function netflixWeekly(bot: Bot, run: JobRun): Promise<JobEnd> {
  const { db, config, runtime } = bot;
  const collected = await collectNetflix(bot, run.slot);
  if (!collected.ok && mayRetry(collected.retryAfterMs, run)) {
    return {
      kind: 'retry',
      afterMs: collected.retryAfterMs,
      reason: collected.reason ?? 'unavailable',
    };
  }
  const account = await speakerId(bot.accounts);
  if (account === null) {
    return { kind: 'failed', counts: collected.counts, reason: 'twitter-account is off' };
  }

  const today = dayOf(run.slot, config.timeZone);
  const upcoming = await upcomingItems(
    db,
    NETFLIX_SOURCES,
    today,
    addDays(today, UPCOMING_DAYS),
    MOST_TITLES,
  );
  const titles = upcoming.filter((item) => item.announcedAt === null);
  const runKey = `netflix-weekly@${run.slot}`;
  if (titles.length > 0) {
    const deliveries = planPosts(titles, config).map((post) => ({
      ...post,
      channel: 'twitter',
      account,
      address: TIMELINE,
      run: runKey,
    }));
    await db.batch([
      insertDeliveries(db, deliveries, runtime.now()),
      markAnnounced(
        db,
        titles.map((item) => item.id),
        runtime.now(),
      ),
    ]);
  }
  // All of this run's, also those that a try before a crash wrote.
  await queueDeliveries(bot, await waitingOfRun(db, runKey));
  const counts = { ...collected.counts, titles: titles.length };
  return collected.ok
    ? { kind: 'done', counts, reason: collected.reason }
    : { kind: 'failed', counts, reason: collected.reason ?? 'no source told' };
}

type PlannedPost = Pick<NewDelivery, 'dedupeKey' | 'notice' | 'follows'>;

/** The posts for these titles, in the owner's style: one each, or a thread of four a post. */
export function planPosts(
  titles: readonly StoredItem[],
  config: Pick<Bot['config'], 'language' | 'netflix'>,
): PlannedPost[] {
  const { language, netflix } = config;
  const size = netflix.postStyle === 'thread' ? TITLES_IN_A_THREAD_POST : 1;
  const of = Math.ceil(titles.length / size);
  const posts: PlannedPost[] = [];
  for (let start = 0; start < titles.length; start += size) {
    const group = titles.slice(start, start + size);
    const notice: Notice = {
      kind: 'upcoming',
      language,
      titles: group.map((item) => noticeTitle(item, netflix.postLinks)),
      part: netflix.postStyle === 'thread' ? { number: posts.length + 1, of } : null,
    };
    const previous = netflix.postStyle === 'thread' ? posts.at(-1) : undefined;
    posts.push({
      dedupeKey: `announce:${group.map((item) => item.id).join(',')}`,
      notice: JSON.stringify(notice),
      ...(previous ? { follows: previous.dedupeKey } : {}),
    });
  }
  return posts;
}

function noticeTitle(item: StoredItem, withLink: boolean): NoticeTitle {
  return {
    title: item.title,
    subtitle: item.subtitle,
    day: item.startsOn,
    poster:
      item.posterUrl === null
        ? null
        : { key: `poster:${item.source}:${item.sourceId}`, url: item.posterUrl },
    link: withLink ? item.pageUrl : null,
  };
}
