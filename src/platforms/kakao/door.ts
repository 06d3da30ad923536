import { createRoutes, type Routes } from '../../bot/http.ts';
import { errorCode, log } from '../../lib/log.ts';
import { readBody } from '../../lib/readBody.ts';
import { verifySecurityEvent } from './api/securityEvents.ts';
import { isAdminKey, readUnlink } from './api/webhook.ts';
import { endKakaoLogin, forgetKakaoLogin, type KakaoEnd } from './forget.ts';
import { kakaoSettings } from './settings.ts';

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

/**
 * `/webhook/kakao/unlink` (GET or POST, the app's primary admin key) and `/webhook/kakao/events`
 * (security event tokens, RFC 8935): the person's tokens are deleted before Kakao gets its answer.
 */
export function kakaoWebhook(): Routes {
  const routes = createRoutes();

  routes.on(['GET', 'POST'], '/unlink', async (context) => {
    const bot = context.get('bot');
    const claimed = context.req.header('authorization') ?? null;
    if (!(await isAdminKey(claimed, bot.read(kakaoSettings).adminKey ?? ''))) {
      return context.json({ error: 'admin key missing or wrong' }, 401);
    }
    const url = new URL(context.req.url);
    const isGet = context.req.method === 'GET';
    const fields = isGet ? url.searchParams : await readFields(context.req.raw);
    if (fields === null) return context.json({ error: 'body too large' }, 413);
    const unlink = readUnlink(fields);
    if (!unlink) return context.json({ error: 'user_id missing' }, 400);
    return await done(200, () =>
      forgetKakaoLogin(bot, unlink.userId, unlink.referrerType || 'unlinked'),
    );
  });

  routes.post('/events', async (context) => {
    const ctx = context.get('bot');
    const body = await readBody(context.req.raw.body, MAX_BODY_BYTES);
    if (body === null) return context.json({ error: 'body too large' }, 413);
    const { runtime, read } = ctx;
    const { authUrl, restApiKey } = read(kakaoSettings);
    const options = { runtime, authUrl, audience: restApiKey ?? '' };
    const verified = await verifySecurityEvent(options, new TextDecoder().decode(body).trim());
    if (!verified.ok) {
      const { reason, detail } = verified;
      log('security-event-refused', { platform: 'kakao', reason });
      // RFC 8935 section 2.4.
      return context.json(
        { err: reason, description: detail },
        reason === 'unavailable' ? 503 : 400,
      );
    }
    const { userId, kinds } = verified.value;
    const ending = kinds.flatMap((kind) => (ends[kind] ? [{ kind, end: ends[kind] }] : []));
    // One event that ends the whole login leaves nothing for the others.
    const last = ending.find(({ end }) => end === 'login') ?? ending[0];
    if (userId === null || !last) return context.body(null, 202);
    return await done(202, () => endKakaoLogin(ctx, userId, last.end, last.kind));
  });

  return routes;
}

/** Kakao's own answer once the work is done; 503 when storage is down, so that it calls again. */
async function done(status: 200 | 202, work: () => Promise<void>): Promise<Response> {
  try {
    await work();
  } catch (cause) {
    log('webhook-unavailable', { platform: 'kakao', code: errorCode(cause) });
    return Response.json({ error: 'try again' }, { status: 503 });
  }
  return new Response(null, { status });
}

/** The fields of a form; `null` when it is too large. */
async function readFields(request: Request): Promise<URLSearchParams | null> {
  const body = await readBody(request.body, MAX_BODY_BYTES);
  return body && new URLSearchParams(new TextDecoder().decode(body));
}
