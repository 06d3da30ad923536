import type { HookPlatform } from '../../bot/hooks/types.ts';
import type { Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { DAY_MS } from '../../lib/time.ts';
import { userAgent } from '../../lib/web/userAgent.ts';
import { readSlackWebhook } from './api/address.ts';
import type { SlackOutcome } from './api/answer.ts';
import { createSlackClient } from './api/client.ts';
import { slackMessage } from './texts.ts';

export interface SlackOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** `SLACK_API_URL`. */
  readonly apiUrl: string;
  /** The owner's address, for the User-Agent. */
  readonly contact: string;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
}

/** Slack's channels, by their incoming webhooks. */
export function createSlackHook(options: SlackOptions): HookPlatform {
  const { runtime, apiUrl, contact, timeZone } = options;
  const client = createSlackClient({ runtime, apiUrl, userAgent: userAgent(contact) });
  return {
    id: 'slack',
    name: 'Slack',
    read: (text) => {
      const webhook = readSlackWebhook(text, apiUrl);
      if (webhook === null) return null;
      const { id, secret } = webhook;
      return { name: id, secret: `https://hooks.slack.com/services/${id}/${secret}` };
    },
    say: async (address, notice) => {
      const webhook = readSlackWebhook(address, apiUrl);
      if (webhook === null) return { kind: 'refused', note: 'address' };
      return outcomeOf(await client.post(webhook, slackMessage(notice, timeZone)));
    },
  };
}

function outcomeOf(outcome: SlackOutcome): Outcome {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent', externalId: null, note: null };
    case 'wait':
      return {
        kind: 'wait',
        scope: 'address',
        afterMs: Math.min(DAY_MS, outcome.afterMs),
        note: outcome.code,
      };
    case 'retry':
      return { kind: 'retry', afterMs: null, uncertain: outcome.mayHaveActed, note: outcome.code };
    case 'gone':
    case 'refused':
      return { kind: outcome.kind, note: outcome.code };
    default:
      return unreachable(outcome);
  }
}
