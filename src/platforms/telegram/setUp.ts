import type { Bot } from '../../bot/context.ts';
import { commandsIn } from '../../bot/talk/hint.ts';
import type { Result } from '../../lib/result.ts';
import { writeSetting } from '../../store/settings.ts';
import type { TelegramFailure } from './api/answer.ts';
import { createTelegramClient, type TelegramClient } from './api/client.ts';
import { ALLOWED_UPDATES } from './api/update.ts';
import {
  BOT_SETTING,
  type KnownBot,
  knownBot,
  STATE_SETTING,
  telegramSettings,
} from './settings.ts';

/**
 * Why the bot could not be set up; `telegramFailureTexts` has words for each.
 * `not-configured`: `detail` names the missing settings.
 */
export type TelegramSetUpReason =
  | 'not-configured'
  | 'no-address'
  | 'bad-secret'
  | 'token-refused'
  | 'unavailable'
  | 'refused';

export interface TelegramSetUpFailure {
  readonly reason: TelegramSetUpReason;
  /** Telegram's own words, or the names of settings. */
  readonly detail: string;
}

type Failed = { readonly ok: false } & TelegramSetUpFailure;

const PATH = '/webhook/telegram';
/** Telegram allows 1 to 100 and takes 40 by itself (docs/platforms/telegram.md, Webhook). */
const MAX_CONNECTIONS = 40;

/** A client for the bot, the secret its webhook is to have, and the address it is to have it at. */
export interface TelegramSetUp {
  readonly client: TelegramClient;
  readonly secretToken: string;
  readonly url: string;
}

/**
 * What setting up needs, if it is all there: the address is this Worker's public one, or the one
 * used last when nobody's request tells it.
 */
export async function readSetUp(ctx: Bot): Promise<Result<TelegramSetUp, TelegramSetUpFailure>> {
  const { apiUrl, botToken, webhookSecret } = ctx.read(telegramSettings);
  if (botToken === null || webhookSecret === null) {
    const missing = [
      ...(botToken === null ? ['TELEGRAM_BOT_TOKEN'] : []),
      ...(webhookSecret === null ? ['TELEGRAM_WEBHOOK_SECRET'] : []),
    ];
    return failed('not-configured', missing.join(', '));
  }
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(webhookSecret)) {
    return failed('bad-secret', 'TELEGRAM_WEBHOOK_SECRET');
  }
  const url = ctx.publicUrl === null ? (await knownBot(ctx.db))?.url : `${ctx.publicUrl}${PATH}`;
  if (url === undefined) return failed('no-address', 'PUBLIC_URL');
  const client = createTelegramClient({ runtime: ctx.runtime, apiUrl, token: botToken });
  return { ok: true, value: { client, secretToken: webhookSecret, url } };
}

/**
 * Has Telegram deliver to this Worker and show the menu of commands (Korean to those whose app is
 * Korean, English to all others), and remembers the bot's name. Safe to call at any time.
 */
export async function setUpTelegram(ctx: Bot): Promise<Result<KnownBot, TelegramSetUpFailure>> {
  const setUp = await readSetUp(ctx);
  if (!setUp.ok) return setUp;
  const { client, secretToken, url } = setUp.value;
  const me = await client.getMe();
  if (!me.ok) return failedCall(me);
  const steps = [
    () =>
      client.setWebhook({
        url,
        secretToken,
        allowedUpdates: ALLOWED_UPDATES,
        maxConnections: MAX_CONNECTIONS,
      }),
    () => client.setMyCommands(commandsIn(ctx, 'en')),
    () => client.setMyCommands(commandsIn(ctx, 'ko'), 'ko'),
  ];
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return failedCall(done);
  }
  const bot = { ...me.value, url };
  await writeSetting(ctx.db, BOT_SETTING, bot, ctx.runtime.now());
  await writeSetting(ctx.db, STATE_SETTING, 'good', ctx.runtime.now());
  return { ok: true, value: bot };
}

/** A failed call as the owner is told of it. */
export function failedCall({ reason, detail }: TelegramFailure): Failed {
  if (reason === 'unauthorized') return failed('token-refused', detail);
  return failed(reason === 'retry' || reason === 'wait' ? 'unavailable' : 'refused', detail);
}

function failed(reason: TelegramSetUpReason, detail: string): Failed {
  return { ok: false, reason, detail };
}
