import type { Bot } from '../../bot/context.ts';
import type { Trouble } from '../../bot/owner/words.ts';
import { commandsIn } from '../../bot/talk/hint.ts';
import type { Result } from '../../lib/result.ts';
import { isKeyOf, type Text } from '../../lib/text.ts';
import { DAY_MS } from '../../lib/time.ts';
import { type OwnerNews, tellOwner } from '../../store/incidents.ts';
import { writeSetting } from '../../store/settings.ts';
import type { TelegramFailure } from './api/answer.ts';
import {
  createTelegramClient,
  type TelegramClient,
  type TelegramWebhookInfo,
} from './api/client.ts';
import { ALLOWED_UPDATES } from './api/update.ts';
import {
  BOT_SETTING,
  type KnownBot,
  knownBot,
  STATE_SETTING,
  telegramSettings,
  telegramTrouble,
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

/** What went wrong with setting up, and what the owner can do about it. */
export const telegramFailureTexts: Readonly<Record<TelegramSetUpReason, Text>> = {
  'not-configured': {
    ko: '텔레그램 봇의 비밀 값이 아직 없어요. @BotFather에서 봇을 만들고 값을 넣어 주세요.',
    en: 'The secrets of the Telegram bot are missing. Make a bot with @BotFather and set them.',
  },
  'no-address': {
    ko: '봇의 공개 주소를 몰라요. PUBLIC_URL을 넣거나 관리 화면에서 설정해 주세요.',
    en: 'The public address is not known. Set PUBLIC_URL, or set the bot up on the admin page.',
  },
  'bad-secret': {
    ko: 'TELEGRAM_WEBHOOK_SECRET에는 영문자, 숫자, _, -만 256자까지 쓸 수 있어요. 다시 정해 주세요.',
    en: 'TELEGRAM_WEBHOOK_SECRET may have up to 256 letters, digits, _ and -. Please choose another.',
  },
  'token-refused': {
    ko: '텔레그램이 봇 토큰을 받아들이지 않아요. @BotFather에서 토큰을 확인해 주세요.',
    en: 'Telegram does not accept the bot token. Please check it with @BotFather.',
  },
  unavailable: {
    ko: '텔레그램이 지금 대답하지 않아요. 잠시 뒤에 다시 해 주세요.',
    en: 'Telegram does not answer at the moment. Please try again in a while.',
  },
  refused: {
    ko: '텔레그램이 웹훅 주소를 받아들이지 않아요. https 주소이고 포트가 443, 80, 88, 8443인지 봐 주세요.',
    en: 'Telegram does not take the webhook address. It must be https, port 443, 80, 88 or 8443.',
  },
};

/** What the owner may be told about Telegram. */
type TelegramNewsKind = 'telegram-healed' | 'telegram-failing';

const news: Readonly<Record<TelegramNewsKind, Text>> = {
  'telegram-healed': {
    ko: '텔레그램 웹훅이 달라져 있어서 다시 연결했어요.',
    en: 'The Telegram webhook had changed; it is connected again.',
  },
  'telegram-failing': {
    ko: '텔레그램 웹훅이 동작하지 않고 스스로 고치지 못했어요.',
    en: 'The Telegram webhook does not work and could not be mended.',
  },
};

/**
 * What a piece of news says.
 *
 * @returns `null` for news that is not about Telegram
 */
export function telegramNewsText({
  kind,
  detail,
}: Pick<OwnerNews, 'kind' | 'detail'>): Text | null {
  if (!isKeyOf(news, kind)) return null;
  const { reason = '' } = detail;
  const why = isKeyOf(telegramFailureTexts, reason)
    ? telegramFailureTexts[reason]
    : { ko: '', en: '' };
  return {
    ko: `${news[kind].ko} ${why.ko}`.trimEnd(),
    en: `${news[kind].en} ${why.en}`.trimEnd(),
  };
}

/**
 * Every half hour: a bot that was once set up still gets its updates, or is set up again, or the owner is
 * told, once. One that never was set up, or has no token any more, is left alone.
 */
export async function keepTelegram(ctx: Bot): Promise<void> {
  if (ctx.read(telegramSettings).botToken === null || (await knownBot(ctx.db)) === null) {
    return;
  }
  const kept = await keepWebhook(ctx);
  if (kept === 'good' || kept === 'healed') {
    if (kept === 'healed') await tell(ctx, 'telegram-healed', {});
    await writeSetting(ctx.db, STATE_SETTING, 'good', ctx.runtime.now());
    return;
  }
  const { reason } = kept;
  // What passes by itself is no news.
  if (reason !== 'unavailable' && (await telegramTrouble(ctx.db)) !== reason) {
    await writeSetting(ctx.db, STATE_SETTING, reason, ctx.runtime.now());
    await tell(ctx, 'telegram-failing', { reason });
  }
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
