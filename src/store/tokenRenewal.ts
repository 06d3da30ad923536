import { unreachable } from '../lib/result.ts';
import { MINUTE_MS } from '../lib/time.ts';
import type { Sealer } from './sealed.ts';
import type { AccountRecord, EntriesOptions, Entry, Held } from './tokenEntries.ts';
import { newerEntry, saveEntry, saveRecord } from './tokenEntries.ts';
import {
  type Credential,
  mergeRefreshed,
  type OAuth1Pair,
  type OAuth2Credential,
  type RefreshedTokens,
} from './tokenKeys.ts';

interface InvalidGrant {
  readonly kind: 'invalid-grant';
}

/** What came of asking the platform for new tokens. */
export type RefreshOutcome =
  | ({ readonly kind: 'refreshed' } & RefreshedTokens)
  /** The platform will not take this refresh token (or pair) any more. */
  | InvalidGrant
  /** No answer came, or a broken one; the platform may have acted all the same. */
  | { readonly kind: 'lost'; readonly retryAfterMs?: number }
  /** The platform did nothing and may do so later. */
  | { readonly kind: 'unavailable'; readonly retryAfterMs?: number }
  /** The owner's settings are wrong; the person's login is as good as before. */
  | { readonly kind: 'misconfigured'; readonly reason: string };

/** How tokens are renewed at the platform; each call asks once. */
export interface Refreshers {
  readonly oauth2: (refreshToken: string) => Promise<RefreshOutcome>;
  /**
   * OAuth 1.0a token to a new pair of OAuth 2.0 tokens; may be repeated (docs/platforms/x.md, Token
   * exchange).
   */
  readonly exchange: (pair: OAuth1Pair) => Promise<RefreshOutcome>;
}

/** A login's or a renewal's answer, as far as the platforms' clients agree on it. */
type TokenAnswer =
  | { readonly ok: true; readonly value: RefreshedTokens & { readonly scopes: readonly string[] } }
  | {
      readonly ok: false;
      readonly reason:
        | 'invalid-grant'
        | 'invalid-client'
        | 'configuration'
        | 'invalid'
        | 'rate-limited'
        | 'unavailable';
      readonly detail: string;
      readonly retryAfterMs?: number;
      readonly mayHaveActed: boolean;
    };

/** What a platform's answer to a renewal means; `secrets` are wrong when it refuses the client. */
export function refreshOutcome(answer: TokenAnswer, secrets: string): RefreshOutcome {
  if (answer.ok) {
    const { scopes, ...tokens } = answer.value;
    // An answer that names no scopes leaves them as they were (RFC 6749 section 5.1).
    return { kind: 'refreshed', ...tokens, ...(scopes.length > 0 && { scopes }) };
  }
  const { reason, detail, retryAfterMs, mayHaveActed } = answer;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (reason) {
    case 'invalid-grant':
      return { kind: 'invalid-grant' };
    case 'unavailable':
      return { kind: mayHaveActed ? 'lost' : 'unavailable', ...wait };
    case 'rate-limited':
      return { kind: 'unavailable', ...wait };
    case 'invalid-client':
      return { kind: 'misconfigured', reason: `${secrets}: ${detail}` };
    case 'configuration':
    case 'invalid':
      return { kind: 'misconfigured', reason: detail };
    default:
      return unreachable(reason);
  }
}

/** For a platform whose client is not set up. */
export function noRefreshers(secret: string): Refreshers {
  const missing = { kind: 'misconfigured', reason: `${secret} is not set` } as const;
  return { oauth2: async () => missing, exchange: async () => missing };
}

export interface RenewalOptions extends EntriesOptions {
  readonly sealer: Sealer;
  readonly refreshers: Refreshers;
}

/** Until when nothing is asked, and why. */
export type Pause = NonNullable<AccountRecord['pause']>;

export type Renewal =
  | { readonly kind: 'renewed'; readonly held: Held }
  | { readonly kind: 'paused'; readonly pause: Pause }
  | {
      readonly kind: 'over';
      readonly reason: 'refused' | 'expired' | 'answer-lost';
      readonly record: AccountRecord;
    };

const RENEW_AHEAD_MS = 5 * MINUTE_MS;
const RETRY_MS = MINUTE_MS;
const MAX_PAUSE_MS = 15 * MINUTE_MS;

/** True for a token that will be good for five minutes more. */
export function isFresh(credential: Credential, now: number): boolean {
  return credential.kind === 'oauth1' || now < credential.expiresAt - RENEW_AHEAD_MS;
}

