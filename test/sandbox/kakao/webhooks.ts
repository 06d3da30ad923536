import { Hono } from 'hono';
import { sandboxSecrets } from '../secrets.ts';
import type { Deliver } from '../x/crc.ts';
import { withQuery } from '../x/oauth1-login.ts';
import { answerWithin } from './reach.ts';
import { createSigningKey } from './signing-key.ts';
import type { KakaoContext, KakaoPerson } from './types.ts';

const issuer = 'https://kauth.kakao.com';

/** Kinds of security events by their last word (docs/platforms/kakao.md, Webhooks). */
const eventUris = {
  'tokens-revoked': 'https://schemas.kakao.com/events/oauth/tokens-revoked',
  'user-linked': 'https://schemas.kakao.com/events/oauth/user-linked',
  'user-unlinked': 'https://schemas.kakao.com/events/oauth/user-unlinked',
  'user-scope-consent': 'https://schemas.kakao.com/events/oauth/user-scope-consent',
  'user-scope-withdraw': 'https://schemas.kakao.com/events/oauth/user-scope-withdraw',
  'user-profile-changed': 'https://schemas.kakao.com/events/kakao/user-profile-changed',
  'account-disabled': 'https://schemas.openid.net/secevent/risc/event-type/account-disabled',
  'account-enabled': 'https://schemas.openid.net/secevent/risc/event-type/account-enabled',
  'credential-compromise':
    'https://schemas.openid.net/secevent/risc/event-type/credential-compromise',
  'sessions-revoked': 'https://schemas.openid.net/secevent/risc/event-type/sessions-revoked',
  'assurance-level-change':
    'https://schemas.openid.net/secevent/caep/event-type/assurance-level-change',
  'credential-change': 'https://schemas.openid.net/secevent/caep/event-type/credential-change',
} as const;

export type SecurityEventKind = keyof typeof eventUris;

export type ReferrerType =
  | 'ACCOUNT_DELETE'
  | 'FORCED_ACCOUNT_DELETE'
  | 'UNLINK_FROM_ADMIN'
  | 'UNLINK_FROM_APPS'
  | 'INCOMPLETE_SIGN_UP';

/** What Kakao tells the app: unlinking, account states, friends of the channel. */
export function createWebhooks({ app, now }: KakaoContext, carry: Deliver) {
  const key = createSigningKey();
  const wellKnown = new Hono();

  async function call(request: Request): Promise<Response | null> {
    const response = await answerWithin(carry, request, app.waits.webhookMs, now);
    // Kakao follows no redirect.
    return response && response.status >= 300 && response.status < 400 ? null : response;
  }

  wellKnown.get('/.well-known/jwks.json', async (c) => c.json(await key.jwks()));
  for (const path of ['openid-configuration', 'sse-configuration']) {
    wellKnown.get(`/.well-known/${path}`, (c) =>
      c.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` }),
    );
  }

  const authorization = `KakaoAK ${sandboxSecrets.KAKAO_ADMIN_KEY}`;

  return {
    wellKnown,

    /** The unlink webhook; null when none is registered or no answer came in time. */
    async unlink(
      personId: string,
      referrer: ReferrerType,
      method?: 'GET' | 'POST',
    ): Promise<Response | null> {
      const hook = app.webhooks.unlink;
      if (!hook) return null;
      const fields = { app_id: String(app.id), user_id: personId, referrer_type: referrer };
      if ((method ?? hook.method) === 'GET') {
        return await call(new Request(withQuery(hook.url, fields), { headers: { authorization } }));
      }
      const body = String(new URLSearchParams(fields));
      const headers = {
        authorization,
        'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      };
      return await call(new Request(hook.url, { method: 'POST', headers, body }));
    },

    /** A security event token (RFC 8417), pushed as RFC 8935 says. */
    async securityEvent(
      personId: string,
      kind: SecurityEventKind,
      claims: Readonly<Record<string, unknown>>,
    ): Promise<Response | null> {
      if (app.webhooks.securityEvents === null) return null;
      const subject = { subject_type: 'iss-sub', iss: issuer, sub: personId };
      const token = await key.sign({
        iss: issuer,
        aud: sandboxSecrets.KAKAO_REST_API_KEY,
        iat: Math.floor(now() / 1000),
        jti: crypto.randomUUID(),
        sub: personId,
        events: { [eventUris[kind]]: { subject } },
        ...claims,
      });
      return await call(
        new Request(app.webhooks.securityEvents, {
          method: 'POST',
          headers: { 'content-type': 'application/secevent+jwt', accept: 'application/json' },
          body: token,
        }),
      );
    },

    /** The channel was added or blocked. */
    async channel(person: KakaoPerson, event: 'added' | 'blocked'): Promise<Response | null> {
      if (app.webhooks.channel === null) return null;
      return await call(
        new Request(app.webhooks.channel, {
          method: 'POST',
          headers: {
            authorization,
            'content-type': 'application/json',
            'user-agent': 'KakaoOpenAPI/1.0',
            'x-kakao-resource-id': crypto.randomUUID(),
          },
          body: JSON.stringify({
            event,
            id: person.id,
            id_type: 'app_user_id',
            channel_public_id: '_sandbox',
            channel_uuid: '@soshik',
            updated_at: new Date(now()).toISOString(),
          }),
        }),
      );
    },
  };
}
