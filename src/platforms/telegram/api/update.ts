import * as v from 'valibot';
import { type Language, SECOND_MS } from '../../../lib/time.ts';
import { addressOf, chatSchema, id, ON_THE_BUTTON, placeSchema } from './place.ts';

/** What Telegram puts the webhook's secret into. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** The kinds of updates that `readUpdate` knows (setWebhook's `allowed_updates`). */
export const ALLOWED_UPDATES = [
  'message',
  'channel_post',
  'callback_query',
  'my_chat_member',
] as const;

/** The bot as people address it; `username` is null as long as nobody asked Telegram for it. */
export interface TelegramBot {
  readonly id: string;
  readonly username: string | null;
  /** Whether a command without a name is one of its own; absent: every one is. */
  readonly understands?: (command: string) => boolean;
}

interface Base {
  readonly updateId: string;
  /** See `placeOf`. */
  readonly address: string;
  /** When it happened, epoch milliseconds; a button is not dated. */
  readonly at?: number;
}

/** What an update means. */
export type TelegramUpdate =
  | (Base & {
      readonly kind: 'message' | 'button';
      /** What was said; without the bot's own name, blank for a picture or the like. */
      readonly text: string;
      /** Of the person who said it; null when their app does not tell. */
      readonly language: Language | null;
      /** To be answered with answerCallbackQuery; null for a message. */
      readonly callbackId: string | null;
    })
  /** Nothing can be said in this chat any more, or something can be again. */
  | (Base & { readonly kind: 'blocked' | 'unblocked' })
  /** The group has a new id; `address` is the old one. */
  | (Base & { readonly kind: 'migrated'; readonly migratedTo: string });

const optionalSeconds = v.fallback(v.optional(v.number()), undefined);
const optionalText = v.fallback(v.optional(v.string()), undefined);
const userSchema = v.object({ id, language_code: optionalText });
const optionalUser = v.fallback(v.optional(userSchema), undefined);
const optionalId = v.fallback(v.optional(id), undefined);

const entitySchema = v.object({
  type: v.string(),
  offset: v.number(),
  length: v.number(),
  user: optionalUser,
  /** Where the text of a `text_link` leads. */
  url: optionalText,
});
const entities = v.fallback(v.array(entitySchema), []);

const messageSchema = v.looseObject({
  ...placeSchema,
  from: optionalUser,
  date: optionalSeconds,
  text: optionalText,
  caption: optionalText,
  entities: v.optional(entities, []),
  caption_entities: v.optional(entities, []),
  business_connection_id: optionalText,
  is_automatic_forward: v.fallback(v.optional(v.boolean()), undefined),
  reply_to_message: v.fallback(v.optional(v.object({ from: optionalUser })), undefined),
  migrate_to_chat_id: optionalId,
  migrate_from_chat_id: optionalId,
});
type Message = v.InferOutput<typeof messageSchema>;

const callbackSchema = v.object({
  id: v.string(),
  from: userSchema,
  data: optionalText,
  message: v.fallback(
    v.optional(v.object({ ...placeSchema, reply_markup: v.optional(v.unknown()) })),
    undefined,
  ),
});
const keyboardSchema = v.object({
  inline_keyboard: v.array(
    v.array(v.object({ text: v.string(), callback_data: v.optional(v.string()) })),
  ),
});
const optionalFlag = v.fallback(v.optional(v.boolean()), undefined);
const membershipSchema = v.object({
  chat: chatSchema,
  date: optionalSeconds,
  new_chat_member: v.object({
    status: v.string(),
    is_member: optionalFlag,
    can_send_messages: optionalFlag,
    can_post_messages: optionalFlag,
  }),
});
const updateSchema = v.object({
  update_id: id,
  message: v.fallback(v.optional(messageSchema), undefined),
  channel_post: v.fallback(v.optional(messageSchema), undefined),
  callback_query: v.fallback(v.optional(callbackSchema), undefined),
  my_chat_member: v.fallback(v.optional(membershipSchema), undefined),
});

/** The longest text that Telegram carries. */
const MAX_TEXT = 4096;

/** What people send instead of words; they are answered all the same. */
const CONTENTS = [
  'animation',
  'audio',
  'contact',
  'dice',
  'document',
  'location',
  'photo',
  'poll',
  'sticker',
  'story',
  'video',
  'video_note',
  'voice',
];

/**
 * Reads an update (docs/platforms/telegram.md, Updates). In groups and channels only what is meant
 * for the bot counts: commands, its own name, and replies to what it said.
 *
 * @param bot whose updates these are; commands for another bot are not its own
 * @returns `null` for what there is nothing to do about, whatever it is
 */
export function readUpdate(body: unknown, bot: TelegramBot): TelegramUpdate | null {
  const parsed = v.safeParse(updateSchema, body);
  if (!parsed.success) return null;
  const { update_id: updateId, callback_query, my_chat_member } = parsed.output;
  if (callback_query) return readButton(updateId, callback_query);
  if (my_chat_member) {
    const kind = standingIn(my_chat_member);
    const { chat, date } = my_chat_member;
    return kind === null ? null : { kind, updateId, address: chat.id, ...dated(date) };
  }
  const message = parsed.output.message ?? parsed.output.channel_post;
  const update = message ? readMessage(updateId, message, bot) : null;
  return update && { ...update, ...dated(message?.date) };
}

function dated(seconds: number | undefined): { readonly at?: number } {
  return seconds === undefined ? {} : { at: seconds * SECOND_MS };
}

