import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { monthStart } from '../../lib/month.ts';
import { dayOf, MINUTE_MS } from '../../lib/time.ts';
import { countEvents } from '../../store/eventLog.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { priceOfEvent, priceOfItem } from './prices.ts';
import { xSettings } from './settings.ts';
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
  return { since: dayOf(since, timeZone), ...addUp(await boughtSince(db, since)) };
}

interface Bought {
  readonly what: string;
  readonly count: number;
  readonly each: number | null;
}

async function boughtSince(db: D1Database, since: number): Promise<Bought[]> {
  const [charges, events] = await Promise.all([
    readCharges(db, 'twitter', since),
    countEvents(db, 'twitter', since),
  ]);
  return [
    ...Object.entries(charges).map(([what, count]) => ({ what, count, each: priceOfItem(what) })),
    ...events.map(({ type, count }) => ({
      what: `event:${type}`,
      count,
      each: priceOfEvent(type),
    })),
  ];
}

/** The dearest first. */
function addUp(bought: readonly Bought[]): Pick<MonthSpend, 'items' | 'usd'> {
  const items = bought
    .map(({ what, count, each }) => ({
      what,
      count,
      usd: each === null ? null : dollars(each * count),
    }))
    .toSorted((one, other) => (other.usd ?? 0) - (one.usd ?? 0));
  return { items, usd: dollars(items.reduce((sum, { usd }) => sum + (usd ?? 0), 0)) };
}

/** Tenths of a cent: prices have no smaller part, sums in binary do. */
function dollars(usd: number): number {
  return Math.round(usd * 1000) / 1000;
}

const SPENT_SO_FAR = 'twitter-spent';
const spentSchema = v.object({ month: v.string(), until: v.number(), usd: v.number() });
/** What was added up is added up anew after this time. */
const KNOWN_MS = 30 * MINUTE_MS;

/**
 * Whether the month has cost what the owner wants to spend (`TWITTER_MONTHLY_BUDGET`). Reads what came
 * since it was last added up, not the whole month.
 */
export async function isMonthSpent({
  db,
  runtime,
  read,
  config,
}: Pick<Bot, 'db' | 'runtime' | 'read' | 'config'>): Promise<boolean> {
  const { monthlyBudget } = read(xSettings);
  if (monthlyBudget === 0) return false;
  const now = runtime.now();
  const month = dayOf(now, config.timeZone).slice(0, 7);
  const known = await readSetting(db, SPENT_SO_FAR, spentSchema);
  const isKnown = known?.month === month;
  const since = isKnown ? known.until : monthStart(now, config.timeZone);
  const { usd: added } = addUp(await boughtSince(db, since));
  const usd = dollars((isKnown ? known.usd : 0) + added);
  if (!isKnown || now - since > KNOWN_MS) {
    await writeSetting(db, SPENT_SO_FAR, { month, until: now, usd }, now);
  }
  return usd >= monthlyBudget;
}
