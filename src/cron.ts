import type { Bot } from './bot/context.ts';
import { queueDueJobs } from './bot/jobs/run.ts';
import { QUEUE_SETTING } from './bot/owner/machine.ts';
import { tellOfStorage } from './bot/owner/storage.ts';
import { watch } from './bot/owner/watch.ts';
import { errorCode, log } from './lib/log.ts';
import { deleteSetting, writeSetting } from './store/settings.ts';

/**
 * Any cron of wrangler.toml: queues what is due, then looks for what is wrong by itself, as the
 * queue may be it. Free plan: 10 ms CPU for a cron, so the work is done by others.
 *
 * @param scheduledTime when the cron was due, epoch milliseconds
 */
export async function handleCron(bot: Bot, scheduledTime: number): Promise<void> {
  try {
    await queueJobs(bot, scheduledTime);
    await watch(bot, scheduledTime);
    await tellOfStorage(bot, 'well');
  } catch (cause) {
    log('cron-failed', { code: errorCode(cause) });
    await tellOfStorage(bot, 'failing');
    throw cause;
  }
}

async function queueJobs(bot: Bot, now: number): Promise<void> {
  try {
    await queueDueJobs(bot, now);
    await deleteSetting(bot.db, QUEUE_SETTING);
  } catch (cause) {
    // A database that fails makes this throw as well, which is told by its own way.
    log('queue-failed', { queue: 'polls', code: errorCode(cause) });
    await writeSetting(bot.db, QUEUE_SETTING, now, bot.runtime.now());
  }
}
