import type { Result } from '../lib/result.ts';
import type { Credential } from './credentials.ts';
import { keyIdOf, type Sealer } from './sealed.ts';
import {
  type AccountRecord,
  type EntriesOptions,
  type Entry,
  loadRecord,
  openEntry,
} from './tokenEntries.ts';
import type { TokenKeyProblem } from './tokenKeys.ts';

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
export interface LoginStatus {
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
