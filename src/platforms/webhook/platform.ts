import type { Channel, Message, Outcome } from '../../bot/outbox/channel.ts';
import type { Platform } from '../../bot/platform.ts';
import { base64 } from '../../lib/encoding.ts';
import { believedWaitMs, retryAfterMs, send } from '../../lib/outbound.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { SECOND_MS } from '../../lib/time.ts';
import { checkPublicUrl } from '../../lib/web/publicAddress.ts';
import { userAgent } from '../../lib/web/robots.ts';
import { derive, readTokenKeys } from '../../store/tokenKeys.ts';
import { programsCard } from './adminCard.tsx';
import { standardHeaders } from './api/standard.ts';

const LIMITS = { timeoutMs: 8 * SECOND_MS, maxBytes: 1_000_000 };

export interface WebhookChannelOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** The signing secret (`whsec_...`) of one address; `null` while there is no key to make it of. */
  readonly secretOf: (url: string) => Promise<string | null>;
  /** The owner's address, for the User-Agent. */
  readonly contact: string;
  /** Hosts that may be private or without https, such as a sandbox's. */
  readonly trustedHosts?: readonly string[];
}

/**
 * Tells machines: POSTs `{ type, timestamp, data }` to an address on the public web, signed as
 * Standard Webhooks says; `data` is the notice. The `webhook-id` is the same for every try, so a
 * receiver can tell a repeat. A redirect is not followed: it could lead the message elsewhere.
 */
export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const { runtime, secretOf, contact, trustedHosts = [] } = options;
  return {
    id: 'webhook',
    pace: { atOnce: 8, isApart: true },
    send: async (message) => {
      const checked = checkPublicUrl(message.address, { trustedHosts });
      if (!checked.ok) return { kind: 'refused', note: `address: ${checked.problem}` };
      const secret = await secretOf(message.address);
      if (secret === null) return { kind: 'sender', scope: 'channel', note: 'no signing key' };
      const at = runtime.now();
      const body = bodyOf(message, at);
      const signed = await standardHeaders(secret, { id: message.id, at, body });
      const request = new Request(checked.value, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': userAgent(contact),
          ...signed,
        },
        body,
      });
      const answer = await send(runtime, request, LIMITS);
      if ('failed' in answer) {
        return { kind: 'retry', afterMs: null, uncertain: true, note: answer.failed };
      }
      return outcomeOf(answer.status, retryAfterMs(answer.headers, at));
    },
  };
}

function bodyOf({ notice }: Message, at: number): string {
  return JSON.stringify({
    type: notice.kind,
    timestamp: new Date(at).toISOString(),
    data: notice,
  });
}

/** What a receiver cannot read today it cannot read tomorrow. */
const OF_THE_MESSAGE = new Set([400, 413, 415, 422]);

/**
 * What a receiver's status means (Standard Webhooks: 2xx is success, 410 the wish for no more, all
 * else a failure: a receiver that is put up anew may answer 404 or lead elsewhere for a while).
 */
function outcomeOf(status: number, waitMs: number | undefined): Outcome {
  const note = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { kind: 'sent', externalId: null, note: null };
  if (status === 410) return { kind: 'gone', note };
  if (OF_THE_MESSAGE.has(status)) return { kind: 'refused', note };
  const afterMs = waitMs === undefined ? null : believedWaitMs(waitMs);
  return { kind: 'retry', afterMs, uncertain: status === 408 || status >= 500, note };
}

/**
 * The secret that signs what is sent to one address (Standard Webhooks: `whsec_` and base64). It is
 * made of `TOKEN_KEY`, so that nothing has to be stored; a new key makes new secrets.
 *
 * @returns `null` when `TOKEN_KEY` is missing or unusable
 */
async function webhookSecret(tokenKeys: string, url: string): Promise<string | null> {
  const read = await readTokenKeys(tokenKeys);
  if (!read.ok) return null;
  return `whsec_${base64(await derive(read.value[0].material, `webhook ${url}`))}`;
}

const name = { ko: '웹훅', en: 'Webhooks' };

/** Programs that news is posted to. */
export const webhook: Platform = {
  id: 'webhook',
  name,
  channels: [
    {
      id: 'webhook',
      name,
      readAddress: ({ config }, id) => {
        const checked = checkPublicUrl(id, { trustedHosts: config.trustedHosts });
        return checked.ok ? checked.value.href : null;
      },
      // The rest of it may be a secret.
      shown: (address) => URL.parse(address)?.host ?? '…',
      secretOf: ({ config }, address) => webhookSecret(config.tokenKey, address),
    },
  ],
  card: programsCard,
  speakers: ({ config, runtime }) => {
    const { contact, trustedHosts, tokenKey } = config;
    if (tokenKey === '') return [];
    const secretOf = (url: string) => webhookSecret(tokenKey, url);
    return [createWebhookChannel({ runtime, secretOf, contact, trustedHosts })];
  },
};
