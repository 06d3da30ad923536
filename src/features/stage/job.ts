import { tellFollowers } from '../../bot/announce/followers.ts';
import { publisherOf } from '../../bot/announce/publisher.ts';
import type { Bot } from '../../bot/context.ts';
import type { Schedule } from '../../bot/jobs/schedule.ts';
import { weekly } from '../../bot/jobs/schedule.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/types.ts';
import { EVERYONE } from '../../bot/outbox/channel.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { addDays, dayOf } from '../../lib/time.ts';
import { chooseProductions, SOON_DAYS } from './choose.ts';
import { collectStage } from './collect.ts';
import { changes, postOf, tidings } from './notices.ts';
import { stageSettings } from './settings.ts';
import { announceProductions, unannouncedProductions } from './store.ts';

/** Under which people switch the news on. */
export const TOPIC = 'stage';
export const GENRES = ['play', 'musical'] as const;

/** How many productions a run posts. */
const MOST_POSTS = 12;
const CANDIDATES = 60;

const wednesday = weekly('wed', 1);
const saturday = weekly('sat', 1);

/** 10:00 in Korea on Wednesdays and Saturdays. */
export const stageSchedule: Schedule = (now) => Math.max(wednesday(now), saturday(now));

/**
 * Collects, posts what just opened or ends soon and was never announced, and tells it to those who
 * follow the stage. A production is handed over once, ever. When KOPIS fails nothing is posted: the
 * run has failed, and the next triggers make up for it.
 */
export async function stageJob(
  bot: Bot,
  { slot }: JobRun,
): Promise<JobEnd<'found' | 'changed' | 'posted' | 'told'>> {
  if (bot.read(stageSettings).key === null) {
    return { kind: 'done', counts: {}, reason: 'stage is off' };
  }
  const collected = await collectStage(bot, slot);
  if (!collected.ok) return { kind: 'failed', counts: {}, reason: collected.reason };
  const { found, changed, moved } = collected;
  const run = `stage@${slot}`;
  const today = dayOf(slot, bot.config.timeZone);
  const publisher = await publisherOf(bot);
  const chosen = chooseProductions(
    await unannouncedProductions(bot.db, {
      today,
      until: addDays(today, SOON_DAYS),
      limit: CANDIDATES,
    }),
    today,
    MOST_POSTS,
  );
  const { language } = bot.config;
  const posts = (publisher === null ? [] : chosen).map((production) => ({
    dedupeKey: `announce:stage:${production.id}`,
    channel: publisher?.channel ?? '',
    account: publisher?.account ?? '',
    address: EVERYONE,
    notice: JSON.stringify(postOf(production, language)),
    run,
  }));
  const ids = chosen.map(({ id }) => id);
  await announceProductions(bot.db, posts, ids, bot.runtime.now());
  await wakeOutbox(bot);
  const told =
    (await tellFollowers(bot, {
      topic: TOPIC,
      key: `stage:${slot}`,
      run: `${run}:told`,
      noticeOf: (choice, reader) => tidings(chosen, choice, reader),
      choices: GENRES,
    })) +
    (await tellFollowers(bot, {
      topic: TOPIC,
      key: `stage-moved:${slot}`,
      run: `${run}:told`,
      noticeOf: (choice, reader) => changes(moved, choice, reader),
      choices: GENRES,
    }));
  const reason = publisher === null && chosen.length > 0 ? 'no account is there to post' : null;
  return { kind: 'done', counts: { found, changed, posted: posts.length, told }, reason };
}
