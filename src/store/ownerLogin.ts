import * as v from 'valibot';
import { base64url, fromBase64url, sha256Hex } from '../lib/encoding.ts';
import { log } from '../lib/log.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.ts';
import type { Sealer } from './sealed.ts';
import { readKept, SECOND_FACTOR, swapSetting, writeSetting } from './settings.ts';

/** A browser in which nothing was done for so long is logged out. */
const IDLE_MS = HOUR_MS;
/** Seen is written down no more often. */
const SEEN_MS = 5 * MINUTE_MS;

/** A browser in which the owner is logged in. Times in epoch milliseconds. */
export interface StoredSession {
  /** Hash of the id in its cookie. */
  readonly id: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** When the password was typed last. */
  readonly provedAt: number;
  readonly about: string;
}

const COLUMNS = `id, created_at AS createdAt, seen_at AS seenAt, proved_at AS provedAt, about`;

/** Begins a session; those that are over by their age are forgotten with it. */
export async function openSession(
  db: D1Database,
  { id, about }: Pick<StoredSession, 'id' | 'about'>,
  now: number,
): Promise<void> {
  await db.batch([
    db.prepare(`DELETE FROM sessions WHERE seen_at <= ?1`).bind(now - DAY_MS),
    db
      .prepare(
        `INSERT INTO sessions (id, created_at, seen_at, proved_at, about) VALUES (?1, ?2, ?2, ?2, ?3)`,
      )
      .bind(id, now, about),
  ]);
}

/** A session in which something is done now; `null` when it was ended, or idle for too long. */
export async function touchSession(
  db: D1Database,
  id: string,
  now: number,
): Promise<StoredSession | null> {
  const found = await db
    .prepare(`SELECT ${COLUMNS} FROM sessions WHERE id = ?1 AND seen_at > ?2`)
    .bind(id, now - IDLE_MS)
    .first<StoredSession>();
  if (found !== null && now - found.seenAt >= SEEN_MS) {
    await db.prepare(`UPDATE sessions SET seen_at = ?2 WHERE id = ?1`).bind(id, now).run();
  }
  return found;
}

/** The password was typed again. */
export async function proveSession(db: D1Database, id: string, now: number): Promise<void> {
  await db.prepare(`UPDATE sessions SET proved_at = ?2 WHERE id = ?1`).bind(id, now).run();
}

/** Sessions that are not over, the one used last first. */
export async function listSessions(db: D1Database, now: number): Promise<StoredSession[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM sessions WHERE seen_at > ?1 ORDER BY seen_at DESC LIMIT 50`)
    .bind(now - IDLE_MS)
    .all<StoredSession>();
  return results;
}

/** Ends one session. */
export async function endSession(db: D1Database, id: string): Promise<void> {
  await db.prepare(`DELETE FROM sessions WHERE id = ?1`).bind(id).run();
}

/** Statement: ends them all. */
export function endSessions(db: D1Database): D1PreparedStatement {
  return db.prepare(`DELETE FROM sessions`);
}

/** What a key of the API may be used for: to look, or also to change. */
export type ApiScope = 'read' | 'write';

/** A key of the API, without the key. */
export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly scope: ApiScope;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

const KEY_COLUMNS = `id, name, scope, created_at AS createdAt, expires_at AS expiresAt,
  used_at AS usedAt`;
/** As many as anybody needs. */
export const MOST_API_KEYS = 20;

/** Keeps a key by its hash; false when there are too many. */
export async function addApiKey(
  db: D1Database,
  key: Pick<ApiKey, 'name' | 'scope' | 'expiresAt'> & { readonly hash: string },
  now: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO api_keys (hash, name, scope, created_at, expires_at)
       SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM api_keys) < ${MOST_API_KEYS}`,
    )
    .bind(key.hash, key.name, key.scope, now, key.expiresAt)
    .run();
  return meta.changes > 0;
}

/** The key with a hash, while it is good. */
export async function findApiKey(
  db: D1Database,
  hash: string,
  now: number,
): Promise<ApiKey | null> {
  const key = await db
    .prepare(`SELECT ${KEY_COLUMNS} FROM api_keys WHERE hash = ?1 AND expires_at > ?2`)
    .bind(hash, now)
    .first<ApiKey>();
  if (key !== null && (key.usedAt === null || now - key.usedAt >= HOUR_MS)) {
    await db.prepare(`UPDATE api_keys SET used_at = ?2 WHERE id = ?1`).bind(key.id, now).run();
  }
  return key;
}

