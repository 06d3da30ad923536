import { send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { type DiscordWebhook, executeUrl } from './address.ts';
import { type DiscordOutcome, readAnswer } from './answer.ts';

const LIMITS = { timeoutMs: 15 * SECOND_MS, maxBytes: 200_000 };

/** An embed as far as it is used here (Discord developer docs, message resource). */
export interface DiscordEmbed {
  /** At most 256 characters. */
  readonly title: string;
  /** At most 4,096 characters. */
  readonly description?: string;
  readonly url?: string;
  readonly image?: { readonly url: string };
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
