import * as v from 'valibot';
import { send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { readAnswer, type TelegramResult } from './answer.ts';

const LIMITS = { timeoutMs: 10 * SECOND_MS, maxBytes: 1_000_000 };

/** A button under a message: opens a page, or sends `data` (1 to 64 bytes) back to the bot. */
export type TelegramButton =
  | { readonly text: string; readonly url: string }
  | { readonly text: string; readonly data: string };

export type NewMessage = {
  readonly chatId: string;
  /** A topic of a forum; never 1, which is the whole of it. */
  readonly topic?: number | null;
  readonly buttons?: readonly (readonly TelegramButton[])[];
  /** Arrives without a sound. */
  readonly silent?: boolean;
} & ({ readonly html: string } | { readonly text: string });

export interface NewWebhook {
  readonly url: string;
  /** Comes back in every delivery; `[A-Za-z0-9_-]{1,256}`. */
  readonly secretToken: string;
  readonly allowedUpdates: readonly string[];
  /** 1 to 100. */
  readonly maxConnections: number;
}

export interface TelegramWebhookInfo {
  /** Blank when there is none. */
  readonly url: string;
  readonly allowedUpdates: readonly string[];
  readonly pendingUpdates: number;
  /** Epoch milliseconds. */
  readonly lastErrorAt: number | null;
  readonly lastError: string | null;
}

export interface TelegramChat {
  readonly id: string;
  /** `private`, `group`, `supergroup` or `channel`. */
  readonly type: string;
  readonly title: string;
}

export interface BotCommand {
  /** 1 to 32 of `[a-z0-9_]`. */
  readonly command: string;
  /** 1 to 256 characters. */
  readonly description: string;
}

/** Telegram's Bot API on behalf of one bot. No call throws; what went wrong is in the result. */
export interface TelegramClient {
  /** 1 to 4096 characters, counted without tags. Pages in the text get no preview. */
  readonly sendMessage: (
    message: NewMessage,
  ) => Promise<TelegramResult<{ readonly messageId: string | null }>>;
  readonly setWebhook: (webhook: NewWebhook) => Promise<TelegramResult<unknown>>;
  readonly getWebhookInfo: () => Promise<TelegramResult<TelegramWebhookInfo>>;
  /** The menu for people of one language (ISO 639-1), or, without one, for all others. */
  readonly setMyCommands: (
    commands: readonly BotCommand[],
    languageCode?: string,
  ) => Promise<TelegramResult<unknown>>;
  /** @param chatId an id, or the name of a public channel or group with its `@` */
  readonly getChat: (chatId: string) => Promise<TelegramResult<TelegramChat>>;
  /** How somebody stands in a chat; only the bot being an admin makes that sure in a channel. */
  readonly getChatMember: (
    chatId: string,
    userId: string,
  ) => Promise<TelegramResult<{ readonly status: string }>>;
  readonly getMe: () => Promise<TelegramResult<{ readonly id: string; readonly username: string }>>;
}

export interface TelegramClientOptions {
  readonly runtime: Pick<Runtime, 'fetch'>;
  /** Such as `https://api.telegram.org`, no slash at its end. */
  readonly apiUrl: string;
  /** `<bot id>:<secret>`; with any other form every call is `unauthorized`, and none is made. */
  readonly token: string;
}

const sentSchema = v.fallback(v.object({ message_id: v.nullable(v.number()) }), {
  // Sent is sent, whatever is said about it.
  message_id: null,
});
const chatSchema = v.object({
  id: v.number(),
  type: v.string(),
  title: v.optional(v.string(), ''),
});
const memberSchema = v.object({ status: v.string() });
const meSchema = v.object({ id: v.number(), username: v.string() });
const infoSchema = v.object({
  url: v.string(),
  allowed_updates: v.optional(v.array(v.string()), []),
  pending_update_count: v.optional(v.number(), 0),
  last_error_date: v.optional(v.number()),
  last_error_message: v.optional(v.string()),
});

/**
 * A client for one bot (docs/platforms/telegram.md). The token is part of every address: no address
 * is ever told.
 *
 * @example
 * const telegram = createTelegramClient({ runtime: systemRuntime, apiUrl, token });
 * const sent = await telegram.sendMessage({ chatId: '42', html: '<b>안녕하세요</b>' });
 */
export function createTelegramClient({
  runtime,
  apiUrl,
  token,
}: TelegramClientOptions): TelegramClient {
  const call = async <Schema extends v.GenericSchema>(
    method: string,
    parameters: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<TelegramResult<v.InferOutput<Schema>>> => {
    if (botIdOf(token) === null) {
      const detail = 'The bot token is not <number>:<letters>';
      return { ok: false, reason: 'unauthorized', status: null, mayHaveActed: false, detail };
    }
    const request = new Request(`${apiUrl}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    return readAnswer(schema, await send(runtime, request, LIMITS));
  };
  return {
    sendMessage: async (message) => {
      const sent = await call('sendMessage', messageParameters(message), sentSchema);
      return mapped(sent, ({ message_id: id }) => ({ messageId: id === null ? null : String(id) }));
    },
    setWebhook: ({ url, secretToken, allowedUpdates, maxConnections }) =>
      call(
        'setWebhook',
        {
          url,
          secret_token: secretToken,
          allowed_updates: allowedUpdates,
          max_connections: maxConnections,
        },
        v.unknown(),
      ),
    getWebhookInfo: async () =>
      mapped(await call('getWebhookInfo', {}, infoSchema), (info) => ({
        url: info.url,
        allowedUpdates: info.allowed_updates,
        pendingUpdates: info.pending_update_count,
        lastErrorAt: info.last_error_date === undefined ? null : info.last_error_date * SECOND_MS,
        lastError: info.last_error_message ?? null,
      })),
    setMyCommands: (commands, languageCode) =>
      call(
        'setMyCommands',
        { commands, ...(languageCode !== undefined && { language_code: languageCode }) },
        v.unknown(),
      ),
    getChat: async (chatId) =>
      mapped(await call('getChat', { chat_id: chatOf(chatId) }, chatSchema), (chat) => ({
        ...chat,
        id: String(chat.id),
      })),
    getChatMember: (chatId, userId) =>
      call('getChatMember', { chat_id: chatOf(chatId), user_id: Number(userId) }, memberSchema),
    getMe: async () =>
      mapped(await call('getMe', {}, meSchema), ({ id, username }) => ({
        id: String(id),
        username,
      })),
  };
}

/** The bot's own user id, which its token begins with; `null` when this is no token. */
export function botIdOf(token: string): string | null {
  return /^(\d+):[\w-]+$/.exec(token)?.[1] ?? null;
}

function messageParameters(message: NewMessage): Readonly<Record<string, unknown>> {
  const { chatId, topic = null, buttons = [], silent = false } = message;
  return {
    chat_id: chatOf(chatId),
    ...(topic !== null && { message_thread_id: topic }),
    ...('html' in message ? { text: message.html, parse_mode: 'HTML' } : { text: message.text }),
    link_preview_options: { is_disabled: true },
    ...(silent && { disable_notification: true }),
    ...(buttons.length > 0 && {
      reply_markup: { inline_keyboard: buttons.map((row) => row.map(inlineButton)) },
    }),
  };
}

/** Ids have at most 52 bits (docs/platforms/telegram.md, Updates); anything else is a name such as @channel. */
function chatOf(chatId: string): number | string {
  return /^-?\d+$/.test(chatId) ? Number(chatId) : chatId;
}

function inlineButton(button: TelegramButton): Readonly<Record<string, string>> {
  return 'url' in button
    ? { text: button.text, url: button.url }
    : { text: button.text, callback_data: button.data };
}

function mapped<From, To>(
  result: TelegramResult<From>,
  change: (value: From) => To,
): TelegramResult<To> {
  return result.ok ? { ok: true, value: change(result.value) } : result;
}
