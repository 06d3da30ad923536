import type { Credential } from '../../store/credentials.ts';

/**
 * Why a login did not work:
 * - `not-configured`: the app's keys for this kind of login, or `TOKEN_KEY`, are missing
 * - `callback-not-approved`: the callback address is not on the app's list at X
 * - `keys-refused`: X does not accept the app's keys
 * - `cancelled`: the person said no
 * - `expired`: it took too long, or was used before
 * - `not-this-browser`: the answer belongs to another login
 * - `unavailable`: X does not answer as it should; try again
 */
export type LoginFailure =
  | 'not-configured'
  | 'callback-not-approved'
  | 'keys-refused'
  | 'cancelled'
  | 'expired'
  | 'not-this-browser'
  | 'unavailable';

/** `detail`: names of missing secrets, the callback address, or X's own words. */
export interface LoginRefusal {
  readonly reason: LoginFailure;
  readonly detail: string;
}

/** The account that agreed, and what it gave us. */
export interface Granted {
  readonly id: string;
  readonly username: string;
  readonly credential: Credential;
}

export function refused(
  reason: LoginFailure,
  detail: string,
): { readonly ok: false } & LoginRefusal {
  return { ok: false, reason, detail };
}
