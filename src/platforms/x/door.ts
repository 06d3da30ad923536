import type { Bot } from '../../bot/context.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { errorCode, log } from '../../lib/log.ts';
import { readBody } from '../../lib/readBody.ts';
import { acceptEvents, type InboxEvent } from '../../store/inbox.ts';
import { isOwnEcho, parseEvents, type TwitterEvent } from './api/events.ts';
import {
  type CrcSecretKind,
  crcResponse,
  crcSecret,
  isOpaqueToken,
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
export function twitterWebhook(): Routes {
  const routes = createRoutes();
  for (const pin of ['client', 'consumer'] as const) {
    routes.route(
      `/${pin}`,
      webhookRoutes(() => pin),
    );
  }
  return routes.route(
    '/',
    webhookRoutes(({ secretKind }) => secretKind),
  );
}

function webhookRoutes(kindOf: (settings: XSettings) => CrcSecretKind): Routes {
  const routes = createRoutes();

  routes.get('/', async (context) => {
    const settings = context.get('bot').read(xSettings);
    const [token, ...others] = context.req.queries('crc_token') ?? [];
    if (token === undefined || others.length > 0 || !isOpaqueToken(token)) {
      return context.json({ error: 'crc_token missing or not opaque' }, 400);
    }
    const secret = crcSecret(settings.secrets, kindOf(settings));
    if (secret === undefined) return context.json({ error: 'webhook secret not set' }, 503);
    return context.json({ response_token: await crcResponse(secret, token) });
  });

  routes.post('/', async (context) => {
    const bot = context.get('bot');
    const settings = bot.read(xSettings);
    const claimed = signatureClaim(settings.secrets, context.req.raw.headers, kindOf(settings));
    if (!claimed) return refuse(401, 'signature missing');
    const body = await readBody(context.req.raw.body, MAX_BODY_BYTES);
    if (body === null) return refuse(413, 'body too large');
    if (!(await verifySignature(claimed, body))) return refuse(401, 'signature wrong');
    const payload = readObject(body);
    if (!payload) return refuse(400, 'body is not a JSON object');
    try {
      await accept(bot, parseEvents(payload));
    } catch (cause) {
      // X sends it again; what was stored already is recognised then.
      log('webhook-unavailable', { platform: 'twitter', code: errorCode(cause) });
      return refuse(503, 'try again');
    }
    return context.body(null, 200);
  });

  routes.all('/', () => refuse(405, 'method not allowed', { allow: 'GET, POST' }));
  return routes;
}

function refuse(status: number, reason: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: reason }, { status, headers });
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

async function accept(bot: Bot, events: readonly TwitterEvent[]): Promise<void> {
  const rows = await Promise.all(events.map(inboxEvent));
  const waiting = await acceptEvents(bot.db, rows, bot.runtime.now());
  // sendBatch takes at most 100 messages.
  for (let start = 0; start < waiting.length; start += 100) {
    await bot.events.sendBatch(waiting.slice(start, start + 100).map((key) => ({ body: { key } })));
  }
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
  };
}

/** What there is to do about an event: all but these, and what the bot itself said, is only counted. */
function workIn(event: TwitterEvent): Incoming | null {
  const { account, family, message } = event;
  if (account === null) return null;
  if (family === 'revoke') return { channel: 'twitter', revoked: account };
  return message && !isOwnEcho(event)
    ? { channel: 'twitter', account, address: message.senderId, text: message.text }
    : null;
}
