import { overdueDeliveries } from '../../store/deliveries.ts';
import { stuckEvents } from '../../store/inbox.ts';
import type { Bot } from '../context.ts';
import { queueDeliveries } from '../outbox/deliver.ts';
import type { JobEnd } from './types.ts';

/** What `sendBatch` takes at once. */
const MOST_EVENTS = 100;
/** Many at once, as when a crash came between telling a crowd and queueing it. */
const MOST_DELIVERIES = 3000;

/** Queues again what a crash, a failed queue or a lost message left behind. */
export async function sweep(bot: Bot): Promise<JobEnd<'events' | 'deliveries'>> {
  const now = bot.runtime.now();
  const events = await stuckEvents(bot.db, now, MOST_EVENTS);
  const deliveries = await overdueDeliveries(bot.db, now, MOST_DELIVERIES);
  if (events.length > 0) await bot.events.sendBatch(events.map((key) => ({ body: { key } })));
  await queueDeliveries(bot, deliveries);
  return {
    kind: 'done',
    counts: { events: events.length, deliveries: deliveries.length },
    reason: null,
  };
}
