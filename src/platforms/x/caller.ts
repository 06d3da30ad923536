import type { Bot } from '../../bot/context.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { errorCode, log } from '../../lib/log.ts';
import { unreachable } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { markLogInAgain, readAccount } from '../../store/accounts.ts';
import type { Usable } from '../../store/tokenKeeper.ts';
import type { UsableCredential } from '../../store/tokenKeys.ts';
import {
  createCaller,
  type TwitterCaller,
  type TwitterCredentials,
  type TwitterFailure,
} from './api/answer.ts';
import { askForBearer, keeperKey } from './bearer.ts';
import { clockSkewMs, MAX_SKEW_MS } from './doctor/budgets.ts';
import { tell } from './news.ts';
import { xSettings } from './settings.ts';

type Refusal = { readonly ok: false } & TwitterFailure;

/** What to call X with; `logInAgain`: why the account's login is over. */
type Held =
  | { readonly ok: true; readonly credentials: TwitterCredentials }
  | (Refusal & { readonly logInAgain?: string });

/**
 * Calls X on behalf of one of the bot's accounts, with whatever credential its keeper has now; the
 * keys among the Worker's secrets stand in for an account that never logged in. A token that X
 * refuses is reported, and the call made once more with its successor. When there is none the owner
 * is told once, and the call answers `unauthorized`.
 */
export function accountCaller(ctx: Bot, id: string): TwitterCaller {
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const take = async (refusedToken: string | null): Promise<Held> => {
    const held = await credentialsOf(ctx, id, refusedToken);
    if (!held.ok && held.logInAgain) await noteLogInAgain(ctx, id, held.logInAgain);
    return held;
  };
  // A caller serves one piece of work, of seconds, and tokens are handed out with minutes left: the
  // keeper is asked once, not before each call.
  let known: Held | null = null;
  return async (call, schema, ownReason) => {
    const held = known?.ok ? known : await take(null);
    known = held;
    if (!held.ok) return held;
    const carryOut = (credentials: TwitterCredentials) =>
      createCaller({ runtime, apiUrl: twitter.apiUrl, credentials })(call, schema, ownReason);
    const result = await carryOut(held.credentials);
    if (result.ok || result.status !== 401) return result;
    if (!('accessToken' in held.credentials)) {
      await noteRefusal(ctx, id);
      return result;
    }
    const renewed = await take(held.credentials.accessToken);
    known = renewed;
    return renewed.ok ? carryOut(renewed.credentials) : renewed;
  };
}

/**
 * What to call X with for an account now.
 *
 * @param refusedToken the access token that X has just refused
 */
export async function credentialsOf(
  ctx: Bot,
  id: string,
  refusedToken: string | null = null,
): Promise<Held> {
  const twitter = ctx.read(xSettings);
  const usable = await ask(ctx, id, refusedToken);
  switch (usable.kind) {
    case 'ready':
      return toCredentials(ctx, usable.credential);
    case 'unknown': {
      if (twitter.static?.userId !== id) return refusal('unauthorized', 'account-not-connected');
      const { userId: _userId, ...credentials } = twitter.static;
      return { ok: true, credentials };
    }
    case 'log-in-again':
      return {
        ...refusal('unauthorized', `log-in-again: ${usable.reason}`),
        logInAgain: usable.reason,
      };
    case 'unavailable':
      // Only the platform mends itself; the rest waits for the owner.
      return usable.reason === 'platform'
        ? refusal('retry', usable.detail ?? usable.reason, usable.retryAfterMs)
        : refusal('unauthorized', usable.detail ?? usable.reason);
    default:
      return unreachable(usable);
  }
}

async function ask(ctx: Bot, id: string, refusedToken: string | null): Promise<Usable> {
  try {
    const keeper = ctx.keeperOf(keeperKey(id));
    return refusedToken === null ? await keeper.usable() : await keeper.reportRefused(refusedToken);
  } catch (cause) {
    log('keeper-failed', { account: keeperKey(id), code: errorCode(cause) });
    return {
      kind: 'unavailable',
      reason: 'platform',
      retryAfterMs: MINUTE_MS,
      detail: 'token keeper does not answer',
    };
  }
}

function toCredentials({ read }: Bot, credential: UsableCredential): Held {
  if (credential.kind === 'oauth2') {
    return { ok: true, credentials: { accessToken: credential.accessToken } };
  }
  const { consumer } = read(xSettings);
  if (!consumer) {
    return refusal('unauthorized', 'TWITTER_API_KEY or TWITTER_API_SECRET is missing');
  }
  const { token, tokenSecret } = credential;
  const { key: consumerKey, secret: consumerSecret } = consumer;
  return { ok: true, credentials: { consumerKey, consumerSecret, token, tokenSecret } };
}

function refusal(reason: 'retry' | 'unauthorized', detail: string, retryAfterMs?: number): Refusal {
  return {
    ok: false,
    reason,
    status: null,
    mayHaveActed: false,
    detail,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Why X refuses an OAuth 1.0a call, as far as can be found out. */
type RefusalCause = 'clock-wrong' | 'keys-refused' | 'token-refused' | 'unavailable';

/**
 * X refused an OAuth 1.0a signature. It does not say why, so this looks: a wrong clock and wrong
 * app keys are the owner's to mend and no reason to log in again. Tells the owner once.
 */
async function noteRefusal(ctx: Bot, id: string): Promise<RefusalCause> {
  const cause = await findCause(ctx);
  if (cause.kind === 'clock-wrong') {
    const minutes = String(Math.round(Math.abs(cause.skewMs) / MINUTE_MS));
    await tell(ctx, 'clock-wrong', minutes, { minutes });
  }
  if (cause.kind === 'token-refused') await noteLogInAgain(ctx, id, cause.kind);
  return cause.kind;
}

type Cause =
  | { readonly kind: 'clock-wrong'; readonly skewMs: number }
  | { readonly kind: Exclude<RefusalCause, 'clock-wrong'> };

async function findCause(ctx: Bot): Promise<Cause> {
  const skewMs = await clockSkewMs(ctx);
  if (skewMs !== null && Math.abs(skewMs) > MAX_SKEW_MS) return { kind: 'clock-wrong', skewMs };
  const { consumer } = ctx.read(xSettings);
  if (!consumer) return { kind: 'keys-refused' };
  const bearer = await askForBearer(ctx, consumer);
  if (bearer.ok) return { kind: 'token-refused' };
  return { kind: bearer.reason === 'keys-refused' ? 'keys-refused' : 'unavailable' };
}

/** An account's login does not work any more: marked, and told once for each time this happens. */
async function noteLogInAgain(ctx: Bot, id: string, reason: string): Promise<void> {
  const { db, runtime } = ctx;
  const twitter = ctx.read(xSettings);
  await markLogInAgain(db, { platform: 'twitter', id }, reason, runtime.now());
  const account = await readAccount(db, 'twitter', id);
  if (account?.state === 'log-in-again') {
    const occasion = `${id}:${account.stateSince}`;
    await tell(ctx, 'log-in-again', occasion, { username: account.username, reason });
  }
  // The keys among the secrets have no row: told once for each token.
  if (!account && twitter.static?.userId === id) {
    const occasion = `${id}:${(await sha256Hex(twitter.static.token)).slice(0, 8)}`;
    await tell(ctx, 'log-in-again', occasion, { username: id, reason });
  }
}
