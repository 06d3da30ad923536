import { hmacBase64, utf8 } from '../bytes.ts';
import type { AppSettings } from './app-settings.ts';
import {
  answerInTime,
  type CrcVerdict,
  createCrcCheck,
  type Deliver,
  type WebhookSecrets,
  webhookUrlProblem,
} from './crc.ts';

export interface DeliveryOptions {
  /** How often the same bytes are delivered; default 1. */
  readonly copies?: number;
  /** False: an answer that is no 2xx is the last; default true. */
  readonly isRetried?: boolean;
  /** A signature header to leave out: apps have one or both. */
  readonly omit?: 'oauth2' | 'legacy';
  /** Called before each retry with what X would wait: 3, 27, then 242 s. Default: no wait. */
  readonly wait?: (ms: number) => void | Promise<void>;
}

export const oauth2Header = 'x-twitter-webhooks-signature-oauth2';
export const legacyHeader = 'x-twitter-webhooks-signature';

const retryWaitsMs = [3_000, 27_000, 242_000] as const;

export type Webhook = ReturnType<typeof createWebhook>;

/**
 * How X reaches a webhook: the CRC check, and signed deliveries with retries (docs/platforms/x.md,
 * Webhooks).
 */
export function createWebhook(secrets: WebhookSecrets, app: AppSettings, now: () => number) {
  const checkCrc = createCrcCheck(secrets, app, now);
  let network: Deliver | null = null;
  let connectedUrl: string | null = null;

  /** The two signature headers of a body. */
  async function sign(body: Uint8Array): Promise<Record<string, string>> {
    const bytes = new Uint8Array(body);
    return {
      [oauth2Header]: `sha256=${await hmacBase64('SHA-256', secrets.client, bytes)}`,
      [legacyHeader]: `sha256=${await hmacBase64('SHA-256', secrets.consumer, bytes)}`,
    };
  }

  return {
    sign,
    /** Where `connect` delivers to, or null. */
    connectedUrl: () => connectedUrl,

    /** From now on X carries its requests to every webhook's address this way. */
    reachBy: (deliver: Deliver): void => {
      network = deliver;
    },

    /** Whether the webhook at an address answers the CRC rightly. */
    check: async (url: string): Promise<CrcVerdict> =>
      network
        ? await checkCrc(network, url)
        : { ok: false, problem: 'the webhook could not be reached', isPassing: true },

    /** See `XSandbox.connect`. */
    connect: async (deliver: Deliver, url: string): Promise<void> => {
      const addressProblem = webhookUrlProblem(url, true);
      if (addressProblem !== null) throw new Error(`UrlValidationFailed: ${addressProblem}.`);
      const verdict = await checkCrc(deliver, url);
      if (!verdict.ok) throw new Error(`CrcValidationFailed: ${verdict.problem}.`);
      network = deliver;
      connectedUrl = url;
    },

    /**
     * Delivers an event to an address, signed, and again after an answer that is no 2xx or none.
     *
     * @param payload what becomes the JSON body; bytes are sent as they are
     * @returns every answer of the webhook in order
     */
    send: async (
      url: string,
      payload: object,
      options: DeliveryOptions = {},
    ): Promise<Response[]> => {
      const deliver = network;
      if (!deliver) return [];
      const body = payload instanceof Uint8Array ? payload : utf8(JSON.stringify(payload));
      const bytes = new Uint8Array(body);
      const headers = new Headers({ 'content-type': 'application/json', ...(await sign(bytes)) });
      if (options.omit === 'oauth2') headers.delete(oauth2Header);
      if (options.omit === 'legacy') headers.delete(legacyHeader);

      const answers: Response[] = [];
      for (let copy = 0; copy < (options.copies ?? 1); copy += 1) {
        for (const waitMs of options.isRetried === false ? [0] : [0, ...retryWaitsMs]) {
          if (waitMs > 0) await options.wait?.(waitMs);
          const request = new Request(url, { method: 'POST', headers, body: bytes });
          const response = await answerInTime(deliver, request, now).catch(() => null);
          if (response) answers.push(response);
          if (response?.ok) break;
        }
      }
      return answers;
    },
  };
}
