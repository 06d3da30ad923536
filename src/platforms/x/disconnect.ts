import type { Bot } from '../../bot/context.ts';
import { log } from '../../lib/log.ts';
import { deleteAccount } from '../../store/accounts.ts';
import { invalidateToken } from './api/login1a.ts';
import { revokeToken } from './api/oauth2.ts';
import { appOf, keeperKey, oauth2Of } from './app.ts';
import { removeSubscriptionsOf } from './subscriptions.ts';

export interface Disconnected {
  /** False: the person can end it at x.com/settings/connected_apps. */
  readonly revokedAtX: boolean;
  readonly subscriptionsRemoved: number;
}

/**
 * Logs an account out everywhere: subscriptions, token at X, credential, account. What X does not
 * do is left to X; nothing of the account stays here. Safe to call again.
 */
export async function disconnect(ctx: Bot, id: string): Promise<Disconnected> {
  const removed = await removeSubscriptionsOf(ctx, id);
  const revokedAtX = await revoke(ctx, id);
  await forgetAccount(ctx, id);
  log('account-disconnected', { platform: 'twitter', account: id, revoked: revokedAtX });
  return { revokedAtX, subscriptionsRemoved: removed.ok ? removed.value : 0 };
}

async function revoke(ctx: Bot, id: string): Promise<boolean> {
  const usable = await ctx.keeperOf(keeperKey(id)).usable();
  if (usable.kind !== 'ready') return false;
  const { credential } = usable;
  if (credential.kind === 'oauth1') {
    const app = appOf(ctx);
    if (!app) return false;
    const ended = await invalidateToken(app, credential);
    return ended.ok || ended.reason === 'expired';
  }
  const app = oauth2Of(ctx);
  if (!app) return false;
  return (await revokeToken(app, credential.accessToken, 'access_token')).ok;
}

/** Deletes credential, then account: one without a credential cannot be mistaken for connected. */
export async function forgetAccount(ctx: Bot, id: string): Promise<void> {
  const keeper = ctx.keeperOf(keeperKey(id));
  const forgotten = await keeper.forget();
  // KV failed once; a copy that is left is sealed, but should not be there.
  if (!forgotten.ok) await keeper.forget();
  await deleteAccount(ctx.db, { platform: 'twitter', id });
}
