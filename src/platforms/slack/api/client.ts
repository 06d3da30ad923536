import { send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { postUrl, type SlackWebhook } from './address.ts';
import { readAnswer, type SlackOutcome } from './answer.ts';

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