/** An account in the middle of its renewal. */
interface Case extends Held {
  /** The one in `entry`. */
  readonly credential: OAuth2Credential;
}

/**
 * Renews an account's tokens; the caller sees to it that only one renewal of an account runs. New
 * tokens are stored when this returns. A refresh token is good for one use, so where an answer may
 * be lost there is another way to tokens, or it is said that there is none.
 */
export async function renew(
  options: RenewalOptions,
  held: Held,
  credential: OAuth2Credential,
): Promise<Renewal> {
  const { outcome, record } = await refresh(options, held.record, credential);
  const tried = { record, entry: held.entry, credential };
  if (outcome.kind !== 'invalid-grant') return settle(options, tried, outcome);
  const newer = await newerEntry(options, options.sealer, held);
  return newer ? takeOver(options, record, newer) : exchange(options, tried);
}

/**
 * Asks for new tokens; when the answer is lost, once more, as the platform may not have acted: at
 * once, or after the pause it asks for.
 */
async function refresh(
  options: RenewalOptions,
  record: AccountRecord,
  { refreshToken }: OAuth2Credential,
): Promise<{ readonly outcome: RefreshOutcome; readonly record: AccountRecord }> {
  if (refreshToken === undefined) return { outcome: { kind: 'invalid-grant' }, record };
  const begun = { ...record, unansweredAt: record.unansweredAt ?? options.runtime.now() };
  // Written first: whoever finds it after a crash knows that the refresh token may be used up.
  await saveRecord(options, begun);
  const outcome = await options.refreshers.oauth2(refreshToken);
  if (outcome.kind !== 'lost') return { outcome, record };
  if (outcome.retryAfterMs !== undefined) return { outcome, record: begun };
  return { outcome: await options.refreshers.oauth2(refreshToken), record: begun };
}

/** Goes on with the entry another writer left. */
async function takeOver(
  options: RenewalOptions,
  before: AccountRecord,
  entry: Entry,
): Promise<Renewal> {
  const { credential } = entry;
  if (credential.kind === 'oauth1' || isFresh(credential, options.runtime.now())) {
    return keep(options, { record: before, entry });
  }
  const { outcome, record } = await refresh(options, before, credential);
  const tried = { record, entry, credential };
  return outcome.kind === 'invalid-grant'
    ? exchange(options, tried)
    : settle(options, tried, outcome);
}

/** The last way: new OAuth 2.0 tokens for the OAuth 1.0a token kept with the lost ones. */
async function exchange(options: RenewalOptions, tried: Case): Promise<Renewal> {
  const { record, credential } = tried;
  if (credential.oauth1) {
    const outcome = await options.refreshers.exchange(credential.oauth1);
    if (outcome.kind !== 'invalid-grant') return settle(options, tried, outcome);
  }
  const { refreshToken, refreshExpiresAt = Number.POSITIVE_INFINITY } = credential;
  if (refreshToken === undefined || refreshExpiresAt <= options.runtime.now()) {
    return { kind: 'over', reason: 'expired', record };
  }
  const reason = record.unansweredAt === null ? 'refused' : 'answer-lost';
  return { kind: 'over', reason, record };
}

async function settle(
  options: RenewalOptions,
  { record, entry, credential }: Case,
  outcome: Exclude<RefreshOutcome, InvalidGrant>,
): Promise<Renewal> {
  if (outcome.kind === 'refreshed') {
    const renewed = { ...entry, credential: mergeRefreshed(credential, outcome) };
    return keep(options, { record, entry: renewed });
  }
  const now = options.runtime.now();
  const askedMs = outcome.kind === 'misconfigured' ? undefined : outcome.retryAfterMs;
  const pause: Pause = {
    from: now,
    until: now + Math.min(askedMs ?? RETRY_MS, MAX_PAUSE_MS),
    ...(outcome.kind === 'misconfigured'
      ? { reason: 'misconfigured', detail: outcome.reason }
      : { reason: 'platform', detail: null }),
  };
  await saveRecord(options, { ...record, pause });
  return { kind: 'paused', pause };
}

async function keep(options: RenewalOptions, { record, entry }: Held): Promise<Renewal> {
  const renewedAt = options.runtime.now();
  const held = await saveEntry(options, options.sealer, {
    record: { ...record, renewedAt, isRefused: false, unansweredAt: null, pause: null },
    entry: { ...entry, revision: nextRevision(entry.revision, renewedAt) },
  });
  return { kind: 'renewed', held };
}

/** Grows with every change, and with time, so that a fresh start is newer than an old copy. */
export function nextRevision(revision: number, now: number): number {
  return Math.max(revision + 1, now);
}
