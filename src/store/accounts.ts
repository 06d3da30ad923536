import * as v from 'valibot';

/** One of the bot's own accounts. */
export interface Account {
  /** Such as `twitter`. */
  readonly platform: string;
  /** The platform's id of the account. */
  readonly id: string;
  /** Without the `@`. */
  readonly username: string;
  /** How it logged in; `static`: by the keys among the Worker's secrets. */
  readonly kind: 'oauth1' | 'oauth2' | 'static';
  /** Event types the owner chose beyond those that are always subscribed. */
  readonly eventTypes: readonly string[];
  /** True when its events are asked for by the Account Activity API too. */
  readonly usesAaa: boolean;
  readonly connectedAt: number;
  readonly state: 'connected' | 'log-in-again';
  readonly stateSince: number;
  /** Why the owner has to log in again: a code. */
  readonly reason: string | null;
}

interface AccountRow {
  readonly platform: string;
  readonly id: string;
  readonly username: string;
  readonly kind: Account['kind'];
  readonly event_types: string;
  readonly uses_aaa: number;
  readonly connected_at: number;
  readonly state: Account['state'];
  readonly state_since: number;
  readonly reason: string | null;
}

const eventTypes = v.array(v.string());

function toAccount(row: AccountRow): Account {
  return {
    platform: row.platform,
    id: row.id,
    username: row.username,
    kind: row.kind,
    eventTypes: v.parse(eventTypes, JSON.parse(row.event_types)),
    usesAaa: row.uses_aaa === 1,
    connectedAt: row.connected_at,
    state: row.state,
    stateSince: row.state_since,
    reason: row.reason,
  };
}

/** The accounts on a platform, the one connected first first. */
export async function readAccounts(db: D1Database, platform: string): Promise<Account[]> {
  const { results } = await db
    .prepare(`SELECT * FROM accounts WHERE platform = ?1 ORDER BY connected_at, id`)
    .bind(platform)
    .all<AccountRow>();
  return results.map(toAccount);
}

/** One account, or `null` when it is not connected. */
export async function readAccount(
  db: D1Database,
  platform: string,
  id: string,
): Promise<Account | null> {
  const row = await db
    .prepare(`SELECT * FROM accounts WHERE platform = ?1 AND id = ?2`)
    .bind(platform, id)
    .first<AccountRow>();
  return row ? toAccount(row) : null;
}

/** Writes down a login. What the owner chose for an account that logs in again stays. */
export async function connectAccount(
  db: D1Database,
  account: Pick<Account, 'platform' | 'id' | 'username' | 'kind'>,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO accounts (platform, id, username, kind, connected_at, state, state_since)
       VALUES (?1, ?2, ?3, ?4, ?5, 'connected', ?5)
       ON CONFLICT (platform, id) DO UPDATE SET
         username = ?3, kind = ?4, connected_at = ?5, reason = NULL,
         state_since = iif(state = 'connected', state_since, ?5), state = 'connected'`,
    )
    .bind(account.platform, account.id, account.username, account.kind, now)
    .run();
}

/**
 * Marks an account as refused by its platform.
 *
 * @returns true when it was connected until now: the moment to tell the owner
 */
export async function markLogInAgain(
  db: D1Database,
  account: Pick<Account, 'platform' | 'id'>,
  reason: string,
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE accounts SET state = 'log-in-again', state_since = ?3, reason = ?4
       WHERE platform = ?1 AND id = ?2 AND state = 'connected'`,
    )
    .bind(account.platform, account.id, now, reason)
    .run();
  return meta.changes === 1;
}

/**
 * Takes {@link markLogInAgain} back: the platform accepts the account's credential after all.
 *
 * @returns true when the account was marked until now
 */
export async function markConnected(
  db: D1Database,
  account: Pick<Account, 'platform' | 'id'>,
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE accounts SET state = 'connected', state_since = ?3, reason = NULL
       WHERE platform = ?1 AND id = ?2 AND state = 'log-in-again'`,
    )
    .bind(account.platform, account.id, now)
    .run();
  return meta.changes === 1;
}

/** Remembers which events the owner wants of an account. */
export async function chooseEventTypes(
  db: D1Database,
  account: Pick<Account, 'platform' | 'id'>,
  choice: Pick<Account, 'eventTypes' | 'usesAaa'>,
): Promise<void> {
  await db
    .prepare(`UPDATE accounts SET event_types = ?3, uses_aaa = ?4 WHERE platform = ?1 AND id = ?2`)
    .bind(account.platform, account.id, JSON.stringify(choice.eventTypes), choice.usesAaa ? 1 : 0)
    .run();
}

/** Forgets an account. True when there was one. */
export async function deleteAccount(
  db: D1Database,
  account: Pick<Account, 'platform' | 'id'>,
): Promise<boolean> {
  const { meta } = await db
    .prepare(`DELETE FROM accounts WHERE platform = ?1 AND id = ?2`)
    .bind(account.platform, account.id)
    .run();
  return meta.changes === 1;
}
