import type { Bot } from '../../bot/context.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import {
  type Allowance,
  type BudgetState,
  type Call,
  learn,
  type Reserved,
  reserve,
  type ToldWindow,
} from '../../store/budgets.ts';
import type { RateLimit, RateWindow } from './api/rateLimit.ts';
import { keeperKey } from './app.ts';
import { isMonthSpent } from './spend.ts';

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
