import type { Doors, Take } from '../../bot/http.ts';
import { type Door, receive, refuse } from '../../bot/receive.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import type { InboxEvent } from '../../store/inbox.ts';
import { isOwnEcho, parseEvents, type TwitterEvent } from './api/events.ts';
import {
  type CrcSecretKind,
  crcResponse,
  crcSecret,
  isOpaqueToken,
  type SignatureClaim,
  signatureClaim,
  verifySignature,
} from './api/signature.ts';
import { type XSettings, xSettings } from './settings.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_KEY_LENGTH = 120;
/** The longest name X documents has 37 characters; only the start of a longer one is stored. */
const MAX_TYPE_LENGTH = 50;

/**
 * `/webhook/twitter`: CRC (GET) and signed deliveries (POST). Every doubt is a
 * refusal. Never answers with a redirect: X would call the webhook invalid.
 *
 * `/client` and `/consumer` below it are the same webhook pinned to one of the app's secrets: CRC
 * may read no storage, so that a secret found out at registration is remembered in the address.
 */
export const twitterWebhook: Doors = {
  '/webhook/twitter': webhookOf(({ secretKind }) => secretKind),
  '/webhook/twitter/client': webhookOf(() => 'client'),
  '/webhook/twitter/consumer': webhookOf(() => 'consumer'),
};

function webhookOf(kindOf: (settings: XSettings) => CrcSecretKind) {
  return { GET: answerCrc(kindOf), POST: receive(doorOf(kindOf)) } as const;
}

function answerCrc(kindOf: (settings: XSettings) => CrcSecretKind): Take {
  return async ({ read }, { url }) => {
    const settings = read(xSettings);
    const [token, ...others] = new URL(url).searchParams.getAll('crc_token');
    if (token === undefined || others.length > 0 || !isOpaqueToken(token)) {
      return refuse(400, 'crc_token missing or not opaque');
    }
    const secret = crcSecret(settings.secrets, kindOf(settings));
    if (secret === undefined) return refuse(503, 'webhook secret not set');
    return Response.json({ response_token: await crcResponse(secret, token) });
  };
}

function doorOf(kindOf: (settings: XSettings) => CrcSecretKind): Door<SignatureClaim> {
  return {
    platform: 'twitter',
    maxBytes: MAX_BODY_BYTES,
    claim: ({ read }, { headers }) => {
      const settings = read(xSettings);
      return signatureClaim(settings.secrets, headers, kindOf(settings)) ?? null;
    },
    verify: verifySignature,
    read: async (_bot, body) => {
      const payload = readObject(body);
      if (!payload) return { answer: refuse(400, 'body is not a JSON object') };
      const events = await Promise.all(parseEvents(payload).map(inboxEvent));
      return { events, answer: new Response(null) };
    },
  };
}

function readObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function inboxEvent(event: TwitterEvent): Promise<InboxEvent> {
  const { identity, account } = event;
  const type = event.type.slice(0, MAX_TYPE_LENGTH);
  const content = workIn(event);
  return {
    key: identity.length <= MAX_KEY_LENGTH ? identity : `x:${type}:${await sha256Hex(identity)}`,
    channel: 'twitter',
    type,
    account,
    content: content && JSON.stringify(content),
    ...(content && 'text' in content && { from: content.address }),
    ...(event.message?.at != null && { at: event.message.at }),
  };
}

/** What there is to do about an event: all but these, and what the bot itself said, is only counted. */
function workIn(event: TwitterEvent): Incoming | null {
  const { account, family, message } = event;
  if (account === null) return null;
  if (family === 'revoke') return { channel: 'twitter', about: { revoked: account } };
  return message && !isOwnEcho(event)
    ? { channel: 'twitter', account, address: message.senderId, text: message.text }
    : null;
}
