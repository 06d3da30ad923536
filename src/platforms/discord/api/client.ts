import * as v from 'valibot';
import { type Answer, believedWaitMs, jsonOf, retryAfterMs, send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';

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
function readAnswer(answer: Answer, now: number): DiscordOutcome {
  const { status, headers } = answer;
  const body = jsonOf(answer);
  if (status === 204) return { kind: 'sent', messageId: null };
  const message = v.safeParse(sentSchema, body);
  if (status === 200 && message.success) return { kind: 'sent', messageId: message.output.id };
  const problem = v.safeParse(problemSchema, body);
  const { code: number, retry_after: seconds } = problem.success ? problem.output : {};
  const code = number === undefined || number === 0 ? `HTTP ${status}` : `HTTP ${status} ${number}`;
  if (status === 429) {
    const told = seconds === undefined ? retryAfterMs(headers, now) : Math.ceil(seconds * 1000);
    return { kind: 'wait', afterMs: believedWaitMs(told ?? DEFAULT_WAIT_MS), code };
  }
  const mayHaveActed = status < 300 || status === 408 || status >= 500;
  // A page instead of JSON is not Discord's own word: something stands in between.
  if (mayHaveActed || !problem.success) return { kind: 'retry', mayHaveActed, code };
  if (number === BLOCKED) return { kind: 'wait', afterMs: BLOCK_WAIT_MS, code };
  if (status === 404 || status === 410 || status === 401) return { kind: 'gone', code };
  if (number !== undefined && CLOSED.has(number)) return { kind: 'gone', code };
  return { kind: 'refused', code };
}

/** An incoming webhook of a Discord channel. */
interface DiscordWebhook {
  /** Decimal; no secret. */
  readonly id: string;
  /** Whoever knows it can write to the channel. */
  readonly token: string;
}

/** Discord's hosts, the test clients' and the former one included. */
const HOSTS = /^(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com$/;
/** `/api/webhooks/{id}/{token}`, with or without a version (Discord developer docs, reference). */
const PATH = /^(?:\/api)?(?:\/v\d{1,2})?\/webhooks\/(\d{1,25})\/([A-Za-z0-9_-]{1,200})\/?$/;

/**
 * Reads an address as people copy it. Every spelling of Discord's own hosts names the same webhook.
 *
 * @param apiUrl another place where Discord is to be found, such as a sandbox; its addresses are
 *   the same path under it
 * @returns `null` for anything else: nothing is ever sent to another host
 */
export function readDiscordWebhook(text: string, apiUrl: string): DiscordWebhook | null {
  const url = URL.parse(text.trim());
  const base = URL.parse(apiUrl);
  if (url === null || base === null || url.username !== '' || url.password !== '') return null;
  const root = base.pathname.replace(/(?:\/api(?:\/v\d+)?)?\/*$/, '');
  const isUnderBase = url.origin === base.origin && url.pathname.startsWith(`${root}/`);
  const isDiscord = url.protocol === 'https:' && url.port === '' && HOSTS.test(url.hostname);
  if (!isUnderBase && !isDiscord) return null;
  const path = isUnderBase ? url.pathname.slice(root.length) : url.pathname;
  const [, id, token] = PATH.exec(path) ?? [];
  return id === undefined || token === undefined ? null : { id, token };
}

/** Where a message to a webhook is POSTed; `wait`, else Discord hides that it was not taken. */
export function executeUrl(apiUrl: string, { id, token }: DiscordWebhook): string {
  const base = apiUrl.replace(/\/+$/, '');
  const api = /\/api(?:\/v\d+)?$/.test(base) ? base : `${base}/api/v10`;
  return `${api}/webhooks/${id}/${token}?wait=true`;
}

const LIMITS = { timeoutMs: 15 * SECOND_MS, maxBytes: 200_000 };

/** An embed as far as it is used here (Discord developer docs, message resource). */
export interface DiscordEmbed {
  /** At most 256 characters. */
  readonly title: string;
  /** At most 4,096 characters. */
  readonly description?: string;
  readonly url?: string;
}

/** A message: words of at most 2,000 characters, embeds of at most 6,000 in all, or both. */
export interface DiscordMessage {
  readonly content?: string;
  readonly embeds?: readonly DiscordEmbed[];
}

export interface DiscordClientOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `https://discord.com`, or where a sandbox stands in for it. */
  readonly apiUrl: string;
  /** `DiscordBot (<url>, <version>)`; without one Cloudflare turns the call away. */
  readonly userAgent: string;
}

export interface DiscordClient {
  /** Says something in the channel behind a webhook; never throws for what Discord answers. */
  readonly execute: (webhook: DiscordWebhook, message: DiscordMessage) => Promise<DiscordOutcome>;
}

/**
 * Speaks through incoming webhooks. Nobody is ever pinged, whatever a text says.
 *
 * @example createDiscordClient({ runtime, apiUrl: 'https://discord.com', userAgent })
 */
export function createDiscordClient(options: DiscordClientOptions): DiscordClient {
  const { runtime, apiUrl, userAgent } = options;
  return {
    execute: async (webhook, message) => {
      const request = new Request(executeUrl(apiUrl, webhook), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
        body: JSON.stringify({ ...message, allowed_mentions: { parse: [] } }),
      });
      const answer = await send(runtime, request, LIMITS);
      if ('failed' in answer) return { kind: 'retry', mayHaveActed: true, code: answer.failed };
      return readAnswer(answer, runtime.now());
    },
  };
}
