import { overdueDeliveries } from '../../store/deliveries.ts';
import { stuckEvents } from '../../store/inbox.ts';
import type { Bot } from '../context.ts';
import { queueDeliveries } from '../deliver.ts';
import type { JobEnd } from './types.ts';

const MOST = 100;

/** Queues again what a crash, a failed queue or a lost message left behind. */
export async function sweep(bot: Bot): Promise<JobEnd> {
  const now = bot.runtime.now();
  const events = await stuckEvents(bot.db, now, MOST);
  const deliveries = await overdueDeliveries(bot.db, now, MOST);
  if (events.length > 0) await bot.events.sendBatch(events.map((key) => ({ body: { key } })));
  await queueDeliveries(bot, deliveries);
  return {
    kind: 'done',
    counts: { events: events.length, deliveries: deliveries.length },
    reason: null,
  };
}
