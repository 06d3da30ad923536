import type { Bot } from '../../../bot/context.ts';
import type { JobEnd, JobRun } from '../../../bot/jobs/types.ts';
import { PACK, queueDeliveries } from '../../../bot/outbox/deliver.ts';
import { tellDigests } from '../store/changes.ts';
import { localHour } from './localHour.ts';

/**
 * Every half hour: at the first slot of an hour, one message for everyone who wants their news
 * together, every hour or once a day at this hour. A slot that was missed loses nothing: the next
 * digest tells it.
 */
export async function repoDigest(bot: Bot, { slot }: JobRun): Promise<JobEnd<'digests'>> {
  const { db, runtime, config, channels } = bot;
  const { hour, minute } = localHour(slot, config.timeZone);
  // Zones differ by quarters of an hour.
  if (minute >= 30) return { kind: 'done', counts: {}, reason: null };
  const ids = await tellDigests(db, hour, [...channels.keys()], String(slot), runtime.now());
  await queueDeliveries(bot, ids, PACK.messages);
  return { kind: 'done', counts: { digests: ids.length }, reason: null };
}
