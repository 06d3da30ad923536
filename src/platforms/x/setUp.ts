import type { Bot } from '../../bot/context.ts';
import type { Result } from '../../lib/result.ts';
import type { WebhookFailure } from './failure.ts';
import { type EnsuredSubscriptions, ensureSubscriptions } from './subscriptions.ts';
import { ownAccounts } from './upkeep.ts';
import { ensureWebhook, type OwnWebhook } from './webhook.ts';

export interface SetUp {
  readonly webhook: OwnWebhook;
  /** By account id. */
  readonly subscriptions: ReadonlyMap<string, Result<EnsuredSubscriptions, WebhookFailure>>;
}

/**
 * The one button after a login: webhook registered and valid, every account subscribed. Safe to
 * press again. Remembers the public address for the daily upkeep.
 */
export async function setUp(ctx: Bot): Promise<Result<SetUp, WebhookFailure>> {
  const webhook = await ensureWebhook(ctx);
  if (!webhook.ok) return webhook;
  const subscriptions = new Map<string, Result<EnsuredSubscriptions, WebhookFailure>>();
  for (const { id } of await ownAccounts(ctx)) {
    subscriptions.set(id, await ensureSubscriptions(ctx, id));
  }
  return { ok: true, value: { webhook: webhook.value, subscriptions } };
}
