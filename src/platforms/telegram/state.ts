import type { Bot } from '../../bot/context.ts';
import { DAY_MS } from '../../lib/time.ts';
import { knownBot } from './context.ts';
import { failedCall, readSetUp, type TelegramSetUpReason } from './setUp.ts';

/** How the bot at Telegram is. `detail`: Telegram's own words, an address, or names of settings. */
export type TelegramState =
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'connected'; readonly username: string }
  | {
      readonly kind: 'failing';
      readonly username: string | null;
      /** `elsewhere`: another address gets the updates; `not-taken`: ours does not take them. */
      readonly reason: TelegramSetUpReason | 'elsewhere' | 'not-taken';
      readonly detail: string;
    };

/** Asks Telegram how the webhook is; a bot that was never set up is not asked about. */
export async function telegramState(ctx: Bot): Promise<TelegramState> {
  const bot = await knownBot(ctx.db);
  const failing = (
    reason: Extract<TelegramState, { kind: 'failing' }>['reason'],
    detail: string,
  ): TelegramState => ({ kind: 'failing', username: bot?.username ?? null, reason, detail });
  const setUp = await readSetUp(ctx);
  if (!setUp.ok) return failing(setUp.reason, setUp.detail);
  if (bot === null) return { kind: 'not-connected' };
  const info = await setUp.value.client.getWebhookInfo();
  if (!info.ok) {
    const { reason, detail } = failedCall(info);
    return failing(reason, detail);
  }
  const { url, pendingUpdates, lastError, lastErrorAt } = info.value;
  if (url === '') return { kind: 'not-connected' };
  if (url !== setUp.value.url) return failing('elsewhere', url);
  // Telegram keeps its last error when all is well again; then nothing waits.
  const isFresh = lastErrorAt !== null && lastErrorAt > ctx.runtime.now() - DAY_MS;
  return pendingUpdates > 0 && isFresh
    ? failing('not-taken', lastError ?? '')
    : { kind: 'connected', username: bot.username };
}
