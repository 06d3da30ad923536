import { type Answer, believedWaitMs, retryAfterMs, send, textOf } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';

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
function readAnswer(answer: Answer, now: number): SlackOutcome {
  const { status, headers } = answer;
  const text = textOf(answer).trim();
  if (status === 200 && (text === 'ok' || text === '')) return { kind: 'sent' };
  const word = /^[a-z_]{2,60}$/.exec(text)?.[0] ?? '';
  const code = word === '' ? `HTTP ${status}` : `HTTP ${status} ${word}`;
  if (status === 429) {
    return {
      kind: 'wait',
      afterMs: believedWaitMs(retryAfterMs(headers, now) ?? DEFAULT_WAIT_MS),
      code,
    };
  }
  if (GONE.has(word)) return { kind: 'gone', code };
  // A page is not Slack's own word: something stands in between.
  if (status === 408 || status >= 500 || PASSING.has(word) || word === '') {
    return { kind: 'retry', mayHaveActed: status < 300 || status >= 500, code };
  }
  return { kind: 'refused', code };
}

/** An incoming webhook of a Slack channel: `services/T.../B.../secret`. */
interface SlackWebhook {
  /** Workspace and webhook; no secret. */
  readonly id: string;
  /** Whoever knows it can write to the channel. */
  readonly secret: string;
}

const HOST = 'hooks.slack.com';
const PATH = /^\/services\/(T[A-Za-z0-9]{1,30})\/(B[A-Za-z0-9]{1,30})\/([A-Za-z0-9_-]{1,200})\/?$/;

/**
 * Reads an address as people copy it. `/workflows/` and `/triggers/` are other products and none.
 *
 * @param apiUrl another place where Slack is to be found, such as a sandbox; its addresses are the
 *   same path under it
 * @returns `null` for anything else: nothing is ever sent to another host
 */
export function readSlackWebhook(text: string, apiUrl: string): SlackWebhook | null {
  const url = URL.parse(text.trim());
  const base = URL.parse(apiUrl);
  if (url === null || base === null || url.username !== '' || url.password !== '') return null;
  const root = base.pathname.replace(/\/+$/, '');
  const isUnderBase = url.origin === base.origin && url.pathname.startsWith(`${root}/`);
  const isSlack = url.protocol === 'https:' && url.port === '' && url.hostname === HOST;
  if (!isUnderBase && !isSlack) return null;
  const [, team, webhook, secret] =
    PATH.exec(isUnderBase ? url.pathname.slice(root.length) : url.pathname) ?? [];
  return team === undefined || webhook === undefined || secret === undefined
    ? null
    : { id: `${team}/${webhook}`, secret };
}

/** Where a message to a webhook is POSTed. */
export function postUrl(apiUrl: string, { id, secret }: SlackWebhook): string {
  return `${apiUrl.replace(/\/+$/, '')}/services/${id}/${secret}`;
}

const LIMITS = { timeoutMs: 15 * SECOND_MS, maxBytes: 100_000 };

/** A text object: `plain_text` is shown as it is, `mrkdwn` after `& < >` are escaped. */
export type SlackText =
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

/** The blocks that are used here (Slack Block Kit reference). */
export type SlackBlock =
  | { readonly type: 'header'; readonly text: SlackText }
  | { readonly type: 'section'; readonly text: SlackText }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] }
  | { readonly type: 'image'; readonly image_url: string; readonly alt_text: string };

/** A message: `text` is what a notification shows. At most 50 blocks. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks?: readonly SlackBlock[];
}

export interface SlackClientOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `https://hooks.slack.com`, or where a sandbox stands in for it. */
  readonly apiUrl: string;
  readonly userAgent: string;
}

export interface SlackClient {
  /** Says something in the channel behind a webhook; never throws for what Slack answers. */
  readonly post: (webhook: SlackWebhook, message: SlackMessage) => Promise<SlackOutcome>;
}

/**
 * Speaks through incoming webhooks. No link is unfolded.
 *
 * @example createSlackClient({ runtime, apiUrl: 'https://hooks.slack.com', userAgent })
 */
export function createSlackClient({ runtime, apiUrl, userAgent }: SlackClientOptions): SlackClient {
  return {
    post: async (webhook, message) => {
      const request = new Request(postUrl(apiUrl, webhook), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
        body: JSON.stringify({ ...message, unfurl_links: false, unfurl_media: false }),
      });
      const answer = await send(runtime, request, LIMITS);
      if ('failed' in answer) return { kind: 'retry', mayHaveActed: true, code: answer.failed };
      return readAnswer(answer, runtime.now());
    },
  };
}
