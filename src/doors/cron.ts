import type { Bot } from '../bot/context.ts';
import { queueDueJobs } from '../bot/jobs/run.ts';

/**
 * Any cron of wrangler.toml: queues what is due. Free plan: 10 ms CPU for a cron, so it only queues.
 *
 * @param scheduledTime when the cron was due, epoch milliseconds
 */
export async function handleCron(bot: Bot, scheduledTime: number): Promise<void> {
  await queueDueJobs(bot, scheduledTime);
}
