/** Calls that a platform allows within a span of time. */
export interface Allowance {
  readonly spanMs: number;
  readonly limit: number;
  /** `app`: all accounts together. */
  readonly per: 'account' | 'app';
}

/** A window as the platform told it in an answer. */
export interface ToldWindow {
  readonly spanMs: number;
  readonly per: Allowance['per'];
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetsAt: number;
}

/** Where a budget stands. */
export interface BudgetState {
  /** `*` for all accounts together. */
  readonly account: string;
  readonly kind: string;
  readonly spanMs: number;
  readonly used: number;
  /** The limit as the platform told it, when it did. */
  readonly toldLimit: number | null;
  readonly resetsAt: number;
}

const APP = '*';

export interface Call {
  /** Such as `twitter:<user id>`. */
  readonly account: string;
  /** Such as `post` or `dm`. */
  readonly kind: string;
  readonly allowances: readonly Allowance[];
}

/**
 * Counts a call before it is made, in all of its windows or in none. One statement, so that senders
 * at the same time cannot both take the last one.
 *
 */
export async function reserve(db: D1Database, call: Call, now: number): Promise<Reserved> {
  const windows = JSON.stringify(
    call.allowances.map(({ spanMs, limit, per }) => ({ account: owner(call, per), spanMs, limit })),
  );
  const { results } = await db
    .prepare(
      `INSERT INTO budgets (kind, account, span_ms, used, resets_at)
       SELECT ?1, value->>'account', value->>'spanMs', 1, ?3 + (value->>'spanMs') + ${MARGIN_MS}
       FROM json_each(?2)
       WHERE NOT EXISTS (${EXHAUSTED})
       ON CONFLICT (kind, account, span_ms) DO UPDATE SET
         used = iif(resets_at <= ?3, 1, used + 1),
         resets_at = iif(resets_at <= ?3, excluded.resets_at, resets_at)
       RETURNING account, span_ms, used, told_limit, resets_at`,
    )
    .bind(call.kind, windows, now)
    .all<Omit<BudgetRow, 'kind'>>();
  if (results.length > 0) return { waitMs: 0, nextAt: nextAt(call, results) };
  const opensAt = await db
    .prepare(`SELECT max(opens_at) AS opens_at FROM (${EXHAUSTED})`)
    .bind(call.kind, windows, now)
    .first<number | null>('opens_at');
  return { waitMs: Math.max(1, (opensAt ?? now) - now), nextAt: opensAt ?? now };
}

/** Statement: calls that were reserved and came to nothing are not counted, in windows still open. */
export function unreserve(
  db: D1Database,
  call: Call,
  count: number,
  now: number,
): D1PreparedStatement {
  const windows = call.allowances.map(({ spanMs, per }) => ({ account: owner(call, per), spanMs }));
  return db
    .prepare(
      `UPDATE budgets SET used = max(0, used - ?4) FROM json_each(?2) AS asked
       WHERE budgets.kind = ?1 AND budgets.account = asked.value->>'account'
         AND budgets.span_ms = asked.value->>'spanMs' AND budgets.resets_at > ?3`,
    )
    .bind(call.kind, JSON.stringify(windows), now, count);
}

/** Whether a call may be made. */
export interface Reserved {
  /** 0 when it may, else milliseconds until it may be tried again. */
  readonly waitMs: number;
  /** When the next one may be made, if not at once; epoch milliseconds. */
  readonly nextAt: number | null;
}

function nextAt(call: Call, windows: readonly Omit<BudgetRow, 'kind'>[]): number | null {
  const full = windows.filter(({ account, span_ms, used, told_limit }) => {
    const own = call.allowances.find(
      ({ spanMs, per }) => spanMs === span_ms && owner(call, per) === account,
    );
    return used >= Math.min(own?.limit ?? Infinity, told_limit ?? Infinity);
  });
  return full.length === 0 ? null : Math.max(...full.map(({ resets_at }) => resets_at));
}

/** The windows of a call that are used up: `?1` kind, `?2` windows, `?3` now. */
const EXHAUSTED = `
  SELECT budgets.resets_at AS opens_at FROM json_each(?2) AS asked
  JOIN budgets ON budgets.kind = ?1 AND budgets.account = asked.value->>'account'
    AND budgets.span_ms = asked.value->>'spanMs'
  WHERE budgets.resets_at > ?3
    AND budgets.used >= min(asked.value->>'limit', ifnull(budgets.told_limit, 1e9))`;

/**
 * Takes over what the platform told about its windows, where it is stricter than our own count: a
 * lower limit, more calls used, a later end.
 */
export async function learn(
  db: D1Database,
  call: Call,
  told: readonly ToldWindow[],
  now: number,
): Promise<void> {
  const windows = told.flatMap(({ spanMs, per, limit, remaining, resetsAt }) => {
    const own = call.allowances.find((known) => known.spanMs === spanMs && known.per === per);
    if (!own || resetsAt <= now) return [];
    const used = Math.max(0, Math.min(limit, own.limit) - remaining);
    // The platform's second may be later than ours.
    const endsAt = Math.min(resetsAt, now + spanMs) + MARGIN_MS;
    return [{ account: owner(call, per), spanMs, limit, used, endsAt }];
  });
  if (windows.length === 0) return;
  await db
    .prepare(
      `UPDATE budgets SET told_limit = asked.value->>'limit',
         used = max(used, asked.value->>'used'),
         resets_at = max(resets_at, asked.value->>'endsAt')
       FROM json_each(?2) AS asked
       WHERE budgets.kind = ?1 AND budgets.account = asked.value->>'account'
         AND budgets.span_ms = asked.value->>'spanMs' AND budgets.resets_at > ?3`,
    )
    .bind(call.kind, JSON.stringify(windows), now)
    .run();
}

/** How much later than ours a window of the platform may have opened. */
const MARGIN_MS = 5000;

function owner(call: Call, per: Allowance['per']): string {
  return per === 'app' ? APP : call.account;
}

interface BudgetRow {
  readonly account: string;
  readonly kind: string;
  readonly span_ms: number;
  readonly used: number;
  readonly told_limit: number | null;
  readonly resets_at: number;
}

/** All budgets whose window is open. */
export async function readBudgets(db: D1Database, now: number): Promise<BudgetState[]> {
  const { results } = await db
    .prepare(`SELECT * FROM budgets WHERE resets_at > ?1 ORDER BY account, kind, span_ms`)
    .bind(now)
    .all<BudgetRow>();
  return results.map((row) => ({
    account: row.account,
    kind: row.kind,
    spanMs: row.span_ms,
    used: row.used,
    toldLimit: row.told_limit,
    resetsAt: row.resets_at,
  }));
}
