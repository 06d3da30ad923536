import * as v from 'valibot';
import { errorCode, log } from '../lib/log.ts';
import type { Result } from '../lib/result.ts';
import type { Runtime } from '../lib/runtime.ts';
import { MINUTE_MS } from '../lib/time.ts';
import { keyIdOf, type Sealer } from './sealed.ts';
import { type Credential, credentialSchema, type TokenKeyProblem } from './tokenKeys.ts';

/** The object's own storage: the truth about its account. */
export interface KeeperStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<unknown>;
}

/** KV `TOKENS`: a copy of the sealed entry. */
export interface KeeperCopies {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** What is sealed. */
const entrySchema = v.object({
  credential: credentialSchema,
  profile: v.object({ username: v.string() }),
  /** Grows with every change, so that of two entries the newer one is known whatever the clocks. */
  revision: v.number(),
});

const recordSchema = v.object({
  sealed: v.string(),
  /** Times in epoch milliseconds: when the person logged in, when the present token came. */
  loggedInAt: v.number(),
  renewedAt: v.number(),
  /** When KV is to be written next; `null` when it holds this entry. */
  copyDueAt: v.nullable(v.number()),
  /** The platform said no to the present access token. */
  isRefused: v.boolean(),
  /** When a refresh began whose answer never came: the refresh token may be used up. */
  unansweredAt: v.nullable(v.number()),
  /** The last refresh failed for now; the next one is not tried before `until`. */
  pause: v.nullable(
    v.object({
      from: v.number(),
      until: v.number(),
      reason: v.picklist(['platform', 'misconfigured']),
      /** What to mend, in words for the owner. */
      detail: v.nullable(v.string()),
    }),
  ),
  loginAgain: v.nullable(
    v.object({
      reason: v.picklist(['refused', 'expired', 'answer-lost', 'unreadable']),
      since: v.number(),
    }),
  ),
});

export type Entry = Readonly<v.InferOutput<typeof entrySchema>>;
export type AccountRecord = Readonly<v.InferOutput<typeof recordSchema>>;
/** An account's record with its entry opened. */
export interface Held {
  readonly record: AccountRecord;
  readonly entry: Entry;
}

export type OpenedEntry =
  | { readonly ok: true; readonly entry: Entry; readonly isStale: boolean }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknown-key' | 'not-authentic' };

export interface EntriesOptions {
  /** Key in KV and the name the entry is sealed under: `twitter:<user id>`. */
  readonly account: string;
  readonly storage: KeeperStorage;
  readonly copies: KeeperCopies;
  readonly runtime: Pick<Runtime, 'now'>;
}

const RECORD = 'account';
const COPY_RETRY_MS = MINUTE_MS;

/** What the object stores, or `null` when it keeps no account. Throws when storage holds nonsense. */
export async function loadRecord({ storage }: EntriesOptions): Promise<AccountRecord | null> {
  const stored = await storage.get(RECORD);
  return stored === undefined ? null : v.parse(recordSchema, stored);
}

/** Writes a record whose entry is the same as before. */
export async function saveRecord({ storage }: EntriesOptions, record: AccountRecord) {
  await storage.put(RECORD, record);
}

/** Opens a sealed entry of this account; refuses every other text. */
export async function openEntry(
  { account }: EntriesOptions,
  sealer: Sealer,
  sealed: string,
): Promise<OpenedEntry> {
  const opened = await sealer.open(account, sealed);
  if (!opened.ok) return opened;
  const entry = v.safeParse(v.pipe(v.string(), v.parseJson(), entrySchema), opened.value);
  return entry.success
    ? { ok: true, entry: entry.output, isStale: opened.isStale }
    : { ok: false, reason: 'malformed' };
}

/** Seals an entry and writes it: own storage first, then KV. Nobody may use it before this is done. */
export async function saveEntry(
  options: EntriesOptions,
  sealer: Sealer,
  { record, entry }: { record: Omit<AccountRecord, 'sealed' | 'copyDueAt'>; entry: Entry },
): Promise<Held> {
  const sealed = await sealer.seal(options.account, JSON.stringify(entry));
  const saved = { ...record, sealed, copyDueAt: options.runtime.now() };
  await saveRecord(options, saved);
  return { record: await copyEntry(options, saved), entry };
}

/** Brings KV up to date when that is due. KV is a copy: its failure is noted, never passed on. */
export async function copyEntry(
  options: EntriesOptions,
  record: AccountRecord,
): Promise<AccountRecord> {
  const now = options.runtime.now();
  if (record.copyDueAt === null || now < record.copyDueAt) return record;
  let copyDueAt: number | null = null;
  try {
    await options.copies.put(options.account, record.sealed);
  } catch (cause) {
    log('token-copy-failed', { account: options.account, code: errorCode(cause) });
    copyDueAt = now + COPY_RETRY_MS;
  }
  const copied = { ...record, copyDueAt };
  await saveRecord(options, copied);
  return copied;
}

/**
 * The entry another writer left in own storage or KV since this one was read, or `null`. KV may be
 * behind or unreadable; then it does not count.
 */
export async function newerEntry(
  options: EntriesOptions,
  sealer: Sealer,
  { record, entry }: Held,
): Promise<Entry | null> {
  const candidates = [(await loadRecord(options))?.sealed, await readCopy(options)];
  let newest = entry;
  for (const sealed of candidates) {
    if (sealed === undefined || sealed === null || sealed === record.sealed) continue;
    const opened = await openEntry(options, sealer, sealed);
    if (opened.ok && opened.entry.revision > newest.revision) newest = opened.entry;
  }
  return newest === entry ? null : newest;
}

async function readCopy({ account, copies }: EntriesOptions): Promise<string | null> {
  try {
    return await copies.get(account);
  } catch (cause) {
    log('token-copy-unreadable', { account, code: errorCode(cause) });
    return null;
  }
}

/**
 * Forgets the account, own storage first so that nobody gets its token any more.
 *
 * @returns false when KV still holds the copy: call again
 */
export async function deleteEntry({ account, storage, copies }: EntriesOptions): Promise<boolean> {
  await storage.delete(RECORD);
  try {
    await copies.delete(account);
    return true;
  } catch (cause) {
    log('token-copy-failed', { account, code: errorCode(cause) });
    return false;
  }
}

/** How an account's credentials are, for the owner. Nothing in it is secret. */
export type AccountStatus =
  | { readonly kind: 'unknown' }
  | ({
      readonly kind: 'known';
      /** Id of the key its entry is sealed with. */
      readonly keyId: string | null;
      /** `null` when the entry cannot be opened. */
      readonly login: LoginStatus | null;
    } & Omit<AccountRecord, 'sealed'>);

/** What a login allows; times in epoch milliseconds. */
interface LoginStatus {
  readonly kind: Credential['kind'];
  readonly username: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number | null;
  readonly hasRefreshToken: boolean;
  readonly refreshExpiresAt: number | null;
  /** Whether there is an OAuth 1.0a token, from which lost tokens can be had anew. */
  readonly hasOAuth1Token: boolean;
}

/** Reads how the account is; changes nothing. */
export async function status(
  options: EntriesOptions,
  sealer: Result<Sealer, TokenKeyProblem>,
): Promise<AccountStatus> {
  const stored = await loadRecord(options);
  if (stored === null) return { kind: 'unknown' };
  const { sealed, ...record } = stored;
  const opened = sealer.ok ? await openEntry(options, sealer.value, sealed) : null;
  const login = opened?.ok ? loginStatus(opened.entry) : null;
  return { kind: 'known', keyId: keyIdOf(sealed), login, ...record };
}

function loginStatus({ credential, profile }: Entry): LoginStatus {
  const renewable = credential.kind === 'oauth2' ? credential : null;
  return {
    kind: credential.kind,
    username: profile.username,
    scopes: renewable?.scopes ?? [],
    expiresAt: renewable?.expiresAt ?? null,
    hasRefreshToken: renewable?.refreshToken !== undefined,
    refreshExpiresAt: renewable?.refreshExpiresAt ?? null,
    hasOAuth1Token: renewable === null || renewable.oauth1 !== undefined,
  };
}
