import { type Answer, retryAfterMs, textOf } from '../../../lib/outbound.ts';

/** What became of a message to a webhook. `code` is Slack's own, for the owner. */
export type SlackOutcome =
  | { readonly kind: 'sent' }
  /** No call to this webhook before that. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly code: string }
  | { readonly kind: 'retry'; readonly mayHaveActed: boolean; readonly code: string }
  /** The webhook, or the place it writes to, is not there any more or may not be written to. */
  | { readonly kind: 'gone'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string };

/** Of the statuses Slack's answers come with, reports differ: its word decides. */
const GONE = new Set([
  'no_service',
  'no_service_id',
  'no_team',
  'no_active_hooks',
  'team_disabled',
  'channel_not_found',
  'channel_is_archived',
  'user_not_found',
  'action_prohibited',
  'invalid_token',
  'posting_to_general_channel_denied',
]);
const PASSING = new Set(['rollup_error', 'rate_limited', 'ratelimited']);
const DEFAULT_WAIT_MS = 30_000;

/**
 * Reads Slack's answer to a message, a word of plain text (Slack changelog 2016-05-17, incoming
 * webhooks' errors; rate limits of the Slack API).
 *
 * @param now epoch milliseconds, for a `Retry-After` that is a date
 */
export function readAnswer(answer: Answer, now: number): SlackOutcome {
  const { status, headers } = answer;
  const word = /^[a-z_]{2,60}$/.exec(textOf(answer).trim())?.[0] ?? '';
  if (status === 200 && (word === 'ok' || word === '')) return { kind: 'sent' };
  const code = word === '' ? `HTTP ${status}` : `HTTP ${status} ${word}`;
  if (status === 429) {
    return { kind: 'wait', afterMs: retryAfterMs(headers, now) ?? DEFAULT_WAIT_MS, code };
  }
  if (status === 404 || status === 410 || GONE.has(word)) return { kind: 'gone', code };
  if (status === 408 || status >= 500 || PASSING.has(word)) {
    return { kind: 'retry', mayHaveActed: status >= 500, code };
  }
  return { kind: 'refused', code };
}
