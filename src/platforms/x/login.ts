import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { rememberPublicUrl } from '../../bot/http.ts';
import { base64url } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import { type Account, connectAccount, readAccount } from '../../store/accounts.ts';
import type { Credential } from '../../store/tokenKeys.ts';
import { refusedLogin, type StartedLogin } from '../../ui/login.tsx';
import { createCaller } from './api/answer.ts';
import { me } from './api/common.ts';
import { accessToken, authorizeUrl, requestToken } from './api/login1a.ts';
import { createPkce, exchangeCode, oauth2AuthorizeUrl } from './api/oauth2.ts';
import { appOf, keeperKey, oauth2Of } from './bearer.ts';
import type { Granted, XLoginRefusal } from './failure.ts';
import { xSettings } from './settings.ts';

const pending1 = v.object({
  version: v.literal(1),
  token: v.string(),
  tokenSecret: v.string(),
});

type Pending1 = v.InferOutput<typeof pending1>;

/** First leg: a request token, and the page of X that asks the person. */
async function start1(
  ctx: Bot,
  callbackUrl: string,
): Promise<Result<{ readonly redirectUrl: string; readonly pending: Pending1 }, XLoginRefusal>> {
  const app = appOf(ctx);
  if (!app) return refusedLogin('not-configured', 'TWITTER_API_KEY, TWITTER_API_SECRET');
  const answered = await requestToken(app, { callback: callbackUrl });
  if (!answered.ok) {
    return answered.reason === 'callback-not-approved'
      ? refusedLogin('callback-not-approved', callbackUrl)
      : refusedLogin(
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
      pending: { version: 1, ...answered.value },
    },
  };
}

/** Third leg: the account's token for the verifier that came back. */
async function finish1(
  ctx: Bot,
  pending: Pending1,
  query: URLSearchParams,
): Promise<Result<Granted, XLoginRefusal>> {
  const token = query.get('oauth_token') ?? query.get('denied');
  if (token !== pending.token) return refusedLogin('not-this-browser', '');
  const verifier = query.get('oauth_verifier');
  if (query.has('denied') || verifier === null) return refusedLogin('cancelled', '');
  const app = appOf(ctx);
  if (!app) return refusedLogin('not-configured', 'TWITTER_API_KEY, TWITTER_API_SECRET');
  const { tokenSecret } = pending;
  const answered = await accessToken(app, { token, tokenSecret, verifier });
  if (!answered.ok) {
    const { reason, detail } = answered;
    return refusedLogin(
      reason === 'expired' || reason === 'keys-refused' ? reason : 'unavailable',
      detail,
    );
  }
  const { userId: id, screenName: username, ...pair } = answered.value;
  return { ok: true, value: { id, username, credential: { kind: 'oauth1', ...pair } } };
}

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

const pending2 = v.object({
  version: v.literal(2),
  state: v.string(),
  verifier: v.string(),
  callbackUrl: v.string(),
});

type Pending2 = v.InferOutput<typeof pending2>;

/** The page of X that asks the person, with PKCE. */
async function start2(
  ctx: Bot,
  callbackUrl: string,
): Promise<Result<{ readonly redirectUrl: string; readonly pending: Pending2 }, XLoginRefusal>> {
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  if (!twitter.oauth2) return refusedLogin('not-configured', 'TWITTER_CLIENT_ID');
  const { verifier, challenge } = await createPkce(runtime);
  const state = base64url(runtime.randomBytes(32));
  const redirectUrl = oauth2AuthorizeUrl(twitter.webUrl, {
    clientId: twitter.oauth2.clientId,
    redirectUri: callbackUrl,
    scopes: SCOPES,
    state,
    challenge,
  });
  return {
    ok: true,
    value: {
      redirectUrl,
      pending: { version: 2, state, verifier, callbackUrl },
    },
  };
}

