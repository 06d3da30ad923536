import { base64, utf8 } from '../../../lib/encoding.ts';
import { SECOND_MS } from '../../../lib/time.ts';

const PREFIX = 'whsec_';

/** A delivery as it is about to be sent. */
export interface StandardWebhook {
  /** The same for every try to deliver this; without a full stop. */
  readonly id: string;
  /** Epoch milliseconds of this try. */
  readonly at: number;
  /** The body, exactly as sent. */
  readonly body: string;
}

/**
 * The three headers that prove who sent a webhook (Standard Webhooks specification 1.0.0, symmetric
 * signatures: HMAC-SHA256 of `id.timestamp.body`).
 *
 * @param secret `whsec_` and 24 to 64 bytes in base64
 * @throws TypeError when the secret is of another form
 */
export async function standardHeaders(
  secret: string,
  { id, at, body }: StandardWebhook,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(at / SECOND_MS));
  const mac = await crypto.subtle.sign(
    'HMAC',
    await keyOf(secret),
    utf8(`${id}.${timestamp}.${body}`),
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${base64(mac)}`,
  };
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  if (!/^[A-Za-z0-9+/]{32,88}={0,2}$/.test(encoded) || encoded.length % 4 !== 0) {
    throw new TypeError('webhook secret is not whsec_ and base64');
  }
  const key = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}
