import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Doors } from '../../bot/http.ts';
import { type Door, receive, refuse } from '../../bot/receive.ts';
import { log } from '../../lib/log.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { fetchKeys, isAdminKey, readUnlink, verifySecurityEvent } from './api/securityEvents.ts';
import { kakaoSettings } from './settings.ts';
import { endKakaoLogin, forgetKakaoLogin, type KakaoEnd } from './upkeep.ts';

const PLATFORM = 'kakao';
const MAX_BODY_BYTES = 64 * 1024;

/**
 * What of a login an account event ends (docs/platforms/kakao.md, Webhooks); other events are taken
 * and let be.
 */
const ends: Readonly<Record<string, KakaoEnd>> = {
  'user-unlinked': 'login',
  'account-disabled': 'login',
  'tokens-revoked': 'tokens',
  'user-scope-withdraw': 'tokens',
  'credential-compromise': 'tokens',
  'sessions-revoked': 'tokens',
};

const unlinkDoor: Door<true> = {
  platform: PLATFORM,
  maxBytes: MAX_BODY_BYTES,
  claim: async ({ read }, { headers }) => {
    const key = read(kakaoSettings).adminKey ?? '';
    return (await isAdminKey(headers.get('authorization'), key)) ? true : null;
  },
  read: (bot, body, { method, url }) => {
    const fields = method === 'GET' ? new URL(url).searchParams : new URLSearchParams(textOf(body));
    const unlink = readUnlink(fields);
    if (!unlink) return { answer: refuse(400, 'user_id missing') };
    const { userId, referrerType } = unlink;
    return {
      work: () => forgetKakaoLogin(bot, userId, referrerType || 'unlinked'),
      answer: new Response(null),
    };
  },
};

/** The token that is the body carries its own signature. */
const eventsDoor: Door<true> = {
  platform: PLATFORM,
  maxBytes: MAX_BODY_BYTES,
  claim: () => true,
  read: async (bot, body) => {
    const { authUrl, restApiKey } = bot.read(kakaoSettings);
    const keys = (kid: string) => keysOf(bot, authUrl, kid);
    const options = { runtime: bot.runtime, authUrl, audience: restApiKey ?? '', keys };
    const verified = await verifySecurityEvent(options, textOf(body).trim());
    if (!verified.ok) {
      const { reason, detail } = verified;
      log('security-event-refused', { platform: PLATFORM, reason });
      // RFC 8935 section 2.4.
      const said = { err: reason, description: detail };
      return { answer: Response.json(said, { status: reason === 'unavailable' ? 503 : 400 }) };
    }
    const answer = new Response(null, { status: 202 });
    const { userId, kinds } = verified.value;
    const ending = kinds.flatMap((kind) => (ends[kind] ? [{ kind, end: ends[kind] }] : []));
    // One event that ends the whole login leaves nothing for the others.
    const last = ending.find(({ end }) => end === 'login') ?? ending[0];
    if (userId === null || !last) return { answer };
    return { work: () => endKakaoLogin(bot, userId, last.end, last.kind), answer };
  },
};

const unlinked = receive(unlinkDoor);

/**
 * `unlink` (the app's primary admin key) and `events` (security event tokens, RFC 8935): the person's
 * tokens are deleted before Kakao gets its answer.
 */
export const kakaoWebhook: Doors = {
  '/webhook/kakao/unlink': { GET: unlinked, POST: unlinked },
  '/webhook/kakao/events': { POST: receive(eventsDoor) },
};

const KEYS_SETTING = 'kakao-keys';
const keysSchema = v.object({
  /** When the keys were fetched. */
  at: v.number(),
  keys: v.array(v.unknown()),
  /** When that was last tried in vain; 0: it worked. */
  failedAt: v.optional(v.number(), 0),
});
/** Kakao may change its keys; a forged name of one must not have them fetched each time. */
const KEYS_MS = DAY_MS;
const AGAIN_MS = 5 * MINUTE_MS;

/**
 * Kakao's keys, asked for once a day, and every five minutes at most: for a name that is new to us,
 * or when Kakao did not answer. Until it does, what is known holds.
 */
async function keysOf({ db, runtime }: Bot, authUrl: string, kid: string) {
  const kept = await readSetting(db, KEYS_SETTING, keysSchema);
  const { at, keys, failedAt } = kept ?? { at: 0, keys: [], failedAt: 0 };
  const now = runtime.now();
  const isNamed = keys.some((key) => v.is(v.looseObject({ kid: v.literal(kid) }), key));
  const known = { ok: true, value: keys } as const;
  if (kept !== null && now - at < (isNamed ? KEYS_MS : AGAIN_MS)) return known;
  const isHeldOff = now - failedAt < AGAIN_MS;
  const fetched = isHeldOff ? away : await fetchKeys({ runtime, authUrl });
  if (fetched.ok) {
    await writeSetting(db, KEYS_SETTING, { at: now, keys: [...fetched.value] }, now);
    return fetched;
  }
  if (!isHeldOff) await writeSetting(db, KEYS_SETTING, { at, keys, failedAt: now }, now);
  return isNamed ? known : fetched;
}

const away = {
  ok: false,
  reason: 'unavailable',
  detail: 'Kakao’s keys could not be fetched just now',
} as const;

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
