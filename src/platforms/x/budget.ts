import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { isKeyOf } from '../../lib/text.ts';
import { DAY_MS, dayOf, MINUTE_MS, monthStart } from '../../lib/time.ts';
import {
  type Allowance,
  type BudgetState,
  type Call,
  learn,
  type Reserved,
  reserve,
  type ToldWindow,
} from '../../store/budgets.ts';
import { countEvents } from '../../store/inbox.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import type { RateLimit, RateWindow } from './api/answer.ts';
import { keeperKey } from './bearer.ts';
import { xSettings } from './settings.ts';

/** How often each item of a platform's price list was bought by sending something. */
type Charges = Readonly<Record<string, number>>;

const chargesSchema = v.record(v.string(), v.number());

/** What a channel's sent messages were charged for since an instant. */
export async function readCharges(
  db: D1Database,
  channel: string,
  since: number,
): Promise<Charges> {
  const { results } = await db
    .prepare(
      `SELECT charges, count(*) AS count FROM deliveries
       WHERE channel = ?1 AND finished_at >= ?2 AND charges IS NOT NULL AND state = 'sent'
       GROUP BY charges`,
    )
    .bind(channel, since)
    .all<{ charges: string; count: number }>();
  const total: Record<string, number> = {};
  for (const row of results) {
    for (const [what, times] of Object.entries(v.parse(chargesSchema, JSON.parse(row.charges)))) {
      total[what] = (total[what] ?? 0) + times * row.count;
    }
  }
  return total;
}

/** Items of a sent message, as deliveries keep them in `charges`. */
export type ChargedItem = 'post' | 'post-with-link' | 'direct-message' | 'alt-text';

/**
 * US dollars each. Source: X docs: getting-started/pricing, as of 2026-11 (docs/platforms/x.md,
 * Prices).
 */
const ITEM_PRICES: Readonly<Record<ChargedItem, number>> = {
  post: 0.015,
  'post-with-link': 0.2,
  'direct-message': 0.015,
  'alt-text': 0.005,
};

/** US dollars an event; the first entry that a type starts with. Posts of others count as a post. */
const EVENT_PRICES: readonly (readonly [prefix: string, usd: number])[] = [
  ['dm.received', 0.01],
  ['chat.received', 0.01],
  ['dm.sent', 0],
  ['dm.read', 0],
  ['dm.indicate_typing', 0],
  ['chat.sent', 0],
  ['follow.', 0.01],
  ['post.delete', 0],
  ['post.', 0.005],
  ['profile.update.', 0.005],
  ['spaces.', 0.005],
  ['mute.', 0.001],
  ['block.', 0.001],
  ['oauth.revoke', 0],
];

/** Price of an item of a sent message; `null` when the list does not name it. */
function priceOfItem(item: string): number | null {
  return isKeyOf(ITEM_PRICES, item) ? ITEM_PRICES[item] : null;
}

/** Price of an event; `null` when the list does not name it (likes, Account Activity API). */
function priceOfEvent(type: string): number | null {
  return EVENT_PRICES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? null;
}

/** What of the month costs how much. */
interface SpendItem {
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
async function isMonthSpent({
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

const QUARTER_MS = 15 * MINUTE_MS;

/** What X's limits count. */
export type BudgetKind = 'post' | 'dm';

/**
 * X's published limits (X docs: fundamentals/rate-limits, docs/platforms/x.md). For posts X names
 * no day's limit of one account, but tells one to some in its headers.
 */
export const ALLOWANCES: Readonly<Record<BudgetKind, readonly Allowance[]>> = {
  post: [
    { spanMs: QUARTER_MS, limit: 100, per: 'account' },
    { spanMs: DAY_MS, limit: 10_000, per: 'account' },
    { spanMs: DAY_MS, limit: 10_000, per: 'app' },
  ],
  dm: [
    { spanMs: QUARTER_MS, limit: 15, per: 'account' },
    { spanMs: DAY_MS, limit: 1440, per: 'account' },
    { spanMs: DAY_MS, limit: 1440, per: 'app' },
  ],
};

/** Keeps what is sent within X's limits. Its functions are those of the channel's `SendingBudget`. */
export function createBudget(bot: Pick<Bot, 'db' | 'runtime' | 'read' | 'config'>) {
  const { db, runtime } = bot;
  // Asked once an invocation: what it sends itself is a few cents.
  let spent: Promise<boolean> | null = null;
  return {
    reserve: (account: string, kind: BudgetKind): Promise<Reserved> =>
      reserve(db, callOf(account, kind), runtime.now()),
    isSpent: () => {
      spent ??= isMonthSpent(bot);
      return spent;
    },
    learn: (account: string, kind: BudgetKind, told: RateLimit): Promise<void> =>
      learn(db, callOf(account, kind), windowsOf(told), runtime.now()),
  };
}

/** The limit a budget has: the published one, or a lower one as X told it. */
export function limitOf({ account, kind, spanMs, toldLimit }: BudgetState): number {
  const per = account === '*' ? 'app' : 'account';
  const published = new Map<string, readonly Allowance[]>(Object.entries(ALLOWANCES))
    .get(kind)
    ?.find((allowance) => allowance.spanMs === spanMs && allowance.per === per)?.limit;
  return Math.min(published ?? Number.POSITIVE_INFINITY, toldLimit ?? Number.POSITIVE_INFINITY);
}

function callOf(account: string, kind: BudgetKind): Call {
  return { account: keeperKey(account), kind, allowances: ALLOWANCES[kind] };
}

function windowsOf({ userDay, appDay, ...quarter }: RateLimit): ToldWindow[] {
  return [
    toldWindow(quarter, QUARTER_MS, 'account'),
    ...(userDay ? [toldWindow(userDay, DAY_MS, 'account')] : []),
    ...(appDay ? [toldWindow(appDay, DAY_MS, 'app')] : []),
  ];
}

function toldWindow(
  { limit, remaining, resetAt }: RateWindow,
  spanMs: number,
  per: Allowance['per'],
): ToldWindow {
  return { spanMs, per, limit, remaining, resetsAt: resetAt };
}
