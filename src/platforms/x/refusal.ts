import type { Bot } from '../../bot/context.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import { markLogInAgain, readAccount } from '../../store/accounts.ts';
import { askForBearer } from './bearer.ts';
import { clockSkewMs, MAX_SKEW_MS } from './clock.ts';
import { tell } from './news.ts';
import { xSettings } from './settings.ts';

/** Why X refuses an OAuth 1.0a call, as far as can be found out. */
export type RefusalCause = 'clock-wrong' | 'keys-refused' | 'token-refused' | 'unavailable';

/**
 * X refused an OAuth 1.0a signature. It does not say why, so this looks: a wrong clock and wrong
 * app keys are the owner's to mend and no reason to log in again. Tells the owner once.
 */
export async function noteRefusal(ctx: Bot, id: string): Promise<RefusalCause> {
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
export async function noteLogInAgain(ctx: Bot, id: string, reason: string): Promise<void> {
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