/** All of them, those that are over too. */
export async function listApiKeys(db: D1Database): Promise<ApiKey[]> {
  const { results } = await db
    .prepare(`SELECT ${KEY_COLUMNS} FROM api_keys ORDER BY id`)
    .all<ApiKey>();
  return results;
}

/** A key opens nothing any more. */
export async function dropApiKey(db: D1Database, id: number): Promise<void> {
  await db.prepare(`DELETE FROM api_keys WHERE id = ?1`).bind(id).run();
}

const SEALED_AS = 'second factor';

const rowSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    /** The secret and the password it belongs to, sealed with `TOKEN_KEY`. */
    sealed: v.string(),
    /** Newest step whose code was taken. */
    step: v.number(),
    /** False until a first code has shown that the app has it. */
    isOn: v.boolean(),
  }),
);

const sealedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    secret: v.string(),
    /** Hash of the password with which it was set up: another password needs no code. */
    password: v.string(),
  }),
);

/** The second factor as it is set up. */
export interface Factor {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly step: number;
  readonly isOn: boolean;
  /** Sealed with the newest key. */
  readonly sealed: string;
  /** The row as it was read: what is written takes the place of this one only. */
  readonly kept: string;
}

/**
 * The second factor of a password; `null`: none is set up, or it is another password's. `shut`: it is
 * on, but what is kept cannot be opened, so nothing is known but that a code is wanted, and none is
 * right. It is not told apart from a password that was changed: whoever damages the row, or loses
 * `TOKEN_KEY`, must not get past it.
 */
export async function readFactor(
  db: D1Database,
  sealer: Sealer | null,
  password: string,
): Promise<Factor | 'shut' | null> {
  const factor = await openFactor(db, sealer);
  if (factor === null || factor === 'shut') return factor;
  return factor.password === (await sha256Hex(password)) ? factor : null;
}

async function openFactor(
  db: D1Database,
  sealer: Sealer | null,
): Promise<(Factor & { readonly password: string; readonly isStale: boolean }) | 'shut' | null> {
  const kept = await readKept(db, SECOND_FACTOR);
  if (kept === null) return null;
  const row = v.safeParse(rowSchema, kept);
  if (!row.success) return shut('malformed');
  const { step, isOn } = row.output;
  const opened = (await sealer?.open(SEALED_AS, row.output.sealed)) ?? null;
  const content = v.safeParse(sealedSchema, opened?.ok ? opened.value : null);
  const secret = content.success ? fromBase64url(content.output.secret) : null;
  if (!sealer || !opened?.ok || !content.success || !secret) {
    if (!isOn) return null;
    return shut(opened?.ok === false ? opened.reason : 'malformed');
  }
  const sealed = opened.isStale ? await sealer.seal(SEALED_AS, opened.value) : row.output.sealed;
  const { password } = content.output;
  return { secret, password, step, isOn, sealed, kept, isStale: opened.isStale };
}

function shut(reason: string): 'shut' {
  log('second-factor-shut', { reason });
  return 'shut';
}

/** Keeps a secret for a password; it counts from the first code on. */
export async function keepFactor(
  db: D1Database,
  sealer: Sealer,
  { secret, password }: { readonly secret: Uint8Array<ArrayBuffer>; readonly password: string },
  now: number,
): Promise<void> {
  const content = { secret: base64url(secret), password: await sha256Hex(password) };
  const sealed = await sealer.seal(SEALED_AS, JSON.stringify(content));
  await writeSetting(db, SECOND_FACTOR, { sealed, step: 0, isOn: false }, now);
}

/**
 * The code of a step was shown: from now on it is on, and no code up to that one is good any more.
 *
 * @returns false when something else was written since it was read: another took a code
 */
export async function takeStep(
  db: D1Database,
  { sealed, kept }: Factor,
  step: number,
  now: number,
): Promise<boolean> {
  return swapSetting(db, SECOND_FACTOR, kept, { sealed, step, isOn: true }, now);
}

/** Seals it with the newest key, so that an older one can be dropped from `TOKEN_KEY`. */
export async function sealFactorAnew(
  db: D1Database,
  sealer: Sealer | null,
  now: number,
): Promise<void> {
  const factor = await openFactor(db, sealer);
  if (factor === null || factor === 'shut' || !factor.isStale) return;
  const { sealed, step, isOn, kept } = factor;
  await swapSetting(db, SECOND_FACTOR, kept, { sealed, step, isOn }, now);
}
