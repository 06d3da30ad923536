import { inBatches } from '../../lib/batches.ts';
import { acceptEvents, holdEvents, type InboxEvent } from '../../store/inbox.ts';
import { countUse, whoIs } from '../../store/patience.ts';
import type { Bot } from '../context.ts';
import { ANSWERS } from './patience.ts';

/** What one call of `sendBatch` takes (Cloudflare docs: Queues, limits). */
const QUEUE_BATCH = 100;

/**
 * Takes in what a platform delivers: each event once, and of one person only so many in a while. The
 * first too many is told so; what comes after it is only counted, it costs nothing more.
 */
export async function takeIn(bot: Bot, events: readonly InboxEvent[]): Promise<void> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const { fresh, copies } = await acceptEvents(db, events, now);
  const held = await overLimit(
    bot,
    events.filter(({ key }) => fresh.has(key)),
    now,
  );
  if (held.size > 0) await holdEvents(db, held);
  const isOver = new Set([...held].filter(([, until]) => until === null).map(([key]) => key));
  const waiting = [...fresh, ...copies].filter((key) => !isOver.has(key));
  for (const keys of inBatches(waiting, QUEUE_BATCH)) {
    await bot.events.sendBatch(keys.map((key) => ({ body: { key } })));
  }
}

/** Events that are too many: until when (to be told), or `null` (nothing is said). */
async function overLimit(
  bot: Bot,
  events: readonly InboxEvent[],
  now: number,
): Promise<ReadonlyMap<string, number | null>> {
  const held = new Map<string, number | null>();
  const people = Map.groupBy(
    events.filter(({ from }) => from !== undefined),
    ({ channel, from }) => `${channel} ${from}`,
  );
  for (const theirs of people.values()) {
    const [first] = theirs;
    if (first?.from === undefined) continue;
    const { most, perMs } = bot.channels.get(first.channel)?.patience ?? ANSWERS;
    const who = await whoIs(first.channel, first.from);
    const use = { who, kind: 'answer' };
    const { used, resetsAt } = await countUse(bot.db, use, { most, perMs }, now, theirs.length);
    for (const [index, { key }] of theirs.entries()) {
      const nth = used - theirs.length + index + 1;
      if (nth > most) held.set(key, nth === most + 1 ? resetsAt : null);
    }
  }
  return held;
}
