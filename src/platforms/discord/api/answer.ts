import * as v from 'valibot';
import { type Answer, jsonOf, retryAfterMs } from '../../../lib/outbound.ts';

/** What became of a message to a webhook. `code` is Discord's own, for the owner. */
export type DiscordOutcome =
  | { readonly kind: 'sent'; readonly messageId: string | null }
  /** No call to this webhook before that. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly code: string }
  | { readonly kind: 'retry'; readonly mayHaveActed: boolean; readonly code: string }
  /** The webhook, or the place it writes to, is not there any more. */
  | { readonly kind: 'gone'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string };

const sentSchema = v.object({ id: v.string() });
const problemSchema = v.object({
  code: v.optional(v.number()),
  retry_after: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** A channel or thread that is gone, locked or archived, or a forum that needs a thread. */
const CLOSED = new Set([10003, 10015, 50027, 50083, 160005, 220001, 220003, 220004]);
/** Cloudflare's block, for everybody at the Worker's address. */
const BLOCKED = 40333;
const DEFAULT_WAIT_MS = 5000;
const BLOCK_WAIT_MS = 30 * 60_000;

/**
 * Reads Discord's answer to a message (developer docs: webhook resource, rate limits, error codes).
 *
 * @param now epoch milliseconds, for a `Retry-After` that is a date
 */
export function readAnswer(answer: Answer, now: number): DiscordOutcome {
  const { status, headers } = answer;
  const body = jsonOf(answer);
  if (status === 200 || status === 204) {
    const message = v.safeParse(sentSchema, body);
    return { kind: 'sent', messageId: message.success ? message.output.id : null };
  }
  const problem = v.safeParse(problemSchema, body);
  const { code: number, retry_after: seconds } = problem.success ? problem.output : {};
  const code = number === undefined || number === 0 ? `HTTP ${status}` : `HTTP ${status} ${number}`;
  if (status === 429) {
    const told = seconds === undefined ? retryAfterMs(headers, now) : Math.ceil(seconds * 1000);
    return { kind: 'wait', afterMs: told ?? DEFAULT_WAIT_MS, code };
  }
  if (number === BLOCKED) return { kind: 'wait', afterMs: BLOCK_WAIT_MS, code };
  if (status === 404 || status === 410 || status === 401) return { kind: 'gone', code };
  if (number !== undefined && CLOSED.has(number)) return { kind: 'gone', code };
  if (status === 408 || status >= 500) return { kind: 'retry', mayHaveActed: true, code };
  // A page instead of JSON is not Discord's own word: something stands in between.
  if (status === 403 && !problem.success) return { kind: 'retry', mayHaveActed: false, code };
  return { kind: 'refused', code };
}