/** How the bot stands in a chat after its rights there were changed; `null` for what is not known. */
function standingIn({
  chat,
  new_chat_member: member,
}: v.InferOutput<typeof membershipSchema>): 'blocked' | 'unblocked' | null {
  const {
    status,
    is_member: isIn,
    can_send_messages: maySend,
    can_post_messages: mayPost,
  } = member;
  switch (status) {
    case 'left':
    case 'kicked':
      return 'blocked';
    case 'restricted':
      return isIn === false || maySend !== true ? 'blocked' : 'unblocked';
    case 'administrator':
      return chat.type === 'channel' && mayPost === false ? 'blocked' : 'unblocked';
    case 'creator':
    case 'member':
      return chat.type === 'channel' ? 'blocked' : 'unblocked';
    default:
      return null;
  }
}

function readButton(
  updateId: string,
  { id: callbackId, from, data = '', message }: v.InferOutput<typeof callbackSchema>,
): TelegramUpdate | null {
  // Whoever reads a channel could press it.
  if (message?.chat.type === 'channel') return null;
  return {
    kind: 'button',
    updateId,
    // A message that is gone was, as far as one can tell, in the private chat: its id is the person's.
    address: message ? addressOf(message) : from.id,
    text: (ON_THE_BUTTON.test(data) ? wordsOn(message?.reply_markup, data) : data).slice(
      0,
      MAX_TEXT,
    ),
    language: languageOf(from.language_code),
    callbackId,
  };
}

/** The words on the button with this data. */
function wordsOn(keyboard: unknown, data: string): string {
  const parsed = v.safeParse(keyboardSchema, keyboard);
  const buttons = parsed.success ? parsed.output.inline_keyboard.flat() : [];
  return buttons.find((button) => button.callback_data === data)?.text ?? '';
}

function readMessage(updateId: string, message: Message, bot: TelegramBot): TelegramUpdate | null {
  const { chat, from, migrate_to_chat_id: to, migrate_from_chat_id: former } = message;
  if (to !== undefined) return { kind: 'migrated', updateId, address: chat.id, migratedTo: to };
  if (former !== undefined) {
    return { kind: 'migrated', updateId, address: former, migratedTo: chat.id };
  }
  // Said to somebody whose account the bot may look after, or in a channel already.
  const isElsewhere = message.business_connection_id !== undefined || message.is_automatic_forward;
  if (isElsewhere || from?.id === bot.id) return null;
  const text = chat.type === 'private' ? wordsOf(message, bot) : wordsInGroup(message, bot);
  if (text === null) return null;
  return {
    kind: 'message',
    updateId,
    address: addressOf(message),
    text: text.slice(0, MAX_TEXT),
    language: languageOf(from?.language_code),
    callbackId: null,
  };
}

/** The words of a message, or below its picture, and what stands where in them. */
function wordsAndPlaces({ text, caption, entities: inText, caption_entities }: Message) {
  return { text: text ?? caption, entities: text === undefined ? caption_entities : inText };
}

/** What a message says; `null` when nobody said anything (somebody joined, a message was pinned). */
function wordsOf(message: Message, bot: TelegramBot): string | null {
  const { text } = wordsAndPlaces(message);
  if (text !== undefined) return withoutName(text, message, bot);
  return CONTENTS.some((content) => content in message) ? '' : null;
}

function wordsInGroup(message: Message, bot: TelegramBot): string | null {
  const { text, entities: places } = wordsAndPlaces(message);
  if (text === undefined) return null;
  const names = places.map((entity) => calledBy(entity, text, bot));
  if (names.includes('other')) return null;
  const isReply = message.reply_to_message?.from?.id === bot.id;
  return isReply || names.includes('bot') ? withoutName(text, message, bot) : null;
}

/** Whom an entity calls: this bot, another one by a command for it, or nobody. */
function calledBy(
  { type, offset, length, user }: v.InferOutput<typeof entitySchema>,
  text: string,
  bot: TelegramBot,
): 'bot' | 'other' | null {
  if (type === 'text_mention') return user?.id === bot.id ? 'bot' : null;
  const name = text.slice(offset, offset + length).split('@')[1];
  if (type === 'bot_command' && offset === 0) {
    // In a group other bots listen too: a bare command may be for any of them.
    if (name !== undefined) return bot.username !== null && isName(name, bot) ? 'bot' : 'other';
    const command = text.slice(offset + 1, offset + length);
    return (bot.understands?.(command) ?? true) ? 'bot' : 'other';
  }
  return type === 'mention' && name !== undefined && isName(name, bot) ? 'bot' : null;
}

/** Takes out `@name` where it stands for the bot: behind a command, or by itself. */
function withoutName(text: string, message: Message, bot: TelegramBot): string {
  // From the end, so that the offsets (in UTF-16 units) of those before stay right.
  const places = wordsAndPlaces(message).entities.toSorted((a, b) => b.offset - a.offset);
  let rest = text;
  for (const entity of places) {
    const { type, offset, length, url } = entity;
    // An address that hides behind words is what was meant by them.
    if (type === 'text_link' && url !== undefined) {
      rest = `${rest.slice(0, offset)}${url} ${rest.slice(offset + length)}`;
      continue;
    }
    const isCall = type === 'bot_command' || type === 'mention' || type === 'text_mention';
    if (!isCall || calledBy(entity, text, bot) !== 'bot') continue;
    const command = type === 'bot_command' ? text.slice(offset, offset + length).split('@')[0] : '';
    rest = rest.slice(0, offset) + command + rest.slice(offset + length);
  }
  return rest.trim();
}

function isName(name: string, bot: TelegramBot): boolean {
  return name.toLowerCase() === bot.username?.toLowerCase();
}

/** Korean for Korean, English for every other language. */
function languageOf(code: string | undefined): Language | null {
  if (code === undefined) return null;
  return /^ko\b/i.test(code) ? 'ko' : 'en';
}
