import { log } from '../lib/log.ts';
import { type Result, unreachable } from '../lib/result.ts';
import { MINUTE_MS } from '../lib/time.ts';
import type { Sealer } from './sealed.ts';
import {
  type AccountRecord,
  type AccountStatus,
  copyEntry,
  deleteEntry,
  type EntriesOptions,
  type Entry,
  type Held,
  loadRecord,
  openEntry,
  saveEntry,
  saveRecord,
  status,
} from './tokenEntries.ts';
import {
  type Credential,
  mergeLogin,
  type TokenKeyProblem,
  type UsableCredential,
  usablePart,
} from './tokenKeys.ts';
import {
  isFresh,
  nextRevision,
  type Pause,
  type Refreshers,
  type RenewalOptions,
  renew,
} from './tokenRenewal.ts';

/** Who an account belongs to, as shown to the owner. */
export type Profile = Entry['profile'];

/**
 * Why a person has to log in again: the platform refused the refresh token (`refused`), it reached
 * its end (`expired`), the answer that held its successor was lost (`answer-lost`), or no key in
 * `TOKEN_KEY` opens what is stored (`unreadable`, over as soon as one does).
 */
export type LoginAgainReason = NonNullable<AccountRecord['loginAgain']>['reason'];

/** Something to call the platform with, or why there is nothing. Times in epoch milliseconds. */
export type Usable =
  | { readonly kind: 'ready'; readonly credential: UsableCredential }
  | {
      readonly kind: 'log-in-again';
      readonly reason: LoginAgainReason;
      readonly since: number;
      /** True exactly once: the owner has to be told. */
      readonly isNews: boolean;
    }
  | {
      readonly kind: 'unavailable';
      readonly retryAfterMs: number;
      /** `platform` passes by itself; the other two are the owner's to mend. */
      readonly reason: 'platform' | 'misconfigured' | 'token-key';
      readonly detail: string | null;
    }
  | { readonly kind: 'unknown' };

/** What can be asked of the keeper of one account. */
export interface TokenKeeperCalls {
  /** The one way to a token: renewed when it is about to end, stored before anyone gets it. */
  usable(): Promise<Usable>;
  /** The platform answered 401 to this access token: renews it, if it is still the current one. */
  reportRefused(accessToken: string): Promise<Usable>;
  /** Keeps what a login gave. */
  store(credential: Credential, profile: Profile): Promise<Result<null, { reason: 'token-key' }>>;
  /** Deletes everything; `copy-left`: KV did not, call again. */
  forget(): Promise<Result<null, { reason: 'copy-left' }>>;
  /** For the doctor. */
  status(): Promise<AccountStatus>;
}

export interface TokenKeeperOptions extends EntriesOptions {
  readonly sealer: Result<Sealer, TokenKeyProblem>;
  readonly refreshers: Refreshers;
}

const OWNER_RETRY_MS = 15 * MINUTE_MS;

/**
 * Keeps one account's credentials. There may be one keeper per account only (a Durable Object sees
 * to that): its calls are done one after the other, so that fifty callers cause one refresh.
 */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeperCalls {
  const inTurn = createTurns();
  return {
    usable: () => inTurn(() => usable(options, null)),
    reportRefused: (accessToken) => inTurn(() => usable(options, accessToken)),
    store: (credential, profile) => inTurn(() => store(options, credential, profile)),
    forget: () =>
      inTurn(async () =>
        (await deleteEntry(options))
          ? { ok: true, value: null }
          : { ok: false, reason: 'copy-left' },
      ),
    status: () => status(options, options.sealer),
  };
}

