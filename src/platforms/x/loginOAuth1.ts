import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Result } from '../../lib/result.ts';
import { accessToken, authorizeUrl, requestToken } from './api/login1a.ts';
import { appOf } from './app.ts';
import { type Granted, type LoginRefusal, refused } from './loginTypes.ts';
import { xSettings } from './settings.ts';

export const pending1 = v.object({
  version: v.literal(1),
  startedAt: v.number(),
  token: v.string(),
  tokenSecret: v.string(),
});

type Pending = v.InferOutput<typeof pending1>;

/** First leg: a request token, and the page of X that asks the person. */
export async function start1(
  ctx: Bot,
  callbackUrl: string,
): Promise<Result<{ readonly redirectUrl: string; readonly pending: Pending }, LoginRefusal>> {
  const app = appOf(ctx);
  if (!app) return refused('not-configured', 'TWITTER_API_KEY, TWITTER_API_SECRET');
  const answered = await requestToken(app, { callback: callbackUrl });
  if (!answered.ok) {
    return answered.reason === 'callback-not-approved'
      ? refused('callback-not-approved', callbackUrl)
      : refused(
          answered.reason === 'keys-refused' ? 'keys-refused' : 'unavailable',
          answered.detail,
        );
  }
  // Asks for the password: the browser is likely logged in as the owner, not as the bot.
  const wish = { mode: 'authorize', forceLogin: true } as const;
  return {
    ok: true,
    value: {
      redirectUrl: authorizeUrl(ctx.read(xSettings).apiUrl, answered.value.token, wish),
      pending: { version: 1, startedAt: ctx.runtime.now(), ...answered.value },
    },
  };
}

/** Third leg: the account's token for the verifier that came back. */
export async function finish1(
  ctx: Bot,
  pending: Pending,
  query: URLSearchParams,
): Promise<Result<Granted, LoginRefusal>> {
  const token = query.get('oauth_token') ?? query.get('denied');
  if (token !== pending.token) return refused('not-this-browser', '');
  const verifier = query.get('oauth_verifier');
  if (query.has('denied') || verifier === null) return refused('cancelled', '');
  const app = appOf(ctx);
  if (!app) return refused('not-configured', 'TWITTER_API_KEY, TWITTER_API_SECRET');
  const { tokenSecret } = pending;
  const answered = await accessToken(app, { token, tokenSecret, verifier });
  if (!answered.ok) {
    const { reason, detail } = answered;
    return refused(
      reason === 'expired' || reason === 'keys-refused' ? reason : 'unavailable',
      detail,
    );
  }
  const { userId: id, screenName: username, ...pair } = answered.value;
  return { ok: true, value: { id, username, credential: { kind: 'oauth1', ...pair } } };
}
