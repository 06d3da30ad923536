import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { base64url } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import type { Credential } from '../../store/tokenKeys.ts';
import { createCaller } from './api/answer.ts';
import { me } from './api/common.ts';
import { createPkce, exchangeCode, oauth2AuthorizeUrl } from './api/oauth2.ts';
import { oauth2Of } from './bearer.ts';
import { type Granted, type LoginRefusal, refused } from './failure.ts';
import { xSettings } from './settings.ts';

/**
 * All that the bot does, and `offline.access` so that it may go on doing it (docs/platforms/x.md,
 * OAuth 2.0).
 */
export const SCOPES = [
  'tweet.read',
  'tweet.write',
  'users.read',
  'dm.read',
  'dm.write',
  'media.write',
  'like.read',
  'follows.read',
  'offline.access',
] as const;

export const pending2 = v.object({
  version: v.literal(2),
  startedAt: v.number(),
  state: v.string(),
  verifier: v.string(),
  callbackUrl: v.string(),
});

type Pending = v.InferOutput<typeof pending2>;

/** The page of X that asks the person, with PKCE. */
export async function start2(
  ctx: Bot,
  callbackUrl: string,
): Promise<Result<{ readonly redirectUrl: string; readonly pending: Pending }, LoginRefusal>> {
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  if (!twitter.oauth2) return refused('not-configured', 'TWITTER_CLIENT_ID');
  const { verifier, challenge } = await createPkce(runtime);
  const state = base64url(runtime.randomBytes(32));
  const redirectUrl = oauth2AuthorizeUrl(twitter.webUrl, {
    clientId: twitter.oauth2.clientId,
    redirectUri: callbackUrl,
    scopes: SCOPES,
    state,
    challenge,
  });
  const startedAt = runtime.now();
  return {
    ok: true,
    value: {
      redirectUrl,
      pending: { version: 2, startedAt, state, verifier, callbackUrl },
    },
  };
}

/** The account's tokens for the code that came back, which lives 30 seconds. */
export async function finish2(
  ctx: Bot,
  pending: Pending,
  query: URLSearchParams,
): Promise<Result<Granted, LoginRefusal>> {
  if (query.get('state') !== pending.state) return refused('not-this-browser', '');
  const code = query.get('code');
  if (code === null) {
    const error = query.get('error') ?? '';
    return refused(error === 'access_denied' ? 'cancelled' : 'unavailable', error.slice(0, 100));
  }
  const app = oauth2Of(ctx);
  if (!app) return refused('not-configured', 'TWITTER_CLIENT_ID');
  const { verifier, callbackUrl: redirectUri } = pending;
  const exchanged = await exchangeCode(app, { code, redirectUri, verifier });
  if (!exchanged.ok) {
    switch (exchanged.reason) {
      case 'invalid-grant':
        return refused('expired', exchanged.detail);
      case 'invalid-client':
        return refused('keys-refused', exchanged.detail);
      case 'invalid':
      case 'rate-limited':
      case 'unavailable':
        return refused('unavailable', exchanged.detail);
      default:
        return exchanged.reason satisfies never;
    }
  }
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const credentials = { accessToken: exchanged.value.accessToken };
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  if (!user.ok) return refused('unavailable', user.detail);
  const { id, username } = user.value;
  const { scopes } = exchanged.value;
  const credential: Credential = {
    kind: 'oauth2',
    ...exchanged.value,
    // A server that names no scopes has granted what was asked for (RFC 6749 section 5.1).
    scopes: scopes.length > 0 ? [...scopes] : [...SCOPES],
  };
  return { ok: true, value: { id, username, credential } };
}
