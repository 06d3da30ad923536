import type { Bot } from '../../bot/context.ts';
import type { Trouble } from '../../bot/owner/words.ts';
import { isKeyOf } from '../../lib/text.ts';
import { DAY_MS } from '../../lib/time.ts';
import { tellOwner } from '../../store/incidents.ts';
import { writeSetting } from '../../store/settings.ts';
import type { TelegramWebhookInfo } from './api/client.ts';
import { ALLOWED_UPDATES } from './api/update.ts';
import { knownBot, STATE_SETTING, telegramSettings, telegramTrouble } from './settings.ts';
import { failedCall, readSetUp, setUpTelegram, type TelegramSetUpFailure } from './setUp.ts';
import { type TelegramNewsKind, telegramFailureTexts } from './texts.ts';

export interface TelegramKept {
  readonly counts: Readonly<Record<string, number>>;
  /** Codes of what could not be kept, for the owner. */
  readonly failures: readonly string[];
}

/**
 * Every half hour: a bot that was once set up still gets its updates, or is set up again, or the owner is
 * told, once. One that never was set up, or has no token any more, is left alone.
 */
export async function keepTelegram(ctx: Bot): Promise<TelegramKept> {
  if (ctx.read(telegramSettings).botToken === null || (await knownBot(ctx.db)) === null) {
    return { counts: {}, failures: [] };
  }
  const kept = await keepWebhook(ctx);
  if (kept === 'good' || kept === 'healed') {
    if (kept === 'healed') await tell(ctx, 'telegram-healed', {});
    await writeSetting(ctx.db, STATE_SETTING, 'good', ctx.runtime.now());
    return { counts: { telegramWebhooks: 1 }, failures: [] };
  }
  const { reason } = kept;
  // What passes by itself is no news.
  if (reason !== 'unavailable' && (await telegramTrouble(ctx.db)) !== reason) {
    await writeSetting(ctx.db, STATE_SETTING, reason, ctx.runtime.now());
    await tell(ctx, 'telegram-failing', { reason });
  }
  return { counts: { telegramWebhooks: 0 }, failures: [`telegram: ${reason}`] };
}

async function keepWebhook(ctx: Bot): Promise<'good' | 'healed' | TelegramSetUpFailure> {
  const setUp = await readSetUp(ctx);
  if (!setUp.ok) return setUp;
  const info = await setUp.value.client.getWebhookInfo();
  if (!info.ok) return failedCall(info);
  if (isGood(info.value, setUp.value.url, ctx.runtime.now())) return 'good';
  const done = await setUpTelegram(ctx);
  return done.ok ? 'healed' : done;
}

function isGood(info: TelegramWebhookInfo, url: string, now: number): boolean {
  // A secret that was changed here shows as our own 401 there.
  const wasRefused =
    info.lastErrorAt !== null &&
    info.lastErrorAt > now - DAY_MS &&
    (info.lastError?.includes('401') ?? false);
  const hasAllUpdates = ALLOWED_UPDATES.every((kind) => info.allowedUpdates.includes(kind));
  return info.url === url && hasAllUpdates && !wasRefused;
}

async function tell(
  { db, runtime }: Bot,
  kind: TelegramNewsKind,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const now = runtime.now();
  await tellOwner(db, { key: `telegram:${kind}:${now}`, kind, detail }, now);
}

/** What is wrong with the bot's webhook at Telegram. */
export async function telegramTroubles({ db }: Bot): Promise<readonly Trouble[]> {
  const reason = await telegramTrouble(db);
  if (reason === null || !isKeyOf(telegramFailureTexts, reason)) return [];
  return [
    {
      key: 'telegram:webhook',
      feature: 'telegram',
      reason,
      what: {
        ko: '텔레그램에서 오는 메시지를 받지 못해요',
        en: 'Messages from Telegram do not arrive',
      },
      advice: telegramFailureTexts[reason],
      page: '/admin/channels',
    },
  ];
}
