import * as v from 'valibot';

/** At most 52 significant bits (docs/platforms/telegram.md, Updates); groups have negative ones. */
export const id = v.pipe(v.number(), v.safeInteger(), v.transform(String));
export const chatSchema = v.object({ id, type: v.fallback(v.string(), 'group') });
/** Where in a chat something was said. */
export const placeSchema = {
  chat: chatSchema,
  message_thread_id: v.fallback(v.optional(v.number()), undefined),
  is_topic_message: v.fallback(v.optional(v.boolean()), undefined),
};

/** Parts a chat's id from what says where in it. */
const WITHIN = '#';
const CHANNEL_MARK = 'channel';
/** The topic that every forum has, which has to be called by no id (docs/platforms/telegram.md, Sending). */
const GENERAL = 1;

/** Behind the data of a button whose words are too long for it: they stand on the button itself. */
export const ON_THE_BUTTON = /^#\d+$/;

/** The data of the nth button, when its own words are too long. */
export function placeOnKeyboard(index: number): string {
  return `${WITHIN}${index}`;
}

/** Where messages to an address go. */
export interface Place {
  readonly chatId: string;
  /** A topic of a forum. */
  readonly topic: number | null;
  /** Whether everybody who reads could press a button there. */
  readonly isChannel: boolean;
}

/**
 * Reads an address: a chat's id, behind which a topic or the mark of a channel may stand; `null` for
 * what is none.
 *
 * @example placeOf('-100123#77') // { chatId: '-100123', topic: 77, isChannel: false }
 */
export function placeOf(address: string): Place | null {
  const [, chatId, within] = /^(-?\d{1,20})(?:#(channel|\d{1,12}))?$/.exec(address) ?? [];
  if (chatId === undefined) return null;
  const isChannel = within === CHANNEL_MARK;
  return { chatId, topic: within === undefined || isChannel ? null : Number(within), isChannel };
}

/** The address of a channel. */
export function channelAddress(chatId: string): string {
  return `${chatId}${WITHIN}${CHANNEL_MARK}`;
}

/** A topic of a forum is a place of its own; replies in ordinary groups have such ids too. */
export function addressOf({
  chat,
  message_thread_id: topic,
  is_topic_message: isTopic,
}: v.InferOutput<v.ObjectSchema<typeof placeSchema, undefined>>): string {
  if (chat.type === 'channel') return channelAddress(chat.id);
  const isOwn = isTopic === true && topic !== undefined && topic !== GENERAL;
  return isOwn ? `${chat.id}${WITHIN}${topic}` : chat.id;
}
