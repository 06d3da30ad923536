import type { TwitterFailure } from './api/answer.ts';
import type { TwitterFailureReason } from './api/problem.ts';
import type { NoBearer } from './bearer.ts';

/**
 * Why something about webhook or subscriptions did not work; `webhookFailureTexts` has words for
 * each. `keys-refused` is about the app, `log-in-again` about one account.
 */
export type WebhookFailureReason =
  | NoBearer['reason']
  | 'crc-failed'
  | 'url-invalid'
  | 'limit'
  | 'log-in-again'
  | 'forbidden'
  | 'credits'
  | 'not-found'
  | 'bad-range'
  | 'replay-running'
  | 'invalid';

export interface WebhookFailure {
  readonly reason: WebhookFailureReason;
  /** X's own words, or the names of missing settings. */
  readonly detail: string;
}

export type Failed = { readonly ok: false } & WebhookFailure;

export function failed(reason: WebhookFailureReason, detail = ''): Failed {
  return { ok: false, reason, detail };
}

/** A failed call as the owner is told of it. */
export function failedCall(
  { reason, status, detail }: TwitterFailure<TwitterFailureReason | WebhookFailureReason>,
  who: 'app' | 'account' = 'app',
): Failed {
  if (reason === 'retry') return failed(status === 429 ? 'rate-limited' : 'unavailable', detail);
  if (reason === 'credits-depleted') return failed('credits', detail);
  if (reason === 'unauthorized') {
    return failed(who === 'app' ? 'keys-refused' : 'log-in-again', detail);
  }
  if (reason === 'duplicate' || reason === 'cannot-message') return failed('invalid', detail);
  return failed(reason, detail);
}
