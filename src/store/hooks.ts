import * as v from 'valibot';

/**
 * An address that is a secret and that nobody listens at unless it was proved: where a webhook of
 * another platform takes messages.
 */
export interface Hook {
  readonly channel: string;
  /** As in `people`: names it, and says nothing secret. */
  readonly address: string;
  /** The address itself, sealed with `TOKEN_KEY`. */
  readonly sealed: string;
  readonly state: 'asked' | 'proved' | 'gone';
  /** SHA-256 of the code that proves it; `null` when none is open. */
  readonly codeHash: string | null;
  readonly codeEndsAt: number;
  /** How many messages with a code were sent. */
  readonly messages: number;
  /** How often a wrong code was told since the last of them. */
  readonly tries: number;
  /** No call before that. */
  readonly quietUntil: number;
  /** What is to be done once it is proved, as whoever wished it wrote it. */
  readonly wishes: readonly unknown[];
}

interface Row extends Omit<Hook, 'wishes'> {
  readonly wishes: string;
}

const COLUMNS = `channel, address, sealed, state, code_hash AS codeHash, code_ends_at AS codeEndsAt,
  messages, tries, quiet_until AS quietUntil, wishes`;
const wishesSchema = v.array(v.unknown());

/** Name under which the address of a hook is sealed. */
export function hookSealName(channel: string, address: string): string {
  return `hook:${channel}:${address}`;
}

/** What is known of an address; `null`: nothing. */
export async function readHook(
  db: D1Database,
  channel: string,
  address: string,
): Promise<Hook | null> {
  const row = await db
    .prepare(`SELECT ${COLUMNS} FROM hooks WHERE channel = ?1 AND address = ?2`)
    .bind(channel, address)
    .first<Row>();
  return row && hookOf(row);
}

/** Every address of a channel, newest first. */
export async function readHooks(
  db: D1Database,
  channel: string,
  limit: number,
): Promise<readonly Hook[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM hooks WHERE channel = ?1 ORDER BY created_at DESC LIMIT ?2`)
    .bind(channel, limit)
    .all<Row>();
  return results.map(hookOf);
}

function hookOf(row: Row): Hook {
  return { ...row, wishes: v.parse(wishesSchema, JSON.parse(row.wishes)) };
}

/** Writes a hook as it is now; a column that is not named stays. */
export async function writeHook(
  db: D1Database,
  hook: Pick<Hook, 'channel' | 'address' | 'sealed' | 'state' | 'messages' | 'tries' | 'wishes'> &
    Pick<Hook, 'codeHash' | 'codeEndsAt'>,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO hooks (channel, address, sealed, state, code_hash, code_ends_at, messages, tries,
         wishes, created_at, changed_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
       ON CONFLICT (channel, address) DO UPDATE SET sealed = ?3, state = ?4, code_hash = ?5,
         code_ends_at = ?6, messages = ?7, tries = ?8, wishes = ?9, changed_at = ?10`,
    )
    .bind(
      hook.channel,
      hook.address,
      hook.sealed,
      hook.state,
      hook.codeHash,
      hook.codeEndsAt,
      hook.messages,
      hook.tries,
      JSON.stringify(hook.wishes),
      now,
    )
    .run();
}

/** Counts a code that was told, before it is compared: two at once count as two. */
export async function countHookTry(
  db: D1Database,
  channel: string,
  address: string,
): Promise<number> {
  const tries = await db
    .prepare(
      `UPDATE hooks SET tries = tries + 1 WHERE channel = ?1 AND address = ?2 RETURNING tries`,
    )
    .bind(channel, address)
    .first<number>('tries');
  return tries ?? 0;
}

/** No call to an address before an instant; an earlier one changes nothing. */
export async function quietHook(
  db: D1Database,
  channel: string,
  address: string,
  until: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE hooks SET quiet_until = ?3
       WHERE channel = ?1 AND address = ?2 AND quiet_until < ?3`,
    )
    .bind(channel, address, until)
    .run();
}

/** The platform says that nothing can be told there any more: it is not called again. */
export async function endHook(
  db: D1Database,
  channel: string,
  address: string,
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE hooks SET state = 'gone', code_hash = NULL, wishes = '[]', changed_at = ?3
       WHERE channel = ?1 AND address = ?2 AND state <> 'gone'`,
    )
    .bind(channel, address, now)
    .run();
}

/** Forgets an address, secret included. */
export function deleteHook(db: D1Database, channel: string, address: string): D1PreparedStatement {
  return db.prepare(`DELETE FROM hooks WHERE channel = ?1 AND address = ?2`).bind(channel, address);
}

/** Addresses of a channel that were sealed with another key than the newest. */
export async function staleHooks(
  db: D1Database,
  channel: string,
  keyId: string,
  limit: number,
): Promise<readonly Pick<Hook, 'channel' | 'address' | 'sealed'>[]> {
  const { results } = await db
    .prepare(
      `SELECT channel, address, sealed FROM hooks
       WHERE channel = ?1 AND substr(sealed, 1, 12) <> 'v1.' || ?2 || '.' LIMIT ?3`,
    )
    .bind(channel, keyId, limit)
    .all<Pick<Hook, 'channel' | 'address' | 'sealed'>>();
  return results;
}

/** Keeps an address as it is sealed now, unless it was written anew meanwhile. */
export async function resealHooks(
  db: D1Database,
  channel: string,
  hooks: readonly { readonly address: string; readonly was: string; readonly sealed: string }[],
): Promise<void> {
  await db
    .prepare(
      `UPDATE hooks SET sealed = value->>'sealed' FROM json_each(?2)
       WHERE channel = ?1 AND address = value->>'address' AND hooks.sealed = value->>'was'`,
    )
    .bind(channel, JSON.stringify(hooks))
    .run();
}

/** Forgets what was never proved, or is gone, since before an instant. */
export async function forgetHooks(
  db: D1Database,
  channel: string,
  before: number,
): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM hooks WHERE channel = ?1 AND state <> 'proved' AND changed_at < ?2`)
    .bind(channel, before)
    .run();
  return meta.changes;
}
