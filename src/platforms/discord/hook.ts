import { version } from '../../../package.json';
import type { HookPlatform } from '../../bot/hooks/types.ts';
import type { Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { DAY_MS } from '../../lib/time.ts';
import { readDiscordWebhook } from './api/address.ts';
import type { DiscordOutcome } from './api/answer.ts';
import { createDiscordClient } from './api/client.ts';
import { discordMessage } from './texts.ts';

export interface DiscordOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `DISCORD_API_URL`. */
  readonly apiUrl: string;
  /** Page about the bot, for the User-Agent that Discord asks for. */
  readonly homeUrl: string | null;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
}

/** Discord's channels, by their incoming webhooks. */
export function createDiscordHook(options: DiscordOptions): HookPlatform {
  const { runtime, apiUrl, homeUrl, timeZone } = options;
  const userAgent = `DiscordBot (${homeUrl ?? 'https://www.npmjs.com/package/soshik'}, ${version})`;
  const client = createDiscordClient({ runtime, apiUrl, userAgent });
  return {
    id: 'discord',
    name: 'Discord',
    read: (text) => {
      const webhook = readDiscordWebhook(text, apiUrl);
      if (webhook === null) return null;
      const { id, token } = webhook;
      return { name: id, secret: `https://discord.com/api/webhooks/${id}/${token}` };
    },
    say: async (secret, notice) => {
      const webhook = readDiscordWebhook(secret, apiUrl);
      if (webhook === null) return { kind: 'refused', note: 'address' };
      return outcomeOf(await client.execute(webhook, discordMessage(notice, timeZone)));
    },
  };
}

function outcomeOf(outcome: DiscordOutcome): Outcome {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent', externalId: outcome.messageId, note: null };
    case 'wait':
      return {
        kind: 'wait',
        scope: 'address',
        afterMs: Math.min(DAY_MS, outcome.afterMs),
        note: outcome.code,
      };
    case 'retry':
      return {
        kind: 'retry',
        afterMs: null,
        uncertain: outcome.mayHaveActed,
        note: outcome.code,
      };
    case 'gone':
    case 'refused':
      return { kind: outcome.kind, note: outcome.code };
    default:
      return unreachable(outcome);
  }
}