/** Runs one piece of work at a time, in the order asked; a failed one stops no other. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work);
    last = Promise.allSettled([turn]);
    return turn;
  };
}

async function usable(options: TokenKeeperOptions, refusedToken: string | null): Promise<Usable> {
  const { sealer, ...rest } = options;
  const stored = await loadRecord(options);
  if (stored === null) return { kind: 'unknown' };
  if (!sealer.ok) {
    const detail = `TOKEN_KEY, key ${sealer.position}: ${sealer.reason}`;
    return { kind: 'unavailable', reason: 'token-key', retryAfterMs: OWNER_RETRY_MS, detail };
  }
  const opened = await openEntry(options, sealer.value, stored.sealed);
  if (!opened.ok) return logInAgain(options, stored, 'unreadable');
  if (stored.loginAgain && stored.loginAgain.reason !== 'unreadable') {
    return logInAgain(options, stored, stored.loginAgain.reason);
  }
  const held = { record: { ...stored, loginAgain: null }, entry: opened.entry };
  const isChanged = opened.isStale || stored.loginAgain !== null;
  const record = isChanged
    ? (await saveEntry(options, sealer.value, held)).record
    : await copyEntry(options, stored);
  return current({ ...rest, sealer: sealer.value }, { ...held, record }, refusedToken);
}

/** The present token if it is good, else its successor. */
async function current(
  options: RenewalOptions,
  { record: stored, entry }: Held,
  refusedToken: string | null,
): Promise<Usable> {
  const { credential } = entry;
  // Nothing renews an OAuth 1.0a token, and a 401 may also mean that the app's own keys are wrong.
  if (credential.kind === 'oauth1') return ready(credential);
  const isRefused = stored.isRefused || credential.accessToken === refusedToken;
  const record = { ...stored, isRefused };
  if (isRefused !== stored.isRefused) await saveRecord(options, record);

  const now = options.runtime.now();
  const works = !isRefused && now < credential.expiresAt;
  const isRenewable = credential.refreshToken !== undefined || credential.oauth1 !== undefined;
  if (works && (isFresh(credential, now) || !isRenewable)) return ready(credential);

  const pause = activePause(record, now);
  const renewal = pause
    ? ({ kind: 'paused', pause } as const)
    : await renew(options, { record, entry }, credential);
  switch (renewal.kind) {
    case 'renewed':
      log('tokens-renewed', { account: options.account });
      return ready(renewal.held.entry.credential);
    case 'over':
      return logInAgain(options, renewal.record, renewal.reason);
    case 'paused': {
      if (works) return ready(credential);
      const { reason, detail, until } = renewal.pause;
      const retryAfterMs = Math.max(0, until - options.runtime.now());
      return { kind: 'unavailable', reason, detail, retryAfterMs };
    }
    default:
      return unreachable(renewal);
  }
}

function ready(credential: Credential): Usable {
  return { kind: 'ready', credential: usablePart(credential) };
}

/** The pause a failed refresh asked for, while it lasts; a clock that was set back ends it. */
function activePause({ pause }: AccountRecord, now: number): Pause | null {
  return pause && pause.from <= now && now < pause.until ? pause : null;
}

/** Marks the account once; whoever marks it brings the news. */
async function logInAgain(
  options: EntriesOptions,
  record: AccountRecord,
  reason: LoginAgainReason,
): Promise<Usable> {
  if (record.loginAgain) return { kind: 'log-in-again', ...record.loginAgain, isNews: false };
  const loginAgain = { reason, since: options.runtime.now() };
  await saveRecord(options, { ...record, loginAgain });
  log('log-in-again', { account: options.account, reason });
  return { kind: 'log-in-again', ...loginAgain, isNews: true };
}

async function store(
  options: TokenKeeperOptions,
  login: Credential,
  profile: Profile,
): Promise<Result<null, { reason: 'token-key' }>> {
  const { sealer, runtime } = options;
  if (!sealer.ok) return { ok: false, reason: 'token-key' };
  const stored = await loadRecord(options);
  const opened = stored && (await openEntry(options, sealer.value, stored.sealed));
  const before = opened?.ok ? opened.entry : null;
  const now = runtime.now();
  await saveEntry(options, sealer.value, {
    record: {
      loggedInAt: now,
      renewedAt: now,
      isRefused: false,
      unansweredAt: null,
      pause: null,
      loginAgain: null,
    },
    entry: {
      credential: mergeLogin(before?.credential ?? null, login),
      profile,
      revision: nextRevision(before?.revision ?? 0, now),
    },
  });
  return { ok: true, value: null };
}
