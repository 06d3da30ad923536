import { base64, utf8 } from '../../../lib/encoding.ts';

/**
 * X signs webhook deliveries and asks for CRC answers with one and the same key, algorithm and
 * format (docs.x.com, x-api/webhooks/introduction). Whoever can have a text of his choice signed
 * by the CRC endpoint can forge a delivery, so only opaque tokens are ever signed.
 */
export interface WebhookSecrets {
  /** OAuth 2.0 client secret: preferred, header `X-Twitter-Webhooks-Signature-OAuth2`. */
  readonly client?: string;
  /** OAuth 1.0a consumer secret: legacy, header `X-Twitter-Webhooks-Signature`. */
  readonly consumer?: string;
}

/** Which of the two secrets answers CRC; `auto` takes the client secret when there is one. */
export type CrcSecretKind = 'auto' | 'client' | 'consumer';

const OPAQUE_TOKEN = /^[A-Za-z0-9+/=_.~-]{1,256}$/;
/** Two base64 texts can decode to the same bytes; of 32 bytes only the canonical one ends like this. */
const SIGNATURE = /^sha256=([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)$/;

// A CryptoKey is immutable; importing one costs more than the HMAC itself.
const keys = new Map<string, Promise<CryptoKey>>();

function hmacKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const made = crypto.subtle.importKey(
    'raw',
    utf8(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  keys.set(secret, made);
  return made;
}

/** True for a `crc_token` that is safe to sign: 1 to 256 characters, no JSON object among them. */
export function isOpaqueToken(token: string): boolean {
  return OPAQUE_TOKEN.test(token);
}

/** The secret that answers CRC, or `undefined` when the one asked for is not configured. */
export function crcSecret(secrets: WebhookSecrets, kind: CrcSecretKind): string | undefined {
  if (kind === 'client') return secrets.client;
  if (kind === 'consumer') return secrets.consumer;
  return secrets.client ?? secrets.consumer;
}

/**
 * The `response_token` for a CRC request.
 *
 * @param token an opaque token, see {@link isOpaqueToken}; any other throws RangeError
 * @example await crcResponse('test', 'foo') // 'sha256=HlU5y5rWhNi1SHftUCyOxuT6JRuDqeVBKWp1yvldR04='
 */
export async function crcResponse(secret: string, token: string): Promise<string> {
  if (!isOpaqueToken(token)) throw new RangeError('crc_token is not opaque');
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret), utf8(token));
  return `sha256=${base64(mac)}`;
}

/** The signature that has the say over a delivery, and the secret it must have been made with. */
export interface SignatureClaim {
  readonly secret: string;
  readonly mac: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the signature headers of a delivery. The OAuth 2.0 header decides when it is there and a
 * client secret is configured, else the legacy one; an address that answers CRC by the consumer
 * secret (`kind`) looks at them the other way round.
 *
 * @returns `undefined` when there is no well-formed signature that could be checked: refuse with 401
 */
export function signatureClaim(
  secrets: WebhookSecrets,
  headers: Headers,
  kind: CrcSecretKind = 'auto',
): SignatureClaim | undefined {
  const modern = [secrets.client, 'x-twitter-webhooks-signature-oauth2'] as const;
  const legacy = [secrets.consumer, 'x-twitter-webhooks-signature'] as const;
  for (const [secret, name] of kind === 'consumer' ? [legacy, modern] : [modern, legacy]) {
    const header = secret === undefined ? null : headers.get(name);
    if (secret !== undefined && header !== null) return claim(secret, header);
  }
  return undefined;
}

function claim(secret: string, header: string): SignatureClaim | undefined {
  const encoded = SIGNATURE.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = atob(encoded);
  const mac = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) mac[index] = text.charCodeAt(index);
  return { secret, mac };
}

/** True when the claimed signature is right for these raw body bytes; constant time. */
export async function verifySignature(
  claimed: SignatureClaim,
  body: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await hmacKey(claimed.secret), claimed.mac, body);
}