/** The account's tokens for the code that came back, which lives 30 seconds. */
async function finish2(
  ctx: Bot,
  pending: Pending2,
  query: URLSearchParams,
): Promise<Result<Granted, XLoginRefusal>> {
  if (query.get('state') !== pending.state) return refusedLogin('not-this-browser', '');
  const code = query.get('code');
  if (code === null) {
    const error = query.get('error') ?? '';
    return refusedLogin(
      error === 'access_denied' ? 'cancelled' : 'unavailable',
      error.slice(0, 100),
    );
  }
  const app = oauth2Of(ctx);
  if (!app) return refusedLogin('not-configured', 'TWITTER_CLIENT_ID');
  const { verifier, callbackUrl: redirectUri } = pending;
  const exchanged = await exchangeCode(app, { code, redirectUri, verifier });
  if (!exchanged.ok) {
    switch (exchanged.reason) {
      case 'invalid-grant':
        return refusedLogin('expired', exchanged.detail);
      case 'invalid-client':
        return refusedLogin('keys-refused', exchanged.detail);
      case 'invalid':
      case 'rate-limited':
      case 'unavailable':
        return refusedLogin('unavailable', exchanged.detail);
      default:
        return exchanged.reason satisfies never;
    }
  }
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const credentials = { accessToken: exchanged.value.accessToken };
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  if (!user.ok) return refusedLogin('unavailable', user.detail);
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

export const CALLBACK_PATH = '/login/twitter/callback';

/**
 * Where X sends the browser back: what the owner approves at developer.x.com. X takes no
 * `localhost` (docs/platforms/x.md, OAuth 1.0a), so on this machine it is 127.0.0.1.
 *
 * @param publicUrl origin the Worker is reached at
 */
export function callbackUrlOf(publicUrl: string): string {
  const url = new URL(CALLBACK_PATH, publicUrl);
  if (url.protocol === 'http:' && url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.href;
}

const pendingSchema = v.variant('version', [pending1, pending2]);

/**
 * Begins a login.
 *
 * @param login.version 1: OAuth 1.0a, three-legged; 2: OAuth 2.0 code with PKCE
 * @param login.callbackUrl where X sends the browser back, exactly as approved at X
 */
export async function startLogin(
  ctx: Bot,
  login: { readonly version: 1 | 2; readonly callbackUrl: string },
): Promise<Result<StartedLogin, XLoginRefusal>> {
  const start = login.version === 1 ? start1 : start2;
  const started = await start(ctx, login.callbackUrl);
  if (!started.ok) return started;
  const { redirectUrl, pending } = started.value;
  return { ok: true, value: { redirectUrl, pending: JSON.stringify(pending) } };
}

/**
 * Ends a login with what X sent the browser back with; stores the credential and the account.
 *
 * @param login.pending what {@link startLogin} gave to this browser
 * @param login.query of the callback
 */
export async function finishLogin(
  ctx: Bot,
  login: { readonly pending: string; readonly query: URLSearchParams },
): Promise<Result<{ readonly account: Account }, XLoginRefusal>> {
  const pending = fromText(login.pending);
  if (!pending) return refusedLogin('not-this-browser', '');
  const granted =
    pending.version === 1
      ? await finish1(ctx, pending, login.query)
      : await finish2(ctx, pending, login.query);
  return granted.ok ? connect(ctx, granted.value) : granted;
}

/** Credential first: an account that is shown as connected must be able to speak. */
async function connect(
  ctx: Bot,
  { id, username, credential }: Granted,
): Promise<Result<{ readonly account: Account }, XLoginRefusal>> {
  const { db, runtime } = ctx;
  const stored = await ctx.keeperOf(keeperKey(id)).store(credential, { username });
  if (!stored.ok) return refusedLogin('not-configured', 'TOKEN_KEY');
  const { kind } = credential;
  await connectAccount(db, { platform: 'twitter', id, username, kind }, runtime.now());
  await rememberPublicUrl(ctx);
  const account = await readAccount(db, 'twitter', id);
  if (!account) throw new Error('account vanished while being connected');
  return { ok: true, value: { account } };
}

function fromText(text: string): v.InferOutput<typeof pendingSchema> | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), pendingSchema), text);
  return parsed.success ? parsed.output : null;
}
