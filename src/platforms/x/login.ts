import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { rememberPublicUrl } from '../../bot/publicUrl.ts';
import type { Result } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { type Account, connectAccount, readAccount } from '../../store/accounts.ts';
import { accessToken, authorizeUrl, requestToken } from './api/login1a.ts';
import { appOf, keeperKey } from './bearer.ts';
import { type Granted, type LoginRefusal, refused } from './failure.ts';
import { finish2, pending2, start2 } from './loginOAuth2.ts';
import { xSettings } from './settings.ts';

const pending1 = v.object({
  version: v.literal(1),
  startedAt: v.number(),
  token: v.string(),
  tokenSecret: v.string(),
});

type Pending = v.InferOutput<typeof pending1>;

/** First leg: a request token, and the page of X that asks the person. */
async function start1(
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
async function finish1(
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

export type { LoginFailure, LoginRefusal } from './failure.ts';

export interface StartedLogin {
  /** Where the browser goes now. */
  readonly redirectUrl: string;
  /** Short JSON for {@link finishLogin}; holds secrets: seal it into a cookie of this browser. */
  readonly pending: string;
}

const LOGIN_MS = 15 * MINUTE_MS;

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
): Promise<Result<StartedLogin, LoginRefusal>> {
  if (!(await ctx.sealer())) return refused('not-configured', 'TOKEN_KEY');
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
): Promise<Result<{ readonly account: Account }, LoginRefusal>> {
  const pending = fromText(login.pending);
  if (!pending) return refused('not-this-browser', '');
  const age = ctx.runtime.now() - pending.startedAt;
  if (age < 0 || age > LOGIN_MS) return refused('expired', '');
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
): Promise<Result<{ readonly account: Account }, LoginRefusal>> {
  const { db, runtime } = ctx;
  const stored = await ctx.keeperOf(keeperKey(id)).store(credential, { username });
  if (!stored.ok) return refused('not-configured', 'TOKEN_KEY');
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
