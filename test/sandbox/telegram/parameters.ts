import * as v from 'valibot';

/** Parameters of the methods (types of Bot API 10.3); a name Telegram does not know is refused. */

const chatId = v.union([v.pipe(v.number(), v.safeInteger()), v.string()]);
const optionalFlag = v.optional(v.boolean());
const ignored = v.optional(v.unknown());

const button = v.strictObject({
  text: v.pipe(v.string(), v.minLength(1, 'BUTTON_TEXT_INVALID')),
  url: v.optional(v.string()),
  callback_data: v.optional(v.string()),
  copy_text: v.optional(v.strictObject({ text: v.pipe(v.string(), v.maxLength(256)) })),
  web_app: ignored,
  login_url: ignored,
  switch_inline_query: v.optional(v.string()),
  switch_inline_query_current_chat: v.optional(v.string()),
  style: v.optional(v.picklist(['danger', 'success', 'primary'])),
  icon_custom_emoji_id: v.optional(v.string()),
  disabled: ignored,
});

const inlineKeyboard = v.strictObject({ inline_keyboard: v.array(v.array(button)) });

const text = {
  parse_mode: v.optional(v.string()),
  entities: v.optional(v.array(v.unknown())),
  link_preview_options: v.optional(
    v.strictObject({
      is_disabled: optionalFlag,
      url: v.optional(v.string()),
      prefer_small_media: optionalFlag,
      prefer_large_media: optionalFlag,
      show_above_text: optionalFlag,
    }),
  ),
  reply_markup: v.optional(inlineKeyboard),
};

export const sendMessageSchema = v.strictObject({
  ...text,
  chat_id: chatId,
  text: v.string(),
  message_thread_id: v.optional(v.number()),
  disable_notification: optionalFlag,
  protect_content: optionalFlag,
  allow_paid_broadcast: optionalFlag,
  reply_parameters: v.optional(v.looseObject({ message_id: v.number() })),
});

export const editMessageTextSchema = v.strictObject({
  ...text,
  chat_id: chatId,
  message_id: v.number(),
  text: v.string(),
});

export const answerCallbackQuerySchema = v.strictObject({
  callback_query_id: v.string(),
  text: v.optional(v.pipe(v.string(), v.maxLength(200, 'MESSAGE_TOO_LONG'))),
  show_alert: optionalFlag,
  url: v.optional(v.string()),
  cache_time: v.optional(v.number()),
});

export const setWebhookSchema = v.strictObject({
  url: v.string(),
  certificate: ignored,
  ip_address: v.optional(v.string()),
  max_connections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  allowed_updates: v.optional(v.array(v.string())),
  drop_pending_updates: optionalFlag,
  secret_token: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9_-]{1,256}$/, 'secret token contains unallowed characters'),
    ),
  ),
});

export const deleteWebhookSchema = v.strictObject({ drop_pending_updates: optionalFlag });

export const setMyCommandsSchema = v.strictObject({
  commands: v.pipe(
    v.array(
      v.strictObject({
        command: v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,32}$/, 'BOT_COMMAND_INVALID')),
        description: v.pipe(
          v.string(),
          v.minLength(1, 'BOT_COMMAND_DESCRIPTION_INVALID'),
          v.maxLength(256, 'BOT_COMMAND_DESCRIPTION_INVALID'),
        ),
      }),
    ),
    v.maxLength(100, 'BOT_COMMANDS_TOO_MUCH'),
  ),
  scope: v.optional(v.looseObject({ type: v.string() })),
  language_code: v.optional(v.pipe(v.string(), v.regex(/^(?:[a-z]{2})?$/, 'LANG_CODE_INVALID'))),
});

export const getChatSchema = v.strictObject({ chat_id: chatId });

export const getChatMemberSchema = v.strictObject({
  chat_id: chatId,
  user_id: v.pipe(v.number(), v.safeInteger()),
});

export const noParametersSchema = v.strictObject({});

export type TextParameters = Pick<
  v.InferOutput<typeof sendMessageSchema>,
  'text' | 'parse_mode' | 'entities' | 'reply_markup'
>;
