import { MINUTE_MS } from '../../lib/time.ts';
import { reviveLane, silentLanes } from '../../store/deadDeliveries.ts';
import { giveUpOld } from '../../store/deliveries.ts';
import { stuckEvents } from '../../store/inbox.ts';
import type { Bot } from '../context.ts';
import { wakeOutbox } from '../outbox/drain.ts';
import type { JobEnd } from './types.ts';

/** What `sendBatch` takes at once. */
const MOST_EVENTS = 100;

/**
 * Queues again what a crash, a failed queue or a lost message left behind, gives up what is too old,
 * and looks whether a platform answers again for which nothing but dead messages is left.
 */
export async function sweep(bot: Bot): Promise<JobEnd<'events' | 'deliveries' | 'tooOld'>> {
  const { db } = bot;
  const now = bot.runtime.now();
  const events = await stuckEvents(db, now, MOST_EVENTS);
  if (events.length > 0) await bot.events.sendBatch(events.map((key) => ({ body: { key } })));
  const tooOld = await giveUpOld(db, now);
  for (const lane of await silentLanes(db)) await reviveLane(db, lane, now, 1);
  const deliveries = await wakeOutbox(bot, MINUTE_MS);
  return {
    kind: 'done',
    counts: { events: events.length, deliveries, tooOld },
    reason: null,
  };
}
