import { monthStart } from '../../lib/month.ts';
import { dayOf } from '../../lib/time.ts';
import { countEvents } from '../../store/eventLog.ts';
import { priceOfEvent, priceOfItem } from './prices.ts';
import { readCharges } from './store/charges.ts';

/** What of the month costs how much. */
export interface SpendItem {
  /** `post`, `post-with-link`, `direct-message`, `alt-text` or `event:<type>`. */
  readonly what: string;
  readonly count: number;
  /** All of them together; `null`: X's price list does not name a price. */
  readonly usd: number | null;
}

export interface MonthSpend {
  /** First day of the month, `YYYY-MM-DD`. */
  readonly since: string;
  /** The dearest first. */
  readonly items: readonly SpendItem[];
  readonly usd: number;
}

/**
 * What the calendar month so far costs at X, estimated from what was sent and received. Reads of
 * single resources are not counted: the bot makes next to none.
 */
export async function monthSpend(
  db: D1Database,
  now: number,
  timeZone: string,
): Promise<MonthSpend> {
  const since = monthStart(now, timeZone);
  const [charges, events] = await Promise.all([
    readCharges(db, 'twitter', since),
    countEvents(db, 'twitter', since),
  ]);
  const items = [
    ...Object.entries(charges).map(([what, count]) => ({ what, count, each: priceOfItem(what) })),
    ...events.map(({ type, count }) => ({
      what: `event:${type}`,
      count,
      each: priceOfEvent(type),
    })),
  ]
    .map(({ what, count, each }) => ({
      what,
      count,
      usd: each === null ? null : dollars(each * count),
    }))
    .toSorted((one, other) => (other.usd ?? 0) - (one.usd ?? 0));
  return {
    since: dayOf(since, timeZone),
    items,
    usd: dollars(items.reduce((sum, { usd }) => sum + (usd ?? 0), 0)),
  };
}

/** Tenths of a cent: prices have no smaller part, sums in binary do. */
function dollars(usd: number): number {
  return Math.round(usd * 1000) / 1000;
}
